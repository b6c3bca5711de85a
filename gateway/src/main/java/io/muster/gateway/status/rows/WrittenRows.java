package io.muster.gateway.status.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.contracts.job.WrittenRow;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.access.ServiceCalls;
import io.muster.gateway.access.ServicesConfig;
import io.muster.gateway.status.JobView;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rows as they were written in the file, from bulk-ingest-service's spool. They are handed on one
 * by one while the answer is being read: a page is never held here as a whole.
 */
@ApplicationScoped
class WrittenRows {
  private final ServiceCalls calls;
  private final ServicesConfig services;
  private final ObjectMapper json;
  private final ObjectReader rows;

  WrittenRows(ServiceCalls calls, ServicesConfig services, ObjectMapper json) {
    this.calls = calls;
    this.services = services;
    this.json = json;
    this.rows =
        json.readerFor(WrittenRow.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** Rows behind a number, in row order, those refused at the door among them. */
  void behind(JobView view, long after, int limit, String bearer, Consumer<WrittenRow> each) {
    String path = path(view, "/rows") + "after=" + after + "&limit=" + limit;
    read(calls.get(services.bulkIngestUrl(), path, bearer), each);
  }

  /**
   * Rows behind a number that were refused at the door, in row order.
   *
   * @param code null for all codes
   */
  void refused(
      JobView view, long after, int limit, RowCode code, String bearer, Consumer<WrittenRow> each) {
    String path =
        path(view, "/refusals")
            + "after="
            + after
            + "&limit="
            + limit
            + (code == null ? "" : "&code=" + code);
    read(calls.get(services.bulkIngestUrl(), path, bearer), each);
  }

  /** These rows, in row order. */
  void lookup(JobView view, List<Long> numbers, String bearer, Consumer<WrittenRow> each) {
    if (numbers.isEmpty()) {
      return;
    }
    String path = path(view, "/rows/lookup");
    try {
      read(
          calls.post(
              services.bulkIngestUrl(),
              path,
              bearer,
              Map.of(),
              BodyPublishers.ofByteArray(json.writeValueAsBytes(numbers))),
          each);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ready for parameters. An operator names the tenant whose rows are read by number. */
  private static String path(JobView view, String what) {
    String path = "/v1/jobs/" + view.job().id() + what + '?';
    return view.people() ? path : path + "tenant=" + view.job().tenant() + '&';
  }

  private void read(InputStream answer, Consumer<WrittenRow> each) {
    try (answer;
        JsonParser parser = json.createParser(answer)) {
      toItems(parser);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        WrittenRow row = rows.readValue(parser);
        each.accept(row);
      }
    } catch (IOException e) {
      // Without Jackson's text, which quotes rows.
      throw new IllegalStateException("rows from bulk-ingest-service can't be read");
    }
  }

  private static void toItems(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean items = "items".equals(parser.currentName());
      parser.nextToken();
      if (items) {
        return;
      }
      parser.skipChildren();
    }
    throw new IOException("a page has items");
  }
}
