package io.muster.gateway.submit;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.contracts.command.Operation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file to begin with, for each operation: its columns and one example row. */
final class Templates {
  private static final Map<String, String> PERSON = person();

  private Templates() {}

  /** CSV text with a byte order mark, so that a spreadsheet reads every alphabet. */
  static String of(Operation operation) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("UserPrincipalName", "chris@contoso.com");
    switch (operation) {
      case ADD -> {
        row.putAll(PERSON);
        row.put("BlockSignIn", "Yes");
        row.put("Protected", "No");
      }
      case ENABLE -> {
        row.put("Password", "");
        row.put("MustChangePassword", "Yes");
        row.put("Licenses", "E3");
      }
      case SET_PASSWORD -> {
        row.put("Password", "");
        row.put("MustChangePassword", "Yes");
      }
      case SET -> row.putAll(PERSON);
      case SET_LICENSES -> row.put("Licenses", "E3;VISIO");
      case REMOVE, RESTORE, DISABLE -> {}
    }
    StringWriter text = new StringWriter().append('\uFEFF');
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord(List.copyOf(row.keySet()));
      csv.writeRecord(List.copyOf(row.values()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Map<String, String> person() {
    Map<String, String> person = new LinkedHashMap<>();
    person.put("DisplayName", "Chris Green");
    person.put("FirstName", "Chris");
    person.put("LastName", "Green");
    person.put("JobTitle", "IT Manager");
    person.put("Department", "Information Technology");
    person.put("Office", "123451");
    person.put("OfficePhone", "123-555-1211");
    person.put("MobilePhone", "123-555-6641");
    person.put("Fax", "123-555-9821");
    person.put("AlternateEmail", "chris@example.com");
    person.put("StreetAddress", "1 Microsoft way");
    person.put("City", "Redmond");
    person.put("StateOrProvince", "Wa");
    person.put("PostalCode", "98052");
    person.put("Country", "United States");
    person.put("UsageLocation", "US");
    person.put("EmployeeId", "40417");
    person.put("Manager", "");
    person.put("Unit", "");
    return person;
  }
}
