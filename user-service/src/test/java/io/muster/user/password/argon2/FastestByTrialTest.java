package io.muster.user.password.argon2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastestByTrialTest {
  private long cpu;

  @Test
  void theOneThatTakesLeastIsTakenWhereverItStands() {
    Argon2Id fast = taking(20, 20, 20, 20);
    assertThat(FastestByTrial.of(List.of(taking(50, 50, 50, 50), fast), () -> cpu)).isSameAs(fast);

    Argon2Id fastAndFirst = taking(20, 20, 20, 20);
    assertThat(FastestByTrial.of(List.of(fastAndFirst, taking(50, 50, 50, 50)), () -> cpu))
        .isSameAs(fastAndFirst);
  }

  @Test
  void itsBestTryCountsSinceTheFirstOnesLoadAndCompile() {
    Argon2Id slowToBegin = taking(900, 70, 20, 20);

    assertThat(FastestByTrial.of(List.of(taking(50, 50, 50, 50), slowToBegin), () -> cpu))
        .isSameAs(slowToBegin);
  }

  @Test
  void nothingIsTriedWhereThereIsNoChoice() {
    Argon2Id only = taking();

    assertThat(FastestByTrial.of(List.of(only), () -> cpu)).isSameAs(only);
  }

  private Argon2Id taking(long... nanos) {
    List<Long> each = new ArrayList<>();
    for (long one : nanos) {
      each.add(one);
    }
    return new Fake(each);
  }

  /** Uses up so much of a processor each time. */
  private final class Fake implements Argon2Id {
    private final Iterator<Long> nanos;

    Fake(List<Long> nanos) {
      this.nanos = nanos.iterator();
    }

    @Override
    public String hash(byte[] password) {
      cpu += nanos.next();
      return "";
    }

    @Override
    public boolean verify(PhcHash hash, byte[] password) {
      throw new UnsupportedOperationException();
    }
  }
}
