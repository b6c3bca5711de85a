package io.muster.gateway.track;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.chassis.stage.Stage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.TenantId;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.gateway.track.count.CountingResults;
import io.muster.gateway.track.count.CountingResults.Counted;
import io.muster.gateway.track.report.ProgressReports;
import io.muster.gateway.track.watch.BatchWatch;
import io.muster.gateway.track.watch.DeadLetters;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Results in, counts up. Returns when they are safe, so that the offsets are committed last. */
@ApplicationScoped
class RowResultsConsumer {
  private static final Wire<RowResult> WIRE = Wire.of(Topics.ROW_RESULTS);

  /** Ten times the largest file that the reader takes. */
  private static final long MOST_ROWS = 200_000_000;

  /**
   * Rows of one transaction. A poll may tell of a thousand times as many as it has records, and a
   * row that fails takes some 100 bytes until it is written.
   */
  private static final int ROWS_AT_ONCE = 50_000;

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
    for (List<RowResult> some : cut(results)) {
      Counted counted;
      try (Stage.Busy unused = Stage.COUNT.begin()) {
        counted = watch.untilDone("batch of results", () -> counting.count(some));
      }
      metrics.counter("muster.results").increment(rowsOf(some));
      awaited.heard(some);
      awaited.moved(counted.moved());
      reports.atOnce(counted.complete());
      reports.together(counted.completeSingles());
    }
  }

  /** In order, each part of so many rows that what they leave fits into a small heap. */
  static List<List<RowResult>> cut(List<RowResult> results) {
    List<List<RowResult>> parts = new ArrayList<>();
    int from = 0;
    int rows = 0;
    for (int i = 0; i < results.size(); i++) {
      int more = results.get(i).allRows().size();
      if (rows > 0 && rows + more > ROWS_AT_ONCE) {
        parts.add(results.subList(from, i));
        from = i;
        rows = 0;
      }
      rows += more;
    }
    parts.add(results.subList(from, results.size()));
    return parts;
  }

  private static int rowsOf(List<RowResult> results) {
    return results.stream().mapToInt(result -> result.allRows().size()).sum();
  }

  private static String wrongWith(RowResult result) {
    if (!TenantId.isOne(result.tenant())) {
      return "NO_TENANT_ID";
    }
    if (result.part() == Part.FILE) {
      return "NO_PART_ON_THE_BUS";
    }
    return result.row() > MOST_ROWS ? "ROW_OUT_OF_RANGE" : null;
  }
}
