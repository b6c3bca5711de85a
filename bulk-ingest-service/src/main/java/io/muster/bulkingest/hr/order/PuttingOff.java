package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.SealedEvents;
import io.muster.bulkingest.hr.event.WaitsFor;
import io.muster.bulkingest.hr.schedule.Scheduled;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Puts what an event says off to its day, and opens it again. Days are UTC's. */
@ApplicationScoped
class PuttingOff {
  private final SealedEvents seals;

  PuttingOff(SealedEvents seals) {
    this.seals = seals;
  }

  static boolean isToCome(Round round, LocalDate day) {
    return day != null && startOf(day).isAfter(round.now());
  }

  static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The event waits for that day; what was put off before makes room for it. */
  void toDay(Round round, Receipt receipt, What what, LocalDate day, HrEvent.Data data) {
    String employee = data.employeeId();
    round.personToChange(employee).learn(receipt);
    round.overtake(employee, what);
    round.schedule(
        new Scheduled(
            employee, what, startOf(day), receipt.number(), sealed(round, receipt, data)));
    round.await(receipt, WaitsFor.DATE);
  }

  /** What was put off. */
  HrEvent open(Round round, Scheduled scheduled) {
    return seals.open(round.tenant(), scheduled.event(), scheduled.sealed());
  }

  /** The event with this data, sealed for its number. */
  byte[] sealed(Round round, Receipt receipt, HrEvent.Data data) {
    return seals.seal(round.tenant(), receipt.number(), receipt.event().with(data));
  }
}
