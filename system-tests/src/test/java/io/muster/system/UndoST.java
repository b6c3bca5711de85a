package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a file did can be taken back; what failed can be tried again. */
class UndoST {
  private static final int ROWS = 20_000;
  private static final int SEATS = 15_000;

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void tooFewSeatsThenARetryThenBothJobsUndoneLeaveEverythingAsItWas() throws SQLException {
    Gateway admin = system.as("undo", "tenant-admin");
    ActivationST.add(admin, "undo", ROWS);
    admin.seats("E3", SEATS);
    List<String> before = TenantPicture.of(system, "undo");
    String file = ActivationST.names("undo", 1, ROWS);

    JsonNode first = admin.run("operation=enable&license=E3&maxFailures=100%25", file);

    assertThat(first.path("state").asText()).isEqualTo("PARTIALLY_FAILED");
    assertThat(admin.rows(first, "FAILED"))
        .as("rows beyond the last seat, in row order")
        .containsExactlyElementsOf(
            IntStream.rangeClosed(SEATS + 1, ROWS)
                .mapToObj(row -> row + " NO_SEATS_LEFT")
                .toList());
    assertThat(admin.get("/v1/subscriptions/E3").json().path("freeSeats").asLong()).isZero();

    admin.seats("E3", ROWS);
    JsonNode retried = admin.child(first, "retry");

    assertThat(retried.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(retried.path("source").asText()).isEqualTo("RETRY");
    assertThat(retried.path("parent").asText()).isEqualTo(first.path("id").asText());
    assertThat(retried.path("rows").path("total").asLong()).isEqualTo(ROWS - SEATS);

    JsonNode undoneRetry = admin.child(retried, "undo");
    JsonNode undoneFirst = admin.child(first, "undo");

    assertThat(undoneRetry.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(undoneFirst.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(undoneFirst.path("operation").asText()).isEqualTo("ENABLE");
    admin.seats("E3", SEATS);
    assertThat(TenantPicture.of(system, "undo")).isEqualTo(before);
    assertThat(
            system.strings(
                "user-service", "SELECT count(*) FROM credential WHERE tenant_id = 'undo'"))
        .containsExactly("0");
  }

  @Test
  void everyOperationIsTakenBackAsTheRowFoundIt() throws SQLException {
    Gateway admin = system.as("undo-each", "tenant-admin");
    admin.seats("E3", 10);
    admin.seats("E5", 10);
    ActivationST.add(admin, "undo-each", 5);
    JsonNode enabled =
        admin.run("operation=enable&license=E3", ActivationST.names("undo-each", 1, 4));
    String[] operations = {
      "operation=add|UPN,DisplayName\nnew@undo-each.com,New\n",
      "operation=set|UPN,Department,JobTitle\nu1@undo-each.com,Sales,-\nu5@undo-each.com,Sales,Clerk\n",
      "operation=disable|UPN\nu1@undo-each.com\nu5@undo-each.com\n",
      "operation=remove|UPN\nu2@undo-each.com\nu5@undo-each.com\n",
      "operation=set-licenses|UPN,Licenses\nu3@undo-each.com,E5\nu4@undo-each.com,-\nu5@undo-each.com,E3;E5\n",
      "operation=set-password|UPN\nu5@undo-each.com\n",
    };
    for (String each : operations) {
      List<String> before = TenantPicture.of(system, "undo-each");
      String[] parts = each.split("\\|");

      JsonNode done = admin.run(parts[0], parts[1]);
      List<String> between = TenantPicture.of(system, "undo-each");
      JsonNode undone = admin.child(done, "undo");

      assertThat(done.path("state").asText()).as(parts[0]).isEqualTo("SUCCEEDED");
      assertThat(between).as(parts[0]).isNotEqualTo(before);
      assertThat(undone.path("state").asText()).as("undo of " + parts[0]).isEqualTo("SUCCEEDED");
      assertThat(TenantPicture.of(system, "undo-each")).as(parts[0]).isEqualTo(before);
    }
    JsonNode replaced = admin.run("operation=set-password", "UPN\nu1@undo-each.com\n");
    assertThat(admin.rows(admin.child(replaced, "undo"), "FAILED"))
        .containsExactly("1 NOT_UNDOABLE");
    assertThat(admin.child(enabled, "undo").path("rows").path("failed").asLong())
        .as("u1 has a newer credential, the others are as they were")
        .isEqualTo(1);
  }

  @Test
  void anAccountThatIsTakenAwayLeavesNoSeatBehind() {
    Gateway admin = system.as("undo-add", "tenant-admin");
    admin.seats("E3", 2);
    JsonNode added = admin.run("operation=add", "UPN,Name\na@undo-add.com,A\nb@undo-add.com,B\n");
    admin.run("operation=set-licenses", "UPN,Licenses\na@undo-add.com,E3\n");

    JsonNode undone = admin.child(added, "undo");

    assertThat(undone.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(admin.get("/v1/subscriptions/E3").json().path("assignedSeats").asLong()).isZero();
    admin.run("operation=add", "UPN,Name\na@undo-add.com,Another\n");
    assertThat(admin.get("/v1/users/a@undo-add.com").json().path("licenses")).isEmpty();
  }

  @Test
  void anAccountThatIsRemovedAgainLeavesNoSeatBehind() {
    Gateway admin = system.as("undo-restore", "tenant-admin");
    admin.seats("E3", 2);
    admin.run("operation=add", "UPN,Name\na@undo-restore.com,A\n");
    admin.run("operation=remove", "UPN\na@undo-restore.com\n");
    JsonNode restored = admin.run("operation=restore", "UPN\na@undo-restore.com\n");
    admin.run("operation=set-licenses", "UPN,Licenses\na@undo-restore.com,E3\n");

    JsonNode undone = admin.child(restored, "undo");

    assertThat(undone.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(admin.get("/v1/users/a@undo-restore.com").json().path("state").asText())
        .isEqualTo("REMOVED");
    assertThat(admin.get("/v1/subscriptions/E3").json().path("assignedSeats").asLong()).isZero();
  }

  @Test
  void aRemovalComesBackWithItsSeatsOrNotAtAll() throws SQLException {
    Gateway admin = system.as("undo-remove", "tenant-admin");
    admin.seats("E3", 2);
    ActivationST.add(admin, "undo-remove", 3);
    admin.run("operation=enable&license=E3", ActivationST.names("undo-remove", 1, 2));
    JsonNode removed = admin.run("operation=remove", ActivationST.names("undo-remove", 1, 2));
    admin.run("operation=enable&license=E3", ActivationST.names("undo-remove", 3, 3));

    JsonNode undone = admin.child(removed, "undo");

    // Which of the two finds the last seat is open: two users are on two partitions, and the seats
    // are asked for by user-service as it gets to them.
    assertThat(undone.path("rows").path("succeeded").asLong()).isEqualTo(1);
    assertThat(admin.rows(undone, "FAILED"))
        .singleElement()
        .asString()
        .matches("[12] NO_SEATS_LEFT");
    assertThat(
            List.of(
                admin.get("/v1/users/u1@undo-remove.com").json().path("state").asText(),
                admin.get("/v1/users/u2@undo-remove.com").json().path("state").asText()))
        .containsExactlyInAnyOrder("ACTIVE", "REMOVED");
    assertThat(admin.get("/v1/subscriptions/E3").json().path("assignedSeats").asLong())
        .isEqualTo(2);
  }
}
