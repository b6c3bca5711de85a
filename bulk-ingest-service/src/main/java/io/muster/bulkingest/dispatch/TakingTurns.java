package io.muster.bulkingest.dispatch;

import io.muster.bulkingest.dispatch.held.HeldJobs;
import io.muster.bulkingest.dispatch.held.OpenJob;
import io.muster.bulkingest.dispatch.held.SentSlice;
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
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads the slices of one round: single calls as far as they have room, then files, as many slices
 * as one transaction is to store. Single calls that were handed over are sent as they are read.
 * Only the dispatcher's thread calls.
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
   * @param sending takes at once what was handed over with its intent, also between two slices of
   *     files
   * @return what else was read, to be sent once its intents are stored
   */
  List<SentSlice> take(BooleanSupplier stop, Consumer<SentSlice> sending) throws SQLException {
    List<SentSlice> slices = new ArrayList<>();
    Consumer<SentSlice> taking =
        slice -> {
          if (slice.job().wasHandedOver()) {
            sending.accept(slice);
          } else {
            slices.add(slice);
          }
        };
    RowCosts costs = window.costs();
    long singlesOut = inFlight.costOfSinglesOut();
    Room room =
        new Room(
            window.size(), singlesOut, inFlight.costOut() - singlesOut, held.turns().filesWait());
    takeSingles(room, costs, taking, stop);
    for (int files = 0; files < config.slicesPerRound() && room.files() > 0; files++) {
      Optional<OpenJob> turn = held.turns().nextFile();
      if (turn.isEmpty() || stop.getAsBoolean()) {
        break;
      }
      read(turn.get(), costs, Math.min(room.files(), config.sliceRows()), slices::add)
          .ifPresent(room::tookFile);
      takeSingles(room, costs, taking, stop);
    }
    tellTheLine(costs);
    return slices;
  }

  private void takeSingles(
      Room room, RowCosts costs, Consumer<SentSlice> taking, BooleanSupplier stop)
      throws SQLException {
    held.takeHandedOver();
    for (int singles = 0; singles < SINGLES_PER_ROUND && room.singles() > 0; singles++) {
      Optional<OpenJob> turn = held.turns().nextSingle();
      if (turn.isEmpty() || stop.getAsBoolean()) {
        return;
      }
      read(turn.get(), costs, room.singles(), taking).ifPresent(room::tookSingle);
    }
  }

  private Optional<Long> read(OpenJob job, RowCosts costs, long cost, Consumer<SentSlice> taking)
      throws SQLException {
    try {
      SentSlice slice = held.read(job, costs, cost);
      taking.accept(slice);
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
