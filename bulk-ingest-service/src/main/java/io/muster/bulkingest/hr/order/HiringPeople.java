package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.SealedEvents;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Somebody is to have an account: now, on their first day, or under another name. */
@ApplicationScoped
class HiringPeople {
  private final RowsOfEvents rows;
  private final SealedEvents seals;
  private final PuttingOff later;

  HiringPeople(RowsOfEvents rows, SealedEvents seals, PuttingOff later) {
    this.rows = rows;
    this.seals = seals;
    this.later = later;
  }

  /** An event says so. Whoever has an account has no first day to wait for. */
  void hire(Round round, Receipt receipt, HrEvent.Data data) {
    String employee = data.employeeId();
    Person known = round.person(employee);
    boolean employed = known != null && known.state() == Person.State.EMPLOYED;
    if (PuttingOff.isToCome(round, data.startDate()) && !employed) {
      later.toDay(round, receipt, What.HIRE, data.startDate(), data);
      comesAgain(round, receipt, employee);
    } else if (canBeNamed(round, known)) {
      Person person = round.personToChange(employee);
      person.learn(receipt);
      round.overtake(employee, What.HIRE);
      comesAgain(round, receipt, employee);
      begin(round, receipt, person, data);
    } else {
      round.die(receipt, DeadReason.NO_DOMAIN);
    }
  }

  /** A first day has come. */
  void fallDue(Round round, Receipt receipt, Person person) {
    String employee = person.employeeId();
    round.unschedule(employee, What.HIRE);
    if (canBeNamed(round, person)) {
      round.overtake(employee, What.REMOVE);
      begin(round, receipt, person, receipt.event().data());
    } else {
      round.die(receipt, DeadReason.NO_DOMAIN);
    }
  }

  /** Who is hired doesn't leave as was said before; who merely changes does. */
  private static void comesAgain(Round round, Receipt receipt, String employee) {
    if (receipt.event().kind() == HrEventType.HIRED) {
      round.overtake(employee, What.LEAVE);
    }
    round.overtake(employee, What.REMOVE);
  }

  private static boolean canBeNamed(Round round, Person known) {
    return known != null && known.name() != null || round.names().hasDomain();
  }

  private void begin(Round round, Receipt receipt, Person person, HrEvent.Data data) {
    FreeNames.Candidate name =
        person.name() != null
            ? new FreeNames.Candidate(person.name(), person.attempt())
            : round.names().next(data, 1);
    List<String> licenses = rows.licenses(data);
    person.beginHire(
        name.name(),
        name.attempt(),
        licenses,
        receipt.number(),
        later.sealed(round, receipt, data));
    round.order(receipt, person, rows.hire(name.name(), data, licenses), true);
    round.end(receipt, Disposition.APPLIED, null);
  }

  /**
   * The same hire under another name: the first was somebody else's.
   *
   * @param name null for the next candidate
   */
  void hireAgain(Round round, Person person, String name) {
    HrEvent event = seals.open(round.tenant(), person.hireEvent(), person.hireSealed());
    FreeNames.Candidate next =
        name != null
            ? new FreeNames.Candidate(name, person.attempt())
            : round.names().next(event.data(), person.attempt() + 1);
    List<String> licenses = rows.licenses(event.data());
    person.beginHire(
        next.name(), next.attempt(), licenses, person.hireEvent(), person.hireSealed());
    round.order(null, person, rows.hire(next.name(), event.data(), licenses), true);
  }
}
