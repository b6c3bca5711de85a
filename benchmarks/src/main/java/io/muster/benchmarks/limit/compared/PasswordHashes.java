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
 * passwords can't be faster than. Beside it the reference implementation's rate, which is Bouncy
 * Castle's where libargon2's native doesn't fit.
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
    Argon2Id fastest = Argon2Id.fastest();
    Argon2Id reference = Argon2Id.reference();
    MeasuredLimit bound = limit(name(), hashing(fastest, say), true);
    return fastest.getClass() == reference.getClass()
        ? List.of(bound)
        : List.of(bound, limit(name() + "-reference", hashing(reference, say), false));
  }

  private static HashingAlone hashing(Argon2Id argon2, Consumer<String> say)
      throws InterruptedException {
    say.accept("Argon2id by " + argon2 + " on all cores for " + TIME.toSeconds() + " s");
    return HashingAlone.measure(argon2, TIME);
  }

  private static MeasuredLimit limit(String name, HashingAlone alone, boolean bounds) {
    return new MeasuredLimit(
        name,
        "hashes",
        alone.hashesPerSecond(),
        alone.hashesPerSecond(),
        bounds,
        "%s, %d MiB, %d passes, %d threads; a row has one"
            .formatted(alone.library(), alone.memoryKib() / 1024, alone.passes(), alone.threads()),
        Details.of(alone));
  }
}
