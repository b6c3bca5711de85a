package io.muster.bulkingest.dispatch.window;

import io.muster.bulkingest.dispatch.window.InFlight.Heard;
import io.muster.bulkingest.stream.outcome.HearingOutcomes;
import io.muster.chassis.wire.Records;
import io.muster.contracts.command.Part;
import io.muster.contracts.topic.Headers;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Learns from results' headers what is no longer in flight; never reads a value. Hands all of them
 * on to whoever hears the few that are of jobs that grow.
 */
@ApplicationScoped
public class ResultHeaders {
  /** With less than a quarter of the window out, it is dispatch that is waited for. */
  private static final int BUSY_PART = 4;

  private final InFlight inFlight;
  private final SliceNumbers numbers;
  private final Throughput throughput;
  private final FinishedRows finished;
  private final Window window;
  private final Bell bell;
  private final HearingOutcomes outcomes;

  ResultHeaders(
      InFlight inFlight,
      SliceNumbers numbers,
      Throughput throughput,
      FinishedRows finished,
      Window window,
      Bell bell,
      HearingOutcomes outcomes) {
    this.outcomes = outcomes;
    this.inFlight = inFlight;
    this.finished = finished;
    this.numbers = numbers;
    this.throughput = throughput;
    this.window = window;
    this.bell = bell;
  }

  @Incoming("row-results")
  @Blocking
  void consume(ConsumerRecords<String, byte[]> batch) {
    int hashed = 0;
    for (ConsumerRecord<String, byte[]> result : batch) {
      long slice = numbers.number(Records.header(result.headers(), Headers.SLICE));
      byte[] id = Records.header(result.headers(), Headers.ID);
      if (id == null) {
        continue;
      }
      String named = new String(id, StandardCharsets.US_ASCII);
      outcomes.hear(named, result.value());
      if (slice >= 0) {
        byte[] outcome = Records.header(result.headers(), Headers.OUTCOME);
        boolean refused = outcome != null && outcome.length == 1 && outcome[0] == 'R';
        hashed += answered(slice, named, refused) ? 1 : 0;
      }
    }
    boolean busy = inFlight.costOut() >= window.size() / BUSY_PART;
    throughput.ended(batch.count() - hashed, hashed, busy);
    bell.ring();
  }

  /**
   * An id is {@code job/row/PART}; what isn't, is nobody's.
   *
   * @return whether a password was hashed for it
   */
  private boolean answered(long slice, String id, boolean refused) {
    int first = id.indexOf('/');
    int second = id.indexOf('/', first + 1);
    if (first < 0 || second < 0) {
      return false;
    }
    try {
      UUID job = UUID.fromString(id.substring(0, first));
      long row = Long.parseLong(id, first + 1, second, 10);
      Heard heard =
          inFlight.answered(slice, job, row, Part.valueOf(id.substring(second + 1)), refused);
      if (heard.ended()) {
        finished.ended(job, row, heard.failed());
      }
      return heard.hashed();
    } catch (IllegalArgumentException e) {
      // Not one of ours: the value's reader sends it to the dead letters, here it counts nothing.
      return false;
    }
  }
}
