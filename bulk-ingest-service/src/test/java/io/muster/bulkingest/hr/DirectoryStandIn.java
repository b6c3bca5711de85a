package io.muster.bulkingest.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.muster.bulkingest.stream.EndedRow;
import io.muster.bulkingest.stream.HearingOfRows;
import io.muster.chassis.access.ServiceTokens;
import io.muster.chassis.access.ServiceTokens.Calling;
import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.UnreadableMessage;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.job.JobProgress;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Headers;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Keeps one tenant's accounts in memory in place of user-service, license-service and gateway: does
 * what commands say by the rules of docs/decisions/0027, once each, and answers them; and answers
 * at user-service's address who has which account. One at a time: there is one address.
 */
final class DirectoryStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestPlatform platform = TestPlatform.shared();
  private final String tenant;
  private final HearingOfRows hearing;
  private final Map<String, Account> accounts = new TreeMap<>();
  private final List<UserCommand> commands = new ArrayList<>();
  private final Map<CommandId, Answer> answers = new HashMap<>();
  private final Map<UUID, long[]> counts = new LinkedHashMap<>();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          new HashMap<>(platform.kafkaClient("broker")),
          new StringSerializer(),
          new ByteArraySerializer());
  private final KafkaConsumer<String, byte[]> consumer =
      new KafkaConsumer<>(
          new HashMap<>(platform.kafkaClient("broker")),
          new StringDeserializer(),
          new ByteArrayDeserializer());
  private final Thread thread = new Thread(this::run, "directory-stand-in");
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean stopping;
  private volatile CountDownLatch late = new CountDownLatch(0);
  private boolean answering = true;
  private boolean away;
  private boolean blind;
  private int questions;
  private int refused;
  private String refusedName;

  /** An account. */
  record Account(String employeeId, boolean active, Map<String, String> properties) {
    Account changed(boolean nowActive, Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(properties);
      more.forEach(
          (field, value) -> {
            if (value.equals("-")) {
              all.remove(field);
            } else {
              all.put(field, value);
            }
          });
      return new Account(employeeId, nowActive, all);
    }
  }

  private record Answer(RowCode code, String detail) {}

  private record Asked(UserCommand command, byte[] slice) {}

  /**
   * @param hearing who is told how rows ended
   */
  DirectoryStandIn(String tenant, HearingOfRows hearing) {
    this.tenant = tenant;
    this.hearing = hearing;
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.USER_COMMANDS.name()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread.setDaemon(true);
    thread.start();
    try {
      URI url = ConfigProvider.getConfig().getValue("muster.services.user-url", URI.class);
      server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 50);
      server.createContext("/v1/employees/lookup", exchange -> answer(exchange, this::lookedUp));
      server.createContext("/v1/employees/count", exchange -> answer(exchange, this::counted));
      // Who waits for a late answer is in nobody else's way.
      server.setExecutor(threads);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An account that came another way. */
  void has(String name, String employeeId) {
    has(name, employeeId, true, Map.of());
  }

  synchronized void has(
      String name, String employeeId, boolean active, Map<String, String> properties) {
    accounts.put(name, new Account(employeeId, active, properties));
  }

  /** Questions are answered 503 from now on, or are answered again. */
  synchronized void isAway(boolean now) {
    away = now;
  }

  /** Whoever asks for employees hears of none: their accounts come just behind the answer. */
  synchronized void answersTooEarly() {
    blind = true;
  }

  /** The account of that name goes away. */
  synchronized void loses(String name) {
    accounts.remove(name);
  }

  /** Answers are ready from now on, but don't go out until {@link #answersNow}. */
  void answersLate() {
    late = new CountDownLatch(1);
  }

  void answersNow() {
    late.countDown();
  }

  /** How often it didn't answer a question. */
  synchronized int refused() {
    return refused;
  }

  /** The account of that name gets no seats, and so isn't made. */
  synchronized void refuses(String name) {
    refusedName = name;
  }

  /** How often it was asked for employees of its tenant. */
  synchronized int questions() {
    return questions;
  }

  private void answer(HttpExchange exchange, BiFunction<String, JsonNode, Object> with)
      throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    Calling calling = ServiceTokens.isOne(header) ? tokens().verify(header, "user-service") : null;
    int status = calling == null ? 401 : isAway() ? 503 : 200;
    byte[] body =
        status == 200
            ? JSON.writeValueAsBytes(
                with.apply(calling.tenant(), JSON.readTree(exchange.getRequestBody())))
            : new byte[0];
    if (calling != null && calling.tenant().equals(tenant)) {
      awaitItsTime();
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void awaitItsTime() {
    try {
      late.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServiceTokens tokens() {
    return new ServiceTokens(
        List.of(ConfigProvider.getConfig().getValue("muster.service-tokens.keys", String[].class)),
        Clock.systemUTC());
  }

  private synchronized boolean isAway() {
    refused += away ? 1 : 0;
    return away;
  }

  private synchronized Object lookedUp(String asked, JsonNode question) {
    List<Map<String, String>> items = new ArrayList<>();
    if (!asked.equals(tenant)) {
      return Map.of("items", items);
    }
    questions++;
    Set<String> wanted = new HashSet<>();
    question.path("employeeIds").forEach(id -> wanted.add(id.asText()));
    accounts.forEach(
        (name, account) -> {
          if (!blind && wanted.contains(account.employeeId())) {
            items.add(
                Map.of(
                    "employeeId",
                    account.employeeId(),
                    "userPrincipalName",
                    name,
                    "state",
                    account.active() ? "ACTIVE" : "DISABLED"));
          }
        });
    return Map.of("items", items);
  }

  private synchronized Object counted(String asked, JsonNode question) {
    long active = accounts.values().stream().filter(Account::active).count();
    return Map.of(
        "active", asked.equals(tenant) ? Math.min(active, question.path("most").asLong()) : 0);
  }

  /** From now on nothing is done, until it is told to. */
  synchronized void hold() {
    answering = false;
  }

  synchronized void goOn() {
    answering = true;
  }

  synchronized Account account(String name) {
    return accounts.get(name);
  }

  /** By name, as they are now. */
  synchronized Map<String, Account> accounts() {
    return new TreeMap<>(accounts);
  }

  /** What came so far, each command once. */
  synchronized List<UserCommand> commands() {
    return List.copyOf(commands);
  }

  private void run() {
    List<Asked> held = new ArrayList<>();
    while (!stopping) {
      for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(20))) {
        if (each.key().startsWith(tenant + "/")) {
          held.add(new Asked(decode(each.value()), Records.header(each.headers(), Headers.SLICE)));
        }
      }
      boolean now;
      synchronized (this) {
        now = answering;
      }
      if (now && !held.isEmpty()) {
        answer(held);
        held.clear();
      }
    }
    consumer.close();
    producer.close();
  }

  private void answer(List<Asked> asked) {
    List<EndedRow> ended = new ArrayList<>();
    synchronized (this) {
      for (Asked each : asked) {
        UserCommand command = each.command();
        Answer answer = answers.computeIfAbsent(command.id(), id -> done(command));
        ended.add(ended(command, answer));
        for (Part part : command.parts()) {
          var unused = producer.send(result(each, part, part == Part.USER ? answer : null));
        }
      }
    }
    counts.forEach(
        (job, count) -> {
          byte[] progress =
              Wire.of(Topics.JOB_PROGRESS).encode(new JobProgress(tenant, job, count[0], count[1]));
          var unused =
              producer.send(
                  new ProducerRecord<>(Topics.JOB_PROGRESS.name(), job.toString(), progress));
        });
    producer.flush();
    hearing.ended(ended);
  }

  private Answer done(UserCommand command) {
    commands.add(command);
    Answer answer = apply(command);
    counts.computeIfAbsent(command.jobId(), job -> new long[2])[answer.code() == null ? 0 : 1]++;
    return answer;
  }

  private Answer apply(UserCommand command) {
    String name = command.userPrincipalName();
    Account account = accounts.get(name);
    if (name.equals(refusedName)) {
      return new Answer(RowCode.DOMAIN_NOT_ALLOWED, "Not this one.");
    }
    if (command.create()) {
      String employee = command.properties().get("employeeId");
      for (Map.Entry<String, Account> each : accounts.entrySet()) {
        if (employee.equals(each.getValue().employeeId()) && !each.getKey().equals(name)) {
          return new Answer(
              RowCode.IMMUTABLE,
              "The account with this employee id is named %s, and a name can't be changed: use that name."
                  .formatted(each.getKey()));
        }
      }
      if (account != null && !employee.equals(account.employeeId())) {
        return new Answer(
            RowCode.USER_ALREADY_EXISTS, "This name is the account of somebody else.");
      }
      Account before = account == null ? new Account(employee, true, Map.of()) : account;
      accounts.put(name, before.changed(true, command.properties()));
      return new Answer(null, null);
    }
    if (account == null) {
      return new Answer(RowCode.USER_NOT_FOUND, null);
    }
    switch (command.operation()) {
      case SET -> accounts.put(name, account.changed(account.active(), command.properties()));
      case DISABLE -> accounts.put(name, account.changed(false, Map.of()));
      case REMOVE -> accounts.remove(name);
      default -> accounts.put(name, account);
    }
    return new Answer(null, null);
  }

  private static EndedRow ended(UserCommand command, Answer answer) {
    return new EndedRow(
        command.tenant(),
        command.jobId(),
        command.row(),
        Part.USER,
        answer.code() == null ? PartOutcome.APPLIED : PartOutcome.REJECTED,
        answer.code(),
        answer.detail());
  }

  /**
   * @param answer null for a part that goes through, or is undone
   */
  private ProducerRecord<String, byte[]> result(Asked asked, Part part, Answer answer) {
    UserCommand command = asked.command();
    boolean refused = answers.get(command.id()).code() != null;
    PartOutcome outcome =
        !refused ? PartOutcome.APPLIED : answer == null ? PartOutcome.UNDONE : PartOutcome.REJECTED;
    RowResult result =
        new RowResult(
            command.tenant(),
            command.jobId(),
            command.row(),
            part,
            outcome,
            answer == null ? null : answer.code(),
            answer == null ? null : answer.detail(),
            command.parts());
    var headers =
        new Records("stand-in", "row-result")
            .headers(Records.resultId(command.jobId(), command.row(), part), asked.slice());
    headers.add(
        Headers.OUTCOME, outcome.name().substring(0, 1).getBytes(StandardCharsets.US_ASCII));
    return new ProducerRecord<>(
        Topics.ROW_RESULTS.name(),
        null,
        Topics.resultKey(command.jobId(), command.row()),
        Wire.of(Topics.ROW_RESULTS).encode(result),
        headers);
  }

  private static UserCommand decode(byte[] value) {
    try {
      return Wire.of(Topics.USER_COMMANDS).decode(value);
    } catch (UnreadableMessage e) {
      throw new AssertionError("a command can't be read", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    answersNow();
    server.stop(0);
    threads.shutdownNow();
    stopping = true;
    thread.join();
  }
}
