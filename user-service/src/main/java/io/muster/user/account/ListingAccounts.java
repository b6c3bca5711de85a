package io.muster.user.account;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.UserPrincipalName;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The unified address list, disabled accounts included, by user principal name. */
@ApplicationScoped
public class ListingAccounts {
  private static final String IN_USE =
      "tenantId = :tenant and upnKey = :key and state <> 'REMOVED'";

  private static final String REMOVED_LAST =
      "tenantId = :tenant and upnKey = :key and state = 'REMOVED'"
          + " order by removedAt desc nulls last, id desc";

  /** Each unit is read in the order of its own index, no further than a page. */
  private static final String IN_UNITS =
      """
      SELECT found.*
      FROM unnest(CAST(:units AS text[])) AS wanted (unit)
      CROSS JOIN LATERAL (
          SELECT * FROM account a
          WHERE a.tenant_id = :tenant AND a.unit = wanted.unit
            AND (a.upn_key, a.id) > (:key, CAST(:id AS uuid))
            AND CASE WHEN CAST(:state AS text) IS NULL THEN a.state <> 'REMOVED'
                     ELSE a.state = :state END
          ORDER BY a.upn_key, a.id
          LIMIT :most) AS found
      ORDER BY found.upn_key, found.id
      LIMIT :most
      """;

  /** The last code point, which no name holds. */
  private static final String BEHIND_ALL_LETTERS = "\uDBFF\uDFFF";

  private static final String BEFORE_ALL_IDS = "00000000-0000-0000-0000-000000000000";

  private final TenantScope tenantScope;
  private final SearchingAccounts searching;

  ListingAccounts(TenantScope tenantScope, SearchingAccounts searching) {
    this.tenantScope = tenantScope;
    this.searching = searching;
  }

  /**
   * What is asked for.
   *
   * @param words that all have to be in names or department, as parts; none for all accounts
   * @param state null for all but the removed
   * @param unit null for all
   * @param startsWith how names begin; null for any
   * @param after null for the first page
   * @param skip so many before the first; only without words and unit
   * @param limit from 1
   */
  record Wanted(
      List<String> words,
      String state,
      String unit,
      String startsWith,
      AccountCursor after,
      int skip,
      int limit) {
    Wanted {
      words = List.copyOf(words);
    }

    Wanted(List<String> words, String state, String unit, AccountCursor after, int limit) {
      this(words, state, unit, null, after, 0, limit);
    }

    Wanted from(AccountCursor place, int most) {
      return new Wanted(words, state, unit, startsWith, place, 0, most);
    }
  }

  /**
   * Without words exact at once; with words it may lag behind the changes of the last seconds.
   *
   * @return up to {@code limit} accounts, in order, out of the caller's sight
   */
  @Transactional
  List<Account> list(Sight sight, Wanted wanted) {
    if (!wanted.words().isEmpty()) {
      return searching.find(sight, wanted);
    }
    tenantScope.enter(sight.tenant());
    Set<String> units = sight.unitsWithin(wanted.unit());
    if (units != null) {
      return inUnits(sight.tenant(), units, wanted);
    }
    StringBuilder where = new StringBuilder("tenantId = :tenant");
    Parameters values = Parameters.with("tenant", sight.tenant());
    if ("REMOVED".equals(wanted.state())) {
      where.append(" and state = 'REMOVED'");
    } else {
      where.append(" and state <> 'REMOVED'");
      if (wanted.state() != null) {
        where.append(" and state = :state");
        values.and("state", wanted.state());
      }
    }
    if (wanted.startsWith() != null) {
      String from = UserPrincipalName.keyOf(wanted.startsWith());
      where.append(" and upnKey >= :from and upnKey < :to");
      values.and("from", from).and("to", from + BEHIND_ALL_LETTERS);
    }
    if (wanted.after() != null) {
      where.append(" and upnKey >= :key and (upnKey > :key or id > :id)");
      values.and("key", wanted.after().upnKey()).and("id", wanted.after().id());
    }
    where.append(" order by upnKey, id");
    return Account.<Account>find(where.toString(), values)
        .range(wanted.skip(), wanted.skip() + wanted.limit() - 1)
        .list();
  }

  private static List<Account> inUnits(String tenant, Set<String> units, Wanted wanted) {
    AccountCursor after = wanted.after();
    return Account.getEntityManager()
        .createNativeQuery(IN_UNITS, Account.class)
        .setParameter("units", units.toArray(String[]::new))
        .setParameter("tenant", tenant)
        .setParameter("key", after == null ? "" : after.upnKey())
        .setParameter("id", after == null ? BEFORE_ALL_IDS : after.id().toString())
        .setParameter("state", wanted.state())
        .setParameter("most", wanted.limit())
        .getResultList();
  }

  /**
   * @return the account in use with this name, else the one of this name that was removed last;
   *     empty when there is none in the caller's sight
   */
  @Transactional
  Optional<Account> find(Sight sight, String userPrincipalName) {
    tenantScope.enter(sight.tenant());
    if (userPrincipalName.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    // One after the other: each has an index of its own, and neither serves both at once.
    String key = UserPrincipalName.keyOf(userPrincipalName);
    return first(IN_USE, sight.tenant(), key)
        .or(() -> first(REMOVED_LAST, sight.tenant(), key))
        .filter(account -> sight.isWhole() || sight.units().contains(account.unit));
  }

  private static Optional<Account> first(String where, String tenant, String key) {
    return Account.<Account>find(where, Parameters.with("tenant", tenant).and("key", key))
        .range(0, 0)
        .firstResultOptional();
  }
}
