package io.muster.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Facts;
import io.muster.cli.terminal.Results;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster tenant set}: what isn't named stays as it is. */
@Command(
    name = "set",
    description = {
      "Changes a tenant's domains, quotas and settings, or registers it. Names are those that"
          + " tenant show prints; null takes a quota away."
    },
    footer = {
      "  muster tenant set contoso --domain contoso.com --domain contoso.de",
      "  muster tenant set contoso --any-domain",
      "  muster tenant set contoso --set quotas.openJobs=20 --set quotas.rowsPerJob=null",
      "  muster tenant set contoso --set settings.uploadsAllowed=false --set name=Contoso"
    })
final class TenantSet extends ServiceCommand {
  @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
  private String tenant;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "A domain that its users may have. Repeatable: exactly these.")
  private List<String> domains = List.of();

  @Option(names = "--any-domain", description = "Its users may have any domain.")
  private boolean anyDomain;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A quota or setting. Repeatable.")
  private List<String> settings = List.of();

  @Override
  public Integer call() {
    check();
    Service service = service(Operations.OPERATOR);
    String path = "/v1/tenants/" + Service.encoded(tenant);
    ObjectNode document = known(service, path);
    if (anyDomain || !domains.isEmpty()) {
      ArrayNode list = document.putArray("domains");
      domains.forEach(list::add);
    }
    settings.forEach(setting -> Setting.of(setting).putInto(document));
    JsonNode changed = service.put(path, document);
    if (json()) {
      results().json(changed);
    } else {
      results().text(Facts.text(changed, terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }

  /** As it is now; empty for a tenant that this registers. */
  private static ObjectNode known(Service service, String path) {
    try {
      if (service.get(path) instanceof ObjectNode document) {
        return document;
      }
      throw CommandFailed.unreachable("The service answers, but not with a tenant.", null);
    } catch (CommandFailed failed) {
      if (failed.code().equals("NOT_FOUND")) {
        return Results.object();
      }
      throw failed;
    }
  }

  private void check() {
    if (anyDomain && !domains.isEmpty()) {
      throw CommandFailed.wrongUsage("--domain or --any-domain? Take one of the two.");
    }
    if (!anyDomain && domains.isEmpty() && settings.isEmpty()) {
      throw CommandFailed.wrongUsage("Say what to change: --domain, --any-domain or --set.");
    }
    settings.forEach(Setting::of);
  }
}
