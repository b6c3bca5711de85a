package io.muster.gateway.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.muster.chassis.csv.SafeCell;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.download.SafeCsv;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The address list as a file: what user-service streams, with a column of licenses added, a few
 * hundred rows at a time.
 */
@ApplicationScoped
class ExportingUsers {
  private static final String LICENSES = "Licenses";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** One look-up at license-service for each. */
  private static final int ROWS_AT_A_TIME = 500;

  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final AddingLicenses licenses;
  private final ObjectMapper json;

  ExportingUsers(
      ServiceCalls calls, ServicesConfig services, AddingLicenses licenses, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.licenses = licenses;
    this.json = json;
  }

  /**
   * Asks for the list.
   *
   * @param rawQuery as the caller sent it; user-service checks it
   * @return to be written by {@link #write}, which closes it
   */
  InputStream ask(String rawQuery, String bearer) {
    String path = "/v1/users" + (rawQuery == null ? "" : "?" + rawQuery);
    return calls.get(services.userUrl(), path, bearer, "text/csv");
  }

  /**
   * Blocks until all is written.
   *
   * @throws IOException when the client or user-service went away
   */
  void write(InputStream answer, String bearer, SafeCsv csv) throws IOException {
    try (answer;
        CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text(answer))) {
      Iterator<CsvRecord> rows = reader.iterator();
      if (!rows.hasNext()) {
        throw new IOException("an address list has a header");
      }
      List<String> header = rows.next().getFields();
      int name = header.indexOf("UserPrincipalName");
      int state = header.indexOf("State");
      boolean adding = name >= 0 && !header.contains(LICENSES);
      csv.write(adding ? with(header, LICENSES) : header);
      List<List<String>> some = new ArrayList<>(ROWS_AT_A_TIME);
      while (rows.hasNext()) {
        // SafeCsv guards them again.
        some.add(rows.next().getFields().stream().map(SafeCell::text).toList());
        if (some.size() == ROWS_AT_A_TIME || !rows.hasNext()) {
          List<String> held = adding ? held(some, name, state, bearer) : null;
          for (int i = 0; i < some.size(); i++) {
            csv.write(adding ? with(some.get(i), held.get(i)) : some.get(i));
          }
          some.clear();
        }
      }
    }
  }

  private List<String> held(List<List<String>> rows, int name, int state, String bearer) {
    List<ObjectNode> users = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      ObjectNode user = json.createObjectNode();
      user.put("userPrincipalName", row.get(name));
      user.put("state", state < 0 ? "" : row.get(state));
      users.add(user);
    }
    licenses.addTo(users, bearer);
    return users.stream()
        .map(
            user ->
                StreamSupport.stream(user.path("licenses").spliterator(), false)
                    .map(license -> license.path("sku").asText())
                    .collect(Collectors.joining(";")))
        .toList();
  }

  private static List<String> with(List<String> cells, String more) {
    List<String> all = new ArrayList<>(cells);
    all.add(more);
    return all;
  }

  private static Reader text(InputStream answer) throws IOException {
    PushbackReader text = new PushbackReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
    int first = text.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      text.unread(first);
    }
    return text;
  }
}
