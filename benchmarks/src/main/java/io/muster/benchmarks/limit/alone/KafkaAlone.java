package io.muster.benchmarks.limit.alone;

import io.muster.benchmarks.limit.postgresql.Folders;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.home.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How many messages of the commands' size Kafka takes and gives, by Kafka's own performance tools
 * against the stack's broker.
 *
 * @param messages sent, and read again
 * @param averageBytes of a message
 * @param produced messages per second, all replicas acknowledging, lz4
 * @param consumed messages per second once the consumer has its partitions
 */
public record KafkaAlone(long messages, double averageBytes, double produced, double consumed) {
  private static final String TOPIC = "muster-limit";
  private static final String PRODUCER = "org.apache.kafka.tools.ProducerPerformance";
  private static final String CONSUMER = "org.apache.kafka.tools.ConsumerPerformance";

  /** As the services' channels have it: service-chassis. */
  private static final List<String> PRODUCER_SETTINGS =
      List.of(
          "acks=all",
          "enable.idempotence=true",
          "compression.type=lz4",
          "linger.ms=5",
          "batch.size=262144");

  private static final Pattern SENT =
      Pattern.compile("^\\d+ records sent, ([\\d.]+) records/sec .*$", Pattern.MULTILINE);

  /** Where the rate of fetching stands in the consumer's line of ten. */
  private static final int FETCHED_PER_SECOND = 9;

  private static final int COLUMNS = 10;

  /**
   * Sends and reads, in processes of their own.
   *
   * @param client login of somebody who may make topics
   * @param messages to send
   */
  public static KafkaAlone measure(
      Map<String, Object> client, SampledMessages sample, long messages)
      throws IOException, InterruptedException {
    Path folder = Folders.temporary("muster-kafka-limit-");
    Path login = folder.resolve("client.properties");
    Path payload = folder.resolve("payload");
    try (Admin admin = Admin.create(client)) {
      PrivateFiles.replace(login, properties(client));
      PrivateFiles.replace(payload, new String(sample.lines(), StandardCharsets.UTF_8));
      remake(admin);
      try {
        String sent = run(PRODUCER, producing(messages, payload, login));
        String read = run(CONSUMER, consuming(client, messages, login));
        return new KafkaAlone(
            messages,
            sample.averageBytes(),
            produced(sent).orElseThrow(() -> unread(PRODUCER, sent)),
            consumed(read).orElseThrow(() -> unread(CONSUMER, read)));
      } finally {
        admin.deleteTopics(List.of(TOPIC)).all().get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the topic " + TOPIC + " can't be made or removed", e.getCause());
    } finally {
      Files.deleteIfExists(login);
      Files.deleteIfExists(payload);
      Files.deleteIfExists(folder);
    }
  }

  private static void remake(Admin admin) throws InterruptedException, ExecutionException {
    int partitions = Topics.USER_COMMANDS.partitions();
    admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1))).all().get();
  }

  private static String properties(Map<String, Object> client) {
    return client.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> producing(long messages, Path payload, Path login) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--topic", TOPIC, "--num-records", Long.toString(messages)));
    arguments.addAll(List.of("--throughput", "-1", "--payload-file", payload.toString()));
    arguments.addAll(List.of("--producer.config", login.toString(), "--producer-props"));
    arguments.addAll(PRODUCER_SETTINGS);
    return arguments;
  }

  private static List<String> consuming(Map<String, Object> client, long messages, Path login) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--bootstrap-server", client.get("bootstrap.servers").toString()));
    arguments.addAll(List.of("--topic", TOPIC, "--messages", Long.toString(messages)));
    arguments.addAll(List.of("--consumer.config", login.toString(), "--timeout", "20000"));
    return arguments;
  }

  private static String run(String tool, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Duser.language=en", "-Duser.country=US"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), tool));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw unread(tool, output);
    }
    return output;
  }

  /** Messages per second from the producer's last line. */
  static Optional<Double> produced(String output) {
    Matcher line = SENT.matcher(output);
    Double last = null;
    while (line.find()) {
      last = Double.valueOf(line.group(1));
    }
    return Optional.ofNullable(last);
  }

  /** Messages per second from the consumer's line of figures. */
  static Optional<Double> consumed(String output) {
    return output
        .lines()
        .map(line -> line.split(",\\s*", -1))
        .filter(columns -> columns.length == COLUMNS)
        .filter(columns -> columns[FETCHED_PER_SECOND].matches("[\\d.]+(E\\d+)?"))
        .map(columns -> Double.valueOf(columns[FETCHED_PER_SECOND]))
        .reduce((earlier, later) -> later);
  }

  private static IOException unread(String tool, String output) {
    return new IOException(tool + " told no rate; it said: " + output.strip());
  }
}
