package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.DeadLetters;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.hr.DeadReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lays events that were read, but can't be done, among the dead letters. */
@ApplicationScoped
class DeadEvents {
  private final DeadLetters letters;

  DeadEvents(DeadLetters letters) {
    this.letters = letters;
  }

  /**
   * To be called before the commit: laid twice is better than not at all.
   *
   * @throws RuntimeException when the broker is away
   */
  void lay(Round round) {
    List<DeadLetters.Letter> dead =
        round.dead().entrySet().stream()
            .map(
                each ->
                    new DeadLetters.Letter(
                        round.tenant(),
                        "number/" + each.getKey(),
                        DeadReason.NO_DOMAIN,
                        null,
                        ReadingHrEvents.write(each.getValue())))
            .toList();
    letters.send(dead);
  }
}
