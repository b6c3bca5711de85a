package io.muster.user.provisioning.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.inbox.database.DayPartitions;
import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class ForgettingTriesIT {
  @Inject DayPartitions days;
  @Inject ForgettingTries forgetting;

  @Test
  void whatWasTriedOutIsForgottenADayAtATimeAndCanBeTriedAgain() throws SQLException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate old = today.minusDays(9);
    LocalDate kept = today.minusDays(8);
    days.ensure(Set.of(old, kept, today));
    assertThat(partitions()).contains(named(old), named(kept), named(today));

    forgetting.forget();

    assertThat(partitions()).contains(named(kept), named(today)).doesNotContain(named(old));
    days.forget();
    days.ensure(Set.of(old));
    assertThat(partitions()).contains(named(old));
  }

  private static String named(LocalDate day) {
    return "dry_run_account_" + day.toString().replace("-", "");
  }

  private static List<String> partitions() throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser("user-service");
        Statement statement = superuser.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT inhrelid::regclass::text FROM pg_inherits"
                    + " WHERE inhparent = 'dry_run_account'::regclass")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
