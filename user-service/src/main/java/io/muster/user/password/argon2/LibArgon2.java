package io.muster.user.password.argon2;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import de.mkammerer.argon2.jna.Size_t;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The reference implementation, by the natives that argon2-jvm carries. Each thread that hashes
 * keeps its 19 MiB: the C library's allocator gives them back to no one between two hashes.
 */
final class LibArgon2 extends ByTag {
  private static final Logger LOG = Logger.getLogger(LibArgon2.class);

  private final Function compute;

  private LibArgon2(NativeLibrary library) {
    this.compute = library.getFunction("argon2id_hash_raw");
  }

  /**
   * @return empty where no native fits the machine, or where none may be unpacked
   */
  static Optional<Argon2Id> ifItRuns() {
    try {
      LibArgon2 argon2 =
          new LibArgon2(NativeLibrary.getInstance("argon2", LibArgon2.class.getClassLoader()));
      argon2.compute(new PhcHash.Cost(8, 1, 1), new byte[PhcHash.SALT], PhcHash.TAG, new byte[1]);
      return Optional.of(argon2);
    } catch (LinkageError e) {
      LOG.warnf("libargon2 doesn't run here, Bouncy Castle takes half as long again: %s", e);
      return Optional.empty();
    }
  }

  /** By the version of Argon2 that {@link PhcHash} reads, 19. */
  @Override
  byte[] compute(PhcHash.Cost cost, byte[] salt, int length, byte[] password) {
    byte[] tag = new byte[length];
    try (WipedMemory clear = new WipedMemory(password)) {
      int failed =
          compute.invokeInt(
              new Object[] {
                cost.passes(),
                cost.memory(),
                cost.lanes(),
                clear,
                new Size_t(password.length),
                salt,
                new Size_t(salt.length),
                tag,
                new Size_t(length)
              });
      if (failed != 0) {
        throw new IllegalStateException("libargon2 can't hash a password, its error " + failed);
      }
      return tag;
    }
  }

  @Override
  public String toString() {
    return "libargon2";
  }
}
