package io.muster.user.account.lookup;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.user.account.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Finds accounts in use by what names exactly one, or a few: one index look-up for each value, so
 * that the cost is that of what was asked for and not that of the tenant.
 */
@ApplicationScoped
class LookingUpAccounts {
  /** By what. */
  enum Key {
    ID("a.id = CAST(asked.value AS uuid)"),
    USER_PRINCIPAL_NAME("a.upn_key = asked.value"),
    EXTERNAL_ID("a.external_id = asked.value"),
    EMPLOYEE_ID("a.employee_id = asked.value"),
    ALTERNATE_EMAIL("lower(a.alternate_email) = asked.value");

    private final String condition;

    Key(String condition) {
      this.condition = condition;
    }

    /** The value as it is compared; null for one that nobody can have. */
    private String compared(String value) {
      if (value.indexOf('\0') >= 0) {
        return null;
      }
      return switch (this) {
        case ID -> isUuid(value) ? value : null;
        case USER_PRINCIPAL_NAME -> UserPrincipalName.keyOf(value);
        case ALTERNATE_EMAIL -> value.toLowerCase(Locale.ROOT);
        case EXTERNAL_ID, EMPLOYEE_ID -> value;
      };
    }

    private static boolean isUuid(String value) {
      try {
        return UUID.fromString(value).toString().equalsIgnoreCase(value);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  private static final String LOOK_UP =
      """
      SELECT found.*
      FROM unnest(CAST(:values AS text[])) AS asked (value)
      CROSS JOIN LATERAL (
          SELECT a.* FROM account a
          WHERE a.tenant_id = :tenant AND %s AND a.state <> 'REMOVED'
          ORDER BY a.upn_key
          LIMIT :most) AS found
      ORDER BY found.upn_key
      LIMIT :most
      """;

  private final TenantScope tenantScope;

  LookingUpAccounts(TenantScope tenantScope) {
    this.tenantScope = tenantScope;
  }

  /**
   * @param most accounts at all
   * @return those in use, each once, by user principal name
   */
  @Transactional
  List<Account> find(String tenant, Key key, List<String> values, int most) {
    String[] compared =
        values.stream()
            .map(key::compared)
            .filter(value -> value != null)
            .distinct()
            .toArray(String[]::new);
    if (compared.length == 0) {
      return List.of();
    }
    tenantScope.enter(tenant);
    @SuppressWarnings("unchecked")
    List<Account> found =
        Account.getEntityManager()
            .createNativeQuery(LOOK_UP.formatted(key.condition), Account.class)
            .setParameter("values", compared)
            .setParameter("tenant", tenant)
            .setParameter("most", most)
            .getResultList();
    return found;
  }
}
