package io.muster.localstack.kafka;

import io.muster.localstack.home.MusterHome;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.process.ChildProcess;
import io.muster.localstack.process.ProcessMark;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One single-node Kafka: its files and how to run it. Holds no process.
 *
 * @param folder of its own
 * @param log of the process
 * @param port of the clients' listener
 * @param controllerPort of the controller's listener, which nobody else talks to
 * @param passwords by user, {@link #BROKER_USER} among them
 * @param javaArguments heap and collector
 */
public record BrokerFiles(
    MusterHome home,
    Path folder,
    Path log,
    int port,
    int controllerPort,
    Map<String, String> passwords,
    List<String> javaArguments,
    ProcessMark mark) {
  /** The broker's own login, which may do everything. */
  public static final String BROKER_USER = "broker";

  static final String CLUSTER_ID = "muster.cluster.id";
  static final String BOOTSTRAP = "muster.bootstrap.servers";
  static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENTS = "CLIENTS";

  public BrokerFiles {
    passwords = Map.copyOf(passwords);
    javaArguments = List.copyOf(javaArguments);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Writes settings and logins; storage is formatted by the process itself. */
  public void prepare(String clusterId) {
    PrivateFiles.folder(folder);
    Properties logins = new Properties();
    logins.putAll(passwords);
    PrivateFiles.replace(folder.resolve("logins.properties"), text(logins));
    PrivateFiles.replace(folder.resolve("broker.properties"), text(settings(clusterId)));
  }

  private Properties settings(String clusterId) {
    Properties p = new Properties();
    p.setProperty(CLUSTER_ID, clusterId);
    p.setProperty(BOOTSTRAP, bootstrapServers());
    p.setProperty("log.dirs", folder.resolve("data").toString());
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.setProperty("controller.listener.names", CONTROLLER);
    p.setProperty(
        "listeners",
        CLIENTS + "://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
    p.setProperty("advertised.listeners", CLIENTS + "://127.0.0.1:" + port);
    p.setProperty(
        "listener.security.protocol.map",
        CLIENTS + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT");
    logins(p);
    oneNode(p);
    return p;
  }

  private void logins(Properties p) {
    String password = passwords.get(BROKER_USER);
    p.setProperty("inter.broker.listener.name", CLIENTS);
    p.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.setProperty("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    p.setProperty(
        "listener.name.clients.scram-sha-512.sasl.jaas.config",
        KafkaLogin.scram(BROKER_USER, password));
    // SCRAM's secrets lie in the log that the controller keeps, so it can't use them itself.
    p.setProperty("sasl.mechanism.controller.protocol", "PLAIN");
    p.setProperty("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
    p.setProperty(
        "listener.name.controller.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
            + BROKER_USER
            + "\" password=\""
            + password
            + "\" user_"
            + BROKER_USER
            + "=\""
            + password
            + "\";");
  }

  private static void oneNode(Properties p) {
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("default.replication.factor", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "4"); // of 50: each is a log to recover
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0"); // nobody else is coming
    // What Kafka keeps for itself is compacted or deleted by whole segments: small ones, or a
    // broker's bookkeeping of a month outgrows its data.
    p.setProperty("offsets.topic.segment.bytes", Integer.toString(16 << 20));
    p.setProperty("metadata.log.segment.bytes", Integer.toString(16 << 20));
    p.setProperty("metadata.max.retention.bytes", Integer.toString(64 << 20));
    p.setProperty("log.segment.bytes", Integer.toString(64 << 20));
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)); // heap
    // A killed broker comes back only when its former session has run out.
    p.setProperty("broker.heartbeat.interval.ms", "500");
    p.setProperty("broker.session.timeout.ms", "3000");
  }

  /** Starts the process; it is ready when {@link #isReady} says so. */
  public Process start() {
    try {
      Files.deleteIfExists(readyFile());
    } catch (IOException e) {
      throw new UncheckedIOException("can't remove " + readyFile(), e);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaArguments);
    command.add(mark.javaArgument());
    // What a killed one unpacked goes with the next start.
    command.add("-Djava.io.tmpdir=" + PrivateFiles.emptied(folder.resolve("tmp")));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    // made by the build; one that doesn't fit this Java or these jars is passed over silently
    command.add("-XX:SharedArchiveFile=" + home.brokerClassArchive());
    command.add("-Xlog:disable");
    command.add("-Xlog:all=error:stderr");
    command.add("-cp");
    command.add(home.ownJar() + ":" + home.library().resolve("*"));
    command.add(BrokerMain.class.getName());
    command.addAll(List.of(arguments()));
    return new ChildProcess(command, Map.of(), log).start();
  }

  /** What {@link BrokerMain} is told. */
  String[] arguments() {
    return new String[] {
      folder.resolve("broker.properties").toString(),
      folder.resolve("logins.properties").toString(),
      readyFile().toString()
    };
  }

  private Path readyFile() {
    return folder.resolve("ready");
  }

  /** Whether it has served clients in an earlier run; asked before {@link #start}. */
  public boolean wasReadyBefore() {
    return Files.exists(readyFile());
  }

  /** Whether this very process serves clients, topics and logins being there. */
  public boolean isReady(ProcessHandle process) {
    try {
      return process.isAlive()
          && Files.readString(readyFile()).equals(Long.toString(process.pid()));
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * @throws StackFailure when the process ends first, or after {@code patience}
   */
  public void awaitReady(Process process, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isReady(process.toHandle())) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new StackFailure("Kafka did not start; see " + log);
      }
      Thread.sleep(20);
    }
  }

  private static String text(Properties properties) {
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
