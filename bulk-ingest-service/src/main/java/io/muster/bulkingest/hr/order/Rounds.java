package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.hr.account.Answers;
import io.muster.bulkingest.hr.account.NotAsked;
import io.muster.bulkingest.hr.event.EventLog;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.event.SealedEvents;
import io.muster.bulkingest.hr.feed.Feed;
import io.muster.bulkingest.hr.feed.Feeds;
import io.muster.bulkingest.hr.feed.Valve;
import io.muster.bulkingest.hr.order.Round.Ordered;
import io.muster.bulkingest.hr.person.NamePattern;
import io.muster.bulkingest.hr.person.People;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.hr.schedule.Schedule;
import io.muster.bulkingest.hr.schedule.Scheduled.What;
import io.muster.bulkingest.stream.AppendingRows;
import io.muster.bulkingest.stream.AppendingRows.Place;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Begins a {@link Round} with what the tables know, and stores what was decided in it: a handful of
 * statements, however many events. Each method needs a transaction that has entered the tenant.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Rounds {
  private final Feeds feeds;
  private final Valve valve;
  private final EventLog log;
  private final People people;
  private final Schedule schedule;
  private final AppendingRows appending;
  private final DomainsOfTenants domains;
  private final SealedEvents seals;
  private final NamePattern pattern;
  private final Clock clock;

  Rounds(
      Feeds feeds,
      Valve valve,
      EventLog log,
      People people,
      Schedule schedule,
      AppendingRows appending,
      DomainsOfTenants domains,
      SealedEvents seals,
      HrConfig config,
      Clock clock) {
    this.feeds = feeds;
    this.valve = valve;
    this.log = log;
    this.people = people;
    this.schedule = schedule;
    this.appending = appending;
    this.domains = domains;
    this.seals = seals;
    this.pattern = new NamePattern(config.namePattern());
    this.clock = clock;
  }

  /**
   * A round of the tenant, whose feed it holds until the transaction ends.
   *
   * @param answers what user-service told before
   */
  public Round begin(String tenant, Answers answers) throws SQLException {
    Feed feed = feeds.lock(tenant);
    var now = clock.instant();
    return new Round(
        tenant,
        now,
        feed,
        answers,
        () -> valve.read(tenant, feed, now, answers.count(tenant)),
        new FreeNames(pattern, domains.domain(tenant)));
  }

  /**
   * Has the round know all that these events may touch, accounts that came another way among it.
   *
   * @throws NotAsked where answers are missing: then nothing of it counts
   */
  void prepare(Round round, List<Receipt> receipts, boolean queueBehindOthers) throws SQLException {
    Set<String> employees =
        receipts.stream().map(r -> r.named().employeeId()).collect(Collectors.toSet());
    know(round, employees, queueBehindOthers ? log.held(round.tenant(), employees) : Set.of());
    if (round.isPaused()) {
      // Nobody is decided about.
      return;
    }
    round.findAccounts(employees);
    List<HrEvent.Data> toName =
        receipts.stream()
            .map(r -> r.event().data())
            .filter(data -> isNameless(round.person(data.employeeId())))
            .toList();
    round.names().lookUp(people, round.tenant(), toName);
  }

  void know(Round round, Collection<String> employees, Set<String> held) throws SQLException {
    round.know(
        people.of(round.tenant(), employees).values(),
        schedule.of(round.tenant(), employees),
        held);
  }

  /** Has the round know of those whose day has come what {@link #prepare} has of others. */
  void prepareThoseWhoAreDue(Round round, Collection<String> employees) throws SQLException {
    know(round, employees, new HashSet<>());
    round.findAccounts(employees);
    List<HrEvent.Data> toName =
        employees.stream()
            .filter(employee -> isNameless(round.person(employee)))
            .map(employee -> round.scheduled(employee, What.HIRE))
            .filter(hire -> hire != null)
            .map(hire -> seals.open(round.tenant(), hire.event(), hire.sealed()).data())
            .toList();
    round.names().lookUp(people, round.tenant(), toName);
  }

  private static boolean isNameless(Person person) {
    return person == null || person.name() == null;
  }

  /**
   * Stores all of it.
   *
   * @return the jobs that rows were appended to, to be told after the commit
   */
  public Set<UUID> store(Round round) throws SQLException {
    String tenant = round.tenant();
    Set<UUID> jobs = new HashSet<>();
    List<Ordered> orders = round.orders();
    if (!orders.isEmpty()) {
      // The day in which the rows fall due is always the present one: it is why they are here.
      LocalDate today = LocalDate.ofInstant(round.now(), ZoneOffset.UTC);
      List<Place> places =
          appending.append(tenant, today, orders.stream().map(Ordered::row).toList());
      for (int i = 0; i < places.size(); i++) {
        Ordered order = orders.get(i);
        Place place = places.get(i);
        jobs.add(place.jobId());
        if (order.receipt() != null) {
          order.receipt().ledTo(place.jobId(), place.row());
        }
        if (order.hire()) {
          order.person().hiredBy(place.jobId(), place.row());
        }
      }
    }
    people.store(tenant, round.changedPeople());
    schedule.replace(tenant, round.rescheduled());
    log.store(tenant, round.receipts(), round.now());
    log.overtaken(tenant, round.overtaken(), round.now());
    if (round.measured().isPresent()) {
      feeds.measured(tenant, round.now(), round.measured().getAsLong());
    }
    if (round.pausedBecause() != null) {
      feeds.pause(tenant, round.now(), round.pausedBecause());
    }
    return jobs;
  }
}
