package io.muster.cli.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.ExitCode;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceCommand;
import io.muster.cli.terminal.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster subscription set}. */
@Command(
    name = "set",
    description = "Sets how many seats a subscription has; makes it when it isn't there.",
    footer = {
      "  muster subscription set E3 --seats 500",
      "  muster subscription set E3 --seats 500 --name 'Office 365 E3'"
    })
final class SubscriptionSet extends ServiceCommand {
  @Parameters(paramLabel = "SKU", description = "The subscription, as licenses in a file name it.")
  private String sku;

  @Option(
      names = "--seats",
      required = true,
      paramLabel = "N",
      description = "Seats in all, not fewer than are assigned.")
  private int seats;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "A name for people. Default: as it is; a new one's is its SKU.")
  private String name;

  @Override
  public Integer call() {
    ObjectNode body = Results.object().put("totalSeats", seats);
    if (name != null) {
      body.put("name", name);
    }
    JsonNode answer = service().put("/v1/subscriptions/" + Service.encoded(sku), body);
    if (json()) {
      results().json(answer);
    } else {
      SeatTable table = new SeatTable();
      table.add(answer);
      results().text(table.render(terminal().tableWidth()));
    }
    return ExitCode.DONE;
  }
}
