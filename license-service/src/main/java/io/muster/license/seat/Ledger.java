package io.muster.license.seat;

import io.muster.contracts.command.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pools and seats that a batch is about, in memory: read and locked set-wise before, written
 * set-wise after. Keeps each pool's sum in step with its seats. Not thread-safe.
 */
public final class Ledger {
  private final Map<Pool.Key, Pool> pools = new HashMap<>();
  private final Map<User, Map<String, Seat>> seats = new HashMap<>();

  Ledger(Collection<Pool> pools, Collection<Seat> seats) {
    pools.forEach(pool -> this.pools.put(pool.key(), pool));
    seats.forEach(seat -> of(seat.user()).put(seat.sku(), seat));
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

  /** Something newer than this stamp holds the seat. */
  public boolean isHeldByNewer(Seat seat, Stamp stamp) {
    return seat.claims().hasNewerThan(stamp);
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
    change(seat, () -> seat.claims().add(stamp));
  }

  /** Takes a claim away; gives the seat back when it was the last. */
  public void undo(Seat seat, Stamp stamp) {
    change(seat, () -> seat.claims().undo(stamp));
  }

  /** Takes every claim away that isn't newer; gives the seat back when none is left. */
  public void release(Seat seat, Stamp stamp) {
    change(seat, () -> seat.claims().release(stamp));
  }

  private void change(Seat seat, Runnable change) {
    boolean held = seat.isHeld();
    change.run();
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

  List<Pool> changedPools() {
    return pools.values().stream().filter(Pool::isChanged).toList();
  }

  List<Seat> allSeats() {
    List<Seat> all = new ArrayList<>();
    seats.values().forEach(ofUser -> all.addAll(ofUser.values()));
    return all;
  }

  private Map<String, Seat> of(User user) {
    return seats.computeIfAbsent(user, u -> new HashMap<>());
  }
}
