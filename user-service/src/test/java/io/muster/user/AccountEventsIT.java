package io.muster.user;

import static io.muster.contracts.command.Operation.ADD;
import static io.muster.contracts.command.Operation.DISABLE;
import static io.muster.contracts.command.Operation.ENABLE;
import static io.muster.contracts.command.Operation.REMOVE;
import static io.muster.contracts.command.Operation.RESTORE;
import static io.muster.contracts.command.Operation.SET;
import static io.muster.contracts.command.Operation.SET_LICENSES;
import static io.muster.contracts.command.Operation.SET_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.UserCommand;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tenant's other systems hear of its accounts. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class AccountEventsIT {
  private static final String ADA = "ada@x.com";
  private static final String CLEAR = "Vorn-Lapi-92-Xk4";

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  private final String tenant = Jobs.aTenant();
  private final Jobs job = Jobs.aJobOf(tenant);
  private Bus bus;
  private Listener listener;
  private PasswordSealer sealer;

  @BeforeEach
  void connect() throws IOException {
    bus = new Bus();
    listener = new Listener(tenant);
    sealer = PasswordSealer.open(publicKeys, tenant, Clock.systemUTC());
  }

  @AfterEach
  void disconnect() {
    bus.close();
    listener.close();
  }

  @Test
  void aUsersEventsComeInOrderAndNameWhatChangedAndWhatChangedNothingIsNotTold() {
    List<UserCommand> rows =
        List.of(
            job.a(ADD, 1, "Ada@x.com").with("department", "Legal").command(),
            job.a(SET, 2, ADA).with("department", "Sales").with("city", "Rome").command(),
            job.a(SET, 3, ADA).with("department", "Sales").with("city", "-").command(),
            job.a(SET, 4, ADA).with("department", "Sales").command(),
            job.a(ENABLE, 5, ADA).command(),
            job.a(ENABLE, 6, ADA).command(),
            job.a(SET_PASSWORD, 7, ADA).command(),
            job.a(SET_LICENSES, 8, ADA).licenses("E3").userPartOnly().command(),
            job.a(DISABLE, 9, ADA).command(),
            job.a(DISABLE, 10, ADA).command(),
            job.a(REMOVE, 11, ADA).command(),
            job.a(RESTORE, 12, ADA).command(),
            job.a(ENABLE, 13, ADA).command());

    bus.send(rows);

    assertThat(listener.until(ADA, "13 ACTIVATED ACTIVE"))
        .containsExactly(
            "1 ADDED DISABLED",
            "2 CHANGED department,city",
            "3 CHANGED city",
            "5 ACTIVATED ACTIVE",
            "7 PASSWORD_RESET",
            "9 DISABLED DISABLED",
            "11 REMOVED REMOVED",
            "12 RESTORED DISABLED",
            "13 ACTIVATED ACTIVE");
  }

  @Test
  void aRepeatSendsTheSameEventsUnderTheSameIds() {
    List<UserCommand> rows =
        List.of(
            job.a(ADD, 1, ADA).command(),
            job.a(ENABLE, 2, ADA).command(),
            job.a(ENABLE, 3, ADA).command(),
            job.a(SET, 4, ADA).with("city", "Rome").with("displayName", "Somebody").command());
    bus.send(rows);
    assertThat(bus.results(job.id, 4)).hasSize(4);

    bus.send(rows);

    List<ConsumerRecord<String, byte[]>> events = listener.records(ADA, 6);
    assertThat(events)
        .extracting(Listener::id)
        .containsExactly(
            job.id + "/1/USER/added",
            job.id + "/2/USER/activated",
            job.id + "/4/USER/changed",
            job.id + "/1/USER/added",
            job.id + "/2/USER/activated",
            job.id + "/4/USER/changed");
    assertThat(listener.read(events.get(5))).isEqualTo(listener.read(events.get(2)));
    assertThat(listener.read(events.get(5)).properties()).containsExactly("city");
    assertThat(Bus.header(events.get(1), Headers.TYPE)).isEqualTo("io.muster.account.activated.v1");
    assertThat(Bus.header(events.get(1), Headers.SOURCE)).isEqualTo("/muster/user-service");
  }

  @Test
  void anActivationWhoseSeatsWereRefusedIsToldAsUndone() {
    UserCommand enable = job.a(ENABLE, 2, ADA).withLicensePart().command();
    bus.send(List.of(job.a(ADD, 1, ADA).command(), enable));
    UserCommand undo = ARow.undoOf(enable);

    bus.send(List.of(undo, undo, job.a(SET, 9, ADA).with("city", "Rome").command()));

    assertThat(listener.until(ADA, "9 CHANGED city"))
        .containsExactly(
            "1 ADDED DISABLED",
            "2 ACTIVATED ACTIVE",
            "2 ACTIVATION_UNDONE DISABLED",
            "2 ACTIVATION_UNDONE DISABLED",
            "9 CHANGED city");
    assertThat(listener.records(ADA, 4).subList(2, 4))
        .extracting(Listener::id)
        .containsOnly(job.id + "/2/USER/activation-undone/undo");
  }

  @Test
  void anUndoneActivationThatSomebodyNewerWantsTellsTheStateThatIsLeft() {
    UserCommand enable = job.a(ENABLE, 2, ADA).withLicensePart().command();
    bus.send(List.of(job.a(ADD, 1, ADA).command(), enable, job.a(ENABLE, 3, ADA).command()));

    bus.send(List.of(ARow.undoOf(enable)));

    assertThat(listener.until(ADA, "2 ACTIVATION_UNDONE ACTIVE"))
        .containsExactly("1 ADDED DISABLED", "2 ACTIVATED ACTIVE", "2 ACTIVATION_UNDONE ACTIVE");
  }

  @Test
  void anUndoneHireTakesItsAccountWithItAndOneOfAnAccountThatWasThereBringsItsValuesBack() {
    UserCommand made = hire(1, ADA).command();
    UserCommand met = hire(3, "bob@x.com").command();
    bus.send(List.of(made, job.a(ADD, 2, "bob@x.com").with("employeeId", "3").command(), met));

    bus.send(List.of(ARow.undoOf(made), ARow.undoOf(met)));

    assertThat(listener.until(ADA, "1 ADDITION_UNDONE"))
        .containsExactly("1 ADDED ACTIVE", "1 ADDITION_UNDONE");
    assertThat(listener.until("bob@x.com", "3 CHANGED displayName,department"))
        .as("what was set, and below what came back")
        .containsExactly(
            "2 ADDED DISABLED", "3 ACTIVATED ACTIVE", "3 CHANGED displayName,department");
    assertThat(listener.records("bob@x.com", 5).stream().map(Listener::id).toList())
        .endsWith(job.id + "/3/USER/activation-undone/undo", job.id + "/3/USER/changed/undo");
  }

  @Test
  void whatCameTooLateForItsUndoWasRefusedOrOnlyTriedIsNotTold() {
    UserCommand overtaken = job.a(ENABLE, 2, ADA).withLicensePart().command();
    Jobs newer = Jobs.aJobOf(tenant);
    bus.send(List.of(job.a(ADD, 1, ADA).command(), ARow.undoOf(overtaken), overtaken));

    bus.send(
        List.of(
            job.a(ADD, 3, ADA).command(),
            job.a(ENABLE, 4, ADA).tryingOut().command(),
            job.a(SET, 5, ADA).with("city", "Rome").tryingOut().command(),
            newer.a(ENABLE, 6, ADA).command(),
            job.a(DISABLE, 7, ADA).command(),
            newer.a(REMOVE, 8, ADA).tryingOut().command(),
            newer.a(DISABLE, 9, ADA).command()));

    assertThat(listener.until(ADA, "9 DISABLED DISABLED"))
        .containsExactly("1 ADDED DISABLED", "6 ACTIVATED ACTIVE", "9 DISABLED DISABLED");
  }

  @Test
  void anUndoJobTellsWhatItsRowsDidAndOfOneThatWasUndoneBeforeNothing() {
    UserCommand add = job.a(ADD, 1, ADA).command();
    UserCommand enable = job.a(ENABLE, 2, ADA).command();
    UserCommand set = job.a(SET, 3, ADA).with("city", "Rome").command();
    UserCommand remove = job.a(REMOVE, 4, ADA).command();
    bus.send(List.of(add, enable, set, remove));
    Jobs undo = Jobs.aJobOf(tenant);
    Jobs again = Jobs.aJobOf(tenant);

    bus.send(
        List.of(
            undo.a(REMOVE, 5, ADA).takingBack(remove).command(),
            again.a(REMOVE, 6, ADA).takingBack(remove).command(),
            undo.a(SET, 7, ADA).takingBack(set).command(),
            undo.a(ENABLE, 8, ADA).takingBack(enable).command(),
            undo.a(ADD, 9, ADA).takingBack(add).command()));

    assertThat(listener.until(ADA, "9 ADDITION_UNDONE"))
        .containsExactly(
            "1 ADDED DISABLED",
            "2 ACTIVATED ACTIVE",
            "3 CHANGED city",
            "4 REMOVED REMOVED",
            "5 RESTORED ACTIVE",
            "7 CHANGED city",
            "8 DISABLED DISABLED",
            "9 ADDITION_UNDONE");
  }

  @Test
  void aReplacedPasswordIsToldAndNeitherItNorAnyValueCanBeReadByAnybody() {
    String sealed = sealer.seal(ADA, Secret.of(CLEAR));
    bus.send(
        List.of(
            job.a(ADD, 1, ADA).with("department", "Intelligence").command(),
            job.a(ENABLE, 2, ADA).password(sealed).command(),
            job.a(ENABLE, 3, ADA).password(sealed).command(),
            job.a(SET_PASSWORD, 4, ADA).password(sealed).command(),
            job.a(SET, 5, ADA).with("department", "Espionage").command()));

    List<String> events = listener.until(ADA, "5 CHANGED department");

    assertThat(events)
        .containsExactly(
            "1 ADDED DISABLED",
            "2 ACTIVATED ACTIVE",
            "3 PASSWORD_RESET",
            "4 PASSWORD_RESET",
            "5 CHANGED department");
    assertThat(listener.everything())
        .contains("PASSWORD_RESET")
        .doesNotContain(CLEAR, sealed, "Intelligence", "Espionage", "argon2");
  }

  @Test
  void anEventThatTheBrokerDoesNotTakeKeepsItsBatchUntilItDoes() throws Exception {
    takesAtMost("16");
    try {
      bus.send(List.of(job.a(ADD, 1, ADA).command()));

      assertThat(bus.results(job.id, 2)).as("sent again and again").hasSize(2);
    } finally {
      takesAtMost("1048588");
    }

    assertThat(listener.until(ADA, "1 ADDED DISABLED")).containsExactly("1 ADDED DISABLED");
  }

  /** Bytes of a batch of account events: what is larger, the broker refuses for good. */
  private static void takesAtMost(String bytes) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(TestPlatform.shared().kafkaClient("broker")))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, Topics.ACCOUNT_EVENTS.name()),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private ARow hire(long row, String upn) {
    return job.a(ENABLE, row, upn)
        .thatMayMake()
        .makingNoPassword()
        .with("employeeId", Long.toString(row))
        .with("displayName", "Hired " + row)
        .with("department", "Sales")
        .withLicensePart();
  }
}
