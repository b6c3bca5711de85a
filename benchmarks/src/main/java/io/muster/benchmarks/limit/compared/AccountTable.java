package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import io.muster.benchmarks.limit.again.AccountAlone;
import io.muster.benchmarks.stack.BenchStack;
import java.util.List;
import java.util.function.Consumer;

/** PostgreSQL alone, writing accounts and nothing else: beside {@code add}. */
public final class AccountTable implements Limit {
  /** More tell the same. */
  private static final long MOST = 300_000;

  private static final int ROWS_PER_BATCH = 1_000;

  @Override
  public String name() {
    return "postgresql-account";
  }

  @Override
  public boolean concerns(String scenario) {
    return scenario.equals("add");
  }

  @Override
  public List<MeasuredLimit> measure(ScenarioFacts facts, BenchStack stack, Consumer<String> say)
      throws Exception {
    say.accept("PostgreSQL writes accounts alone, four ways");
    AccountAlone alone =
        AccountAlone.measure(Servers.of(stack), facts.tenant(), MOST, ROWS_PER_BATCH);
    String what = "%,d accounts into account alone with its indexes, ".formatted(alone.rows());
    String batches = "by unnest of %,d rows, ".formatted(ROWS_PER_BATCH);
    return List.of(
        way(
            "copy-binary",
            alone.copyBinary(),
            what + "by binary COPY as superuser (row-level" + " security allows none)"),
        way("copy-text", alone.copyText(), what + "by text COPY as superuser"),
        way("unnest-1", alone.oneConnection(), what + batches + "one connection"),
        way("unnest-2", alone.twoConnections(), what + batches + "two connections"));
  }

  private MeasuredLimit way(String way, double rate, String how) {
    return new MeasuredLimit(name() + "-" + way, "rows", rate, rate, false, how, null);
  }
}
