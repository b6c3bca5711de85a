package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import io.muster.benchmarks.limit.again.PostgresAlone;
import io.muster.benchmarks.limit.again.PostgresLimit;
import io.muster.benchmarks.limit.again.ScenarioMark;
import io.muster.benchmarks.limit.postgresql.StackServer;
import io.muster.benchmarks.stack.BenchStack;
import java.util.List;
import java.util.function.Consumer;

/** PostgreSQL alone, writing a scenario's own rows into the same tables and indexes. */
public final class SameTables implements Limit {
  private ScenarioMark mark;

  @Override
  public String name() {
    return "postgresql-same-tables";
  }

  @Override
  public boolean concerns(String scenario) {
    return true;
  }

  @Override
  public void before(String scenario, BenchStack stack) throws Exception {
    if (mark != null) {
      mark.close();
    }
    mark = ScenarioMark.take(Servers.of(stack));
  }

  @Override
  public List<MeasuredLimit> measure(ScenarioFacts facts, BenchStack stack, Consumer<String> say)
      throws Exception {
    StackServer server = Servers.of(stack);
    PostgresAlone.Settings settings = PostgresAlone.Settings.of(facts.tenant(), facts.rows());
    try (ScenarioMark before = mark;
        PostgresAlone alone = PostgresAlone.prepare(server, before, settings, facts.tables())) {
      mark = null;
      say.accept(
          "PostgreSQL writes the scenario's rows again, "
              + settings.connections()
              + " connections");
      return limits(alone.measure());
    }
  }

  private List<MeasuredLimit> limits(PostgresLimit limit) {
    String how =
        "PostgreSQL alone: %s, set-wise in batches of %,d, %d connections, the stack's settings"
            .formatted(written(limit), limit.rowsPerBatch(), limit.connections());
    return List.of(
        new MeasuredLimit(
            name(),
            "rows",
            limit.rowsPerSecond(),
            limit.rowsPerSecond(),
            true,
            how + "; what is written with the commands",
            Details.of(limit)),
        new MeasuredLimit(
            name() + "-and-what-follows",
            "rows",
            limit.rowsPerSecondWithAllThatFollows(),
            limit.rowsPerSecondWithAllThatFollows(),
            false,
            how + "; with search and the audit's index of users, which are filled behind the jobs",
            null));
  }

  private static String written(PostgresLimit limit) {
    long tables = limit.tables().size();
    return "%,d rows of the scenario into its %d tables".formatted(limit.rows(), tables);
  }
}
