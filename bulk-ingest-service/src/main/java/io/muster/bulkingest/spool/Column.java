package io.muster.bulkingest.spool;

import io.muster.contracts.command.AccountProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns that a row may have, in the order of API.md's table. What headers lead to them is
 * told by {@code ColumnNames}.
 */
public enum Column {
  USER_PRINCIPAL_NAME("UserPrincipalName", null),
  DISPLAY_NAME(AccountProperty.DISPLAY_NAME),
  FIRST_NAME(AccountProperty.FIRST_NAME),
  LAST_NAME(AccountProperty.LAST_NAME),
  JOB_TITLE(AccountProperty.JOB_TITLE),
  DEPARTMENT(AccountProperty.DEPARTMENT),
  OFFICE(AccountProperty.OFFICE),
  OFFICE_PHONE(AccountProperty.OFFICE_PHONE),
  MOBILE_PHONE(AccountProperty.MOBILE_PHONE),
  FAX(AccountProperty.FAX),
  ALTERNATE_EMAIL(AccountProperty.ALTERNATE_EMAIL),
  STREET_ADDRESS(AccountProperty.STREET_ADDRESS),
  CITY(AccountProperty.CITY),
  STATE_OR_PROVINCE(AccountProperty.STATE_OR_PROVINCE),
  POSTAL_CODE(AccountProperty.POSTAL_CODE),
  COUNTRY(AccountProperty.COUNTRY),
  USAGE_LOCATION(AccountProperty.USAGE_LOCATION),
  EMPLOYEE_ID(AccountProperty.EMPLOYEE_ID),
  MANAGER(AccountProperty.MANAGER),
  UNIT(AccountProperty.UNIT),
  PASSWORD("Password", null),
  PASSWORD_HASH("PasswordHash", null),
  MUST_CHANGE_PASSWORD("MustChangePassword", null),
  LICENSES("Licenses", null),
  BLOCK_SIGN_IN("BlockSignIn", null),
  PROTECTED("Protected", null),
  ACTION("Action", null);

  private static final List<Column> ALL = List.of(values());
  private static final Map<String, Column> BY_FIELD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Column::field, c -> c));

  private final String canonical;
  private final String field;
  private final AccountProperty property;

  Column(AccountProperty property) {
    this(property.column(), property);
  }

  Column(String canonical, AccountProperty property) {
    this.canonical = canonical;
    this.field = Character.toLowerCase(canonical.charAt(0)) + canonical.substring(1);
    this.property = property;
  }

  /** The canonical name in files, PascalCase. */
  public String canonical() {
    return canonical;
  }

  /** The same in JSON, camelCase. */
  public String field() {
    return field;
  }

  /** The account's property behind it; null for a column that isn't one. */
  public AccountProperty property() {
    return property;
  }

  /** Its cells never reach a spool, a message or a log. */
  public boolean isSecret() {
    return this == PASSWORD || this == PASSWORD_HASH;
  }

  /** {@link #values()} without the copy. */
  public static List<Column> all() {
    return ALL;
  }

  /**
   * @return the column of a single call's JSON key, empty when there is none
   */
  public static Optional<Column> ofField(String field) {
    return Optional.ofNullable(BY_FIELD.get(field));
  }
}
