package io.muster.user.password;

import io.muster.contracts.command.UserCommand;
import io.muster.user.password.CredentialVersions.Key;
import io.muster.user.password.CredentialVersions.Version;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes credentials, and keeps a batch of them together with what is to be handed out. */
@ApplicationScoped
public class NewCredentials {
  /** DESIGN.md: a generated password that nobody has used expires. */
  private static final Duration GENERATED_IS_GOOD_FOR = Duration.ofDays(30);

  private final GeneratedPasswords generated;
  private final CredentialVersions versions;
  private final Handouts handouts;
  private final Clock clock;

  NewCredentials(GeneratedPasswords generated, CredentialVersions versions, Handouts handouts) {
    this.generated = generated;
    this.versions = versions;
    this.handouts = handouts;
    this.clock = Clock.systemUTC();
  }

  /**
   * @param command whose credential it is
   * @param accountId may be one that is made in the same transaction
   */
  public record OfAccount(UserCommand command, UUID accountId, NewCredential credential) {}

  /** A password that nobody knows yet; it must be changed at the first sign-in. */
  public NewCredential generate(UUID id) {
    GeneratedPasswords.Generated made = generated.make();
    return new NewCredential(id, "GENERATED", made.hash(), true, made.clear());
  }

  /** Stores the versions, and seals what was generated for the submitter of the job. */
  public void keep(Connection connection, List<OfAccount> credentials) throws SQLException {
    Instant expires = clock.instant().plus(GENERATED_IS_GOOD_FOR);
    versions.add(
        connection,
        credentials.stream()
            .map(
                c ->
                    new Version(
                        new Key(c.command().tenant(), c.credential().id()),
                        c.accountId(),
                        c.credential().kind(),
                        c.credential().hash(),
                        c.command().stamp(),
                        c.credential().clear() == null ? null : expires))
            .toList());
    handouts.keep(
        connection,
        credentials.stream()
            .filter(c -> c.credential().clear() != null)
            .map(
                c ->
                    new Handout(
                        c.command().tenant(),
                        c.command().jobId(),
                        c.command().row(),
                        c.command().userPrincipalName(),
                        c.command().actor().subject(),
                        c.credential().clear()))
            .toList());
  }
}
