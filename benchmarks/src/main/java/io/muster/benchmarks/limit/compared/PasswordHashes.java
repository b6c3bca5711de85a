package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.Limit;
import io.muster.benchmarks.limit.MeasuredLimit;
import io.muster.benchmarks.limit.ScenarioFacts;
import io.muster.benchmarks.limit.alone.HashingAlone;
import io.muster.benchmarks.stack.BenchStack;
import io.muster.user.password.argon2.Argon2Id;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Argon2id on all cores, by the library that user-service would take here: what a file with given
 * passwords can't be faster than. Beside it the reference implementation's rate.
 */
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
    HashingAlone fastest = HashingAlone.measure(Argon2Id.fastest(), TIME);
    HashingAlone reference = HashingAlone.measure(Argon2Id.reference(), TIME);
    MeasuredLimit bound = limit(name(), fastest, true);
    return reference.library().equals(fastest.library())
        ? List.of(bound)
        : List.of(bound, limit(name() + "-reference", reference, false));
  }

  private static MeasuredLimit limit(String name, HashingAlone alone, boolean bounds) {
    return new MeasuredLimit(
        name,
        "hashes",
        alone.hashesPerSecond(),
        alone.hashesPerSecond(),
        bounds,
        "%s, %d MiB, %d passes, %d threads; a row has one"
            .formatted(
                alone.library(), alone.memoryKib() / 1024, alone.passes(), alone.threads()),
        Details.of(alone));
  }
}
