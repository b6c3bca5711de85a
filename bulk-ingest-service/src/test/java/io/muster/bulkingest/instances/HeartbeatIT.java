package io.muster.bulkingest.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.dispatch.DispatchState;
import io.muster.bulkingest.instances.Dispatchers.Living;
import io.muster.bulkingest.spool.FileUploadStore;
import io.muster.bulkingest.spool.UploadStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service of this test is one instance; others are made here. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HeartbeatIT {
  private static final InstanceConfig QUICK =
      new InstanceConfig() {
        @Override
        public String name() {
          return "another";
        }

        @Override
        public Duration heartbeat() {
          return Duration.ofSeconds(1);
        }

        @Override
        public Duration silence() {
          return Duration.ofSeconds(5);
        }
      };

  @Inject Dispatchers dispatchers;
  @Inject ThisInstance running;
  @Inject UploadStore store;
  @Inject DispatchState state;
  @TempDir Path elsewhere;

  @Test
  void whoSeesTheSameUploadsJoinsTheOthersAndIsKnownUntilItLeaves() throws Exception {
    ThisInstance me = new ThisInstance();
    ShareOfTheWindow share = new ShareOfTheWindow();
    Heartbeat second = new Heartbeat(me, QUICK, store, dispatchers, share, state);

    second.onStart(new StartupEvent());

    assertThat(ids()).contains(running.id(), me.id());
    share.holdsJobsOf(3);
    second.beat();
    assertThat(living())
        .filteredOn(each -> each.id().equals(me.id()))
        .singleElement()
        .satisfies(each -> assertThat(each.tenants()).isEqualTo(3));
    second.onStop(new ShutdownEvent());
    assertThat(ids()).contains(running.id()).doesNotContain(me.id());
  }

  @Test
  void whoKeepsItsUploadsElsewhereRefusesToStart() throws Exception {
    ThisInstance me = new ThisInstance();
    try (FileUploadStore other = FileUploadStore.at(elsewhere.resolve("spool"))) {
      Heartbeat second =
          new Heartbeat(me, QUICK, other, dispatchers, new ShareOfTheWindow(), state);

      assertThatThrownBy(() -> second.onStart(new StartupEvent()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("muster.spool.directory")
          .hasMessageContaining("muster.spool.shared=true");
    }
    assertThat(ids()).contains(running.id()).doesNotContain(me.id());
  }

  @Test
  void whoIsSilentIsNoLongerCounted() throws Exception {
    ThisInstance me = new ThisInstance();
    new Heartbeat(me, QUICK, store, dispatchers, new ShareOfTheWindow(), state)
        .onStart(new StartupEvent());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !ids(Duration.ofSeconds(1)).contains(me.id()));

    assertThat(ids(Duration.ofMinutes(1))).contains(me.id());
    dispatchers.leave(me.id());
  }

  private List<Living> living() throws SQLException {
    return dispatchers.living(Duration.ofSeconds(5));
  }

  private List<UUID> ids() throws SQLException {
    return ids(Duration.ofSeconds(5));
  }

  private List<UUID> ids(Duration silence) throws SQLException {
    return dispatchers.living(silence).stream().map(Living::id).toList();
  }
}
