package io.muster.license.check;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.license.LicenseServicePlatform;
import io.muster.license.SeatsDatabase;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class ComparingSumsIT {
  @Inject ComparingSums comparing;

  private final TestPlatform platform = TestPlatform.shared();
  private final SeatsDatabase database = SeatsDatabase.shared();

  @Test
  void sumsAreComparedWithoutBeingAsked() {
    await().atMost(Duration.ofSeconds(20)).until(() -> gauge().equals("0.0"));
  }

  @Test
  void aSumThatIsWrongIsFoundAndHealthIsSeenAgain() throws SQLException {
    String tenant = database.aTenantWithSeats(5, "E3", "F1");
    database.holds(tenant, "ada@contoso.com", "E3");
    comparing.compare();
    assertThat(gauge()).isEqualTo("0.0");

    tamper("UPDATE subscription SET assigned_seats = 2 WHERE tenant_id = '" + tenant + "'");
    comparing.compare();
    assertThat(gauge()).isEqualTo("2.0");

    tamper(
        """
        UPDATE subscription s SET assigned_seats = (SELECT count(*) FROM license_assignment a
          WHERE a.tenant_id = s.tenant_id AND a.sku = s.sku) WHERE tenant_id = '%s'
        """
            .formatted(tenant));
    comparing.compare();
    assertThat(gauge()).isEqualTo("0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT user_principal_name FROM license_assignment",
        "SELECT upn_key FROM license_assignment",
        "SELECT name FROM subscription",
        "SELECT * FROM command_inbox",
        "UPDATE subscription SET assigned_seats = 0",
        "DELETE FROM license_assignment"
      })
  void theFinderSeesNobodysNameAndChangesNothing(String attempt) throws SQLException {
    try (Connection finder = platform.as("license_service_finder", "license-service");
        Statement statement = finder.createStatement()) {
      assertThatThrownBy(() -> statement.execute(attempt))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aSeatOfNoSubscriptionIsNotKept() throws SQLException {
    String tenant = database.aTenantWithSeats(5, "E3");

    assertThatThrownBy(() -> database.holds(tenant, "ada@contoso.com", "E3", "F1"))
        .rootCause()
        .isInstanceOf(SQLException.class)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("23503");
  }

  private static String gauge() {
    return get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("muster_seats_mismatches"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("none");
  }

  private void tamper(String sql) throws SQLException {
    try (Connection superuser = platform.superuser("license-service");
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}
