package io.muster.cli.generate;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Streams people as a file; memory doesn't grow with the rows. */
public final class WritingSamples {
  private static final int BUFFER = 64 * 1024;

  private final People people;
  private final SampleFile file;

  public WritingSamples(People people, SampleFile file) {
    this.people = people;
    this.file = file;
  }

  /** CSV with a header, UTF-8, line feeds, quoted where needed. Closes {@code out}. */
  public void csv(long rows, OutputStream out) throws IOException {
    try (CsvWriter csv =
        CsvWriter.builder()
            .bufferSize(BUFFER)
            .lineDelimiter(LineDelimiter.LF)
            .build(out, StandardCharsets.UTF_8)) {
      csv.writeRecord(file.headers());
      String[] row = new String[file.headers().size()];
      for (long number = 0; number < rows; number++) {
        file.fill(people.person(number), row);
        csv.writeRecord(row);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** An array of objects by column. Closes {@code json}. */
  void json(long rows, JsonGenerator json) throws IOException {
    try (json) {
      json.writeStartArray();
      String[] row = new String[file.headers().size()];
      for (long number = 0; number < rows; number++) {
        file.fill(people.person(number), row);
        json.writeStartObject();
        for (int i = 0; i < row.length; i++) {
          json.writeStringField(file.headers().get(i), row[i]);
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }
}
