package io.muster.license.dryrun;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.LicenseCommand;
import io.muster.license.Commands;
import io.muster.license.LicenseServicePlatform;
import io.muster.license.OnTheBus;
import io.muster.license.SeatsDatabase;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** "This file needs 412 E3, 380 are free." */
@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class DryRunSeatsIT {
  private final SeatsDatabase database = SeatsDatabase.shared();

  @Test
  void whatTheFileNeedsIsToldBesideWhatWasFreeWhenItBegan() {
    String tenant = database.aTenantWithSeats(3, "E3", "F1");
    database.holds(tenant, "has@contoso.com", "E3");
    Commands job = Commands.dryRun(tenant, 2);
    LicenseCommand refusedByBoth = job.take(6, "nobody@contoso.com", "E3");
    LicenseCommand refusedByUser = job.take(1, "noone@contoso.com", "E3", "F1");
    OnTheBus.answers(
        List.of(
            refusedByUser,
            Commands.undo(refusedByUser),
            job.take(2, "ada@contoso.com", "E3"),
            job.take(3, "bob@contoso.com", "E3"),
            job.take(4, "cy@contoso.com", "E3"),
            job.take(5, "has@contoso.com", "E3"),
            refusedByBoth,
            Commands.undo(refusedByBoth),
            job.take(7, "di@contoso.com", "E9", "F1"),
            job.takeAs("password-admin", 8, "ed@contoso.com", "F1")));

    Response seats = seats(tenant, "tenant-admin", job.job());

    assertThat(seats.statusCode()).isEqualTo(200);
    assertThat(seats.jsonPath().getList("items"))
        .isEqualTo(List.of(Map.of("sku", "E3", "needed", 3, "free", 2)));
    assertThat(database.sums(tenant)).isEqualTo(Map.of("E3", "1", "F1", "0"));
  }

  @Test
  void aJobOfSomebodyElseOrNoDryRunNeedsNothing() {
    String tenant = database.aTenantWithSeats(3, "E3");
    Commands job = Commands.dryRun(tenant, 1);
    Commands real = new Commands(tenant, 2);
    OnTheBus.answers(List.of(job.take(1, "ada@contoso.com", "E3")));
    OnTheBus.answers(List.of(real.take(1, "ada@contoso.com", "E3")));

    assertThat(items(SeatsDatabase.aTenant(), job.job())).isEmpty();
    assertThat(items(tenant, real.job())).isEmpty();
    assertThat(items(tenant, job.job())).hasSize(1);
  }

  @Test
  void onlyThoseWhoMayUploadAsk() {
    String tenant = SeatsDatabase.aTenant();
    UUID job = UUID.randomUUID();

    assertThat(given().get("/v1/dry-runs/" + job + "/seats").statusCode()).isEqualTo(401);
    for (String role : List.of("reader", "operator", "hr-feed")) {
      assertThat(seats(tenant, role, job).statusCode()).as(role).isEqualTo(403);
    }
    assertThat(seats(tenant, "password-admin", job).statusCode()).isEqualTo(200);
    assertThat(
            given()
                .auth()
                .oauth2(token(tenant, "tenant-admin"))
                .get("/v1/dry-runs/nonsense/seats")
                .statusCode())
        .isEqualTo(404);
  }

  private static List<?> items(String tenant, UUID job) {
    return seats(tenant, "tenant-admin", job).jsonPath().getList("items");
  }

  private static Response seats(String tenant, String role, UUID job) {
    return given().auth().oauth2(token(tenant, role)).get("/v1/dry-runs/" + job + "/seats");
  }

  private static String token(String tenant, String role) {
    return TestPlatform.shared().token(tenant, "someone", Set.of(role), Set.of());
  }
}
