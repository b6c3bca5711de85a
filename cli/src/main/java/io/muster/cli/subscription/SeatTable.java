package io.muster.cli.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.terminal.Table;

/** Subscriptions for people to read. */
final class SeatTable {
  private final Table table =
      new Table("SKU", "NAME", "TOTAL", "ASSIGNED", "FREE")
          .keepWhole("SKU")
          .keepWhole("TOTAL")
          .keepWhole("ASSIGNED")
          .keepWhole("FREE");

  void add(JsonNode subscription) {
    table.row(
        subscription.path("sku").asText(""),
        subscription.path("name").asText(""),
        subscription.path("totalSeats").asText(""),
        subscription.path("assignedSeats").asText(""),
        subscription.path("freeSeats").asText(""));
  }

  String render(int terminalWidth) {
    return table.render(terminalWidth);
  }
}
