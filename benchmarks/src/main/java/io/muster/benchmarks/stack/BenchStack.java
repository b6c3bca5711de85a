package io.muster.benchmarks.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.service.LocalService;
import io.muster.cli.service.Service;
import io.muster.cli.service.ServiceAddress;
import io.muster.localstack.LocalStack;
import io.muster.localstack.StackOptions;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.kafka.BrokerFiles;
import io.muster.localstack.kafka.KafkaLogin;
import io.muster.localstack.postgresql.PostgresServer;
import io.muster.localstack.service.ServiceDatabases;
import io.muster.localstack.service.StackService;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole system as {@code muster demo} starts it: processes of their own, in a folder and on
 * ports of its own, gone at the end. Threads may share it.
 */
public final class BenchStack implements AutoCloseable {
  /** Longer than any job that is measured. */
  private static final Duration TOKEN = Duration.ofHours(12);

  private final LocalStack stack;
  private final Secrets secrets;

  private BenchStack(LocalStack stack) {
    this.stack = stack;
    this.secrets = new Secrets(stack.folder().resolve("secrets.properties"), new SecureRandom());
  }

  /**
   * A process of the stack.
   *
   * @param name as in {@code local.json}: a service, {@code kafka} or {@code postgresql}
   * @param pid of {@code postgresql} the postmaster's
   */
  public record StackProcess(String name, long pid, int port, Path log) {}

  /**
   * Starts it and returns when every part is healthy.
   *
   * @param say gets lines for people: deaths and restarts of parts
   */
  public static BenchStack start(Consumer<String> say) throws InterruptedException {
    LocalStack stack = new LocalStack(StackOptions.passing(), say);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.start();
    return new BenchStack(stack);
  }

  /** The handle that started it. */
  public LocalStack local() {
    return stack;
  }

  /** Where its data lies: {@code postgresql/data}, {@code kafka/data}, {@code spool}, ... */
  public Path folder() {
    return stack.folder();
  }

  /** The gateway, without a slash at the end. */
  public URI url() {
    return URI.create(stack.url());
  }

  /** A bearer token for that tenant and role, good for half a day. */
  public String token(String tenant, String role) {
    return stack
        .issuer()
        .sign(tenant, LocalService.subject(tenant, role), Set.of(role), Set.of(), TOKEN);
  }

  /** A client of the gateway with such a token. */
  public Service client(String tenant, String role) {
    String token = token(tenant, role);
    return new Service(new ServiceAddress(url(), () -> token));
  }

  /** Who runs now; the pids change when a part was restarted. */
  public List<StackProcess> processes() {
    List<StackProcess> processes = new ArrayList<>();
    for (JsonNode each : facts().path("processes")) {
      processes.add(
          new StackProcess(
              each.path("name").asText(),
              each.path("pid").asLong(),
              each.path("port").asInt(),
              Path.of(each.path("log").asText())));
    }
    return processes;
  }

  /** Owns the service's tables and migrates them; row-level security is forced on it. */
  public Login owner(StackService service) {
    return login(service, service.ownerRole());
  }

  /** May read all tables of all tenants and nothing else. */
  public Login auditor(StackService service) {
    return login(service, ServiceDatabases.AUDITOR);
  }

  /** May do everything in that service's database. */
  public Login superuser(StackService service) {
    return login(service, PostgresServer.SUPERUSER);
  }

  /** Settings of a Kafka client that may do everything, {@code bootstrap.servers} among them. */
  public Map<String, Object> kafkaAdministrator() {
    return KafkaLogin.clientProperties(
        facts().path("kafka").asText(),
        BrokerFiles.BROKER_USER,
        secrets.of("kafka." + BrokerFiles.BROKER_USER));
  }

  private Login login(StackService service, String role) {
    for (JsonNode database : facts().path("databases")) {
      if (database.path("name").asText().equals(service.serviceName())) {
        return new Login(database.path("jdbcUrl").asText(), role, secrets.of(role));
      }
    }
    throw new IllegalStateException("local.json names no database of " + service.serviceName());
  }

  private JsonNode facts() {
    return LocalService.in(folder())
        .facts()
        .orElseThrow(() -> new IllegalStateException("the local stack doesn't run any more"));
  }

  @Override
  public void close() {
    stack.close();
  }
}
