package io.muster.cli.subscription;

import io.muster.cli.ExitCode;
import io.muster.cli.service.PageOptions;
import io.muster.cli.service.Pages;
import io.muster.cli.service.ServiceCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code muster subscription list}. */
@Command(
    name = "list",
    description = "Lists subscriptions with their total, assigned and free seats.",
    footer = {
      "  muster subscription list",
      "  muster subscription list --json",
      "  muster Get-MSOnlineSubscription"
    })
final class SubscriptionList extends ServiceCommand {
  @Mixin private PageOptions page;

  @Override
  public Integer call() {
    Pages pages = new Pages(service(), "/v1/subscriptions");
    if (json()) {
      results().json(pages.document(page.after(), page.limit()));
      return ExitCode.DONE;
    }
    SeatTable table = new SeatTable();
    String next = pages.read(page.after(), page.limit(), items -> items.forEach(table::add));
    results().text(table.render(terminal().tableWidth()));
    if (next != null) {
      terminal().say("There is more: --after " + next);
    }
    return ExitCode.DONE;
  }
}
