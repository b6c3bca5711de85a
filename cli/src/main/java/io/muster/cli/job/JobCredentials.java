package io.muster.cli.job;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.OutputLost;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster job credentials}. */
@Command(
    name = "credentials",
    description = {
      "Prints the passwords that a finished job generated, as CSV, to whoever submitted it. They"
          + " can be printed again for 15 minutes; then they are shredded. With --json: a list."
    },
    footer = {
      "  muster job credentials 01990a3c-... > credentials.csv",
      "  muster job credentials 01990a3c-... --delete --json"
    })
final class JobCredentials extends ServiceCommand {
  private static final String CSV = "text/csv";

  @Parameters(paramLabel = "ID", description = "The job.")
  private String id;

  @Option(names = "--delete", description = "Shred them as soon as all of them were printed.")
  private boolean delete;

  @Override
  public Integer call() {
    Service service = service();
    String path = "/v1/jobs/" + Service.encoded(id) + "/credentials.csv";
    try {
      if (json()) {
        list(service, path);
      } else {
        service.copy(path, CSV, results().stream());
      }
    } catch (IOException e) {
      throw new OutputLost(e);
    }
    if (delete) {
      service.delete(path);
    }
    return ExitCode.DONE;
  }

  private void list(Service service, String path) throws IOException {
    try (InputStream body = service.open(path, CSV);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(body)) {
      JsonGenerator json = results().jsonStream();
      json.writeStartArray();
      for (NamedCsvRecord row : csv) {
        json.writeStartObject();
        json.writeNumberField("row", Long.parseLong(row.getField("RowNumber")));
        json.writeStringField("userPrincipalName", meant(row.getField("UserPrincipalName")));
        json.writeStringField("password", meant(row.getField("Password")));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.close();
    } catch (CsvParseException e) {
      // The reader wraps what the connection said; its own text would quote a line.
      if (e.getCause() instanceof CommandFailed failed) {
        throw failed;
      }
      throw CommandFailed.unreachable(
          service.url() + " answers, but not as Muster does: is the address right?", null);
    }
    results().text("\n");
  }

  /** Without the sign that keeps a spreadsheet from taking a cell for a formula. */
  private static String meant(String cell) {
    boolean guarded =
        cell.length() > 1 && cell.charAt(0) == '\'' && "=+-@\t\r".indexOf(cell.charAt(1)) >= 0;
    return guarded ? cell.substring(1) : cell;
  }
}
