package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.account.Answers;
import io.muster.bulkingest.hr.account.KnownAccount;
import io.muster.bulkingest.hr.account.NotAsked;
import io.muster.bulkingest.hr.account.Questions;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.WaitsFor;
import io.muster.bulkingest.hr.feed.Feed;
import io.muster.bulkingest.hr.feed.Valve;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.person.Person.Standing;
import io.muster.bulkingest.hr.schedule.Scheduled;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is known of a tenant's feed in one transaction, and what follows from it: decided in memory,
 * stored all at once by {@link Rounds}. For one thread.
 */
public final class Round {
  private final String tenant;
  private final Instant now;
  private final Feed feed;
  private final Answers answers;
  private final Supplier<Valve.Reading> readValve;
  private final FreeNames names;
  private final Map<String, Person> people = new HashMap<>();
  private final Map<String, Map<What, Scheduled>> schedule = new HashMap<>();
  private final Map<String, KnownAccount> accounts = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final Map<Long, Receipt> receipts = new TreeMap<>();
  private final Set<Person> changedPeople = new LinkedHashSet<>();
  private final Set<String> rescheduled = new LinkedHashSet<>();
  private final Set<Long> overtaken = new LinkedHashSet<>();
  private final List<Ordered> orders = new ArrayList<>();
  private String pausedBecause;

  /** Read when the first is to be disabled: most rounds need none of it. */
  private Valve.Reading valve;

  /**
   * A row that is to be appended.
   *
   * @param receipt the event that it follows from; null where that is done with long ago
   * @param person whose
   * @param hire whether its outcome is waited for
   */
  record Ordered(Receipt receipt, Person person, SpooledRow row, boolean hire) {}

  Round(
      String tenant,
      Instant now,
      Feed feed,
      Answers answers,
      Supplier<Valve.Reading> readValve,
      FreeNames names) {
    this.tenant = tenant;
    this.now = now;
    this.feed = feed;
    this.answers = answers;
    this.readValve = readValve;
    this.names = names;
  }

  void know(
      Collection<Person> known,
      Map<String, Map<What, Scheduled>> scheduled,
      Collection<String> waiting) {
    known.forEach(person -> people.putIfAbsent(person.employeeId(), person));
    scheduled.forEach(schedule::putIfAbsent);
    held.addAll(waiting);
  }

  /**
   * Takes from the answers which accounts those of these have who have none by HR's events.
   *
   * @throws NotAsked where answers are missing
   */
  void findAccounts(Collection<String> employees) {
    Questions open = new Questions();
    for (String employee : employees) {
      Person person = people.get(employee);
      if (person != null && !person.isToBeLookedUp()) {
        continue;
      }
      Standing standing = person == null ? null : person.standing();
      answers
          .about(tenant, employee, standing)
          .ifPresentOrElse(
              told -> accounts.put(employee, told.account()),
              () -> open.who(tenant, employee, standing));
    }
    if (!open.isEmpty()) {
      throw new NotAsked(open);
    }
  }

  /**
   * Whoever has no account by HR's events, and has one all the same, has it from now on. Nothing is
   * stored of it unless something follows for them.
   */
  void recognise(String employee) {
    KnownAccount account = accounts.remove(employee);
    if (account != null) {
      people.computeIfAbsent(employee, Person::new).recognise(account.name(), account.active());
    }
  }

  String tenant() {
    return tenant;
  }

  Instant now() {
    return now;
  }

  FreeNames names() {
    return names;
  }

  boolean isPaused() {
    return feed.isPaused() || pausedBecause != null;
  }

  /** Null unless this round paused the feed. */
  String pausedBecause() {
    return pausedBecause;
  }

  /** Notes a receipt with what has become of it. */
  void end(Receipt receipt, Disposition disposition, String reason) {
    receipt.become(disposition, reason);
    receipts.put(receipt.number(), receipt);
  }

  void await(Receipt receipt, WaitsFor what) {
    end(receipt, Disposition.WAITING, what.name());
  }

  void die(Receipt receipt, DeadReason reason) {
    end(receipt, Disposition.DEAD, reason.name());
  }

  /** Whether an event has to queue up behind others of its employee, or for their name. */
  boolean isHeld(String employee) {
    Person person = people.get(employee);
    return held.contains(employee) || (person != null && person.isHiring());
  }

  void hold(String employee) {
    held.add(employee);
  }

  /** Null where HR hasn't told of them. */
  Person person(String employee) {
    return people.get(employee);
  }

  /** Likewise, made where there is none; stored in any case. */
  Person personToChange(String employee) {
    Person person = people.computeIfAbsent(employee, Person::new);
    changedPeople.add(person);
    return person;
  }

  void order(Receipt receipt, Person person, SpooledRow row, boolean hire) {
    orders.add(new Ordered(receipt, person, row, hire));
  }

  /** Asks the valve; when it says no, the feed is paused from here on. */
  boolean mayDisable(Receipt receipt) {
    if (valve == null) {
      valve = readValve.get();
    }
    valve.disable(receipt.number()).ifPresent(because -> pausedBecause = because);
    return pausedBecause == null;
  }

  /** What the valve wants to be remembered; empty for nothing. */
  OptionalLong measured() {
    return valve == null ? OptionalLong.empty() : valve.measured();
  }

  /** What is to be done about an employee; null for nothing of the kind. */
  Scheduled scheduled(String employee, What what) {
    return schedule.getOrDefault(employee, Map.of()).get(what);
  }

  void schedule(Scheduled one) {
    schedule
        .computeIfAbsent(one.employeeId(), employee -> new EnumMap<>(What.class))
        .put(one.what(), one);
    rescheduled.add(one.employeeId());
  }

  /** What was to be done is done now, or falls away. */
  void unschedule(String employee, What what) {
    Map<What, Scheduled> theirs = schedule.get(employee);
    if (theirs != null && theirs.remove(what) != null) {
      rescheduled.add(employee);
    }
  }

  /** Something newer takes the place of what was to be done. */
  void overtake(String employee, What what) {
    Scheduled old = scheduled(employee, what);
    if (old == null) {
      return;
    }
    unschedule(employee, what);
    if (what == What.REMOVE) {
      // Its event disabled the account, and that was done.
      return;
    }
    Receipt here = receipts.get(old.event());
    if (here == null) {
      overtaken.add(old.event());
    } else {
      here.become(Disposition.STALE, "OVERTAKEN");
    }
  }

  List<Ordered> orders() {
    return orders;
  }

  Collection<Receipt> receipts() {
    return receipts.values();
  }

  Set<Person> changedPeople() {
    return changedPeople;
  }

  Set<Long> overtaken() {
    return overtaken;
  }

  /** All that is to be done about those for whom that has changed. */
  Map<String, Map<What, Scheduled>> rescheduled() {
    Map<String, Map<What, Scheduled>> theirs = new LinkedHashMap<>();
    rescheduled.forEach(employee -> theirs.put(employee, schedule.get(employee)));
    return theirs;
  }

  /** Events of this round that can't be done, by number. */
  public Map<Long, HrEvent> dead() {
    Map<Long, HrEvent> dead = new TreeMap<>();
    for (Receipt receipt : receipts.values()) {
      if (receipt.disposition() == Disposition.DEAD && receipt.event() != null) {
        dead.put(receipt.number(), receipt.event());
      }
    }
    return dead;
  }
}
