package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.DeadLetters;
import io.muster.bulkingest.hr.event.EventLog;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays events that were read, but can't be done, among the dead letters. */
@ApplicationScoped
class DeadEvents {
  private final DeadLetters letters;
  private final EventLog log;

  DeadEvents(DeadLetters letters, EventLog log) {
    this.letters = letters;
    this.log = log;
  }

  /**
   * To be called when the round is stored and before the commit: laid twice is better than not at
   * all.
   *
   * @throws RuntimeException when the broker is away
   */
  void lay(Round round) throws SQLException {
    Map<Long, HrEvent> dead = round.dead();
    if (dead.isEmpty()) {
      return;
    }
    Map<Long, Receipt.Place> places = log.places(round.tenant(), dead.keySet());
    List<DeadLetters.Letter> due = new ArrayList<>();
    dead.forEach(
        (number, event) ->
            due.add(
                new DeadLetters.Letter(
                    round.tenant(),
                    places.get(number).written(),
                    DeadReason.NO_DOMAIN,
                    null,
                    ReadingHrEvents.write(event))));
    letters.send(due);
  }
}
