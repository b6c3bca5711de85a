package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.UserCommand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is filled behind the jobs, from the commands on. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class FollowingUpIT {
  private static final String AS_THEY_ARE =
      """
      SELECT string_agg(upn_key || ' ' || state, ',' ORDER BY upn_key) FROM account WHERE tenant_id = ?
      """;
  private static final String AS_THEY_ARE_FOUND =
      """
      SELECT string_agg(upn_key || ' ' || state, ',' ORDER BY upn_key) FROM account_search
      WHERE tenant_id = ?
      """;

  /** A note that named a big job beside a small one would have its rows followed up at once. */
  private static final String JOBS_OF_A_NOTE =
      """
      SELECT max(jobs) FROM (
          SELECT count(DISTINCT job_id) AS jobs FROM change_batch WHERE tenant_id = ? GROUP BY id)
      """;

  private final String tenant = Jobs.aTenant();
  private Bus bus;

  @BeforeEach
  void connect() {
    bus = new Bus();
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void theSearchTableFollowsEveryChangeOfAnAccount() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    bus.send(List.of(adding.add(1, "a@x.com", "department", "Research"), adding.add(2, "b@x.com")));
    assertThat(bus.answers(adding.id, 2)).hasSize(2);
    awaitFollowedUp();
    assertThat(Tables.strings("SELECT words FROM account_search WHERE tenant_id = ?", tenant))
        .containsExactlyInAnyOrder("\na@x.com\nuser 1\nresearch\n", "\nb@x.com\nuser 2\n");
    Jobs enabling = Jobs.aJobOf(tenant);
    UserCommand enable = enabling.enable(1, "a@x.com", null);

    bus.send(List.of(enable, enabling.enable(2, "nobody@x.com", null)));
    assertThat(bus.answers(enabling.id, 2)).hasSize(2);
    awaitFollowedUp();
    assertThat(Tables.strings(AS_THEY_ARE_FOUND, tenant))
        .containsExactly("a@x.com ACTIVE,b@x.com DISABLED");

    bus.send(List.of(enabling.undo(enable)));
    assertThat(bus.receive(enabling.id, 1)).hasSize(1);
    awaitFollowedUp();
    assertThat(Tables.strings(AS_THEY_ARE_FOUND, tenant))
        .containsExactly("a@x.com DISABLED,b@x.com DISABLED");
  }

  @Test
  void aBatchLeavesOneNoteForEachJobWhichGoesWhenItIsFollowedUp() throws Exception {
    Jobs adding = Jobs.aJobOf(tenant);
    Jobs enabling = Jobs.aJobOf(tenant);
    List<UserCommand> commands = new ArrayList<>();
    for (int row = 1; row <= 300; row++) {
      commands.add(adding.add(row, "u" + row + "@x.com"));
    }
    for (int row = 1; row <= 300; row++) {
      commands.add(enabling.enable(row, "u" + row + "@x.com", null));
    }

    bus.send(commands);
    assertThat(bus.answers(adding.id, 300)).hasSize(300);
    assertThat(bus.answers(enabling.id, 300)).hasSize(300);
    awaitFollowedUp();

    assertThat(Tables.strings(AS_THEY_ARE_FOUND, tenant))
        .isEqualTo(Tables.strings(AS_THEY_ARE, tenant));
    assertThat(Tables.count("change_by_user", tenant)).isEqualTo(600);
    assertThat(
            Tables.strings("SELECT sum(row_count) FROM change_batch WHERE tenant_id = ?", tenant))
        .containsExactly("600");
    assertThat(Tables.count("change_batch", tenant)).isLessThan(100);
    assertThat(Tables.strings(JOBS_OF_A_NOTE, tenant)).containsExactly("1");
  }

  private void awaitFollowedUp() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Tables.count("follow_up", tenant) == 0 && Tables.count("search_due", tenant) == 0);
  }
}
