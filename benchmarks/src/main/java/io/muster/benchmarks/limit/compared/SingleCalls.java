package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import io.muster.benchmarks.limit.alone.CallingOneByOne;
import io.muster.benchmarks.stack.BenchStack;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Single calls in a loop, beside the files of {@code add} and {@code enable}. */
public final class SingleCalls implements Limit {
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final int CONNECTIONS = 8;
  private static final int CALLS_PER_USER = 2;

  @Override
  public String name() {
    return "single-calls";
  }

  @Override
  public boolean concerns(String scenario) {
    return Set.of("add", "enable").contains(scenario);
  }

  @Override
  public List<MeasuredLimit> measure(ScenarioFacts facts, BenchStack stack, Consumer<String> say)
      throws Exception {
    say.accept("single calls over " + CONNECTIONS + " connections for " + TIME.toSeconds() + " s");
    String token = stack.token(facts.tenant(), "tenant-admin");
    CallingOneByOne.Result result =
        new CallingOneByOne(stack.url(), token, facts.tenant() + ".com", CONNECTIONS).measure(TIME);
    return List.of(
        new MeasuredLimit(
            name(),
            "users",
            result.usersPerSecond(),
            result.usersPerSecond() * CALLS_PER_USER,
            false,
            "POST /v1/users, then .../enable, %d connections, %d answers 429; a call is a row"
                .formatted(CONNECTIONS, result.toldToWait()),
            Details.of(result)));
  }
}
