package io.muster.benchmarks.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.TableWork;
import io.muster.benchmarks.limit.TopicWork;
import io.muster.benchmarks.measure.Footprint.Growth;
import io.muster.benchmarks.measure.ProcessUse;
import io.muster.benchmarks.measure.StageTime;
import io.muster.benchmarks.scenario.EndToEnd;
import io.muster.benchmarks.scenario.EndToEndRun;
import io.muster.benchmarks.scenario.JobTimes;
import io.muster.benchmarks.scenario.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Made-up runs of a thousand rows. */
final class Runs {
  static final long ROWS = 1_000;

  private Runs() {}

  /** All rows done in that time. */
  static EndToEndRun taking(String scenario, double seconds, MeasuredLimit... limits) {
    return run(scenario, seconds, 0, limits);
  }

  static EndToEndRun withFailedRows(String scenario, long failed) {
    return run(scenario, 1, failed);
  }

  private static EndToEndRun run(
      String scenario, double seconds, long failed, MeasuredLimit... limits) {
    ObjectNode job = JsonMapper.builder().build().createObjectNode();
    job.put("id", "j").put("state", failed == 0 ? "SUCCEEDED" : "PARTIALLY_FAILED");
    job.putObject("rows").put("total", ROWS).put("succeeded", ROWS - failed).put("failed", failed);
    if (failed > 0) {
      job.putArray("failures").addObject().put("code", "NO_SEATS_LEFT").put("rows", failed);
    }
    return new EndToEndRun(
        scenario,
        new JobTimes(job, 100_000, seconds / 10, seconds / 2, seconds, 0),
        List.of(
            new ProcessUse("user-service", 0.5, 300L << 20, 512L << 20, 100L << 20, 0.1),
            new ProcessUse("postgresql", null, null, null, null, null)),
        failed == 0 ? (Double) (seconds * 0.02) : (Double) seconds,
        List.of(new StageTime("user-service", "transaction", 0.25, 10)),
        new Growth(
            List.of(new TableWork("user-service", "public", "account", 1_000, 0, 0, 0, 400_000)),
            Map.of("user-service", 400_000L),
            900_000,
            120_000,
            List.of(new TopicWork("muster.user-commands", 1_000, 250_000))),
        3,
        List.of(limits),
        List.of());
  }

  static MeasuredLimit limit(String name, double rowsPerSecond, boolean bounds) {
    return new MeasuredLimit(
        name, "rows", rowsPerSecond, rowsPerSecond, bounds, "what " + name + " does", null);
  }

  static Report report(int repetitions, EndToEndRun... runs) {
    return new Report(
        Instant.parse("2026-11-25T02:03:04Z"),
        12.5,
        new Machine(2, 24L << 30, "a cpu", "an os", "1.2", "a java"),
        new Software("0.1", "abc", "18.1", Map.of("fsync", "on"), "4.1.2"),
        new Wishes(EnumSet.of(EndToEnd.ADD), ROWS, 100, 0, 0, Duration.ZERO),
        repetitions,
        List.of(runs),
        List.of(),
        List.of());
  }
}
