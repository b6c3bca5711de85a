package io.muster.gateway.download;

import io.muster.chassis.problem.BreakingOff;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/**
 * A CSV as an answer: written while it is sent, kept by nobody, broken off when it can't be whole.
 */
public final class CsvDownload {
  /** What all CSV files are served as. */
  public static final String MEDIA_TYPE = "text/csv; charset=utf-8";

  private CsvDownload() {}

  /** Writes the file; blocks until all is written. */
  public interface Writing {
    /**
     * @throws IOException when the reader went away
     */
    void to(SafeCsv csv) throws IOException;
  }

  /**
   * @param fileName plain ASCII
   */
  public static Response of(RoutingContext http, String fileName, Writing writing) {
    return Response.ok(
            BreakingOff.unlessWhole(
                http,
                out -> {
                  SafeCsv csv = new SafeCsv(out);
                  writing.to(csv);
                  csv.flush();
                }),
            MEDIA_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
