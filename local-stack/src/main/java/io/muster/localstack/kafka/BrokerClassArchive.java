package io.muster.localstack.kafka;

import io.muster.localstack.home.FreePorts;
import io.muster.localstack.home.MusterHome;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.process.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * Starts a broker in a temporary folder and ends as soon as it serves: run by the build under
 * {@code -XX:ArchiveClassesAtExit}, so that every later start finds its classes loaded and
 * verified, which halves the time it takes.
 */
public final class BrokerClassArchive {
  private BrokerClassArchive() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("muster-archive-").toRealPath();
    FreePorts ports = new FreePorts(new SecureRandom());
    BrokerFiles files =
        new BrokerFiles(
            MusterHome.at(Path.of("").toAbsolutePath()),
            folder,
            folder.resolve("log"),
            ports.next(),
            ports.next(),
            Map.of(BrokerFiles.BROKER_USER, "none", "gateway", "none"),
            List.of(),
            new ProcessMark(folder, "kafka"));
    files.prepare("muster-class-archive-1");
    Thread broker = new Thread(() -> run(files), "broker");
    broker.setDaemon(true);
    broker.start();
    while (!files.isReady(ProcessHandle.current())) {
      if (!broker.isAlive()) {
        System.exit(1);
      }
      Thread.sleep(20);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(broker, folder)));
    System.exit(0);
  }

  private static void run(BrokerFiles files) {
    try {
      BrokerMain.main(files.arguments());
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not start", e);
    }
  }

  private static void remove(Thread broker, Path folder) {
    try {
      broker.join();
      PrivateFiles.remove(folder);
    } catch (Exception e) {
      System.err.println("left behind: " + folder);
    }
  }
}
