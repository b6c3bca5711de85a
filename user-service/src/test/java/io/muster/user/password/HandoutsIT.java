package io.muster.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.CommandId;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Keysets;
import io.muster.sealing.SealBroken;
import io.muster.sealing.Secret;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class HandoutsIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final String tenant = "t" + UuidCreator.getTimeOrderedEpoch().toString().substring(0, 18);
  private final String other = "o" + tenant.substring(1);
  private final UUID job = UuidCreator.getTimeOrderedEpoch();
  private final Keysets keysets = Keysets.inMemory();
  private final Handouts handouts = at(NOON);

  @Test
  void manyAreKeptSealedAndOnlyAsWhatTheyAre() throws Exception {
    List<Handout> made = IntStream.rangeClosed(1, 500).mapToObj(i -> handout(tenant, i)).toList();

    keep(handouts, made);

    assertThat(rows("SELECT count(*) FROM handout WHERE tenant_id = ?")).containsExactly("500");
    assertThat(rows("SELECT submitter FROM handout_job WHERE tenant_id = ?"))
        .containsExactly("ada@contoso.com");
    byte[] sealed = sealed(17);
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("secret-17");
    assertThat(handouts.open(tenant, job, 17, sealed).reveal()).isEqualTo("secret-17");
    assertThatThrownBy(() -> handouts.open(tenant, job, 18, sealed)).isInstanceOf(SealBroken.class);
    assertThatThrownBy(() -> handouts.open(other, job, 17, sealed)).isInstanceOf(SealBroken.class);
  }

  @Test
  void aBatchMayHoldSeveralTenantsAndJobs() throws Exception {
    keep(handouts, List.of(handout(other, 1), handout(tenant, 2), handout(tenant, 1)));

    assertThat(rows("SELECT row_no FROM handout WHERE tenant_id = ? ORDER BY row_no"))
        .containsExactly("1", "2");
    assertThat(rows("SELECT count(*) FROM handout_job WHERE tenant_id = ?")).containsExactly("1");
  }

  @Test
  void onlyTheNamedOnesAreShredded() throws Exception {
    keep(handouts, List.of(handout(tenant, 1), handout(tenant, 2), handout(tenant, 3)));

    inTransaction(
        connection ->
            handouts.shred(
                connection,
                List.of(
                    new Handout.Of(tenant, new CommandId(job, 1)),
                    new Handout.Of(tenant, new CommandId(job, 3)),
                    new Handout.Of(tenant, new CommandId(job, 4)),
                    new Handout.Of(other, new CommandId(job, 2)))));

    assertThat(rows("SELECT row_no FROM handout WHERE tenant_id = ?")).containsExactly("2");
  }

  @Test
  void theWeekForCollectingCountsFromTheLastPasswordOfAJob() throws Exception {
    keep(handouts, List.of(handout(tenant, 1)));

    keep(at(NOON.plus(Duration.ofMinutes(59))), List.of(handout(tenant, 2)));
    assertThat(madeAt()).as("not with every batch").isEqualTo(NOON);

    Instant days = NOON.plus(Duration.ofDays(5));
    keep(at(days), List.of(handout(tenant, 3)));
    assertThat(madeAt()).isEqualTo(days);
  }

  @Test
  void aJobThatGoesOnAfterItsHandoutsWereShreddedHasHandoutsAgain() throws Exception {
    keep(handouts, List.of(handout(tenant, 1)));
    inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("UPDATE handout_job SET shredded_at = now()")) {
            statement.executeUpdate();
          }
        });

    keep(at(NOON.plusSeconds(1)), List.of(handout(tenant, 2)));

    assertThat(rows("SELECT shredded_at FROM handout_job WHERE tenant_id = ?"))
        .containsExactly((String) null);
  }

  @Test
  void anEmptyBatchIsNoWork() throws Exception {
    handouts.keep(null, List.of());
    handouts.shred(null, List.of());
  }

  private Handouts at(Instant time) {
    return new Handouts(keysets, Clock.fixed(time, ZoneOffset.UTC));
  }

  private Handout handout(String whose, long row) {
    return new Handout(
        whose,
        job,
        row,
        "user" + row + "@contoso.com",
        "ada@contoso.com",
        Secret.of("secret-" + row));
  }

  private void keep(Handouts into, List<Handout> made) throws SQLException {
    inTransaction(connection -> into.keep(connection, made));
  }

  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  private void inTransaction(Work work) throws SQLException {
    try (Connection connection = TestPlatform.shared().as("user_service_app", "user-service")) {
      connection.setAutoCommit(false);
      TenantScope.enter(connection, List.of(tenant, other));
      work.on(connection);
      connection.commit();
    }
  }

  private Instant madeAt() throws SQLException {
    return Instant.parse(
        rows("SELECT to_char(made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                + " FROM handout_job WHERE tenant_id = ?")
            .get(0));
  }

  private List<String> rows(String query) throws SQLException {
    try (Connection auditor = TestPlatform.shared().as("muster_auditor", "user-service");
        PreparedStatement statement = auditor.prepareStatement(query)) {
      statement.setString(1, tenant);
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private byte[] sealed(long row) throws SQLException {
    try (Connection auditor = TestPlatform.shared().as("muster_auditor", "user-service");
        PreparedStatement statement =
            auditor.prepareStatement(
                "SELECT sealed FROM handout WHERE tenant_id = ? AND row_no = ?")) {
      statement.setString(1, tenant);
      statement.setLong(2, row);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBytes(1);
      }
    }
  }
}
