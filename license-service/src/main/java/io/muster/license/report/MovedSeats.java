package io.muster.license.report;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.result.PartOutcome;
import io.muster.inbox.Happening;
import io.muster.inbox.Outcome;
import io.muster.license.seat.Ledger;
import io.muster.license.seat.Seat;
import io.muster.license.seat.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which seats a command moved: what its user holds after it, held against what they held before.
 * For one command, on one thread.
 */
public final class MovedSeats {
  private final Ledger ledger;
  private final LicenseCommand command;
  private final TreeSet<String> before;

  private MovedSeats(Ledger ledger, LicenseCommand command) {
    this.ledger = ledger;
    this.command = command;
    this.before = held();
  }

  /** To be asked before the command is decided. */
  public static MovedSeats by(Ledger ledger, LicenseCommand command) {
    return new MovedSeats(ledger, command);
  }

  /**
   * The outcome with what happened, where the command itself doesn't tell it. One that was refused
   * or only tried has moved nothing.
   */
  public Outcome told(Outcome outcome) {
    if (command.dryRun() || outcome.part() == PartOutcome.REJECTED) {
      return outcome;
    }
    TreeSet<String> after = held();
    List<Happening> happened = new ArrayList<>(2);
    add(happened, AccountEventType.LICENSED, after, before);
    add(happened, AccountEventType.LICENSE_RELEASED, before, after);
    return happened.equals(usual(command)) ? outcome : outcome.telling(happened);
  }

  /** A command that takes seats usually takes all that it names; of others only moves are told. */
  static List<Happening> usual(LicenseCommand command) {
    return command.action() == Action.TAKE && command.undoes() == null && !command.dryRun()
        ? List.of(
            Happening.about(
                AccountEventType.LICENSED, List.copyOf(new TreeSet<>(command.subscriptions()))))
        : List.of();
  }

  private static void add(
      List<Happening> happened,
      AccountEventType type,
      Collection<String> these,
      Collection<String> those) {
    List<String> skus = these.stream().filter(sku -> !those.contains(sku)).toList();
    if (!skus.isEmpty()) {
      happened.add(Happening.about(type, skus));
    }
  }

  private TreeSet<String> held() {
    TreeSet<String> held = new TreeSet<>();
    for (Seat seat : ledger.seats(User.of(command))) {
      if (seat.isHeld()) {
        held.add(seat.sku());
      }
    }
    return held;
  }
}
