package io.muster.user.account;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.UserPrincipalName;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The unified address list, disabled accounts included, by user principal name. */
@ApplicationScoped
public class ListingAccounts {
  private final TenantScope tenantScope;

  ListingAccounts(TenantScope tenantScope) {
    this.tenantScope = tenantScope;
  }

  /**
   * What is asked for.
   *
   * @param query start of the user principal name, or part of display name or department; null for
   *     all. It reads the table until the search table comes
   * @param state null for all but the removed
   * @param unit null for all
   * @param after null for the first page
   * @param limit from 1
   */
  record Wanted(String query, String state, String unit, AccountCursor after, int limit) {}

  /**
   * @return up to {@code limit} accounts, in order, out of the caller's sight
   */
  @Transactional
  List<Account> list(Sight sight, Wanted wanted) {
    tenantScope.enter(sight.tenant());
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
    if (!sight.isWhole()) {
      where.append(" and unit in :units");
      values.and("units", sight.units());
    }
    if (wanted.unit() != null) {
      where.append(" and unit = :unit");
      values.and("unit", wanted.unit());
    }
    if (wanted.query() != null) {
      String escaped = wanted.query().replaceAll("[%_\\\\]", "\\\\$0");
      where.append(
          " and (upnKey like :start escape '\\' or displayName ilike :part escape '\\'"
              + " or department ilike :part escape '\\')");
      values.and("start", UserPrincipalName.keyOf(escaped) + "%").and("part", "%" + escaped + "%");
    }
    if (wanted.after() != null) {
      where.append(" and upnKey >= :key and (upnKey > :key or id > :id)");
      values.and("key", wanted.after().upnKey()).and("id", wanted.after().id());
    }
    where.append(" order by upnKey, id");
    return Account.<Account>find(where.toString(), values).range(0, wanted.limit() - 1).list();
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
    return Account.<Account>find(
            "tenantId = :tenant and upnKey = :key"
                + " order by case when state = 'REMOVED' then 1 else 0 end, removedAt desc",
            Parameters.with("tenant", sight.tenant())
                .and("key", UserPrincipalName.keyOf(userPrincipalName)))
        .range(0, 0)
        .<Account>firstResultOptional()
        .filter(account -> sight.isWhole() || sight.units().contains(account.unit));
  }
}
