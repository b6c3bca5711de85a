package io.muster.localstack.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.contracts.topic.Keeping;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestPlatformIT {
  private static TestPlatform platform;

  @BeforeAll
  static void start() {
    long start = System.nanoTime();
    platform = TestPlatform.shared();
    System.out.println("test platform ready in ms: " + (System.nanoTime() - start) / 1_000_000);
  }

  @Test
  void everyTopicOfTheContractsIsThereWithItsDeadLetters() throws Exception {
    try (Admin admin = Admin.create(platform.kafkaClient("gateway"))) {
      Set<String> names = admin.listTopics().names().get();
      for (Topic<?> topic : Topics.all()) {
        assertThat(names).contains(topic.name(), topic.deadLetters());
      }
      TopicDescription commands =
          admin
              .describeTopics(Set.of(Topics.USER_COMMANDS.name()))
              .topicNameValues()
              .get(Topics.USER_COMMANDS.name())
              .get();
      assertThat(commands.partitions()).hasSize(Topics.USER_COMMANDS.partitions());
    }
  }

  @Test
  void everyTopicKeepsItsRecordsAsTheCatalogueSaysAlsoOneThatDidNotAtTheLastStart()
      throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.ROW_RESULTS.name());
    try (Admin admin = Admin.create(platform.kafkaClient("broker"))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  topic,
                  Set.of(
                      new AlterConfigOp(
                          new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET),
                      new AlterConfigOp(
                          new ConfigEntry("segment.bytes", ""), AlterConfigOp.OpType.DELETE))))
          .all()
          .get();
    }

    platform.killKafka();
    platform.startKafka();

    try (Admin admin = Admin.create(platform.kafkaClient("broker"))) {
      // The controller has them when the platform is started; the broker hears of it a moment
      // later.
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                for (Topic<?> each : Topics.all()) {
                  assertKeeps(admin, each.name(), each.keeping());
                  assertKeeps(admin, each.deadLetters(), Topics.deadLetters());
                }
              });
    }
  }

  private static void assertKeeps(Admin admin, String topic, Keeping keeping) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config effective = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
    keeping
        .topicConfig()
        .forEach(
            (name, value) ->
                assertThat(effective.get(name).value()).as(topic + ' ' + name).isEqualTo(value));
  }

  @Test
  void kafkaRefusesAWrongPassword() {
    Map<String, Object> login = platform.kafkaClient("gateway");
    login.replace(
        "sasl.jaas.config",
        login.get("sasl.jaas.config").toString().replaceFirst("password=\"", "password=\"x"));
    try (Admin admin = Admin.create(login)) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void postgresqlRefusesAWrongPasswordAndAForeignDatabase() throws Exception {
    assertThatThrownBy(
            () ->
                java.sql.DriverManager.getConnection(
                    platform.configFor("gateway").get("quarkus.datasource.jdbc.url"),
                    "gateway_app",
                    "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
    assertThatThrownBy(() -> platform.as("gateway_app", "user-service"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied for database");
  }

  @Test
  void theApplicationRoleOwnsNothingAndTheOwnerRoleMigrates() throws Exception {
    try (Connection owner = platform.as("user_service_owner", "user-service");
        Connection app = platform.as("user_service_app", "user-service")) {
      owner.createStatement().execute("CREATE TABLE owned_by_the_owner (tenant_id text)");
      assertThatThrownBy(() -> app.createStatement().execute("CREATE TABLE mine (id int)"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> app.createStatement().execute("DROP TABLE owned_by_the_owner"))
          .hasMessageContaining("must be owner");
    }
  }

  @Test
  void theAuditorReadsAllTenantsAndWritesNothing() throws Exception {
    try (Connection owner = platform.as("license_service_owner", "license-service");
        Connection superuser = platform.superuser("license-service");
        Connection auditor = platform.as("muster_auditor", "license-service")) {
      owner
          .createStatement()
          .execute(
              """
              CREATE TABLE guarded (tenant_id text);
              ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
              ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
              """);
      superuser.createStatement().execute("INSERT INTO guarded VALUES ('contoso'), ('fabrikam')");
      try (ResultSet rows =
          auditor.createStatement().executeQuery("SELECT count(*) FROM guarded")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
      auditor.createStatement().execute("SET default_transaction_read_only = off");
      assertThatThrownBy(() -> auditor.createStatement().execute("DELETE FROM guarded"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void dataSurvivesTheDeathOfPostgresql() throws Exception {
    try (Connection owner = platform.as("gateway_owner", "gateway")) {
      owner.createStatement().execute("CREATE TABLE survivor AS SELECT 42 AS answer");
    }

    platform.killPostgres();
    platform.startPostgres();

    try (Connection owner = platform.as("gateway_owner", "gateway");
        ResultSet row = owner.createStatement().executeQuery("SELECT answer FROM survivor")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(42);
    }
  }

  @Test
  void topicsSurviveTheDeathOfKafka() throws Exception {
    platform.killKafka();
    long start = System.nanoTime();
    platform.startKafka();
    System.out.println("kafka again in ms: " + (System.nanoTime() - start) / 1_000_000);

    try (Admin admin = Admin.create(platform.kafkaClient("gateway"))) {
      assertThat(admin.listTopics().names().get()).contains(Topics.USER_COMMANDS.name());
    }
  }
}
