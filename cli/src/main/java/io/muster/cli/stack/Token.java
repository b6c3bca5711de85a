package io.muster.cli.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.LocalService;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Results;
import io.muster.contracts.command.TenantId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster token}. */
@Command(
    name = "token",
    description = {
      "Prints a bearer token of the local stack's own issuer. For development: a remote system"
          + " takes tokens of its own issuer only."
    },
    footer = {
      "  muster token",
      "  muster token --tenant fabrikam --role password-admin --unit shop-17 --ttl 8h",
      "  curl -H \"Authorization: Bearer $(muster token)\" http://127.0.0.1:8080/v1/jobs"
    })
public final class Token extends ServiceCommand {
  private static final Set<String> ROLES =
      Set.of("tenant-admin", "password-admin", "reader", "operator", "hr-feed");

  @Option(
      names = "--tenant",
      paramLabel = "T",
      defaultValue = LocalService.DEFAULT_TENANT,
      description = "Whose administrator. Default: ${DEFAULT-VALUE}.")
  private String tenant;

  @Option(
      names = "--role",
      paramLabel = "R",
      defaultValue = LocalService.DEFAULT_ROLE,
      description =
          "tenant-admin, password-admin, reader, operator or hr-feed. Repeatable. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> roles;

  @Option(names = "--unit", paramLabel = "U", description = "Administrative unit. Repeatable.")
  private List<String> units = List.of();

  @Option(
      names = "--subject",
      paramLabel = "S",
      description = "Who it is. Default: the role at the tenant.")
  private String subject;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is valid: 90s, 30m, 8h, 7d. Default: ${DEFAULT-VALUE}.")
  private String lifetime;

  @Override
  public Integer call() {
    check();
    String who = subject == null ? LocalService.subject(tenant, roles.get(0)) : subject;
    Duration ttl = duration(lifetime);
    String token =
        local()
            .issuer()
            .sign(tenant, who, new LinkedHashSet<>(roles), new LinkedHashSet<>(units), ttl);
    if (json()) {
      ObjectNode document =
          Results.object().put("token", token).put("tenant", tenant).put("subject", who);
      roles.forEach(document.putArray("roles")::add);
      units.forEach(document.putArray("units")::add);
      results().json(document.put("expiresIn", ttl.toString()));
    } else {
      results().line(token);
    }
    return ExitCode.DONE;
  }

  private void check() {
    if (!isLocal()) {
      throw CommandFailed.refused(
          "FORBIDDEN",
          "The local stack's issuer signs for the local stack alone; ask the remote system's own"
              + " issuer for a token.");
    }
    if (!TenantId.isOne(tenant)) {
      throw CommandFailed.wrongUsage("A tenant is lower-case letters, digits and hyphens.");
    }
    for (String role : roles) {
      if (!ROLES.contains(role)) {
        throw CommandFailed.wrongUsage("There is no role " + role + ".");
      }
    }
  }

  static Duration duration(String text) {
    try {
      if (text.matches("[0-9]{1,9}[smhd]")) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        Duration duration =
            switch (text.charAt(text.length() - 1)) {
              case 's' -> Duration.ofSeconds(number);
              case 'm' -> Duration.ofMinutes(number);
              case 'h' -> Duration.ofHours(number);
              default -> Duration.ofDays(number);
            };
        if (duration.toSeconds() > 0) {
          return duration;
        }
      }
    } catch (ArithmeticException e) {
      // Longer than any time: the same answer.
    }
    throw CommandFailed.wrongUsage("--ttl must be a time like 90s, 30m, 8h or 7d.");
  }
}
