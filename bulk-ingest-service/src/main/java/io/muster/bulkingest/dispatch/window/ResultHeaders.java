package io.muster.bulkingest.dispatch.window;

import io.muster.bulkingest.dispatch.window.InFlight.Heard;
import io.muster.bulkingest.stream.outcome.HearingOutcomes;
import io.muster.chassis.wire.Records;
import io.muster.contracts.topic.Headers;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Learns from results' headers what is no longer in flight; reads a value only where it tells of
 * many rows at once. Hands all of them on to whoever hears the few that are of jobs that grow.
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
    int rows = 0;
    int hashed = 0;
    for (ConsumerRecord<String, byte[]> result : batch) {
      byte[] id = Records.header(result.headers(), Headers.ID);
      if (id == null) {
        continue;
      }
      String named = new String(id, StandardCharsets.US_ASCII);
      outcomes.hear(named, result.value());
      ToldRows told = ToldRows.by(named, result);
      rows += told.rows().size();
      hashed += answered(told, result);
    }
    boolean busy = inFlight.costOut() >= window.size() / BUSY_PART;
    throughput.ended(rows - hashed, hashed, busy);
    bell.ring();
  }

  /**
   * @return for how many of its rows a password was hashed
   */
  private int answered(ToldRows told, ConsumerRecord<String, byte[]> result) {
    long slice = numbers.number(Records.header(result.headers(), Headers.SLICE));
    if (slice < 0) {
      return 0;
    }
    byte[] outcome = Records.header(result.headers(), Headers.OUTCOME);
    boolean refused = outcome != null && outcome.length == 1 && outcome[0] == 'R';
    int hashed = 0;
    for (long row : told.rows()) {
      Heard heard = inFlight.answered(slice, told.jobId(), row, told.part(), refused);
      if (heard.ended()) {
        finished.ended(told.jobId(), row, heard.failed());
      }
      hashed += heard.hashed() ? 1 : 0;
    }
    return hashed;
  }
}
