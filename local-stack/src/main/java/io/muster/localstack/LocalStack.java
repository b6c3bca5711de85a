package io.muster.localstack;

import io.muster.localstack.home.FreePorts;
import io.muster.localstack.home.MusterHome;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.home.StackFailure;
import io.muster.localstack.identity.Secrets;
import io.muster.localstack.identity.TokenIssuer;
import io.muster.localstack.process.Guardian;
import io.muster.localstack.process.OrderlyStop;
import io.muster.localstack.process.OrderlyStop.Running;
import io.muster.localstack.process.Part;
import io.muster.localstack.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The whole system on this machine: PostgreSQL, Kafka and the four services, one or several
 * instances of each, as supervised processes.
 *
 * <p>Use: {@code new}, then {@link #start()}, then {@link #awaitEnd()}; {@link #close()} may be
 * called at any time from any thread, as from a shutdown hook, and leaves nothing running.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(180);

  private final StackOptions options;
  private final Consumer<String> tell;
  private final Supplier<MusterHome> home;
  private final SecureRandom random = new SecureRandom();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean closing;

  private StackFolder folder;
  private StackLock lock;
  private Guardian guardian;
  private StackLayout layout;
  private Supervisor supervisor;
  private LocalJson localJson;
  private ClassArchives archives;
  private CappingLogs logs;

  /**
   * Starts nothing yet.
   *
   * @param tell gets lines for people: deaths and restarts of parts
   */
  public LocalStack(StackOptions options, Consumer<String> tell) {
    this(options, tell, MusterHome::find);
  }

  LocalStack(StackOptions options, Consumer<String> tell, Supplier<MusterHome> home) {
    this.options = options;
    this.tell = tell;
    this.home = home;
  }

  /**
   * Starts everything and returns when every part is healthy. What a lost launcher left behind in
   * the folder is stopped first.
   *
   * @throws StackFailure when it can't be, for a reason that the message tells; nothing keeps
   *     running then
   */
  public void start() throws InterruptedException {
    boolean ready = false;
    try {
      Supervisor parts = prepare();
      new StackStart(layout, parts).run();
      parts.awaitReady(START_PATIENCE);
      if (options.folder() != null) { // not worth it for a stack that passes
        archives.makeInBackground();
      }
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  /** Takes the folder and decides the parts; a {@link #close()} comes before it or after it. */
  private synchronized Supervisor prepare() throws InterruptedException {
    if (closing) {
      throw new StackFailure("The local stack was stopped before it started.");
    }
    MusterHome built = home.get();
    folder = StackFolder.made(options.folder() == null ? temporary() : options.folder());
    lock = StackLock.tryTake(folder).orElseThrow(() -> StackLock.alreadyRunning(folder));
    if (options.folder() == null) {
      guardian = Guardian.of(folder.path());
    }
    new Leftovers(folder).end();
    Secrets secrets = new Secrets(folder.secrets(), random);
    TokenIssuer.makeOrOpen(folder.path(), Clock.systemUTC());
    layout = StackLayout.of(built, folder, secrets, new FreePorts(random), options);
    localJson = new LocalJson(layout);
    archives = new ClassArchives(layout);
    supervisor = new Supervisor(tell, localJson::write);
    logs = new CappingLogs(folder, layout.parts().stream().map(Part::name).toList(), tell);
    logs.start();
    return supervisor;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("muster-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException("can't make a temporary folder", e);
    }
  }

  /**
   * Stops what runs in a folder, its launcher or what a lost launcher left behind.
   *
   * @return names of what was stopped; empty when nothing was running
   * @throws StackFailure when the launcher can't be ended
   */
  public static List<String> down(Path dataFolder) throws InterruptedException {
    StackFolder existing = StackFolder.existing(dataFolder);
    return existing == null ? List.of() : new StackDown(existing).run();
  }

  /** How the stack in a folder stands; takes some seconds when parts don't answer. */
  public static StackStatus status(Path dataFolder) {
    StackFolder existing = StackFolder.existing(dataFolder);
    return existing == null
        ? new StackStatus(false, false, List.of(), List.of())
        : new StackInspection(existing).look();
  }

  /** Where the data lies; after {@link #start()}. */
  public Path folder() {
    return folder.path();
  }

  /** The gateway's address, {@code http://127.0.0.1:PORT}; after {@link #start()}. */
  public String url() {
    return layout.gatewayUrl();
  }

  /** The console's address; after {@link #start()}. */
  public String console() {
    return layout.gatewayUrl() + "/console";
  }

  /** The issuer of tokens for this stack; after {@link #start()}. */
  public TokenIssuer issuer() {
    return TokenIssuer.open(folder.path(), Clock.systemUTC());
  }

  /** Returns when the stack was stopped, by whomever. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /**
   * Stops everything in order: services, Kafka, PostgreSQL. Takes some 15 seconds at most. Who
   * calls while it is being stopped waits until it is. Never throws.
   */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      if (supervisor != null) {
        supervisor.noMoreStarts();
      }
      try {
        stopParts();
        cleanUp();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        tell.accept("While stopping: " + e.getMessage());
      } finally {
        ended.countDown();
      }
    }
  }

  private void stopParts() throws InterruptedException {
    if (supervisor == null) {
      return;
    }
    archives.stop();
    logs.stop();
    List<Running> running =
        supervisor.parts().stream()
            .map(one -> new Running(one.part(), one.process().toHandle()))
            .toList();
    List<String> lastToGo = List.of(layout.kafka().name(), layout.postgresql().name());
    OrderlyStop.of(running.stream().filter(one -> !lastToGo.contains(one.part().name())).toList());
    for (String name : lastToGo) {
      OrderlyStop.of(running.stream().filter(one -> one.part().name().equals(name)).toList());
    }
    supervisor = null;
  }

  private void cleanUp() throws IOException, InterruptedException {
    if (lock == null) {
      return;
    }
    if (layout != null) {
      localJson.remove();
    }
    lock.close();
    lock = null;
    if (guardian != null) {
      PrivateFiles.remove(folder.path());
      guardian.endNow();
    }
  }
}
