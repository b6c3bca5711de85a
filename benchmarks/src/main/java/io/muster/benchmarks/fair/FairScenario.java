package io.muster.benchmarks.fair;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.benchmarks.measure.Settling;
import io.muster.benchmarks.measure.TakingFootprints;
import io.muster.benchmarks.scenario.Bench;
import io.muster.benchmarks.scenario.Scenario;
import io.muster.benchmarks.scenario.Section;
import io.muster.cli.service.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether a small tenant notices what a big one does, and what that costs the big one: under each
 * load three runs without and three with the small tenant, alternating, so that whatever else the
 * machine does hits both.
 */
public final class FairScenario implements Scenario {
  private static final int PAIRS = 3;

  /** Compiles what will be measured, in all services. */
  private static final long WARM_UP_ROWS = 60_000;

  /** Likewise what single calls go through, of which a row of a file passes only a part. */
  private static final int WARM_UP_CALLS = 3_000;

  private static final long IDLE_SECONDS = 30;

  /** Hardly anything may be written for so long: a job's end counts as such after 3 s. */
  private static final Duration QUIET = Duration.ofSeconds(6);

  /** Then the next run begins all the same. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "fair";
  }

  @Override
  public String purpose() {
    return "a small tenant's jobs and calls beside a big tenant's jobs, and what they cost it";
  }

  @Override
  public boolean byDefault() {
    return false;
  }

  @Override
  public boolean needsStack() {
    return true;
  }

  @Override
  public Section run(Bench bench) throws Exception {
    List<String> failures = new ArrayList<>();
    Service small = bench.stack().client("small", "tenant-admin");
    BigTenant big =
        new BigTenant(bench.stack().client("big", "tenant-admin"), bench.work(), failures);
    SmallTenant.prepare(small);
    double unused = big.run(Load.ONE_JOB, Math.min(bench.rows(), WARM_UP_ROWS));
    bench.say().accept("warming up with %,d single calls".formatted(WARM_UP_CALLS));
    SmallTenant.warmUp(small, WARM_UP_CALLS);

    SmallTenant idle = beside(small, "idle", () -> TimeUnit.SECONDS.sleep(IDLE_SECONDS));
    failures.addAll(told(idle, "nothing else"));
    bench.say().accept("idle: 100-row job " + FairFigures.percentiles(idle.jobs().latencies()));

    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("idle")
        .<ObjectNode>set("smallJobs", idle.jobs().latencies().json())
        .set("singleCalls", idle.calls().latencies().json());
    ArrayNode loads = json.putArray("loads");
    StringBuilder table = new StringBuilder(FairFigures.HEAD);
    table.append(
        "| nothing | | | | %s | %s |\n"
            .formatted(
                FairFigures.percentiles(idle.jobs().latencies()),
                FairFigures.percentiles(idle.calls().latencies())));
    for (Load load : Load.values()) {
      FairFigures figures = measure(load, bench, big, small, failures);
      bench.say().accept(figures.row().strip());
      loads.add(figures.json());
      table.append(figures.row());
    }
    return new Section(name(), json, markdown(table), failures);
  }

  private static FairFigures measure(
      Load load, Bench bench, BigTenant big, Service small, List<String> failures)
      throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    Tally jobs = new Tally();
    Tally calls = new Tally();
    try (TakingFootprints footprints = new TakingFootprints(bench.stack())) {
      Settling settling = new Settling(footprints, QUIET, PATIENCE);
      for (int pair = 1; pair <= PAIRS; pair++) {
        double unused = settling.await();
        alone.add(big.run(load, bench.rows()));
        unused = settling.await();
        SmallTenant noticing =
            beside(small, load.key() + pair, () -> beside.add(big.run(load, bench.rows())));
        jobs.add(noticing.jobs());
        calls.add(noticing.calls());
        failures.addAll(told(noticing, load.words()));
      }
    }
    return new FairFigures(
        load, load.jobs(bench.rows()), alone, beside, jobs.latencies(), calls.latencies());
  }

  /** What goes on while the small tenant works. */
  @FunctionalInterface
  private interface Meanwhile {
    void run() throws Exception;
  }

  private static SmallTenant beside(Service small, String run, Meanwhile meanwhile)
      throws Exception {
    try (SmallTenant noticing = new SmallTenant(small, run.replace('_', '-')).start()) {
      meanwhile.run();
      return noticing;
    }
  }

  private static List<String> told(SmallTenant tenant, String beside) {
    List<String> told = new ArrayList<>();
    tenant
        .failures()
        .forEach(
            (kind, reasons) ->
                reasons.forEach(
                    (why, times) ->
                        told.add("beside " + beside + ": " + times + " " + kind + " " + why)));
    return told;
  }

  private static String markdown(StringBuilder table) {
    return """
    ### Fair: a small tenant beside a big one

    The small tenant uploads a file of %d rows every %d s and changes %d single users a second; times count from when each was due to its end. %,d single calls went before, so that no figure is of services that have just been started, and each run waits until what follows the one before is done. Medians of %d runs without and %d with it, alternating.

    %s\
    """
        .formatted(
            SmallTenant.ROWS,
            SmallTenant.JOB_EVERY_MILLIS / 1_000,
            1_000 / SmallTenant.CALL_EVERY_MILLIS,
            WARM_UP_CALLS,
            PAIRS,
            PAIRS,
            table);
  }
}
