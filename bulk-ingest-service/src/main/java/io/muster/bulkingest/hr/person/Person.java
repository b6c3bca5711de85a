package io.muster.bulkingest.hr.person;

import io.muster.bulkingest.hr.event.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** An employee as HR told them last, with their account's name. For one thread. */
public final class Person {
  /** How far an employee has come. */
  public enum State {
    /** Known, but without an account so far: their first day is to come, or there was no name. */
    EXPECTED,
    /** The row that makes or activates the account is under way. */
    HIRING,
    EMPLOYED,
    /** That row was refused; the job's row says why. The next event tries again. */
    REFUSED,
    LEFT
  }

  /**
   * How somebody stands whose account isn't known: whatever is decided about them changes it.
   *
   * @param lastTime of the newest event that is known
   */
  public record Standing(State state, Instant lastTime) {}

  /**
   * The row that makes or activates the account.
   *
   * @param job null until it is appended
   * @param event number of the event that it follows from
   * @param sealed that event
   * @param from the state before it
   */
  record Hire(UUID job, long row, long event, byte[] sealed, State from) {}

  /** What an account has that came another way: no SKU, and so never what HR orders. */
  private static final List<String> UNKNOWN_LICENSES = List.of("?");

  private final String employeeId;
  State state = State.EXPECTED;
  String name;
  boolean named;
  int attempt;
  Long lastSequence;
  Instant lastTime;
  List<String> licenses = List.of();
  Hire hire;

  public Person(String employeeId) {
    this.employeeId = Objects.requireNonNull(employeeId, "employeeId");
  }

  public String employeeId() {
    return employeeId;
  }

  public State state() {
    return state;
  }

  public boolean isHiring() {
    return state == State.HIRING;
  }

  /** User principal name, theirs or to be theirs; null without one. */
  public String name() {
    return name;
  }

  /** Whether the account of that name is known to be theirs. */
  public boolean isNamed() {
    return named;
  }

  /** Whether they may have an account that HR's events don't tell of. */
  public boolean isToBeLookedUp() {
    return !named && state != State.HIRING;
  }

  public Standing standing() {
    return new Standing(state, lastTime);
  }

  /** The candidate that the name is, from 1; 0 before the first. */
  public int attempt() {
    return attempt;
  }

  /** SKUs as ordered last; of somebody recognised, something that equals no order. */
  public List<String> licenses() {
    return licenses;
  }

  /**
   * Whether something newer is known already: by the sequence where both have one, else by the
   * time. Of two with the same sequence the first counts; of two at the same time both do, as they
   * come.
   */
  public boolean knowsNewerThan(Receipt receipt) {
    if (lastTime == null) {
      return false;
    }
    Long sequence = receipt.event().data().sequence();
    return sequence != null && lastSequence != null
        ? sequence <= lastSequence
        : receipt.time().isBefore(lastTime);
  }

  /** This is the newest that is known. */
  public void learn(Receipt receipt) {
    Long sequence = receipt.event().data().sequence();
    if (sequence != null) {
      lastSequence = sequence;
    }
    lastTime = receipt.time();
  }

  /**
   * They have an account that came another way. Whoever may sign in works here, whatever HR said.
   *
   * @param itsName the account's
   * @param active whether they may sign in
   */
  public void recognise(String itsName, boolean active) {
    name = itsName;
    named = true;
    attempt = 0;
    licenses = UNKNOWN_LICENSES;
    if (active) {
      state = State.EMPLOYED;
    }
  }

  /**
   * A row that makes or activates the account is ordered.
   *
   * @param itsName the account's
   * @param itsAttempt the candidate that the name is
   * @param sealed the event
   */
  public void beginHire(
      String itsName, int itsAttempt, List<String> itsLicenses, long event, byte[] sealed) {
    State from = state == State.HIRING ? hire.from() : state;
    named = named && itsName.equals(name);
    name = itsName;
    attempt = itsAttempt;
    licenses = List.copyOf(itsLicenses);
    hire = new Hire(null, 0, event, sealed, from);
    state = State.HIRING;
  }

  /** Where that row was put. */
  public void hiredBy(UUID job, long row) {
    hire = new Hire(job, row, hire.event(), hire.sealed(), hire.from());
  }

  /** Whether it is this row that is under way. */
  public boolean isHiredBy(UUID job, long row) {
    return state == State.HIRING && hire.row() == row && job.equals(hire.job());
  }

  /** Number of the event that the row under way follows from. */
  public long hireEvent() {
    return hire.event();
  }

  /** That event, sealed for its number. */
  public byte[] hireSealed() {
    return hire.sealed();
  }

  /** The row under way went through. */
  public void hired() {
    named = true;
    settle(State.EMPLOYED);
  }

  /** It was refused, and left nothing. */
  public void refuse() {
    // The account of somebody named is there as it was; of anybody else there is none.
    settle(named ? hire.from() : State.REFUSED);
  }

  /** It was cut off before it was sent: nobody knows whose its name is. */
  public void cutOff() {
    if (!named) {
      name = null;
      attempt = 0;
    }
    refuse();
  }

  private void settle(State now) {
    state = now;
    hire = null;
  }

  /** They are to have these, and that is ordered. */
  public void license(List<String> now) {
    licenses = List.copyOf(now);
  }

  /** They don't work here any more. */
  public void leave() {
    state = State.LEFT;
    licenses = List.of();
  }

  /** Their account goes to the recycle bin: the name may be anybody's from then on. */
  public void loseAccount() {
    named = false;
  }
}
