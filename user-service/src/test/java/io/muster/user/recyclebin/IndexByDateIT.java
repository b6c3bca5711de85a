package io.muster.user.recyclebin;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localstack.testing.TestPlatform;
import io.muster.user.UserServicePlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * The index of removed accounts by date serves purging and nothing else. Statistics that know of no
 * removed account yet make it look as good as the one by name, and with it each row of a job that
 * removes many would go through all that the job has removed before.
 */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class IndexByDateIT {
  private static final String BY_NAME =
      """
      EXPLAIN SELECT id FROM account
      WHERE tenant_id = 'contoso' AND upn_key = 'chris@contoso.com' AND state = 'REMOVED'
      """;
  private static final String BY_DATE =
      """
      EXPLAIN SELECT id FROM account
      WHERE tenant_id = 'contoso' AND state = 'REMOVED' AND purge_at <= now()
      """;

  @Test
  void aNameIsNeverLookedForInTheIndexByDate() throws Exception {
    assertThat(planWithout("account_removed", BY_NAME)).doesNotContain("account_to_purge");
    assertThat(planWithout("account_removed", BY_DATE)).contains("account_to_purge");
  }

  /** Without the index that would be better, no statistics can make the planner take it. */
  private static String planWithout(String index, String explain) throws SQLException {
    try (Connection superuser = TestPlatform.shared().superuser("user-service");
        Statement statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute("DROP INDEX " + index);
      statement.execute("SET LOCAL enable_seqscan = off");
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines = statement.executeQuery(explain)) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      superuser.rollback();
      return plan.toString();
    }
  }
}
