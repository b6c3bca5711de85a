package io.muster.user.account;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.user.account.ListingAccounts.Wanted;
import io.muster.user.search.SearchingByParts;
import io.muster.user.search.Sought;
import io.muster.user.search.Sought.Place;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hibernate.Session;

/**
 * Finds accounts by any part of their names and department, in the order of the list. The search
 * table, which is filled behind the jobs, tells which; the accounts are shown as they are, and only
 * if what they are now is asked for.
 */
@ApplicationScoped
class SearchingAccounts {
  /** An array: a list of parameters is a new statement for each length of a page. */
  private static final String OF_A_PAGE =
      """
      SELECT a.* FROM account a WHERE a.tenant_id = :tenant AND a.id = ANY (:ids)
      """;

  private final TenantScope tenantScope;
  private final DataSource dataSource;
  private final SearchingByParts search;

  SearchingAccounts(TenantScope tenantScope, DataSource dataSource, SearchingByParts search) {
    this.tenantScope = tenantScope;
    this.dataSource = dataSource;
    this.search = search;
  }

  /**
   * @param wanted with words
   * @return up to {@code limit} accounts; fewer only at the end
   */
  @Transactional
  List<Account> find(Sight sight, Wanted wanted) {
    tenantScope.enter(sight.tenant());
    Set<String> units = sight.unitsWithin(wanted.unit());
    List<Account> found = new ArrayList<>();
    Place after =
        wanted.after() == null ? null : new Place(wanted.after().upnKey(), wanted.after().id());
    int asked;
    List<Place> hits;
    do {
      asked = wanted.limit() - found.size();
      hits = hits(sight.tenant(), new Sought(wanted.words(), wanted.state(), units, after, asked));
      if (!hits.isEmpty()) {
        after = hits.get(hits.size() - 1);
        found.addAll(asTheyAre(sight.tenant(), wanted.state(), units, hits));
      }
    } while (found.size() < wanted.limit() && hits.size() == asked);
    return found;
  }

  private List<Place> hits(String tenant, Sought sought) {
    try (Connection connection = dataSource.getConnection()) {
      return search.find(connection, tenant, sought);
    } catch (SQLException e) {
      throw new IllegalStateException("the search table can't be read", e);
    }
  }

  private static List<Account> asTheyAre(
      String tenant, String state, Set<String> units, List<Place> hits) {
    UUID[] ids = hits.stream().map(Place::id).toArray(UUID[]::new);
    Map<UUID, Account> accounts =
        Account.getEntityManager()
            .unwrap(Session.class)
            .createNativeQuery(OF_A_PAGE, Account.class)
            .setParameter("tenant", tenant)
            .setParameter("ids", ids)
            .getResultStream()
            .filter(a -> state == null ? !a.state.equals("REMOVED") : a.state.equals(state))
            .filter(a -> units == null || (a.unit != null && units.contains(a.unit)))
            .collect(Collectors.toMap(a -> a.id, Function.identity()));
    return hits.stream().map(hit -> accounts.get(hit.id())).filter(a -> a != null).toList();
  }
}
