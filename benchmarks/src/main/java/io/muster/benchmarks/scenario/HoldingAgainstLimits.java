package io.muster.benchmarks.scenario;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import java.util.ArrayList;
import java.util.List;

/** Measures the limits of one scenario around it. One that can't be measured takes none along. */
final class HoldingAgainstLimits {
  private final EndToEnd scenario;
  private final Bench bench;
  private final List<Limit> concerned = new ArrayList<>();
  private final List<String> notMeasured = new ArrayList<>();

  private HoldingAgainstLimits(EndToEnd scenario, Bench bench) {
    this.scenario = scenario;
    this.bench = bench;
  }

  /** Lets those that concern the scenario remember how things stand. */
  static HoldingAgainstLimits before(EndToEnd scenario, List<Limit> limits, Bench bench)
      throws InterruptedException {
    HoldingAgainstLimits holding = new HoldingAgainstLimits(scenario, bench);
    for (Limit limit : limits) {
      if (limit.concerns(scenario.scenario())) {
        holding.remember(limit);
      }
    }
    return holding;
  }

  private void remember(Limit limit) throws InterruptedException {
    try {
      limit.before(scenario.scenario(), bench.stack());
      concerned.add(limit);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      notMeasured.add(why(limit, e));
    }
  }

  /** The run with its limits, measured now. */
  EndToEndRun after(EndToEndRun run, String tenant) throws InterruptedException {
    ScenarioFacts facts =
        new ScenarioFacts(
            run.scenario(),
            tenant,
            run.times().rows(),
            run.rowsPerSecond(),
            run.growth().tables(),
            run.growth().topics());
    List<MeasuredLimit> measured = new ArrayList<>();
    for (Limit limit : concerned) {
      bench.say().accept(run.scenario() + ": measuring the limit " + limit.name());
      try {
        measured.addAll(limit.measure(facts, bench.stack(), bench.say()));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        notMeasured.add(why(limit, e));
      }
    }
    return run.with(measured, notMeasured);
  }

  private static String why(Limit limit, Exception e) {
    return limit.name() + ": " + e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
