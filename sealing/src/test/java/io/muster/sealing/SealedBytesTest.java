package io.muster.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedBytesTest {
  private static final byte[] CLEAR = "a row".getBytes(UTF_8);

  private final SealedBytes bytes = Keysets.inMemory().bytes();
  private final SealedFor job = new SealedFor("contoso", UUID.randomUUID(), "single-row");

  @Test
  void whatWasSealedIsOpened() throws SealBroken {
    assertThat(bytes.open(bytes.seal(CLEAR, job), job)).isEqualTo(CLEAR);
  }

  @Test
  void anAlteredValueIsRefused() {
    byte[] sealed = bytes.seal(CLEAR, job);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> bytes.open(altered, job)).isInstanceOf(SealBroken.class);
    }
  }

  @Test
  void anotherTenantsValueIsRefused() {
    byte[] sealed = bytes.seal(CLEAR, job);

    SealedFor other = new SealedFor("fabrikam", job.jobId(), job.purpose());

    assertThatThrownBy(() -> bytes.open(sealed, other)).isInstanceOf(SealBroken.class);
  }

  @Test
  void tenantAndPurposeCannotBeMovedIntoEachOther() {
    byte[] sealed = bytes.seal(CLEAR, new SealedFor("ab", job.jobId(), "c"));

    SealedFor shifted = new SealedFor("a", job.jobId(), "bc");

    assertThatThrownBy(() -> bytes.open(sealed, shifted)).isInstanceOf(SealBroken.class);
  }
}
