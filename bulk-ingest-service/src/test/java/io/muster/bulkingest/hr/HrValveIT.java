package io.muster.bulkingest.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.hr.order.SettlingHires;
import io.muster.contracts.hr.HrEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed that would disable too many people stops and asks. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HrValveIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject SettlingHires settling;

  private HrOfATenant hr;
  private DirectoryStandIn directory;

  @BeforeEach
  void aTenantWithHr() {
    hr = new HrOfATenant("valve").withADomain();
    directory = new DirectoryStandIn(hr.tenant(), settling);
  }

  @AfterEach
  void close() throws InterruptedException {
    directory.close();
    hr.close();
  }

  @Test
  void aFeedThatDisablesMoreThanAFifthPausesAndGoesOnWhenItIsReleased() {
    employ(20);
    List<HrEvent> leaving = IntStream.rangeClosed(1, 9).mapToObj(i -> hr.left("e" + i, 5)).toList();
    HrEvent hired = hr.hired("new", 6, "Nora", "New");

    hr.tell(leaving);
    await().atMost(PATIENCE).until(() -> disabled() == 4);
    await().atMost(PATIENCE).until(() -> hr.dispositions().getOrDefault("WAITING", 0L) == 5L);
    int asked = directory.questions();
    hr.tell(hired);

    hr.await(hired, "WAITING RELEASE");
    assertThat(directory.questions()).as("who waits isn't asked about").isEqualTo(asked);
    hr.asTenant()
        .admin()
        .get("/v1/hr/feed")
        .then()
        .statusCode(200)
        .body("state", equalTo("PAUSED"))
        .body("waiting", equalTo(6))
        .body("reason", containsString("4 of the 20 active accounts"));

    hr.asTenant()
        .admin()
        .post("/v1/hr/feed/release")
        .then()
        .statusCode(202)
        .body("state", equalTo("RUNNING"));

    await().atMost(PATIENCE).until(() -> disabled() == 9);
    hr.await(hired, "APPLIED");
    leaving.forEach(event -> hr.await(event, "APPLIED"));

    // From then on it counts anew.
    List<HrEvent> more = IntStream.rangeClosed(10, 13).mapToObj(i -> hr.left("e" + i, 7)).toList();
    hr.tell(more);
    await().atMost(PATIENCE).until(() -> disabled() == 11);
    await().atMost(PATIENCE).until(() -> hr.dispositions().getOrDefault("WAITING", 0L) == 2L);
  }

  @Test
  void theShareIsOfThoseWhoWereThereBeforeTheFirstAndOfOneDay() {
    employ(20);
    leave(1, 3);
    await().atMost(PATIENCE).until(() -> disabled() == 3);

    HrEvent fourth = leave(4, 4);
    hr.await(fourth, "APPLIED");
    await().atMost(PATIENCE).until(() -> disabled() == 4);
    Tenant.change(
        "UPDATE hr_event SET decided_at = decided_at - interval '25 hours' WHERE tenant_id = ?",
        hr.tenant());
    Tenant.change(
        "UPDATE hr_feed SET measured_at = measured_at - interval '25 hours' WHERE tenant_id = ?",
        hr.tenant());
    HrEvent nextDay = leave(5, 5);

    hr.await(nextDay, "APPLIED");
  }

  /** The last of their events. */
  private HrEvent leave(int from, int to) {
    List<HrEvent> leaving =
        IntStream.rangeClosed(from, to).mapToObj(i -> hr.left("e" + i, 5)).toList();
    hr.tell(leaving);
    return leaving.get(leaving.size() - 1);
  }

  @Test
  void aShopOfThreeCanLetSomebodyGo() {
    employ(3);
    HrEvent left = hr.left("e1", 5);

    hr.tell(left);

    hr.await(left, "APPLIED");
  }

  private void employ(int people) {
    hr.tell(
        IntStream.rangeClosed(1, people)
            .mapToObj(i -> hr.hired("e" + i, 0, "P", "No" + i))
            .toList());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                IntStream.rangeClosed(1, people)
                    .allMatch(i -> String.valueOf(hr.person("e" + i)).startsWith("EMPLOYED")));
  }

  private long disabled() {
    return directory.accounts().values().stream().filter(account -> !account.active()).count();
  }
}
