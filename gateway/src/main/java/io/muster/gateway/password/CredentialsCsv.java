package io.muster.gateway.password;

import io.muster.gateway.download.SafeCsv;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Generated passwords as a file that can be handed on. */
@ApplicationScoped
class CredentialsCsv {
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
  void write(InputStream answer, SafeCsv csv) throws IOException {
    csv.write(List.of("UserPrincipalName", "Password", "RowNumber"));
    passwords.read(
        answer,
        (row, userPrincipalName, password) ->
            csv.write(List.of(userPrincipalName, password, Long.toString(row))));
  }
}
