package io.muster.bulkingest.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.hr.order.SettlingHires;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator sees of the feed. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HrPagesIT {
  @Inject SettlingHires settling;

  private HrOfATenant hr;
  private DirectoryStandIn directory;

  @BeforeEach
  void aTenantWithHr() {
    hr = new HrOfATenant("pages").withADomain();
    directory = new DirectoryStandIn(hr.tenant(), settling);
  }

  @AfterEach
  void close() throws InterruptedException {
    directory.close();
    hr.close();
  }

  @Test
  void everyReceiptIsListedNewestFirstWithWhatBecameOfIt() {
    HrEvent hired = hr.hired("1", 0, "Ann", "Lee");
    HrEvent other = hr.hired("2", 0, "Bo", "Smith");
    hr.tell(hired, hired);
    hr.await(hired, "APPLIED");
    hr.tell(other);
    hr.await(other, "APPLIED");

    JsonPath all = page("");
    JsonPath ofOne = page("?employee=1");
    JsonPath first = page("?limit=2");
    JsonPath second = page("?limit=2&after=" + first.getString("next"));

    assertThat(all.getList("items.disposition")).containsExactly("APPLIED", "DUPLICATE", "APPLIED");
    assertThat(ofOne.getList("items.id")).containsExactly(hired.id(), hired.id());
    assertThat(ofOne.getString("items[1].type")).isEqualTo("io.muster.hr.hired");
    assertThat(ofOne.getString("items[1].job")).isNotNull();
    assertThat(ofOne.getInt("items[1].row")).isEqualTo(1);
    assertThat(page("?disposition=duplicate").getList("items.id")).containsExactly(hired.id());
    assertThat(second.getList("items.id")).containsExactly(hired.id());
    assertThat(second.getString("next")).isNull();
  }

  @Test
  void theScheduleIsListedByItsDays() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<HrEvent> events =
        IntStream.rangeClosed(1, 3)
            .mapToObj(
                i ->
                    hr.event(
                        HrEventType.HIRED,
                        "e" + i,
                        0,
                        hr.data(
                            "e" + i, "Ann", "Lee", null, today.plusDays(9 - i), null, null, null)))
            .toList();
    hr.tell(events);
    events.forEach(event -> hr.await(event, "WAITING DATE"));

    List<String> found = new ArrayList<>();
    String next = null;
    do {
      JsonPath page =
          hr.asTenant()
              .admin()
              .get("/v1/hr/scheduled?limit=1" + (next == null ? "" : "&after=" + next))
              .jsonPath();
      found.add(page.getString("items[0].employee") + " " + page.getString("items[0].what"));
      next = page.getString("next");
    } while (next != null);

    assertThat(found).containsExactly("e3 HIRE", "e2 HIRE", "e1 HIRE");
    hr.asTenant()
        .admin()
        .get("/v1/hr/feed")
        .then()
        .statusCode(200)
        .body("state", equalTo("RUNNING"))
        .body("reason", nullValue())
        .body("scheduled", equalTo(3));
  }

  @Test
  void nobodyElseSeesOrReleasesIt() {
    HrEvent hired = hr.hired("1", 0, "Ann", "Lee");
    hr.tell(hired);
    hr.await(hired, "APPLIED");

    assertThat(
            Tenant.stranger("somebody-else", "eve", "tenant-admin")
                .get("/v1/hr/events")
                .jsonPath()
                .getList("items"))
        .isEmpty();
    for (String role : List.of("reader", "password-admin", "operator", "hr-feed")) {
      hr.asTenant().as("eve", role).get("/v1/hr/events").then().statusCode(403);
      hr.asTenant().as("eve", role).post("/v1/hr/feed/release").then().statusCode(403);
    }
    hr.asTenant()
        .admin()
        .post("/v1/hr/feed/release")
        .then()
        .statusCode(409)
        .body("code", equalTo("WRONG_STATE"));
  }

  @Test
  void whatIsAskedWronglyIsRefusedWithTheParameter() {
    for (String query :
        List.of("disposition=LOST", "after=x", "after=-1", "limit=0", "limit=1001")) {
      hr.asTenant()
          .admin()
          .get("/v1/hr/events?" + query)
          .then()
          .statusCode(400)
          .body("code", equalTo("INVALID_REQUEST"))
          .body("field", equalTo(query.substring(0, query.indexOf('='))));
    }
    hr.asTenant()
        .admin()
        .get("/v1/hr/scheduled?after=abc")
        .then()
        .statusCode(400)
        .body("field", equalTo("after"));
  }

  private JsonPath page(String query) {
    return hr.asTenant()
        .admin()
        .get("/v1/hr/events" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
