package io.muster.contracts.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An account's properties that a row may carry. {@link #column()} is the canonical CSV column,
 * {@link #field()} the key in commands and JSON.
 */
public enum AccountProperty {
  DISPLAY_NAME("DisplayName", 256),
  FIRST_NAME("FirstName", 64),
  LAST_NAME("LastName", 64),
  JOB_TITLE("JobTitle", 128),
  DEPARTMENT("Department", 128),
  OFFICE("Office", 128),
  OFFICE_PHONE("OfficePhone", 64),
  MOBILE_PHONE("MobilePhone", 64),
  FAX("Fax", 64),
  ALTERNATE_EMAIL("AlternateEmail", 254),
  STREET_ADDRESS("StreetAddress", 1024),
  CITY("City", 128),
  STATE_OR_PROVINCE("StateOrProvince", 128),
  POSTAL_CODE("PostalCode", 40),
  COUNTRY("Country", 128),
  USAGE_LOCATION("UsageLocation", 2),
  EMPLOYEE_ID("EmployeeId", 64),
  MANAGER("Manager", UserPrincipalName.MAX_LENGTH),
  UNIT("Unit", 128),

  /**
   * What an identity tool calls the account by (SCIM): no column of files, and no field of calls.
   */
  EXTERNAL_ID("ExternalId", 256);

  private static final Map<String, AccountProperty> BY_FIELD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(AccountProperty::field, p -> p));

  private static final List<AccountProperty> IN_FILES =
      Arrays.stream(values()).filter(p -> p != EXTERNAL_ID).toList();

  private final String column;
  private final String field;
  private final int maxLength;

  AccountProperty(String column, int maxLength) {
    this.column = column;
    this.field = Character.toLowerCase(column.charAt(0)) + column.substring(1);
    this.maxLength = maxLength;
  }

  /** Those that files have columns for, and calls on single users fields; all but EXTERNAL_ID. */
  public static List<AccountProperty> inFiles() {
    return IN_FILES;
  }

  /** The canonical CSV column, PascalCase. */
  public String column() {
    return column;
  }

  /** The key in commands and JSON, camelCase. */
  public String field() {
    return field;
  }

  /** Characters at most, as a person counts them (code points). Figures: API.md, else Entra's. */
  public int maxLength() {
    return maxLength;
  }

  /**
   * @return the property behind a JSON key, empty when there is none
   */
  public static Optional<AccountProperty> ofField(String field) {
    return Optional.ofNullable(BY_FIELD.get(field));
  }
}
