package io.muster.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.localstack.StackOptions;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.identity.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The local stack in a folder, as far as a client needs it: its address out of {@code local.json}
 * and tokens of its own issuer.
 */
public final class LocalService {
  public static final String DEFAULT_TENANT = "contoso";
  public static final String DEFAULT_ROLE = "tenant-admin";

  /** Long enough for any single call; a watch takes a new token for each. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Path folder;

  private LocalService(Path folder) {
    this.folder = folder;
  }

  /** The stack in this folder, running or not. */
  public static LocalService in(Path folder) {
    return new LocalService(folder);
  }

  /**
   * The folder that is meant.
   *
   * @param option what {@code --data} says; null when it wasn't given
   */
  public static Path folder(String option, Map<String, String> environment) {
    if (option != null) {
      return Path.of(option);
    }
    String named = environment.getOrDefault("MUSTER_DATA", "");
    return named.isBlank() ? StackOptions.DEFAULT_FOLDER : Path.of(named);
  }

  public Path folder() {
    return folder;
  }

  /** The gateway's address; empty when no stack was started here. */
  public Optional<URI> url() {
    return facts()
        .map(facts -> facts.path("url").asText(""))
        .filter(u -> !u.isEmpty())
        .map(URI::create);
  }

  /** What {@code local.json} says; empty when it isn't there. */
  public Optional<JsonNode> facts() {
    Path file = folder.resolve("local.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Service.JSON.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw CommandFailed.wrongUsage(
          file + " can't be read: " + e.getClass().getSimpleName() + ".");
    }
  }

  /** A client of this stack, as its default administrator. */
  public Service service(String url) {
    return new Service(new ServiceAddress(URI.create(url), () -> token(DEFAULT_ROLE)));
  }

  /** Signs tokens of this stack. */
  public TokenIssuer issuer() {
    try {
      return TokenIssuer.open(folder, Clock.systemUTC());
    } catch (StackFailure noIssuer) {
      throw CommandFailed.refused("UNAUTHENTICATED", noIssuer.getMessage());
    }
  }

  /** A fresh token for a client that was given none, in API.md's default tenant. */
  String token(String role) {
    return issuer()
        .sign(DEFAULT_TENANT, subject(DEFAULT_TENANT, role), Set.of(role), Set.of(), LIFETIME);
  }

  /** Who acts when nobody says. */
  public static String subject(String tenant, String role) {
    return role + "@" + tenant;
  }
}
