package io.muster.gateway.password;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.gateway.status.rows.SafeCell;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Generated passwords as a file that can be handed on. Written while it is sent. */
@ApplicationScoped
class CredentialsCsv {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CollectingPasswords passwords;

  CredentialsCsv(CollectingPasswords passwords) {
    this.passwords = passwords;
  }

  /**
   * Blocks until all is written.
   *
   * @param answer of user-service; closed
   * @throws IOException when the client went away
   */
  void write(InputStream answer, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(BYTE_ORDER_MARK);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    csv.writeRecord("UserPrincipalName", "Password", "RowNumber");
    passwords.read(
        answer,
        (row, userPrincipalName, password) ->
            csv.writeRecord(
                SafeCell.of(userPrincipalName), SafeCell.of(password), Long.toString(row)));
    csv.flush();
  }
}
