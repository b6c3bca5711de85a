package io.muster.localstack.testing;

import io.muster.localstack.home.FreePorts;
import io.muster.localstack.home.MusterHome;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.identity.TokenIssuer;
import io.muster.localstack.kafka.BrokerFiles;
import io.muster.localstack.kafka.KafkaLogin;
import io.muster.localstack.postgresql.PostgresBinaries;
import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.postgresql.PostgresSettings;
import io.muster.localstack.process.Guardian;
import io.muster.localstack.process.ProcessMark;
import io.muster.localstack.service.ServiceDatabases;
import io.muster.localstack.service.ServiceInstance;
import io.muster.localstack.service.ServiceSettings;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.Uuid;

/**
 * Real PostgreSQL and real Kafka for a test's JVM, with every service's database, roles, topics and
 * logins, in a temporary folder that goes away with the JVM, whatever ends it. Started once, shared
 * by all tests of the JVM: tests keep apart by tenant and job, not by database.
 *
 * <p>PostgreSQL runs without fsync: what it acknowledged survives {@link #killPostgres()}, but not
 * a crash of the machine.
 */
public final class TestPlatform {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  private static TestPlatform shared;

  private final Path folder;
  private final Secrets secrets;
  private final TokenIssuer issuer;
  private final PostgresServer postgres;
  private final BrokerFiles broker;
  private final ServiceSettings settings;
  private Process postgresProcess;
  private Process kafkaProcess;

  private TestPlatform() throws IOException {
    SecureRandom random = new SecureRandom();
    FreePorts ports = new FreePorts(random);
    MusterHome home = MusterHome.find();
    folder = Files.createTempDirectory("muster-test-").toRealPath();
    Guardian.of(folder);
    secrets = new Secrets(folder.resolve("secrets.properties"), random);
    issuer = TokenIssuer.makeOrOpen(folder, Clock.systemUTC());
    postgres =
        new PostgresServer(
            PostgresBinaries.unpacked(home),
            folder.resolve("postgresql"),
            folder.resolve("postgresql.log"),
            ports.next(),
            secrets.of(PostgresServer.SUPERUSER),
            PostgresSettings.forTests(),
            new ProcessMark(folder, "postgresql"));
    broker =
        new BrokerFiles(
            home,
            folder.resolve("kafka"),
            folder.resolve("kafka.log"),
            ports.next(),
            ports.next(),
            kafkaPasswords(),
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
            new ProcessMark(folder, "kafka"));
    settings =
        new ServiceSettings(
            folder, secrets, postgres.jdbcUrl(""), broker.bootstrapServers(), servicePorts(ports));
  }

  /** The JVM's platform, ready to be used; the first call starts it. */
  public static synchronized TestPlatform shared() {
    if (shared == null) {
      try {
        TestPlatform started = new TestPlatform();
        started.start();
        shared = started;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("the test platform did not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the test platform started", e);
      }
    }
    return shared;
  }

  private void start() throws IOException, InterruptedException, SQLException {
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Void> kafkaReady =
          CompletableFuture.runAsync(
              () -> {
                broker.prepare(Uuid.randomUuid().toString());
                startKafka();
              },
              beside);
      postgres.prepare(false);
      startPostgres();
      new ServiceDatabases(postgres, secrets).make();
      kafkaReady.join();
    } finally {
      beside.shutdown();
    }
  }

  private Map<String, String> kafkaPasswords() {
    Map<String, String> passwords = new HashMap<>();
    passwords.put(BrokerFiles.BROKER_USER, kafkaPassword(BrokerFiles.BROKER_USER));
    for (StackService service : StackService.values()) {
      passwords.put(service.serviceName(), kafkaPassword(service.serviceName()));
    }
    return passwords;
  }

  private String kafkaPassword(String user) {
    return secrets.of("kafka." + user);
  }

  private static Map<ServiceInstance, Integer> servicePorts(FreePorts ports) {
    Map<ServiceInstance, Integer> chosen = new HashMap<>();
    for (ServiceInstance instance : ServiceInstance.ofEach(1)) {
      chosen.put(instance, ports.next());
    }
    return chosen;
  }

  /**
   * What a service is told in production by its properties file, with addresses, logins and keys of
   * this platform; its spool and keyset lie in the temporary folder.
   *
   * @param service such as {@code user-service}
   */
  public Map<String, String> configFor(String service) {
    Map<String, String> config =
        new HashMap<>(settings.of(new ServiceInstance(StackService.named(service), 1)));
    config.put("quarkus.http.test-port", config.get("quarkus.http.port"));
    return config;
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * Properties for a plain Kafka client, without (de)serialisers.
   *
   * @param user a service's name, or {@code broker}, who may do everything
   */
  public Map<String, Object> kafkaClient(String user) {
    return KafkaLogin.clientProperties(bootstrapServers(), user, kafkaPassword(user));
  }

  /** A new connection that may do everything, past row-level security. */
  public Connection superuser(String database) throws SQLException {
    return postgres.superuser(database);
  }

  /**
   * A new connection.
   *
   * @param role such as {@code user_service_app} or {@code muster_auditor}
   */
  public Connection as(String role, String database) throws SQLException {
    return postgres.connect(role, secrets.of(role), database);
  }

  /** A signed token that is good for an hour. */
  public String token(String tenant, String subject, Set<String> roles, Set<String> units) {
    return issuer.sign(tenant, subject, roles, units, TOKEN_LIFETIME);
  }

  /** A folder of this platform for a test's own files. */
  public Path folder(String name) {
    return PrivateFiles.folder(folder.resolve("tests").resolve(name));
  }

  /** As {@code kill -9}; returns when the process is gone. */
  public synchronized void killKafka() {
    kafkaProcess.destroyForcibly();
    kafkaProcess.onExit().join();
  }

  /** Starts it again on the same port and data; returns when it serves clients. */
  public synchronized void startKafka() {
    kafkaProcess = broker.start();
    try {
      broker.awaitReady(kafkaProcess, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka started", e);
    }
  }

  /** As {@code kill -9} of the postmaster; returns when the process is gone. */
  public synchronized void killPostgres() {
    postgresProcess.destroyForcibly();
    postgresProcess.onExit().join();
  }

  /** Starts it again on the same port and data; returns when it takes connections. */
  public synchronized void startPostgres() {
    postgresProcess = postgres.start();
    try {
      postgres.awaitReady(postgresProcess, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL started", e);
    }
  }
}
