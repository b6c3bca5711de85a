package io.muster.inbox.once;

import io.muster.contracts.result.PartOutcome;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.CommandType;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.InboxKey;
import io.muster.inbox.batch.Received;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has a handler do what was never done, {@link Rounds round by round}; what needs no handler is
 * settled here. For one transaction.
 */
final class DoingInRounds<C> {
  private final CommandType<C> type;
  private final CommandHandler<C> handler;
  private final Map<InboxKey, Outcome> known;
  private final Map<InboxKey, Outcome> done = new LinkedHashMap<>();

  /**
   * @param seen what the table knows of the batch and its undos
   */
  DoingInRounds(CommandType<C> type, CommandHandler<C> handler, Map<InboxKey, Outcome> seen) {
    this.type = type;
    this.handler = handler;
    this.known = new HashMap<>(seen);
  }

  /**
   * @param fresh in arrival order, each key once
   * @return the outcome of each
   * @throws SQLException the database failed; nothing may count
   */
  Map<InboxKey, Outcome> all(List<Received<C>> fresh) throws SQLException {
    for (List<Received<C>> round : rounds(fresh)) {
      List<Received<C>> toDo = new ArrayList<>(round.size());
      for (Received<C> command : round) {
        Outcome settled = settled(command.key());
        if (settled == null) {
          toDo.add(command);
        } else {
          note(command.key(), settled);
        }
      }
      if (!toDo.isEmpty()) {
        apply(toDo);
      }
    }
    return done;
  }

  private void apply(List<Received<C>> round) throws SQLException {
    List<Outcome> outcomes = handler.apply(round.stream().map(Received::command).toList());
    if (outcomes.size() != round.size()) {
      throw new IllegalStateException("a handler must answer every command of its round");
    }
    for (int i = 0; i < round.size(); i++) {
      note(round.get(i).key(), outcomes.get(i));
    }
  }

  private void note(InboxKey key, Outcome outcome) {
    done.put(key, outcome);
    known.put(key, outcome);
  }

  /**
   * What needs no handler: an undo that overtook its command, which leaves a tombstone; a command
   * that finds one; the undo of a command that changed nothing.
   *
   * @return null when the handler has to do it
   */
  private Outcome settled(InboxKey key) {
    if (!key.isUndo()) {
      return known.containsKey(key.tombstone()) ? Outcome.undone() : null;
    }
    Outcome undone = known.get(key.undone());
    if (undone == null) {
      return Outcome.undone();
    }
    return undone.part() == PartOutcome.APPLIED ? null : undone;
  }

  private List<List<Received<C>>> rounds(List<Received<C>> fresh) throws SQLException {
    List<Collection<?>> hidden =
        handler.hiddenContentionKeys(fresh.stream().map(Received::command).toList());
    Iterator<Collection<?>> next = hidden.iterator();
    boolean undos = fresh.stream().anyMatch(received -> received.key().isUndo());
    boolean oneByOne = !fresh.isEmpty() && type.contentionKeys(fresh.get(0).command()).isEmpty();
    return Rounds.of(
        fresh,
        received -> {
          Collection<?> open = type.contentionKeys(received.command());
          Collection<?> more = next.next();
          if (more.isEmpty() && !undos) {
            return open;
          }
          List<Object> all = new ArrayList<>(open);
          all.addAll(more);
          if (undos) {
            // An undo comes in a later round than its command, whose outcome decides about it.
            all.add(received.key().undone());
          }
          return all;
        },
        oneByOne);
  }
}
