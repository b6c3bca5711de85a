package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.held.HeldJobs;
import io.muster.bulkingest.dispatch.held.OpenJob;
import io.muster.bulkingest.dispatch.held.OpenJob.SentSlice;
import io.muster.bulkingest.dispatch.turn.Room;
import io.muster.bulkingest.dispatch.turn.SinglesInLine;
import io.muster.bulkingest.dispatch.window.InFlight;
import io.muster.bulkingest.dispatch.window.RowCosts;
import io.muster.bulkingest.dispatch.window.Window;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Reads the slices of one round: single calls as far as they have room, then files, as many slices
 * as one transaction is to store. Only the dispatcher's thread calls.
 */
@Singleton
class TakingTurns {
  private static final Logger LOG = Logger.getLogger(TakingTurns.class);

  /** Single calls of one round: one transaction stores all their intents. */
  private static final int SINGLES_PER_ROUND = 200;

  private final DispatchConfig config;
  private final HeldJobs held;
  private final Window window;
  private final InFlight inFlight;
  private final SinglesInLine line;

  TakingTurns(
      DispatchConfig config, HeldJobs held, Window window, InFlight inFlight, SinglesInLine line) {
    this.config = config;
    this.held = held;
    this.window = window;
    this.inFlight = inFlight;
    this.line = line;
  }

  /**
   * @param stop ends the round early
   * @return what was read, to be sent once its intents are stored
   */
  List<SentSlice> take(BooleanSupplier stop) throws SQLException {
    List<SentSlice> slices = new ArrayList<>();
    RowCosts costs = window.costs();
    long singlesOut = inFlight.costOfSinglesOut();
    Room room =
        new Room(
            window.size(), singlesOut, inFlight.costOut() - singlesOut, held.turns().filesWait());
    int singles = 0;
    while (singles < SINGLES_PER_ROUND && room.singles() > 0 && !stop.getAsBoolean()) {
      Optional<OpenJob> turn = held.turns().nextSingle();
      if (turn.isEmpty()) {
        break;
      }
      singles++;
      read(turn.get(), costs, room.singles(), slices).ifPresent(room::tookSingle);
    }
    for (int files = 0; files < config.slicesPerRound() && room.files() > 0; files++) {
      Optional<OpenJob> turn = held.turns().nextFile();
      if (turn.isEmpty() || stop.getAsBoolean()) {
        break;
      }
      read(turn.get(), costs, Math.min(room.files(), config.sliceRows()), slices)
          .ifPresent(room::tookFile);
    }
    tellTheLine(costs);
    return slices;
  }

  private Optional<Long> read(OpenJob job, RowCosts costs, long cost, List<SentSlice> slices)
      throws SQLException {
    try {
      SentSlice slice = held.read(job, costs, cost);
      slices.add(slice);
      return Optional.of(slice.cost());
    } catch (IOException e) {
      LOG.errorf(e, "a spool can't be read, jobId=%s", job.key().jobId());
      held.drop(job);
      return Optional.empty();
    }
  }

  private void tellTheLine(RowCosts costs) {
    double seconds = held.costOfWaitingSingles(costs) / window.singlesPerSecond();
    Duration takes = Duration.ofMillis((long) (seconds * 1_000));
    Duration bearable = config.longestLine();
    line.is(
        held.singlesLeftOut() && takes.compareTo(bearable) <= 0 ? bearable.plusSeconds(1) : takes,
        bearable);
  }
}
