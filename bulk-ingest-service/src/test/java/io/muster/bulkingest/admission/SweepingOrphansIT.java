package io.muster.bulkingest.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.spool.UploadStore;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SweepingOrphansIT {
  @Inject SweepingOrphans sweeping;
  @Inject UploadStore store;

  private final Tenant tenant = new Tenant("orphans");

  @Test
  void aStartRemovesTheSpoolsThatACrashLeftWithoutAnOpenJobAndNoOthers()
      throws IOException, SQLException {
    UUID open = tenant.upload(Tenant.users(2), "operation=add&startAt=2999-01-01T00:00:00Z");
    UUID neverAdmitted = UuidCreator.getTimeOrderedEpoch();
    UUID closed = tenant.upload(Tenant.users(3), "operation=add&startAt=2999-01-01T00:00:00Z");
    tenant.call(closed, "cancel").statusCode(202);
    tenant.call(closed, "close").statusCode(202);
    for (UUID left : new UUID[] {neverAdmitted, closed}) {
      try (UploadStore.Draft draft = store.draft(left)) {
        draft.write("rows").close();
        draft.keep();
      }
    }

    sweeping.onStart(new StartupEvent());

    assertThat(store.kept()).contains(open).doesNotContain(neverAdmitted, closed);
  }

  @Test
  void aSpoolWhoseJobIsThereAfterAllIsNotDiscarded() throws IOException {
    UUID admitted = tenant.upload(Tenant.users(4), "operation=add&startAt=2999-01-01T00:00:00Z");
    UUID refused = UuidCreator.getTimeOrderedEpoch();
    try (UploadStore.Draft draft = store.draft(refused)) {
      draft.write("rows").close();
      draft.keep();
    }

    sweeping.discardUnlessAdmitted(admitted);
    sweeping.discardUnlessAdmitted(refused);

    assertThat(store.kept()).contains(admitted).doesNotContain(refused);
  }
}
