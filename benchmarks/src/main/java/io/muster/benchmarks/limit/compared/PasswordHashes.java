package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import io.muster.benchmarks.limit.alone.HashingAlone;
import io.muster.benchmarks.stack.BenchStack;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Argon2id on all cores: what a file with given passwords can't be faster than. */
public final class PasswordHashes implements Limit {
  private static final Duration TIME = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "argon2id";
  }

  @Override
  public boolean concerns(String scenario) {
    return scenario.equals("enable-given");
  }

  @Override
  public List<MeasuredLimit> measure(ScenarioFacts facts, BenchStack stack, Consumer<String> say)
      throws Exception {
    say.accept("Argon2id on all cores for " + TIME.toSeconds() + " s");
    HashingAlone alone = HashingAlone.measure(TIME);
    return List.of(
        new MeasuredLimit(
            name(),
            "hashes",
            alone.hashesPerSecond(),
            alone.hashesPerSecond(),
            true,
            "%s, %d MiB, %d passes, %d threads; a row has one"
                .formatted(
                    alone.library(), alone.memoryKib() / 1024, alone.passes(), alone.threads()),
            Details.of(alone)));
  }
}
