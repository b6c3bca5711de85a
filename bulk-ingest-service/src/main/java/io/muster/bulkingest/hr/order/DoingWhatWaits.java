package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.event.EventLog;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes up again what waited, a portion at a time: events whose employee has a name now or whose
 * feed was released, and what was scheduled for today. Each method needs a transaction that has
 * entered the tenant.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DoingWhatWaits {
  /** As many rows as a transaction locks without being in anybody's way. */
  private static final int PORTION = 1_000;

  private final Rounds rounds;
  private final EventLog log;
  private final Schedule schedule;
  private final DecidingEvents deciding;
  private final DeadEvents dead;

  DoingWhatWaits(
      Rounds rounds, EventLog log, Schedule schedule, DecidingEvents deciding, DeadEvents dead) {
    this.rounds = rounds;
    this.log = log;
    this.schedule = schedule;
    this.deciding = deciding;
    this.dead = dead;
  }

  /**
   * Events that waited, in the order of their receipt.
   *
   * @return the jobs that rows were appended to, to be told after the commit
   */
  public Set<UUID> events(String tenant) throws SQLException {
    Round round = rounds.begin(tenant);
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
  public Set<UUID> scheduled(String tenant) throws SQLException {
    Round round = rounds.begin(tenant);
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
