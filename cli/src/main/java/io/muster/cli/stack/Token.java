package io.muster.cli.stack;

import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.MusterCommand;
import io.muster.cli.service.LocalService;
import io.muster.cli.terminal.Results;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.identity.TokenIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster token}: signed by the local stack's own issuer, for development. */
@Command(
    name = "token",
    description = "Prints a bearer token from the local stack's own issuer (development only).",
    footer = {
      "  muster token --tenant contoso --role tenant-admin",
      "  muster token --tenant contoso --role password-admin --unit Shops --ttl 8h"
    })
public final class Token extends MusterCommand {
  @Option(names = "--tenant", paramLabel = "T", defaultValue = "contoso", description = "Whose.")
  private String tenant;

  @Option(
      names = "--role",
      paramLabel = "R",
      defaultValue = "tenant-admin",
      description = "tenant-admin, password-admin, reader, operator or hr-feed. Repeatable.")
  private List<String> roles;

  @Option(names = "--unit", paramLabel = "U", description = "An administrative unit. Repeatable.")
  private List<String> units = List.of();

  @Option(names = "--subject", paramLabel = "S", description = "Who. Default: ROLE@TENANT.")
  private String subject;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is good: 90s, 15m, 8h, 1d. Default: 1h.")
  private String ttl;

  @Option(names = "--data", paramLabel = "DIR", description = "The stack's folder.")
  private String data;

  @Option(names = "--url", paramLabel = "URL", hidden = true)
  private URI url;

  @Override
  public Integer call() {
    LocalService local = LocalService.in(LocalService.folder(data, terminal().environment()));
    if (url != null && local.url().filter(url::equals).isEmpty()) {
      throw CommandFailed.refused(
          "FORBIDDEN", "Tokens for " + url + " come from its own issuer: muster login.");
    }
    if (!tenant.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw CommandFailed.wrongUsage("--tenant must look like [a-z0-9][a-z0-9-]{0,62}.");
    }
    String who = subject == null ? roles.get(0) + "@" + tenant : subject;
    String token;
    try {
      token =
          TokenIssuer.open(local.folder(), Clock.systemUTC())
              .sign(tenant, who, Set.copyOf(roles), Set.copyOf(units), lifetime());
    } catch (StackFailure failure) {
      throw CommandFailed.refused("LOCAL_STACK", failure.getMessage());
    }
    if (json()) {
      results().json(Results.object().put("token", token).put("tenant", tenant));
    } else {
      results().line(token);
    }
    return ExitCode.DONE;
  }

  private Duration lifetime() {
    try {
      String text = ttl.strip().toUpperCase(Locale.ROOT);
      Duration lifetime = Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
      if (lifetime.isNegative() || lifetime.isZero()) {
        throw CommandFailed.wrongUsage("--ttl must be longer than nothing.");
      }
      return lifetime;
    } catch (DateTimeParseException e) {
      throw CommandFailed.wrongUsage("--ttl must look like 90s, 15m, 8h or 1d, not " + ttl + ".");
    }
  }
}
