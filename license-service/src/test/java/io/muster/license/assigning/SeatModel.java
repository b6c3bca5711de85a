package io.muster.license.assigning;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.LicenseCommand.Action;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.result.RowCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Seats as DESIGN.md tells them, one command after the other: a claim is never forgotten, it is
 * undone for ever, or given back by one command for as long as that isn't taken back itself. The
 * tables say the same shorter.
 */
final class SeatModel {
  static final String APPLIED = "APPLIED";
  static final String UNDONE = "UNDONE";

  private static final class Claim {
    final Stamp stamp;
    boolean undone;
    CommandId givenBackBy;

    Claim(Stamp stamp) {
      this.stamp = stamp;
    }

    boolean isAlive() {
      return !undone && givenBackBy == null;
    }
  }

  /** One user's in one subscription. */
  private static final class Seat {
    final String sku;
    final List<Claim> claims = new ArrayList<>();
    Stamp confirmed;

    Seat(String sku) {
      this.sku = sku;
    }

    boolean isHeld() {
      return claims.stream().anyMatch(Claim::isAlive);
    }

    Stamp newest() {
      return claims.stream()
          .filter(Claim::isAlive)
          .map(claim -> claim.stamp)
          .max(Comparator.naturalOrder())
          .orElse(null);
    }

    Stamp stamp() {
      return confirmed != null ? confirmed : newest();
    }

    void settle() {
      if (confirmed != null && (!isHeld() || confirmed.compareTo(newest()) <= 0)) {
        confirmed = null;
      }
    }
  }

  private final Map<String, Integer> totals;
  private final Map<String, Map<String, Seat>> users = new TreeMap<>();

  /** Who was last told to hold these seats and no others, and when. */
  private final Map<String, Stamp> exactly = new TreeMap<>();

  SeatModel(Map<String, Integer> totals) {
    this.totals = new LinkedHashMap<>(totals);
  }

  /** The outcome, or the code of the refusal. */
  String apply(LicenseCommand command) {
    return switch (command.action()) {
      case TAKE, SET -> take(command);
      case RELEASE -> {
        seatsOf(command).stream()
            .filter(
                seat ->
                    command.subscriptions().isEmpty() || command.subscriptions().contains(seat.sku))
            .forEach(seat -> release(seat, command));
        yield APPLIED;
      }
      case RESTORE -> command.reverts() == null ? APPLIED : revert(command);
      case UNDO -> undo(command);
    };
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
      Seat seat = seat(command, sku);
      if (seat.isHeld() && seat.stamp().compareTo(command.stamp()) > 0) {
        return RowCode.SUPERSEDED.name();
      }
      full |= !seat.isHeld() && isFull(sku);
    }
    Stamp set = exactly.get(user(command));
    if (set != null && set.compareTo(command.stamp()) > 0) {
      return RowCode.SUPERSEDED.name();
    }
    if (full) {
      return RowCode.NO_SEATS_LEFT.name();
    }
    for (String sku : new TreeSet<>(command.subscriptions())) {
      Seat seat = seat(command, sku);
      seat.claims.add(new Claim(command.stamp()));
      seat.confirmed = null;
    }
    if (command.action() == Action.SET) {
      exactly.put(user(command), command.stamp());
      seatsOf(command).stream()
          .filter(seat -> !command.subscriptions().contains(seat.sku))
          .forEach(seat -> release(seat, command));
    }
    return APPLIED;
  }

  private static void release(Seat seat, LicenseCommand command) {
    if (seat.confirmed != null && seat.confirmed.compareTo(command.stamp()) > 0) {
      return;
    }
    for (Claim claim : seat.claims) {
      if (claim.isAlive() && claim.stamp.compareTo(command.stamp()) <= 0) {
        claim.givenBackBy = new CommandId(command.jobId(), command.row());
      }
    }
    seat.settle();
  }

  private String undo(LicenseCommand command) {
    exactly.remove(user(command), command.stamp());
    for (Seat seat : seatsOf(command)) {
      forget(seat, command.stamp());
      if (isGivenBack(seat, command.undoes()) && (seat.isHeld() || !isFull(seat.sku))) {
        bringBack(seat, command.undoes());
      }
      seat.settle();
    }
    return UNDONE;
  }

  private String revert(LicenseCommand command) {
    List<Seat> seats = seatsOf(command);
    if (seats.stream()
        .anyMatch(
            seat -> isGivenBack(seat, command.reverts()) && !seat.isHeld() && isFull(seat.sku))) {
      return RowCode.NO_SEATS_LEFT.name();
    }
    exactly.remove(user(command), command.revertedStamp());
    for (Seat seat : seats) {
      forget(seat, command.revertedStamp());
      if (isGivenBack(seat, command.reverts())) {
        bringBack(seat, command.reverts());
        if (seat.confirmed == null || seat.confirmed.compareTo(command.stamp()) < 0) {
          seat.confirmed = command.stamp();
        }
      }
      seat.settle();
    }
    return APPLIED;
  }

  private static void forget(Seat seat, Stamp stamp) {
    seat.claims.stream()
        .filter(claim -> claim.stamp.equals(stamp))
        .forEach(claim -> claim.undone = true);
  }

  private static boolean isGivenBack(Seat seat, CommandId by) {
    return seat.claims.stream()
        .anyMatch(claim -> !claim.undone && Objects.equals(claim.givenBackBy, by));
  }

  private static void bringBack(Seat seat, CommandId by) {
    seat.claims.stream()
        .filter(claim -> Objects.equals(claim.givenBackBy, by))
        .forEach(claim -> claim.givenBackBy = null);
  }

  private boolean isFull(String sku) {
    long assigned =
        users.values().stream()
            .filter(seats -> seats.containsKey(sku) && seats.get(sku).isHeld())
            .count();
    return assigned >= totals.get(sku);
  }

  private Seat seat(LicenseCommand command, String sku) {
    return of(command).computeIfAbsent(sku, Seat::new);
  }

  private List<Seat> seatsOf(LicenseCommand command) {
    return List.copyOf(of(command).values());
  }

  private Map<String, Seat> of(LicenseCommand command) {
    return users.computeIfAbsent(user(command), u -> new TreeMap<>());
  }

  private static String user(LicenseCommand command) {
    return command.userPrincipalName().toLowerCase(Locale.ROOT);
  }

  /** As {@code SeatsDatabase.assignments}. */
  Map<String, String> assignments() {
    Map<String, String> told = new TreeMap<>();
    users.forEach(
        (user, seats) ->
            seats.values().stream()
                .filter(Seat::isHeld)
                .forEach(
                    seat ->
                        told.put(
                            user + " " + seat.sku,
                            seat.stamp().submission() + "/" + seat.stamp().row())));
    return told;
  }
}
