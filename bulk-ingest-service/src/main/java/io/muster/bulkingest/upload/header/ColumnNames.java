package io.muster.bulkingest.upload.header;

import io.muster.bulkingest.spool.Column;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that lead to a column: its canonical one, a {@code [property]} in brackets, or one that
 * administrators' tools write. Case, blanks and underscores don't count.
 */
public final class ColumnNames {
  /**
   * In order of precedence, API.md's first. Sources: the Microsoft 365 and Entra bulk templates and
   * exports, the Google Workspace, Okta and Amazon Cognito user import files. docs/csv.md lists
   * them too.
   */
  private static final Map<Column, List<String>> ALIASES = new EnumMap<>(Column.class);

  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)]");
  private static final Pattern PARENTHESES = Pattern.compile("\\([^)]*\\)");
  private static final Pattern TRAILING_MARKS =
      Pattern.compile("([\\s_]+required|\\s*\\*)\\s*$", Pattern.CASE_INSENSITIVE);
  private static final Pattern DONT_COUNT = Pattern.compile("[\\s\\u00A0\\uFEFF_]+");

  static {
    names(
        Column.USER_PRINCIPAL_NAME,
        "User name, UPN, [userPrincipalName], login, Email Address, [userName], cognito:username,"
            + " Primary email, Work email, Email, Mail, E-mail address, E-mail");
    names(Column.DISPLAY_NAME, "Name, [displayName], Full name");
    names(Column.FIRST_NAME, "Given name, [givenName], Forename");
    names(Column.LAST_NAME, "Surname, [surname], Family name, [familyName]");
    names(Column.JOB_TITLE, "[jobTitle], Title, Employee title, Position");
    names(Column.DEPARTMENT, "[department]");
    names(
        Column.OFFICE,
        "Office number, [physicalDeliveryOfficeName], [officeLocation], Office location,"
            + " Office name, Physical delivery office name");
    names(
        Column.OFFICE_PHONE,
        "[telephoneNumber], [businessPhones], Work phone, Primary phone, Business phone,"
            + " Telephone number, Phone number");
    names(Column.MOBILE_PHONE, "[mobile], [mobilePhone], Mobile, Cell phone");
    names(Column.FAX, "[facsimileTelephoneNumber], [faxNumber], Fax number");
    names(
        Column.ALTERNATE_EMAIL,
        "Alternate email address, [otherMails], Second email, Recovery email");
    names(Column.STREET_ADDRESS, "Address, [streetAddress], Street, Work address");
    names(Column.CITY, "[city], Town");
    names(Column.STATE_OR_PROVINCE, "State, State or province, [state], Province");
    names(Column.POSTAL_CODE, "ZIP or postal code, [postalCode], ZIP code, ZIP");
    names(Column.COUNTRY, "Country or region, [country], Country/region, Country code");
    names(Column.USAGE_LOCATION, "[usageLocation]");
    names(Column.EMPLOYEE_ID, "[employeeId], Employee number, Personnel number");
    names(Column.MANAGER, "[manager], Manager email, Manager UPN, Manager ID");
    names(Column.UNIT, "Administrative unit, [administrativeUnit], Org unit path");
    names(Column.PASSWORD, "Initial password, NewPassword, [passwordProfile], [password]");
    names(Column.PASSWORD_HASH, "[passwordHash], Hashed password");
    names(
        Column.MUST_CHANGE_PASSWORD,
        "ForceChangePassword, Change Password at Next Sign-In,"
            + " [forceChangePasswordNextSignIn], ForceChangePasswordNextSignIn");
    names(
        Column.LICENSES,
        "License, LicenseAssignment, Subscription, Subscriptions, Subscription(s), SKU, SKUs,"
            + " License assignments, [assignedLicenses], New licenses");
    // The plain word accountEnabled is no alias: its Yes would mean the opposite.
    names(
        Column.BLOCK_SIGN_IN,
        "[accountEnabled], Block sign-in, Sign-in blocked, Block credential, New status");
    names(Column.PROTECTED, "");
    names(Column.ACTION, "Operation");
  }

  private static final Map<String, Found> BY_KEY = new HashMap<>();
  private static final Map<String, Found> BY_PROPERTY = new HashMap<>();

  static {
    ALIASES.forEach(ColumnNames::index);
    ALIASES.forEach(ColumnNames::indexAsProperty);
  }

  private ColumnNames() {}

  /**
   * Where a name leads.
   *
   * @param rank 0 for the canonical name, else the alias's place in the list: the lowest wins
   */
  public record Found(Column column, int rank) {}

  /** Other names of a column in order of precedence; in brackets what counts only there. */
  public static List<String> aliases(Column column) {
    return ALIASES.get(column);
  }

  /**
   * @param header as written
   * @return empty when the name is known to nobody
   */
  public static Optional<Found> find(String header) {
    Matcher brackets = BRACKETS.matcher(header);
    while (brackets.find()) {
      Found property = BY_PROPERTY.get(key(brackets.group(1)));
      if (property != null) {
        return Optional.of(property);
      }
    }
    return Optional.ofNullable(BY_KEY.get(plain(header)));
  }

  /** The {@link #key} of a name without what tools write after it: marks and explanations. */
  static String plain(String header) {
    Matcher brackets = BRACKETS.matcher(header);
    StringBuilder rest = new StringBuilder();
    while (brackets.find()) {
      String inside = key(brackets.group(1));
      boolean mark = inside.equals("required") || inside.equals("uploadonly");
      brackets.appendReplacement(rest, mark ? "" : Matcher.quoteReplacement(brackets.group()));
    }
    brackets.appendTail(rest);
    String name = PARENTHESES.matcher(rest).replaceAll("");
    String shorter = TRAILING_MARKS.matcher(name).replaceAll("");
    while (!shorter.equals(name)) {
      name = shorter;
      shorter = TRAILING_MARKS.matcher(name).replaceAll("");
    }
    return key(name);
  }

  /** What is left of a name that counts. */
  static String key(String name) {
    return DONT_COUNT.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  private static void names(Column column, String aliases) {
    ALIASES.put(column, aliases.isEmpty() ? List.of() : List.of(aliases.split(", ")));
  }

  private static void index(Column column, List<String> aliases) {
    BY_KEY.put(key(column.canonical()), new Found(column, 0));
    int rank = 1;
    for (String alias : aliases) {
      Found found = new Found(column, rank++);
      if (alias.startsWith("[")) {
        BY_PROPERTY.putIfAbsent(key(alias.substring(1, alias.length() - 1)), found);
      } else {
        BY_KEY.putIfAbsent(key(PARENTHESES.matcher(alias).replaceAll("")), found);
      }
    }
  }

  /** Their own names in brackets, behind all aliases; what a row asks for is nobody's property. */
  private static void indexAsProperty(Column column, List<String> aliases) {
    if (column != Column.ACTION) {
      BY_PROPERTY.putIfAbsent(key(column.canonical()), new Found(column, aliases.size() + 1));
    }
  }
}
