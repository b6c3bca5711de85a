package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.inbox.Outcome;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.muster.user.provisioning.Provisioning;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class EnablingByTopicIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject Provisioning provisioning;
  @Inject TenantScope tenants;

  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);
  private Bus bus;
  private PasswordSealer sealer;

  @BeforeEach
  void connect() throws IOException {
    bus = new Bus();
    sealer = PasswordSealer.open(publicKeys, tenant, Clock.systemUTC());
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  /** The order in which a user's commands arrive: two of two jobs, and their undos. */
  private record Arrival(String upn, EnableModel model, List<UserCommand> commands) {}

  @Test
  void everyOrderOfTwoRowsAndTheirUndosEndsAsTheIntentionsThatAreLeft() throws Exception {
    Jobs older = Jobs.aJobOf(tenant);
    Jobs newer = Jobs.aJobOf(tenant);
    List<UserCommand> accounts = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    for (int variant = 0; variant < 8; variant++) {
      for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
        // Undone both, undone one of them, or none: the rest of the order stays as it is.
        for (int left = 0; left < 4; left++) {
          arrivals.add(arrival(arrivals.size() + 1L, variant, order, left, older, newer, accounts));
        }
      }
    }
    bus.send(accounts);
    assertThat(bus.answers(setUp.id, accounts.size())).hasSize(accounts.size());
    List<UserCommand> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (Arrival arrival : arrivals) {
        if (i < arrival.commands().size()) {
          all.add(arrival.commands().get(i));
        }
      }
    }

    bus.send(all);
    waitForAll(accounts.size() + all.size());

    Map<String, String> found = signIns();
    for (Arrival arrival : arrivals) {
      EnableModel.State meant = arrival.model().now();
      assertThat(found.get(arrival.upn())).as(told(arrival)).isEqualTo(text(meant));
    }
    assertThat(dangling()).as("credentials that no account points at, or that are gone").isEmpty();
  }

  @Test
  void aGivenPasswordIsSetAndMustBeChangedAndAGeneratedOneLiesReady() throws SQLException {
    bus.send(List.of(setUp.add(1, "a@x.com"), setUp.add(2, "b@x.com")));
    assertThat(bus.answers(setUp.id, 2)).hasSize(2);
    Jobs job = Jobs.aJobOf(tenant);

    bus.send(List.of(job.enable(1, "A@X.com", sealed("a@x.com")), job.enable(2, "b@x.com", null)));

    assertThat(bus.answers(job.id, 2).values())
        .extracting(RowResult::outcome)
        .containsOnly(PartOutcome.APPLIED);
    assertThat(
            Tables.strings(
                """
                SELECT a.upn_key || ' ' || a.state || ' ' || a.credential || ' '
                    || a.must_change_password || ' ' || split_part(c.hash, '$', 2)
                FROM account a JOIN credential c ON c.tenant_id = a.tenant_id AND c.id = a.credential_id
                WHERE a.tenant_id = ? ORDER BY 1
                """,
                tenant))
        .containsExactly(
            "a@x.com ACTIVE SET true argon2id", "b@x.com ACTIVE GENERATED true hmac-sha256");
    assertThat(
            Tables.strings("SELECT user_principal_name FROM handout WHERE tenant_id = ?", tenant))
        .containsExactly("b@x.com");
  }

  @Test
  void whatCanNotBeEnabledIsRefusedAndChangesNothing() throws SQLException {
    bus.send(List.of(setUp.add(1, "a@x.com"), setUp.add(2, "gone@x.com")));
    assertThat(bus.answers(setUp.id, 2)).hasSize(2);
    Tables.tamper(
        "UPDATE account SET state = 'REMOVED' WHERE tenant_id = '%s' AND upn_key = 'gone@x.com'"
            .formatted(tenant));
    Jobs job = Jobs.aJobOf(tenant);

    bus.send(
        List.of(
            job.enable(1, "nobody@x.com", null),
            job.enable(2, "gone@x.com", null),
            job.enable(3, "a@x.com", sealed("somebody-else@x.com"))));
    Jobs byReader = Jobs.aJobOf(tenant).submittedAs("reader");
    bus.send(List.of(byReader.enable(1, "a@x.com", null)));

    Map<Long, RowResult> answers = bus.answers(job.id, 3);
    assertThat(answers.values())
        .extracting(RowResult::code)
        .containsExactly(RowCode.USER_NOT_FOUND, RowCode.USER_REMOVED, RowCode.INVALID_VALUE);
    assertThat(bus.answers(byReader.id, 1).get(1L).code()).isEqualTo(RowCode.OPERATION_NOT_ALLOWED);
    assertThat(signIns().get("a@x.com")).startsWith("DISABLED");
    assertThat(Tables.count("credential", tenant)).isZero();
  }

  @Test
  void anIntentionThatIsOlderThanWhatWasDecidedSinceIsSuperseded() throws SQLException {
    bus.send(List.of(setUp.add(1, "a@x.com")));
    assertThat(bus.answers(setUp.id, 1)).hasSize(1);
    Jobs waiting = Jobs.aJobOf(tenant);
    Jobs sinceThen = Jobs.aJobOf(tenant);
    // What a disable of that moment leaves: the state, under its own stamp.
    Tables.tamper(
        "UPDATE account SET state_submission = %d, state_row = 1 WHERE tenant_id = '%s'"
            .formatted(sinceThen.stamp(1).submission(), tenant));

    bus.send(List.of(waiting.enable(1, "a@x.com", null)));

    assertThat(bus.answers(waiting.id, 1).get(1L).code()).isEqualTo(RowCode.SUPERSEDED);
    assertThat(signIns().get("a@x.com")).startsWith("DISABLED");
    assertThat(Tables.count("handout", tenant)).isZero();
  }

  @Test
  void anAddedAccountKeepsItsPasswordAndAnActiveOneWithoutGetsOne() throws SQLException {
    bus.send(
        List.of(
            setUp.addWithPassword(1, "blocked@x.com", sealed("blocked@x.com")),
            setUp.addActive(2, "active@x.com"),
            setUp.addWithPassword(3, "blocked@x.com", sealed("blocked@x.com"))));

    Map<Long, RowResult> answers = bus.answers(setUp.id, 3);
    assertThat(answers.get(3L).code()).isEqualTo(RowCode.USER_ALREADY_EXISTS);
    Map<String, String> found = signIns();
    assertThat(found.get("blocked@x.com")).startsWith("DISABLED").contains(" SET ");
    assertThat(found.get("active@x.com")).startsWith("ACTIVE").contains(" GENERATED ");
    assertThat(dangling()).isEmpty();
    assertThat(Tables.count("handout", tenant)).isEqualTo(1);
  }

  @Test
  void aPasswordThatWasNotPreparedIsSetAllTheSame() throws SQLException {
    bus.send(List.of(setUp.add(1, "a@x.com")));
    assertThat(bus.answers(setUp.id, 1)).hasSize(1);
    Jobs job = Jobs.aJobOf(tenant);

    List<Outcome> outcomes =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  return provisioning.apply(List.of(job.enable(1, "a@x.com", sealed("a@x.com"))));
                });

    assertThat(outcomes).containsExactly(Outcome.applied());
    assertThat(signIns().get("a@x.com")).startsWith("ACTIVE SET ");
  }

  private Arrival arrival(
      long row,
      int variant,
      List<Integer> order,
      int left,
      Jobs older,
      Jobs newer,
      List<UserCommand> accounts) {
    String upn = "u" + row + "@x.com";
    boolean hasCredential = (variant & 1) != 0;
    accounts.add(
        hasCredential ? setUp.addWithPassword(row, upn, sealed(upn)) : setUp.add(row, upn));
    UserCommand first = older.enable(row, upn, (variant & 2) != 0 ? sealed(upn) : null);
    UserCommand second = newer.enable(row, upn, (variant & 4) != 0 ? sealed(upn) : null);
    List<UserCommand> four = List.of(first, second, older.undo(first), newer.undo(second));
    Stamp added = setUp.stamp(row);
    EnableModel model =
        new EnableModel(
            new EnableModel.State("DISABLED", added, hasCredential ? "SET" : "NONE", added));
    List<UserCommand> commands = new ArrayList<>();
    for (int which : order) {
      boolean leftOut = which == 2 && (left & 1) != 0 || which == 3 && (left & 2) != 0;
      if (!leftOut) {
        commands.add(four.get(which));
        model.take(four.get(which));
      }
    }
    return new Arrival(upn, model, commands);
  }

  /** By what is stored, since a row and its undo in one batch may be told as one. */
  private void waitForAll(int commands) {
    await().atMost(PATIENCE).until(() -> Tables.count("command_inbox", tenant) == commands);
  }

  private static String told(Arrival arrival) {
    StringBuilder told = new StringBuilder(arrival.upn());
    for (UserCommand command : arrival.commands()) {
      told.append(command.undoes() == null ? " enable" : " undo");
      told.append(command.stamp().submission());
      told.append(command.sealedPassword() == null ? "" : "+password");
    }
    return told.toString();
  }

  private String sealed(String upn) {
    return sealer.seal(upn, Secret.of("Vorn-Lapi-92-Xk4"));
  }

  private static String text(EnableModel.State state) {
    return state.state()
        + ' '
        + state.credential()
        + ' '
        + state.stateStamp().submission()
        + ' '
        + state.credentialStamp().submission();
  }

  /** By user, as {@link #text} has it. */
  private Map<String, String> signIns() throws SQLException {
    Map<String, String> found = new HashMap<>();
    for (String line :
        Tables.strings(
            """
            SELECT upn_key || '=' || state || ' ' || credential || ' ' || state_submission || ' '
                || credential_submission
            FROM account WHERE tenant_id = ?
            """,
            tenant)) {
      found.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return found;
  }

  private List<String> dangling() throws SQLException {
    return Tables.strings(
        """
        SELECT a.upn_key || ': ' || a.credential
        FROM account a
        LEFT JOIN credential c ON c.tenant_id = a.tenant_id AND c.id = a.credential_id
        WHERE a.tenant_id = ?
          AND (a.credential <> coalesce(c.kind, 'NONE') OR c.superseded_at IS NOT NULL)
        UNION ALL
        SELECT 'nobody''s: ' || c.id
        FROM credential c
        WHERE c.tenant_id = ? AND c.superseded_at IS NULL
          AND NOT EXISTS (SELECT FROM account a WHERE a.tenant_id = c.tenant_id AND a.credential_id = c.id)
        """,
        tenant,
        tenant);
  }

  private static List<List<Integer>> orders(List<Integer> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : of) {
      List<Integer> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<Integer> order : orders(rest)) {
        List<Integer> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        all.add(whole);
      }
    }
    return all;
  }
}
