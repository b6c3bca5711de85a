package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.account.Answers;
import io.muster.bulkingest.hr.account.AskingFirst;
import io.muster.bulkingest.hr.account.NotAsked;
import io.muster.bulkingest.hr.event.EventLog;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.schedule.Schedule;
import io.muster.bulkingest.stream.AppendingRows;
import io.muster.chassis.tenancy.TenantScope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes up again what waited, a portion at a time: events whose employee has a name now or whose
 * feed was released, and what was scheduled for today. To be called in no transaction.
 */
@ApplicationScoped
public class DoingWhatWaits {
  private static final Logger LOG = Logger.getLogger(DoingWhatWaits.class);

  /** As many rows as a transaction locks without being in anybody's way. */
  private static final int PORTION = 1_000;

  private final TenantScope tenants;
  private final AskingFirst asking;
  private final ForeseeingQuestions foreseeing;
  private final Rounds rounds;
  private final EventLog log;
  private final Schedule schedule;
  private final DecidingEvents deciding;
  private final DeadEvents dead;
  private final AppendingRows appending;
  private final Clock clock;

  DoingWhatWaits(
      TenantScope tenants,
      AskingFirst asking,
      ForeseeingQuestions foreseeing,
      Rounds rounds,
      EventLog log,
      Schedule schedule,
      DecidingEvents deciding,
      DeadEvents dead,
      AppendingRows appending,
      Clock clock) {
    this.tenants = tenants;
    this.asking = asking;
    this.foreseeing = foreseeing;
    this.rounds = rounds;
    this.log = log;
    this.schedule = schedule;
    this.deciding = deciding;
    this.dead = dead;
    this.appending = appending;
    this.clock = clock;
  }

  /**
   * Does what is due, and then what waited.
   *
   * @throws IllegalStateException while user-service can't be asked
   */
  void goOn(String tenant) {
    tell(
        tenant,
        asking.decide(
            () -> foreseeing.ofWhatIsDue(tenant, clock.instant(), PORTION),
            answers -> scheduled(tenant, answers)));
    tell(
        tenant,
        asking.decide(
            () -> foreseeing.ofWhatWaits(tenant, clock.instant(), PORTION),
            answers -> events(tenant, answers)));
  }

  /**
   * Does what waited, if nobody has to be asked for it: else it is left to {@link SweepingHr}. For
   * those for whom many wait.
   */
  void goOnWithoutAsking(String tenant) {
    try {
      tell(tenant, QuarkusTransaction.requiringNew().call(() -> events(tenant, new Answers())));
    } catch (NotAsked e) {
      LOG.debugf("what waits needs answers, tenant=%s", tenant);
    }
  }

  private void tell(String tenant, Set<UUID> jobs) {
    jobs.forEach(job -> appending.tell(tenant, job));
  }

  /** Events that waited, in the order of their receipt; answers the jobs that rows went to. */
  private Set<UUID> events(String tenant, Answers answers) throws SQLException {
    tenants.enter(tenant);
    Round round = rounds.begin(tenant, answers);
    if (round.isPaused()) {
      return Set.of();
    }
    List<Receipt> waiting = log.toDo(tenant, PORTION);
    if (waiting.isEmpty()) {
      return Set.of();
    }
    rounds.prepare(round, waiting, false);
    waiting.forEach(receipt -> deciding.decide(round, receipt));
    return store(round);
  }

  /** What was scheduled and is due, likewise. */
  private Set<UUID> scheduled(String tenant, Answers answers) throws SQLException {
    tenants.enter(tenant);
    Round round = rounds.begin(tenant, answers);
    if (round.isPaused()) {
      return Set.of();
    }
    List<String> due = schedule.due(tenant, round.now(), PORTION);
    if (due.isEmpty()) {
      return Set.of();
    }
    rounds.prepareThoseWhoAreDue(round, due);
    due.forEach(employee -> deciding.fallDue(round, employee));
    return store(round);
  }

  private Set<UUID> store(Round round) throws SQLException {
    Set<UUID> jobs = rounds.store(round);
    dead.lay(round);
    return jobs;
  }
}
