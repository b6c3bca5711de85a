package io.muster.user;

import static io.muster.contracts.command.Operation.ADD;
import static io.muster.contracts.command.Operation.DISABLE;
import static io.muster.contracts.command.Operation.ENABLE;
import static io.muster.contracts.command.Operation.REMOVE;
import static io.muster.contracts.command.Operation.SET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.Outcome;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class DryRunsIT {
  private static final String ADA = "ada@x.com";
  private static final int FILES = 40;
  private static final int ROWS = 25;

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject OneByOne oneByOne;

  private final String tenant = Jobs.aTenant();

  @Test
  void aDryRunPredictsRowByRowWhatTheRealRunThenDoes() throws SQLException {
    for (long seed = 1; seed <= FILES; seed++) {
      String itsTenant = Jobs.aTenant();
      oneByOne.apply(file(itsTenant, seed, 1, UuidCreator.getTimeOrderedEpoch(), false));
      List<String> before = everythingOf(itsTenant);

      List<Outcome> predicted =
          oneByOne.apply(file(itsTenant, seed + FILES, 2, UuidCreator.getTimeOrderedEpoch(), true));

      assertThat(everythingOf(itsTenant)).as("seed " + seed).isEqualTo(before);
      List<Outcome> real =
          oneByOne.apply(
              file(itsTenant, seed + FILES, 3, UuidCreator.getTimeOrderedEpoch(), false));
      assertThat(predicted)
          .as("seed " + seed + ", but for what others are told")
          .isEqualTo(real.stream().map(outcome -> outcome.telling(null)).toList());
    }
  }

  @Test
  void whatOneJobTriesOutIsNoBusinessOfAnother() {
    Jobs one = Jobs.aJobOf(tenant);
    Jobs other = Jobs.aJobOf(tenant);

    assertThat(tried(one.a(ADD, 1, ADA))).isEqualTo(Outcome.applied());
    assertThat(tried(other.a(ENABLE, 1, ADA)).code()).isEqualTo(RowCode.USER_NOT_FOUND);
    assertThat(tried(one.a(ENABLE, 2, ADA))).isEqualTo(Outcome.applied());
  }

  @Test
  void aRowThatWouldFindNoSeatsLeavesTheUserAsItFoundThem() throws SQLException {
    Jobs setUp = Jobs.aJobOf(tenant);
    oneByOne.apply(setUp.a(ADD, 1, ADA).command());
    Jobs job = Jobs.aJobOf(tenant);
    UserCommand enable = job.a(ENABLE, 1, ADA).withLicensePart().tryingOut().command();
    oneByOne.apply(enable);
    assertThat(shadow("credential")).isEqualTo("GENERATED");

    Outcome undone = oneByOne.apply(ARow.undoOf(enable));

    assertThat(undone.part()).isEqualTo(PartOutcome.UNDONE);
    assertThat(Tables.count("dry_run_account", tenant)).isZero();
    UserCommand again = job.a(ENABLE, 2, ADA).withLicensePart().tryingOut().command();
    oneByOne.apply(again);
    tried(job.a(REMOVE, 3, ADA));
    oneByOne.apply(ARow.undoOf(again));
    assertThat(shadow("credential")).as("as before the row below").isEqualTo("NONE");
    assertThat(shadow("state")).as("the newer row stands").isEqualTo("REMOVED");
    assertThat(shadow("removedFrom")).contains("DISABLED");
    assertThat(Tables.count("change", tenant)).isEqualTo(1);
  }

  @Test
  void aGivenPasswordIsOpenedAndNeverHashedOrKept() throws Exception {
    Jobs setUp = Jobs.aJobOf(tenant);
    oneByOne.apply(setUp.a(ADD, 1, ADA).command());
    PasswordSealer sealer = PasswordSealer.open(publicKeys, tenant, Clock.systemUTC());
    Jobs job = Jobs.aJobOf(tenant);

    Outcome good =
        tried(
            job.a(SET_PASSWORD, 1, ADA).password(sealer.seal(ADA, Secret.of("Vorn-Lapi-92-Xk4"))));
    Outcome broken =
        tried(
            job.a(SET_PASSWORD, 2, ADA)
                .password(sealer.seal("bob@x.com", Secret.of("Vorn-Lapi-92-Xk4"))));

    assertThat(good).isEqualTo(Outcome.applied());
    assertThat(broken.code()).isEqualTo(RowCode.INVALID_VALUE);
    assertThat(Tables.count("credential", tenant)).isZero();
    assertThat(
            Tables.strings("SELECT account::text FROM dry_run_account WHERE tenant_id = ?", tenant))
        .noneSatisfy(text -> assertThat(text).contains("argon2"));
  }

  @Test
  void anUndoIsNotTriedOut() {
    Jobs job = Jobs.aJobOf(tenant);
    UserCommand disable = job.a(DISABLE, 1, ADA).command();

    assertThat(tried(Jobs.aJobOf(tenant).a(DISABLE, 1, ADA).takingBack(disable)).code())
        .isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
  }

  private static List<UserCommand> file(
      String tenant, long seed, long submission, UUID job, boolean dryRun) {
    RandomRows random = new RandomRows(tenant, seed);
    List<UserCommand> rows = new ArrayList<>();
    for (long row = 1; row <= ROWS; row++) {
      ARow next = random.next(job, row, submission);
      rows.add((dryRun ? next.tryingOut() : next).command());
    }
    return rows;
  }

  private Outcome tried(ARow row) {
    return oneByOne.apply(row.tryingOut().command());
  }

  private String shadow(String field) throws SQLException {
    return Tables.strings(
            "SELECT account -> 'signIn' ->> '%s' FROM dry_run_account WHERE tenant_id = ?"
                    .formatted(field)
                + " ORDER BY row_no DESC",
            tenant)
        .get(0);
  }

  private static List<String> everythingOf(String tenant) throws SQLException {
    List<String> found = new ArrayList<>();
    for (String table : List.of("account", "credential", "change", "handout", "handout_job")) {
      found.addAll(
          Tables.strings(
              "SELECT t::text FROM %s t WHERE tenant_id = ? ORDER BY 1".formatted(table), tenant));
    }
    return found;
  }
}
