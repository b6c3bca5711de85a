package io.muster.license.seat;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pools and seats that a batch is about, in memory: read set-wise before, written set-wise
 * after. Keeps each pool's sum in step with its seats, and what was given back. Not thread-safe.
 */
public final class Ledger {
  /** A row that would take a seat which its user doesn't hold, whether one is left or not. */
  public record Need(long row, String sku) {}

  private final Map<Pool.Key, Pool> pools = new HashMap<>();
  private final Map<User, Map<String, Seat>> seats = new HashMap<>();
  private final Map<User, List<GivenBack>> givenBack = new HashMap<>();
  private final Map<User, ExactSet> exactSets;
  private final Map<User, ExactSet> changedExactSets = new HashMap<>();
  private final List<Need> needs = new ArrayList<>();

  /**
   * @param seats of two of one user and subscription the later one counts
   * @param exactSets of users that have one
   */
  public Ledger(
      Collection<Pool> pools,
      Collection<Seat> seats,
      Collection<GivenBack> givenBack,
      Map<User, ExactSet> exactSets) {
    this.exactSets = new HashMap<>(exactSets);
    pools.forEach(pool -> this.pools.put(pool.key(), pool));
    seats.forEach(seat -> of(seat.user()).put(seat.sku(), seat));
    givenBack.forEach(this::keep);
  }

  /**
   * @return null when there is no such subscription, or the batch didn't ask for it
   */
  public Pool pool(String tenant, String sku) {
    return pools.get(new Pool.Key(tenant, sku));
  }

  /** The seat, held or not. */
  public Seat seat(User user, String sku) {
    return of(user).computeIfAbsent(sku, s -> Seat.free(user, s));
  }

  /** The seats that a user holds, or held when the batch began. */
  public List<Seat> seats(User user) {
    return List.copyOf(seats.getOrDefault(user, Map.of()).values());
  }

  /** What was given back by a user and not brought back since, in no order. */
  public List<GivenBack> givenBack(User user) {
    return givenBack.getOrDefault(user, List.of()).stream().filter(g -> !g.isGone()).toList();
  }

  /** The part of it that this command took. */
  public List<GivenBack> givenBack(User user, CommandId by) {
    return givenBack(user).stream().filter(g -> g.by().id().equals(by)).toList();
  }

  /** Something newer than this stamp holds the seat. */
  public boolean isHeldByNewer(Seat seat, Stamp stamp) {
    return seat.claims().hasNewerThan(stamp);
  }

  /** Something newer than this stamp has said which seats the user is to hold, and no others. */
  public boolean isSetByNewer(User user, Stamp stamp) {
    ExactSet set = exactSets.get(user);
    return set != null && set.stamp().compareTo(stamp) > 0;
  }

  /** From now on nothing older adds a seat; not older than what was said before. */
  public void setExactly(User user, ExactSet set) {
    exactSets.put(user, set);
    changedExactSets.put(user, set);
  }

  /** Notes what a dry run's row would take anew. */
  public void needs(LicenseCommand command, Collection<String> skus) {
    if (command.dryRun()) {
      skus.forEach(sku -> needs.add(new Need(command.row(), sku)));
    }
  }

  /**
   * Claims a seat; takes it out of the pool when it isn't held yet.
   *
   * @param userPrincipalName as the row has it
   */
  public void claim(Seat seat, String userPrincipalName, Stamp stamp) {
    if (!seat.isHeld()) {
      seat.takenBy(userPrincipalName);
    }
    boolean held = seat.isHeld();
    seat.claims().add(stamp);
    changed(seat, held);
  }

  /**
   * Takes a stamp's claims out of all that a user holds or has given back; gives a seat back for
   * good where it was the last. An exact set of that stamp was never said.
   */
  public void undo(User user, Stamp stamp) {
    for (Seat seat : seats(user)) {
      if (seat.claims().has(stamp)) {
        seat.claims().undo(stamp);
        changed(seat, true);
      }
    }
    givenBack(user).forEach(given -> given.undo(stamp));
    ExactSet set = exactSets.get(user);
    if (set != null && set.stamp().equals(stamp)) {
      exactSets.remove(user);
      changedExactSets.put(user, null);
    }
  }

  /**
   * Takes every claim away that isn't newer, and keeps it; gives the seat back when none is left.
   */
  public void release(Seat seat, GivenBack.By by) {
    boolean held = seat.isHeld();
    Claims taken = seat.claims().release(by.stamp());
    if (!taken.isEmpty()) {
      keep(GivenBack.now(seat.user(), seat.sku(), by, taken));
      changed(seat, held);
    }
  }

  /**
   * Brings back what was given back; takes a seat out of the pool where the user holds none.
   *
   * @param userPrincipalName as the row has it
   * @param asOf the intention that this is done by; null where it only undoes what never was
   */
  public void bringBack(GivenBack given, String userPrincipalName, Stamp asOf) {
    Seat seat = seat(given.user(), given.sku());
    if (!seat.isHeld()) {
      seat.takenBy(userPrincipalName);
    }
    boolean held = seat.isHeld();
    seat.claims().bringBack(given.claims(), asOf);
    given.isBroughtBack();
    changed(seat, held);
  }

  private void changed(Seat seat, boolean held) {
    seat.changed();
    if (held != seat.isHeld()) {
      Pool pool = pools.get(new Pool.Key(seat.user().tenant(), seat.sku()));
      if (held) {
        pool.free();
      } else {
        pool.take();
      }
    }
  }

  private void keep(GivenBack given) {
    givenBack.computeIfAbsent(given.user(), u -> new ArrayList<>()).add(given);
  }

  /** Of all that the batch asked for. */
  public Collection<Pool> allPools() {
    return pools.values();
  }

  public List<Pool> changedPools() {
    return pools.values().stream().filter(Pool::isChanged).toList();
  }

  /** Those that were read or taken. */
  public List<Seat> allSeats() {
    List<Seat> all = new ArrayList<>();
    seats.values().forEach(ofUser -> all.addAll(ofUser.values()));
    return all;
  }

  /** What was read or given back, gone or not. */
  public List<GivenBack> allGivenBack() {
    List<GivenBack> all = new ArrayList<>();
    givenBack.values().forEach(all::addAll);
    return all;
  }

  /** By user; null for one that counts no longer. */
  public Map<User, ExactSet> changedExactSets() {
    return changedExactSets;
  }

  /** In arrival order. */
  public List<Need> allNeeds() {
    return needs;
  }

  private Map<String, Seat> of(User user) {
    return seats.computeIfAbsent(user, u -> new HashMap<>());
  }
}
