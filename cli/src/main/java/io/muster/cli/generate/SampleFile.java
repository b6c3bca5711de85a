package io.muster.cli.generate;

import io.muster.contracts.command.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The columns of a sample file and what stands in them.
 *
 * @param headers canonical column names
 */
public record SampleFile(List<String> headers, List<Function<Person, String>> cells) {
  public SampleFile {
    headers = List.copyOf(headers);
    cells = List.copyOf(cells);
  }

  /**
   * What an operation reads.
   *
   * @param domain behind the {@code @}
   * @param passwords with a column of given passwords
   * @param licenses subscriptions of every row; empty for no such column
   */
  public static SampleFile of(
      Operation operation, String domain, boolean passwords, List<String> licenses) {
    Columns columns = new Columns();
    columns.add("UserPrincipalName", person -> person.userPrincipalName(domain));
    switch (operation) {
      case ADD -> addProperties(columns);
      case SET -> {
        columns.add("JobTitle", Person::promotedTo);
        columns.add("Office", Person::office);
      }
      case ENABLE, SET_PASSWORD, REMOVE, RESTORE, DISABLE, SET_LICENSES -> {}
    }
    if (passwords && takesPasswords(operation)) {
      columns.add("Password", Person::password);
    }
    if (!licenses.isEmpty() && takesLicenses(operation)) {
      String all = String.join(";", licenses);
      columns.add("Licenses", person -> all);
    }
    return new SampleFile(columns.headers, columns.cells);
  }

  /** The operation reads given passwords. */
  static boolean takesPasswords(Operation operation) {
    return switch (operation) {
      case ADD, ENABLE, SET_PASSWORD -> true;
      case SET, REMOVE, RESTORE, DISABLE, SET_LICENSES -> false;
    };
  }

  /** The operation reads subscriptions ({@code add} with a notice that it takes no seat). */
  static boolean takesLicenses(Operation operation) {
    return switch (operation) {
      case ADD, ENABLE, SET_LICENSES -> true;
      case SET, SET_PASSWORD, REMOVE, RESTORE, DISABLE -> false;
    };
  }

  /**
   * A row's cells.
   *
   * @param row reused by the caller; as many as headers
   */
  void fill(Person person, String[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = cells.get(i).apply(person);
    }
  }

  private static void addProperties(Columns columns) {
    columns.add("DisplayName", Person::displayName);
    columns.add("FirstName", person -> person.given().written());
    columns.add("LastName", person -> person.family().written());
    columns.add("JobTitle", Person::jobTitle);
    columns.add("Department", Person::department);
    columns.add("Office", Person::office);
    columns.add("OfficePhone", Person::officePhone);
    columns.add("City", Person::city);
    columns.add("Country", person -> person.culture().country());
    columns.add("UsageLocation", person -> person.culture().usageLocation());
    columns.add("EmployeeId", Person::employeeId);
  }

  private static final class Columns {
    private final List<String> headers = new ArrayList<>();
    private final List<Function<Person, String>> cells = new ArrayList<>();

    void add(String header, Function<Person, String> cell) {
      headers.add(header);
      cells.add(cell);
    }
  }
}
