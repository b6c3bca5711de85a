package io.muster.user.password;

import io.muster.chassis.password.Argon2idHash;
import io.muster.chassis.password.BcryptHash;
import io.muster.chassis.password.PasswordHashFormat;
import io.muster.chassis.password.Pbkdf2Hash;
import io.muster.chassis.password.ReadableHash;
import io.muster.sealing.Keysets;
import io.muster.sealing.Secret;
import io.muster.sealing.SecretHashes;
import io.muster.user.password.argon2.Argon2Id;
import io.muster.user.password.argon2.PhcHash;
import io.muster.user.password.imported.Bcrypt;
import io.muster.user.password.imported.Pbkdf2;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * Hashes and verifies passwords. What a person chose gets Argon2id; hashes of generated ones, which
 * {@link GeneratedPasswords} makes, and those that other systems made are verified as well.
 * Thread-safe.
 */
@ApplicationScoped
public class PasswordHashing {
  private static final Logger LOG = Logger.getLogger(PasswordHashing.class);

  /** A hash that no password has: for those that aren't there to compare with. */
  public static final String OF_NOBODY = PhcHash.ofNobody().written();

  /** DESIGN.md: a sub-batch of an import, so that pauses and other tenants get their turn. */
  private static final Duration SUB_BATCH = Duration.ofMillis(250);

  private final Argon2Id argon2 = Argon2Id.fastest();
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads = Executors.newFixedThreadPool(cores, named());
  private final AtomicLong verifications = new AtomicLong();
  private final SecretHashes generated;
  private volatile int atOnce = cores;

  @Inject
  public PasswordHashing(Keysets keysets) {
    this.generated = keysets.secrets();
  }

  /** The first round warms up, the second is measured; nobody waits for it. */
  void measure(@Observes StartupEvent started) {
    Thread measuring =
        new Thread(
            () -> {
              List<Secret> round = Stream.generate(() -> Secret.of("warm")).limit(cores).toList();
              hash(round);
              hash(round);
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
   * Argon2id, on all cores; to be called outside any transaction.
   *
   * @return PHC strings, in the same order
   */
  public List<String> hash(List<Secret> passwords) {
    long start = System.nanoTime();
    List<Future<String>> hashes = new ArrayList<>(passwords.size());
    for (Secret password : passwords) {
      hashes.add(threads.submit(() -> hashHere(password)));
    }
    try {
      List<String> done = new ArrayList<>(passwords.size());
      for (Future<String> hash : hashes) {
        done.add(hash.get());
      }
      if (!done.isEmpty()) {
        follow(done.size(), System.nanoTime() - start);
      }
      return done;
    } catch (InterruptedException e) {
      hashes.forEach(hash -> hash.cancel(false));
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while passwords were hashed", e);
    } catch (ExecutionException e) {
      hashes.forEach(hash -> hash.cancel(false));
      throw new IllegalStateException("a password can't be hashed", e.getCause());
    }
  }

  /**
   * What was measured while everything started is too low: half of each new figure is taken over.
   * Fewer hashes than cores leave cores idle, which a larger batch will use.
   */
  void follow(int hashes, long nanos) {
    long busyCores = Math.min(hashes, cores);
    long inTime = SUB_BATCH.toNanos() * hashes * cores / (busyCores * Math.max(1, nanos));
    atOnce = (int) Math.max(cores, (atOnce + inTime + 1) / 2);
  }

  /**
   * How many {@link #hash} does within 250 ms, and never fewer than there are cores. Measured at
   * the start, and followed with every batch.
   */
  public int atOnce() {
    return atOnce;
  }

  /** Argon2id on the caller's thread. */
  public String hashHere(Secret password) {
    byte[] clear = password.utf8();
    try {
      return argon2.hash(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /**
   * On the caller's thread.
   *
   * @param hash of a generated password, or in a form that {@link PasswordHashFormat} reads
   * @return false also for a hash of any other kind
   */
  public boolean verify(String hash, Secret password) {
    if (SecretHashes.wrote(hash)) {
      return generated.verify(hash, password);
    }
    Optional<ReadableHash> read = PasswordHashFormat.read(hash);
    if (read.isEmpty()) {
      return false;
    }
    byte[] clear = password.utf8();
    try {
      return verify(read.get(), clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private boolean verify(ReadableHash hash, byte[] clear) {
    if (hash instanceof BcryptHash bcrypt) {
      return Bcrypt.verify(bcrypt, clear);
    }
    if (hash instanceof Pbkdf2Hash pbkdf2) {
      return Pbkdf2.verify(pbkdf2, clear);
    }
    verifications.incrementAndGet();
    return argon2.verify(PhcHash.of((Argon2idHash) hash), clear);
  }

  /** Whether it takes an Argon2id computation to verify. */
  public static boolean isSlow(String hash) {
    return PhcHash.read(hash).isPresent();
  }

  /**
   * Whether a person's password would now be hashed in another way: another system made this one,
   * or it was made at a lower cost. A generated one is as good as ever.
   */
  public static boolean isOutdated(String hash) {
    return PasswordHashFormat.read(hash)
        .filter(
            read ->
                !(read instanceof Argon2idHash argon2id)
                    || PhcHash.of(argon2id).cost().isBelow(PhcHash.NOW))
        .isPresent();
  }

  /** Argon2id computations for verifying so far: the same for every path of a sign-in. */
  public long verifications() {
    return verifications.get();
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
