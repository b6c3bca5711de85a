package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.SealedEvents;
import io.muster.bulkingest.hr.event.WaitsFor;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.schedule.Scheduled;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;

/**
 * What follows from an event, by what is known of its employee. Decides in memory, one event after
 * the other. The rules: {@code docs/decisions/0025-how-events-of-hr-become-rows.md}.
 */
@ApplicationScoped
public class DecidingEvents {
  private static final String OLDER = "OLDER";

  /** Nothing is known that could be changed: it is remembered, and that is all. */
  private static final String NO_ACCOUNT = "NO_ACCOUNT";

  private final HrConfig config;
  private final RowsOfEvents rows;
  private final SealedEvents seals;

  DecidingEvents(HrConfig config, RowsOfEvents rows, SealedEvents seals) {
    this.config = config;
    this.rows = rows;
    this.seals = seals;
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
    switch (receipt.event().kind()) {
      case HIRED -> hired(round, receipt);
      case CHANGED -> changed(round, receipt);
      case LEFT -> left(round, receipt);
    }
  }

  /** What was scheduled and whose day has come, all of an employee. */
  void fallDue(Round round, String employee) {
    for (What what : What.values()) {
      Scheduled due = round.scheduled(employee, what);
      if (due == null
          || due.due().isAfter(round.now())
          || round.isHeld(employee)
          || round.isPaused()) {
        continue;
      }
      Person person = round.personToChange(employee);
      HrEvent event = seals.open(round.tenant(), due.event(), due.sealed());
      Receipt receipt = Receipt.waiting(due.event(), event, due.due(), WaitsFor.DATE.name());
      switch (what) {
        case HIRE -> hireNow(round, receipt, person, event.data());
        case LEAVE -> leaveNow(round, receipt, person);
        case REMOVE -> {
          round.unschedule(employee, What.REMOVE);
          if (person.isNamed()) {
            round.order(null, person, rows.remove(person.name()), false);
            person.loseAccount();
          }
        }
      }
    }
  }

  private void hired(Round round, Receipt receipt) {
    HrEvent.Data data = receipt.event().data();
    Person known = round.person(data.employeeId());
    boolean employed = known != null && known.state() == Person.State.EMPLOYED;
    if (isToCome(round, data.startDate()) && !employed) {
      schedule(round, receipt, What.HIRE, data.startDate(), data);
      round.overtake(data.employeeId(), What.LEAVE);
      round.overtake(data.employeeId(), What.REMOVE);
    } else {
      hireNow(round, receipt, null, data);
    }
  }

  private void changed(Round round, Receipt receipt) {
    HrEvent.Data data = receipt.event().data();
    String employee = data.employeeId();
    Scheduled hire = round.scheduled(employee, What.HIRE);
    Person known = round.person(employee);
    if (hire != null) {
      HrEvent.Data whole = completed(data, seals.open(round.tenant(), hire.event(), hire.sealed()));
      hireOn(round, receipt, whole);
    } else if (known == null || !known.isNamed() || known.state() == Person.State.REFUSED) {
      // Its hire was refused, or is older and comes later: then that one is stale.
      boolean canBeNamed = data.firstName() != null || data.lastName() != null;
      if (known != null && known.state() == Person.State.LEFT || !canBeNamed) {
        round.personToChange(employee).learn(receipt);
        round.end(receipt, Disposition.APPLIED, NO_ACCOUNT);
      } else {
        hireOn(round, receipt, data);
      }
    } else {
      change(round, receipt, round.personToChange(employee), data);
    }
  }

  private void hireOn(Round round, Receipt receipt, HrEvent.Data data) {
    if (isToCome(round, data.startDate())) {
      schedule(round, receipt, What.HIRE, data.startDate(), data);
    } else {
      hireNow(round, receipt, null, data);
    }
  }

  private void change(Round round, Receipt receipt, Person person, HrEvent.Data data) {
    person.learn(receipt);
    var properties = rows.change(person.name(), data);
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

  private void left(Round round, Receipt receipt) {
    HrEvent.Data data = receipt.event().data();
    LocalDate gone = data.endDate() == null ? null : data.endDate().plusDays(1);
    if (!isToCome(round, gone)) {
      leaveNow(round, receipt, null);
      return;
    }
    Scheduled hire = round.scheduled(data.employeeId(), What.HIRE);
    if (hire != null && !hire.due().isBefore(startOf(gone))) {
      round.overtake(data.employeeId(), What.HIRE);
    }
    schedule(round, receipt, What.LEAVE, gone, data);
  }

  /**
   * @param due whose day has come; null for an event in its turn
   */
  private void hireNow(Round round, Receipt receipt, Person due, HrEvent.Data data) {
    Person known = due == null ? round.person(data.employeeId()) : due;
    boolean hasName = known != null && known.name() != null;
    if (!hasName && !round.names().hasDomain()) {
      if (due != null) {
        round.unschedule(data.employeeId(), What.HIRE);
      }
      round.die(receipt, DeadReason.NO_DOMAIN);
      return;
    }
    Person person = due == null ? round.personToChange(data.employeeId()) : due;
    if (due == null) {
      person.learn(receipt);
      round.overtake(data.employeeId(), What.HIRE);
      if (receipt.event().kind() == HrEventType.HIRED) {
        round.overtake(data.employeeId(), What.LEAVE);
      }
    } else {
      round.unschedule(data.employeeId(), What.HIRE);
    }
    round.overtake(data.employeeId(), What.REMOVE);
    FreeNames.Candidate name =
        hasName
            ? new FreeNames.Candidate(person.name(), person.attempt())
            : round.names().next(data, 1);
    byte[] sealed = seals.seal(round.tenant(), receipt.number(), with(receipt.event(), data));
    List<String> licenses = rows.licenses(data);
    person.beginHire(name.name(), name.attempt(), licenses, receipt.number(), sealed);
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

  private void leaveNow(Round round, Receipt receipt, Person due) {
    String employee = receipt.named().employeeId();
    Person known = due == null ? round.person(employee) : due;
    boolean employed = known != null && known.isNamed() && known.state() == Person.State.EMPLOYED;
    if (employed && !round.mayDisable(receipt)) {
      if (due == null) {
        round.hold(employee);
        round.await(receipt, WaitsFor.RELEASE);
      }
      return;
    }
    Person person = due == null ? round.personToChange(employee) : due;
    if (due == null) {
      person.learn(receipt);
      round.overtake(employee, What.HIRE);
      round.overtake(employee, What.LEAVE);
    } else {
      round.unschedule(employee, What.LEAVE);
    }
    if (person.isNamed()) {
      round.order(receipt, person, rows.disable(person.name()), false);
      if (round.scheduled(employee, What.REMOVE) == null) {
        round.schedule(
            new Scheduled(
                employee,
                What.REMOVE,
                round.now().plus(config.removeAfter()),
                receipt.number(),
                seals.seal(round.tenant(), receipt.number(), receipt.event())));
      }
    }
    round.end(receipt, Disposition.APPLIED, person.isNamed() ? null : NO_ACCOUNT);
    person.leave();
  }

  private void schedule(Round round, Receipt receipt, What what, LocalDate day, HrEvent.Data data) {
    String employee = data.employeeId();
    round.personToChange(employee).learn(receipt);
    round.overtake(employee, what);
    byte[] sealed = seals.seal(round.tenant(), receipt.number(), with(receipt.event(), data));
    round.schedule(new Scheduled(employee, what, startOf(day), receipt.number(), sealed));
    round.await(receipt, WaitsFor.DATE);
  }

  private static boolean isToCome(Round round, LocalDate day) {
    return day != null && startOf(day).isAfter(round.now());
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** What a change leaves out of somebody whose first day is to come stays as it was told. */
  private static HrEvent.Data completed(HrEvent.Data now, HrEvent before) {
    HrEvent.Data old = before.data();
    return new HrEvent.Data(
        now.tenant(),
        now.employeeId(),
        or(now.firstName(), old.firstName()),
        or(now.lastName(), old.lastName()),
        or(now.department(), old.department()),
        or(now.manager(), old.manager()),
        or(now.unit(), old.unit()),
        or(now.startDate(), old.startDate()),
        now.endDate(),
        or(now.licenses(), old.licenses()),
        or(now.role(), old.role()),
        now.sequence());
  }

  private static <T> T or(T now, T before) {
    return now == null ? before : now;
  }

  private static HrEvent with(HrEvent event, HrEvent.Data data) {
    return new HrEvent(
        event.specversion(),
        event.id(),
        event.source(),
        event.type(),
        event.time(),
        event.datacontenttype(),
        event.subject(),
        data);
  }
}
