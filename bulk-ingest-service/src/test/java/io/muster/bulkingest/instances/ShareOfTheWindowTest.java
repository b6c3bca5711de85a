package io.muster.bulkingest.instances;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.instances.Dispatchers.Living;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShareOfTheWindowTest {
  private static final UUID ME = UUID.randomUUID();

  private final ShareOfTheWindow share = new ShareOfTheWindow();

  @Test
  void whoIsAloneHasItAll() {
    share.holdsJobsOf(3);
    share.learn(List.of(living(ME, 3)), ME);

    assertThat(share.share()).isEqualTo(1);
  }

  @Test
  void whoHoldsNothingTakesNothingFromTheOthers() {
    share.holdsJobsOf(1);
    share.learn(List.of(living(ME, 1), living(UUID.randomUUID(), 0)), ME);

    assertThat(share.share()).isEqualTo(1);
  }

  @Test
  void everyTenantHasTheSameShareWhereverItsJobsAre() {
    share.holdsJobsOf(2);
    share.learn(List.of(living(ME, 2), living(UUID.randomUUID(), 6)), ME);

    assertThat(share.share()).isEqualTo(0.25);
  }

  @Test
  void whoBeginsHasTheShareOfOneTenantAtOnce() {
    share.learn(List.of(living(ME, 0), living(UUID.randomUUID(), 3)), ME);

    assertThat(share.share()).isEqualTo(0.25);
  }

  private static Living living(UUID id, int tenants) {
    return new Living(id, "one", "store", Instant.EPOCH, tenants, tenants, Map.of());
  }
}
