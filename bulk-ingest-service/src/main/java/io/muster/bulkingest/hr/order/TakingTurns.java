package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.account.Answers;
import io.muster.bulkingest.hr.account.NotAsked;
import io.muster.bulkingest.hr.event.EventLog;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.contracts.hr.Disposition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A tenant's events as they come, one after the other: each name counts once, and the rest is
 * decided.
 */
@ApplicationScoped
public class TakingTurns {
  private final Rounds rounds;
  private final EventLog log;
  private final DecidingEvents deciding;
  private final DeadEvents dead;

  TakingTurns(Rounds rounds, EventLog log, DecidingEvents deciding, DeadEvents dead) {
    this.rounds = rounds;
    this.log = log;
    this.deciding = deciding;
    this.dead = dead;
  }

  /**
   * Needs a transaction that has entered the tenant.
   *
   * @param come in the order of their receipt; those that can't be read are dead already
   * @param answers what user-service told before
   * @return the jobs that rows were appended to, to be told after the commit
   * @throws NotAsked where answers are missing: then nothing of the transaction counts
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Set<UUID> take(String tenant, List<Receipt> come, Answers answers) throws SQLException {
    Round round = rounds.begin(tenant, answers);
    Set<Receipt> before = log.storedBefore(tenant, come);
    List<Receipt> fresh = come.stream().filter(receipt -> !before.contains(receipt)).toList();
    if (fresh.isEmpty()) {
      return Set.of();
    }
    Set<List<String>> counted = log.counted(tenant, fresh);
    List<Receipt> toDecide =
        fresh.stream().filter(r -> r.event() != null && !counted.contains(name(r))).toList();
    rounds.prepare(round, toDecide, true);
    for (Receipt receipt : fresh) {
      List<String> name = name(receipt);
      if (receipt.event() == null) {
        round.end(receipt, Disposition.DEAD, receipt.reason());
      } else if (counted.contains(name)) {
        round.end(receipt, Disposition.DUPLICATE, null);
      } else {
        deciding.decide(round, receipt);
        if (receipt.disposition() != Disposition.DEAD) {
          counted.add(name);
        }
      }
    }
    Set<UUID> jobs = rounds.store(round);
    dead.lay(round);
    return jobs;
  }

  private static List<String> name(Receipt receipt) {
    return List.of(receipt.named().source(), receipt.named().id());
  }
}
