package io.muster.benchmarks.scenario;

import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.measure.Footprint.Growth;
import io.muster.benchmarks.measure.ProcessUse;
import io.muster.benchmarks.measure.StageTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One run of a scenario.
 *
 * @param scenario its name
 * @param times as the client saw it
 * @param processes what they used from the first byte to the job's end
 * @param cpuElsewhere seconds of CPU that the machine spent on anything else meanwhile; null = not
 *     measured
 * @param stages how long the services were busy with what, from the first byte to the job's end
 * @param growth of disk and bus until everything had settled
 * @param settledSeconds from the job's end until what follows it was done, search for example; -1 =
 *     it went on for longer than was waited
 * @param limits that the rate is held against; empty when none were asked for
 * @param notMeasured limits that couldn't be measured, and why
 */
public record EndToEndRun(
    String scenario,
    JobTimes times,
    List<ProcessUse> processes,
    Double cpuElsewhere,
    List<StageTime> stages,
    Growth growth,
    double settledSeconds,
    List<MeasuredLimit> limits,
    List<String> notMeasured) {
  public EndToEndRun {
    processes = List.copyOf(processes);
    stages = List.copyOf(stages);
    limits = List.copyOf(limits);
    notMeasured = List.copyOf(notMeasured);
  }

  /** The same run beside its limits. */
  EndToEndRun with(List<MeasuredLimit> measured, List<String> couldNot) {
    return new EndToEndRun(
        scenario,
        times,
        processes,
        cpuElsewhere,
        stages,
        growth,
        settledSeconds,
        measured,
        couldNot);
  }

  /** Of the whole job, end to end. */
  public double rowsPerSecond() {
    return times.rows() / times.seconds();
  }

  /** The slowest of the limits that bound it; empty when none was measured. */
  public Optional<MeasuredLimit> slowestLimit() {
    return limits.stream()
        .filter(limit -> limit.bounds() && limit.rowsPerSecond() > 0)
        .min(Comparator.comparingDouble(MeasuredLimit::rowsPerSecond));
  }

  /** Of the slowest limit; empty when none was measured. */
  public Optional<Double> fractionOfLimit() {
    return slowestLimit().map(limit -> rowsPerSecond() / limit.rowsPerSecond());
  }
}
