package io.muster.inbox.once;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Cuts a batch so that applying it round by round, each round set-wise, comes out the same as
 * applying it one by one: a command goes to the round after the last one that shares a key with it,
 * so round k holds each user's k-th command. Where the handler itself goes through a round one by
 * one, rounds are stretches of the batch: nothing overtakes.
 */
final class Rounds {
  private Rounds() {}

  /**
   * @param inArrivalOrder the whole batch
   * @param keys what a command contends for
   * @param stretches whether a command may never stand in an earlier round than one before it
   * @return rounds in the order in which they are to be applied, each in arrival order
   */
  static <C> List<List<C>> of(
      List<C> inArrivalOrder, Function<C, Collection<?>> keys, boolean stretches) {
    List<List<C>> rounds = new ArrayList<>();
    Map<Object, Integer> roundsOf = new HashMap<>();
    for (C command : inArrivalOrder) {
      Collection<?> contended = keys.apply(command);
      int round = stretches ? Math.max(0, rounds.size() - 1) : 0;
      for (Object key : contended) {
        round = Math.max(round, roundsOf.getOrDefault(key, 0));
      }
      for (Object key : contended) {
        roundsOf.put(key, round + 1);
      }
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(command);
    }
    return rounds;
  }
}
