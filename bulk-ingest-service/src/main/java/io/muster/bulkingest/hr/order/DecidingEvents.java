package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.WaitsFor;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.schedule.Scheduled;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;

/**
 * What follows from an event, by what is known of its employee. Decides in memory, one event after
 * the other. The rules: {@code docs/decisions/0025-how-events-of-hr-become-rows.md}.
 */
@ApplicationScoped
class DecidingEvents {
  /** Nothing is known that could be changed: it is remembered, and that is all. */
  static final String NO_ACCOUNT = "NO_ACCOUNT";

  private static final String OLDER = "OLDER";

  private final RowsOfEvents rows;
  private final HiringPeople hiring;
  private final LettingPeopleGo leaving;
  private final PuttingOff later;

  DecidingEvents(
      RowsOfEvents rows, HiringPeople hiring, LettingPeopleGo leaving, PuttingOff later) {
    this.rows = rows;
    this.hiring = hiring;
    this.leaving = leaving;
    this.later = later;
  }

  /** An event in its turn. */
  void decide(Round round, Receipt receipt) {
    String employee = receipt.named().employeeId();
    if (round.isPaused()) {
      round.hold(employee);
      round.await(receipt, WaitsFor.RELEASE);
      return;
    }
    if (round.isHeld(employee)) {
      round.hold(employee);
      round.await(receipt, WaitsFor.NAME);
      return;
    }
    Person known = round.person(employee);
    if (known != null && known.knowsNewerThan(receipt)) {
      round.end(receipt, Disposition.STALE, OLDER);
      return;
    }
    round.recognise(employee);
    switch (receipt.event().kind()) {
      case HIRED -> hiring.hire(round, receipt, receipt.event().data());
      case CHANGED -> change(round, receipt, round.person(employee));
      case LEFT -> leaving.leave(round, receipt);
    }
  }

  /** What was put off and whose day has come, all of an employee. */
  void fallDue(Round round, String employee) {
    for (What what : What.values()) {
      Scheduled due = round.scheduled(employee, what);
      if (due == null
          || due.due().isAfter(round.now())
          || round.isHeld(employee)
          || round.isPaused()) {
        continue;
      }
      round.recognise(employee);
      Person person = round.personToChange(employee);
      Receipt receipt =
          Receipt.waiting(due.event(), later.open(round, due), due.due(), WaitsFor.DATE.name());
      switch (what) {
        case HIRE -> hiring.fallDue(round, receipt, person);
        case LEAVE -> leaving.fallDue(round, receipt, person);
        case REMOVE -> leaving.remove(round, person);
      }
    }
  }

  private void change(Round round, Receipt receipt, Person known) {
    HrEvent.Data data = receipt.event().data();
    Scheduled hire = round.scheduled(data.employeeId(), What.HIRE);
    if (hire != null) {
      hiring.hire(round, receipt, completed(data, later.open(round, hire).data()));
    } else if (known != null && known.isNamed() && !isToBeHired(known, data)) {
      changeAccount(round, receipt, round.personToChange(data.employeeId()));
    } else if (!saysWho(data) || known != null && known.state() == Person.State.LEFT) {
      round.personToChange(data.employeeId()).learn(receipt);
      round.end(receipt, Disposition.APPLIED, NO_ACCOUNT);
    } else {
      // Their hire was refused, or is older and comes later: it will be stale then. So they have
      // an account by this event, and an account that waits for them, disabled, is theirs.
      hiring.hire(round, receipt, data);
    }
  }

  /** Whose account came another way and is disabled: HR has hired nobody of that id so far. */
  private static boolean isToBeHired(Person known, HrEvent.Data data) {
    return known.state() != Person.State.EMPLOYED
        && known.state() != Person.State.LEFT
        && saysWho(data);
  }

  private static boolean saysWho(HrEvent.Data data) {
    return data.firstName() != null || data.lastName() != null;
  }

  private void changeAccount(Round round, Receipt receipt, Person person) {
    HrEvent.Data data = receipt.event().data();
    person.learn(receipt);
    SpooledRow properties = rows.change(person.name(), data);
    if (properties != null) {
      round.order(receipt, person, properties, false);
    }
    List<String> licenses = rows.licenses(data);
    if (person.state() == Person.State.EMPLOYED
        && rows.speaksOfLicenses(data)
        && !new HashSet<>(licenses).equals(new HashSet<>(person.licenses()))) {
      round.order(receipt, person, rows.license(person.name(), licenses), false);
      person.license(licenses);
    }
    round.end(receipt, Disposition.APPLIED, null);
  }

  /** What a change leaves out of somebody whose first day is to come stays as it was told. */
  private static HrEvent.Data completed(HrEvent.Data now, HrEvent.Data before) {
    return new HrEvent.Data(
        now.tenant(),
        now.employeeId(),
        or(now.firstName(), before.firstName()),
        or(now.lastName(), before.lastName()),
        or(now.department(), before.department()),
        or(now.manager(), before.manager()),
        or(now.unit(), before.unit()),
        or(now.startDate(), before.startDate()),
        now.endDate(),
        or(now.licenses(), before.licenses()),
        or(now.role(), before.role()),
        now.sequence());
  }

  private static <T> T or(T now, T before) {
    return now == null ? before : now;
  }
}
