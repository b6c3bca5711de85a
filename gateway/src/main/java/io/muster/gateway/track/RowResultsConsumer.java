package io.muster.gateway.track;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.stage.Stage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.track.count.CountingResults;
import io.muster.gateway.track.count.CountingResults.Counted;
import io.muster.gateway.track.report.ProgressReports;
import io.muster.gateway.track.watch.BatchWatch;
import io.muster.gateway.track.watch.DeadLetters;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Results in, counts up. Returns when they are safe, so that the offsets are committed last. */
@ApplicationScoped
class RowResultsConsumer {
  private static final Wire<RowResult> WIRE = Wire.of(Topics.ROW_RESULTS);

  /** Ten times the largest file that the reader takes. */
  private static final long MOST_ROWS = 200_000_000;

  private final CountingResults counting;
  private final ProgressReports reports;
  private final AwaitedJobs awaited;
  private final DeadLetters deadLetters;
  private final BatchWatch watch;
  private final MeterRegistry metrics;

  RowResultsConsumer(
      CountingResults counting,
      ProgressReports reports,
      AwaitedJobs awaited,
      DeadLetters deadLetters,
      BatchWatch watch,
      MeterRegistry metrics) {
    this.counting = counting;
    this.reports = reports;
    this.awaited = awaited;
    this.deadLetters = deadLetters;
    this.watch = watch;
    this.metrics = metrics;
  }

  @Incoming("row-results")
  @Blocking
  void consume(ConsumerRecords<byte[], byte[]> poll) {
    List<RowResult> results;
    try (Stage.Busy unused = Stage.DECODE.begin()) {
      results = Heard.read(poll, WIRE, RowResultsConsumer::wrongWith, deadLetters);
    }
    if (results.isEmpty()) {
      return;
    }
    Counted counted;
    try (Stage.Busy unused = Stage.COUNT.begin()) {
      counted = watch.untilDone("batch of results", () -> counting.count(results));
    }
    metrics.counter("muster.results").increment(results.size());
    awaited.moved(counted.moved());
    reports.atOnce(counted.complete());
    reports.together(counted.completeSingles());
  }

  private static String wrongWith(RowResult result) {
    if (!Heard.isTenant(result.tenant())) {
      return "NO_TENANT_ID";
    }
    if (result.part() == Part.FILE) {
      return "NO_PART_ON_THE_BUS";
    }
    return result.row() > MOST_ROWS ? "ROW_OUT_OF_RANGE" : null;
  }
}
