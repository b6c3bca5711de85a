package io.muster.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a service was busy with a stage while a scenario ran, by its own timer {@code
 * muster.stage}. Several threads' times add up, and waiting for a lock or a server counts: it is
 * time spent in the stage, not CPU.
 *
 * @param service such as {@code user-service}
 * @param stage such as {@code transaction}
 * @param times how often it was gone through
 */
public record StageTime(String service, String stage, double seconds, long times) {
  private static final String STAGE = "stage";

  /** What a service went through between two looks at its metrics. */
  static List<StageTime> between(String service, Metrics before, Metrics after) {
    Map<String, Double> secondsBefore = before.by("muster_stage_seconds_sum", STAGE);
    Map<String, Double> timesBefore = before.by("muster_stage_seconds_count", STAGE);
    Map<String, Double> times = after.by("muster_stage_seconds_count", STAGE);
    List<StageTime> stages = new ArrayList<>();
    after
        .by("muster_stage_seconds_sum", STAGE)
        .forEach(
            (stage, seconds) -> {
              double more = times.getOrDefault(stage, 0.0) - timesBefore.getOrDefault(stage, 0.0);
              if (more > 0) {
                double taken = seconds - secondsBefore.getOrDefault(stage, 0.0);
                stages.add(new StageTime(service, stage, taken, Math.round(more)));
              }
            });
    return stages;
  }
}
