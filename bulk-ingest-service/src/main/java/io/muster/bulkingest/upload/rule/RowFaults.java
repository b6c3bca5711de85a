package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.chassis.access.Roles;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import java.util.Set;

/** Refusals that don't hang on a single column's value, and how they are worded. */
public final class RowFaults {
  private RowFaults() {}

  /** INVALID_VALUE. */
  public static RowRefusal invalid(Column column, String detail) {
    return new RowRefusal(RowCode.INVALID_VALUE, detail, column);
  }

  /** MISSING_VALUE. */
  public static RowRefusal missing(Column column, String detail) {
    return new RowRefusal(RowCode.MISSING_VALUE, detail, column);
  }

  /**
   * Whether somebody with these roles may ask for it in a row. Who may upload at all is decided
   * before a row is read; here a file's Action column is held to the same rule.
   *
   * @param operation null when the row's Action is no operation
   * @return null when they may
   */
  public static RowRefusal ofOperation(Operation operation, Set<String> roles) {
    if (operation == null) {
      return invalid(
          Column.ACTION,
          "Action is one of add, enable, set-password, set, remove, restore, disable and"
              + " set-licenses.");
    }
    if (roles.contains(Roles.TENANT_ADMIN)
        || operation == Operation.SET_PASSWORD && roles.contains(Roles.PASSWORD_ADMIN)) {
      return null;
    }
    return new RowRefusal(
        RowCode.OPERATION_NOT_ALLOWED,
        roles.contains(Roles.PASSWORD_ADMIN)
            ? "A password administrator may only set passwords, not "
                + operation.word()
                + ": take the row out, or ask a tenant administrator."
            : "Your roles don't allow " + operation.word() + ": ask a tenant administrator.",
        Column.ACTION);
  }

  /**
   * @param name null when the row has none
   * @return null for a name that can be one
   */
  public static RowRefusal ofName(String name) {
    if (name == null) {
      return missing(Column.USER_PRINCIPAL_NAME, "UserPrincipalName is missing: fill it in.");
    }
    String damage = ValueRules.faultOfText(Column.USER_PRINCIPAL_NAME, name);
    if (damage != null) {
      return invalid(Column.USER_PRINCIPAL_NAME, damage);
    }
    String fault = NameRule.fault(name);
    return fault == null
        ? null
        : new RowRefusal(RowCode.INVALID_USER_PRINCIPAL_NAME, fault, Column.USER_PRINCIPAL_NAME);
  }
}
