package io.muster.bulkingest.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.StandInServices;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.dispatch.turn.SinglesInLine;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Small things get through beside big ones, whoever's they are. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class SinglesFirstIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Tenant big = new Tenant("big");
  private final Tenant small = new Tenant("small");

  @Inject DispatchState state;
  @Inject SinglesInLine line;

  @Test
  void aSingleCallIsSentWhileFilesHaveFilledTheWindowAndAllPlacesOfItsOwnTenant() throws Exception {
    try (StandInServices services = new StandInServices()) {
      List<UUID> files = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        files.add(
            big.upload(Tenant.users(6_000), "operation=add&maxFailures=100%&allowDuplicate=true"));
      }
      await("the window is full")
          .atMost(PATIENCE)
          .until(() -> state.inFlight() >= state.window() * 6 / 10);
      int sent = files.stream().mapToInt(file -> services.rows(file).size()).sum();

      UUID own = add(big).statusCode(202).extract().jsonPath().getUUID("id");
      UUID foreign = add(small).statusCode(202).extract().jsonPath().getUUID("id");

      await("both calls are on the bus, though nothing came back")
          .atMost(PATIENCE)
          .until(() -> services.rows(own).size() == 1 && services.rows(foreign).size() == 1);
      assertThat(files.stream().mapToInt(file -> services.rows(file).size()).sum())
          .as("files got no further meanwhile")
          .isLessThan(sent + (int) state.window() / 2);
      files.forEach(file -> services.answer(file, command -> true));
      services.answer(own, command -> true);
      services.answer(foreign, command -> true);
      files.forEach(file -> big.await(file, "SUCCEEDED"));
    }
  }

  @Test
  void theLastOfManyBigJobsIsBegunLongBeforeTheFirstIsDone() throws Exception {
    try (StandInServices services = new StandInServices()) {
      List<UUID> files = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        files.add(
            big.upload(Tenant.users(12_000), "operation=add&maxFailures=100%&allowDuplicate=true"));
      }
      UUID last = big.upload(Tenant.users(10), "operation=add&allowDuplicate=true");

      // Nothing is done before all of them wait.
      files.forEach(file -> services.answer(file, command -> true));
      services.answer(last, command -> true);
      big.await(last, "SUCCEEDED");

      assertThat(files)
          .as("it would be the last to begin, were jobs opened as they came")
          .filteredOn(file -> big.state(file).equals("SUCCEEDED"))
          .hasSizeLessThan(6);
      files.forEach(file -> big.await(file, "SUCCEEDED"));
      files.forEach(file -> assertThat(services.rows(file)).hasSize(12_000));
    }
  }

  @Test
  void aCallIsRefusedWhenTheLineIsLongerThanAnyoneWouldWait() {
    try {
      ValidatableResponse refused =
          await("the dispatcher tells the line again with every round")
              .atMost(PATIENCE)
              .until(this::addWhileTheLineIsLong, answer -> answer.extract().statusCode() == 429);

      assertThat(refused.extract().<String>path("code")).isEqualTo("TOO_MANY_REQUESTS");
      assertThat(refused.extract().<String>path("detail")).contains("Retry-After", "one file");
      assertThat(refused.extract().header("Retry-After")).isEqualTo("8");
    } finally {
      line.is(Duration.ZERO, Duration.ofSeconds(3));
    }
  }

  private ValidatableResponse addWhileTheLineIsLong() {
    line.is(Duration.ofSeconds(7), Duration.ofSeconds(3));
    return add(small);
  }

  private static ValidatableResponse add(Tenant tenant) {
    return tenant
        .admin()
        .contentType("application/json")
        .body(Map.of("userPrincipalName", UUID.randomUUID() + "@x.com", "displayName", "A"))
        .post("/v1/rows?operation=add")
        .then();
  }
}
