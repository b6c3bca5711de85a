package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.WaitsFor;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.schedule.Scheduled;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** Somebody leaves: their account is disabled, and removed after a while. */
@ApplicationScoped
class LettingPeopleGo {
  /**
   * Nobody loses a sign-in by it, so it doesn't count for the valve; seats go back all the same.
   */
  private static final String WAS_DISABLED = "WAS_DISABLED";

  private final HrConfig config;
  private final RowsOfEvents rows;
  private final PuttingOff later;

  LettingPeopleGo(HrConfig config, RowsOfEvents rows, PuttingOff later) {
    this.config = config;
    this.rows = rows;
    this.later = later;
  }

  /** An event says so. */
  void leave(Round round, Receipt receipt) {
    HrEvent.Data data = receipt.event().data();
    String employee = data.employeeId();
    LocalDate gone = data.endDate() == null ? null : data.endDate().plusDays(1);
    if (PuttingOff.isToCome(round, gone)) {
      Scheduled hire = round.scheduled(employee, What.HIRE);
      if (hire != null && !hire.due().isBefore(PuttingOff.startOf(gone))) {
        round.overtake(employee, What.HIRE);
      }
      later.toDay(round, receipt, What.LEAVE, gone, data);
    } else if (mayGo(round, receipt, round.person(employee))) {
      Person person = round.personToChange(employee);
      person.learn(receipt);
      round.overtake(employee, What.HIRE);
      round.overtake(employee, What.LEAVE);
      go(round, receipt, person);
    } else {
      round.hold(employee);
      round.await(receipt, WaitsFor.RELEASE);
    }
  }

  /** A last day is over. Where the valve says no, it stays in the schedule. */
  void fallDue(Round round, Receipt receipt, Person person) {
    if (mayGo(round, receipt, person)) {
      round.unschedule(person.employeeId(), What.LEAVE);
      go(round, receipt, person);
    }
  }

  /** The account has been disabled for long enough. */
  void remove(Round round, Person person) {
    round.unschedule(person.employeeId(), What.REMOVE);
    if (person.isNamed()) {
      round.order(null, person, rows.remove(person.name()), false);
      person.loseAccount();
    }
  }

  private static boolean mayGo(Round round, Receipt receipt, Person known) {
    boolean employed = known != null && known.isNamed() && known.state() == Person.State.EMPLOYED;
    return !employed || round.mayDisable(receipt);
  }

  private void go(Round round, Receipt receipt, Person person) {
    String employee = person.employeeId();
    String reason = reason(person);
    if (person.isNamed()) {
      round.order(receipt, person, rows.disable(person.name()), false);
      if (round.scheduled(employee, What.REMOVE) == null) {
        round.schedule(
            new Scheduled(
                employee,
                What.REMOVE,
                round.now().plus(config.removeAfter()),
                receipt.number(),
                later.sealed(round, receipt, receipt.event().data())));
      }
    }
    round.end(receipt, Disposition.APPLIED, reason);
    person.leave();
  }

  private static String reason(Person person) {
    if (!person.isNamed()) {
      return DecidingEvents.NO_ACCOUNT;
    }
    return person.state() == Person.State.EMPLOYED ? null : WAS_DISABLED;
  }
}
