package io.muster.user.account;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.user.account.ListingAccounts.Wanted;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Finds accounts by any part of their names and department, in the order of the list. The search
 * table, which is filled behind the jobs, tells which; the accounts are shown as they are, and only
 * if what they are now is asked for.
 */
@ApplicationScoped
class SearchingAccounts {
  private static final String FIND =
      "SELECT found_key, found_id FROM search_accounts(?::text[], ?, ?::text[], ?, ?, ?)";

  private final TenantScope tenantScope;
  private final DataSource dataSource;

  SearchingAccounts(TenantScope tenantScope, DataSource dataSource) {
    this.tenantScope = tenantScope;
    this.dataSource = dataSource;
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
    AccountCursor after = wanted.after();
    int asked;
    List<AccountCursor> hits;
    do {
      asked = wanted.limit() - found.size();
      hits = hits(wanted, units, after, asked);
      if (!hits.isEmpty()) {
        after = hits.get(hits.size() - 1);
        found.addAll(asTheyAre(sight.tenant(), wanted.state(), units, hits));
      }
    } while (found.size() < wanted.limit() && hits.size() == asked);
    return found;
  }

  private List<AccountCursor> hits(
      Wanted wanted, Set<String> units, AccountCursor after, int most) {
    List<AccountCursor> hits = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setArray(1, connection.createArrayOf("text", wanted.words().toArray()));
      find.setString(2, wanted.state());
      find.setArray(3, units == null ? null : connection.createArrayOf("text", units.toArray()));
      find.setString(4, after == null ? null : after.upnKey());
      find.setObject(5, after == null ? null : after.id(), java.sql.Types.OTHER);
      find.setInt(6, most);
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          hits.add(new AccountCursor(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the search table can't be read", e);
    }
    return hits;
  }

  private static List<Account> asTheyAre(
      String tenant, String state, Set<String> units, List<AccountCursor> hits) {
    Map<UUID, Account> accounts =
        Account.<Account>find(
                "tenantId = :tenant and id in :ids",
                Parameters.with("tenant", tenant)
                    .and("ids", hits.stream().map(AccountCursor::id).toList()))
            .list()
            .stream()
            .filter(a -> state == null ? !a.state.equals("REMOVED") : a.state.equals(state))
            .filter(a -> units == null || (a.unit != null && units.contains(a.unit)))
            .collect(Collectors.toMap(a -> a.id, Function.identity()));
    return hits.stream().map(hit -> accounts.get(hit.id())).filter(a -> a != null).toList();
  }
}
