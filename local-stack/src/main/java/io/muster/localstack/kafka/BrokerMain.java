package io.muster.localstack.kafka;

import io.muster.localstack.home.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Kafka's process: formats its storage if it is new, runs broker and controller in one, makes
 * missing topics and logins, and then writes its pid to the ready file. Stops on SIGTERM.
 *
 * <p>Arguments: the broker's properties, the logins' properties (user = password), the ready file.
 */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws Exception {
    Properties settings = load(Path.of(arguments[0]));
    Properties logins = load(Path.of(arguments[1]));
    Path ready = Path.of(arguments[2]);
    KafkaConfig config = new KafkaConfig(settings);
    if (Files.notExists(Path.of(settings.getProperty("log.dirs"), "meta.properties"))) {
      format(config, settings, logins);
    }
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-broker"));
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      // Its other threads would keep the process for ever, which nobody would start again then.
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    new BrokerProvisioning(settings, logins).complete();
    PrivateFiles.replace(ready, Long.toString(ProcessHandle.current().pid()));
    server.awaitShutdown();
  }

  private static void format(KafkaConfig config, Properties settings, Properties logins)
      throws Exception {
    List<String> users = new ArrayList<>();
    for (String user : logins.stringPropertyNames()) {
      users.add("SCRAM-SHA-512=[name=" + user + ",password=" + logins.getProperty(user) + "]");
    }
    new Formatter()
        .setNodeId(config.nodeId())
        .setClusterId(settings.getProperty(BrokerFiles.CLUSTER_ID))
        .setControllerListenerName(BrokerFiles.CONTROLLER)
        .setMetadataLogDirectory(settings.getProperty("log.dirs"))
        .addDirectory(settings.getProperty("log.dirs"))
        .setScramArguments(users)
        // what the formatter tells holds the logins
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
