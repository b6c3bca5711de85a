package io.muster.user.provisioning.enabling;

import io.muster.chassis.stage.Stage;
import io.muster.sealing.Secret;
import io.muster.user.password.PasswordHashing;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Hashes the passwords of imports, a thread for each core: first come, first served, whichever
 * batch they belong to. Thread-safe.
 */
@ApplicationScoped
public class HashingOnAllCores {
  private static final Logger LOG = Logger.getLogger(HashingOnAllCores.class);

  /** DESIGN.md: a sub-batch of an import, so that pauses and other tenants get their turn. */
  private static final Duration SUB_BATCH = Duration.ofMillis(250);

  private final PasswordHashing hashing;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(cores, named());
  private volatile int atOnce = cores;

  HashingOnAllCores(PasswordHashing hashing) {
    this.hashing = hashing;
  }

  /** The first round warms up, the second is measured; nobody waits for it. */
  void measure(@Observes StartupEvent started) {
    Thread measuring =
        new Thread(
            () -> {
              for (int round = 0; round < 2; round++) {
                try (Round warm =
                    begin(Stream.generate(() -> Secret.of("warm")).limit(cores).toList())) {
                  warm.hashes();
                }
              }
              LOG.infof("passwords that are hashed in %s: %d", SUB_BATCH, atOnce);
            },
            "password-hash-measure");
    measuring.setDaemon(true);
    measuring.start();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /**
   * Begins to hash, and doesn't wait for it.
   *
   * @param passwords each is destroyed as soon as it is hashed, or with the round
   */
  Round begin(List<Secret> passwords) {
    return new Round(passwords);
  }

  /**
   * How many are hashed within 250 ms, and never fewer than there are cores. Measured at the start,
   * and followed with every round.
   */
  public int atOnce() {
    return atOnce;
  }

  /**
   * What was measured while everything started is too low: half of each new figure is taken over.
   *
   * @param nanos what these hashes took, each from its own beginning: not what they waited for
   *     those of another batch, or two that take turns would make each other smaller
   */
  void follow(int hashes, long nanos) {
    long inTime = SUB_BATCH.toNanos() * hashes * cores / Math.max(1, nanos);
    atOnce = (int) Math.max(cores, (atOnce + inTime + 1) / 2);
  }

  /** Passwords that are hashed together. For one thread, and to be closed by it. */
  final class Round implements AutoCloseable {
    private final List<Secret> passwords;
    private final List<Future<String>> hashes;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicInteger left;

    /** Nanoseconds that all of them took so far. */
    private final AtomicLong took = new AtomicLong();

    private Round(List<Secret> passwords) {
      this.passwords = List.copyOf(passwords);
      this.hashes = new ArrayList<>(passwords.size());
      this.left = new AtomicInteger(passwords.size());
      if (passwords.isEmpty()) {
        ready.complete(null);
      }
      for (Secret password : this.passwords) {
        hashes.add(threads.submit(() -> hash(password)));
      }
    }

    private String hash(Secret password) {
      long begun = System.nanoTime();
      try {
        String hash = hashing.hashHere(password);
        password.destroy();
        return hash;
      } finally {
        took.addAndGet(System.nanoTime() - begun);
        if (left.decrementAndGet() == 0) {
          ready.complete(null);
        }
      }
    }

    /**
     * Done when the last of them has been tried; never when the round was closed before. What hangs
     * on it is run by a thread that hashes, so it must not block.
     */
    CompletionStage<Void> ready() {
      return ready;
    }

    /**
     * Waits for them.
     *
     * @return PHC strings, in the passwords' order
     * @throws IllegalStateException when one can't be hashed
     */
    List<String> hashes() {
      try {
        List<String> done = new ArrayList<>(hashes.size());
        for (Future<String> hash : hashes) {
          done.add(hash.get());
        }
        if (!done.isEmpty()) {
          Stage.HASH.took(took.get());
          follow(done.size(), took.get());
        }
        return done;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while passwords were hashed", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a password can't be hashed", e.getCause());
      }
    }

    /** Gives up what has not begun, and forgets all of the passwords. */
    @Override
    public void close() {
      hashes.forEach(hash -> hash.cancel(false));
      passwords.forEach(Secret::destroy);
    }
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "password-hash-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
