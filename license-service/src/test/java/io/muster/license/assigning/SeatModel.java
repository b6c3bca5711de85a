package io.muster.license.assigning;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.result.RowCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Seats as DESIGN.md tells them, one command after the other: every change keeps the image that it
 * found; undoing it restores that image, along the chain of those that are undone. Claims are the
 * same told shorter.
 */
final class SeatModel {
  static final String APPLIED = "APPLIED";
  static final String UNDONE = "UNDONE";

  /** One taking of one seat. */
  private static final class Change {
    final Stamp stamp;
    final Change before;
    boolean undone;

    Change(Stamp stamp, Change before) {
      this.stamp = stamp;
      this.before = before;
    }
  }

  private final Map<String, Integer> totals;
  private final Map<String, Change> seats = new TreeMap<>();
  private final Map<String, List<Change>> history = new HashMap<>();

  SeatModel(Map<String, Integer> totals) {
    this.totals = new LinkedHashMap<>(totals);
  }

  /** The outcome, or the code of the refusal. */
  String apply(LicenseCommand command) {
    if (command.action() == Action.UNDO) {
      command.subscriptions().forEach(sku -> undo(seat(command, sku), command.stamp()));
      return UNDONE;
    }
    if (command.action() == Action.RELEASE) {
      totals.keySet().stream()
          .filter(sku -> command.subscriptions().isEmpty() || command.subscriptions().contains(sku))
          .forEach(sku -> release(seat(command, sku), command.stamp()));
      return APPLIED;
    }
    return take(command);
  }

  private String take(LicenseCommand command) {
    if (!command.actor().roles().contains("tenant-admin")) {
      return RowCode.OPERATION_NOT_ALLOWED.name();
    }
    if (!totals.keySet().containsAll(command.subscriptions())) {
      return RowCode.UNKNOWN_SUBSCRIPTION.name();
    }
    boolean full = false;
    for (String sku : command.subscriptions()) {
      Change held = seats.get(seat(command, sku));
      if (held != null && held.stamp.compareTo(command.stamp()) > 0) {
        return RowCode.SUPERSEDED.name();
      }
      full |= held == null && assigned(sku) >= totals.get(sku);
    }
    if (full) {
      return RowCode.NO_SEATS_LEFT.name();
    }
    if (!command.dryRun()) {
      for (String sku : new TreeSet<>(command.subscriptions())) {
        String seat = seat(command, sku);
        Change change = new Change(command.stamp(), seats.get(seat));
        history.computeIfAbsent(seat, s -> new ArrayList<>()).add(change);
        seats.put(seat, change);
      }
    }
    return APPLIED;
  }

  private void undo(String seat, Stamp stamp) {
    for (Change change : history.getOrDefault(seat, List.of())) {
      if (change.stamp.equals(stamp)) {
        change.undone = true;
      }
    }
    restore(seat);
  }

  /** What isn't newer was never to be, seen from what is. */
  private void release(String seat, Stamp stamp) {
    for (Change change : history.getOrDefault(seat, List.of())) {
      if (change.stamp.compareTo(stamp) <= 0) {
        change.undone = true;
      }
    }
    restore(seat);
  }

  private void restore(String seat) {
    Change image = seats.get(seat);
    while (image != null && image.undone) {
      image = image.before;
    }
    if (image == null) {
      seats.remove(seat);
    } else {
      seats.put(seat, image);
    }
  }

  private long assigned(String sku) {
    return seats.keySet().stream().filter(seat -> seat.endsWith(" " + sku)).count();
  }

  private static String seat(LicenseCommand command, String sku) {
    return command.userPrincipalName().toLowerCase(java.util.Locale.ROOT) + " " + sku;
  }

  /** As {@code SeatsDatabase.assignments}. */
  Map<String, String> assignments() {
    Map<String, String> told = new TreeMap<>();
    seats.forEach(
        (seat, image) -> told.put(seat, image.stamp.submission() + "/" + image.stamp.row()));
    return told;
  }
}
