package io.muster.user.password.argon2;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * libsodium, by the natives that lazysodium carries: it computes with the widest vectors the
 * processor has, for which libargon2's distributed builds take half as long again, but has its
 * memory afresh from the kernel for each hash. Why so: {@code
 * docs/decisions/0024-argon2-by-libsodium.md}.
 */
final class LibSodium extends ByTag {
  private static final Logger LOG = Logger.getLogger(LibSodium.class);

  /** crypto_pwhash_ALG_ARGON2ID13. */
  private static final int ARGON2ID = 2;

  /** crypto_pwhash_argon2id_BYTES_MIN. */
  private static final int SHORTEST_TAG = 16;

  private final Function compute;
  private final Argon2Id others;

  private LibSodium(NativeLibrary library, Argon2Id others) {
    this.compute = library.getFunction("crypto_pwhash");
    this.others = others;
  }

  /**
   * @param others for hashes of a form that libsodium doesn't compute
   * @return empty where no native fits the machine, or where none may be unpacked
   */
  static Optional<Argon2Id> ifItRuns(Argon2Id others) {
    Optional<String> resource = resource();
    if (resource.isEmpty()) {
      LOG.infof("no libsodium for %s: %s hashes", Platform.RESOURCE_PREFIX, others);
      return Optional.empty();
    }
    try {
      File unpacked =
          Native.extractFromResourcePath(resource.get(), LibSodium.class.getClassLoader());
      NativeLibrary library = NativeLibrary.getInstance(unpacked.getAbsolutePath());
      if (library.getFunction("sodium_init").invokeInt(new Object[0]) < 0) {
        throw new UnsatisfiedLinkError("sodium_init failed");
      }
      LibSodium sodium = new LibSodium(library, others);
      PhcHash tried = PhcHash.read(sodium.hash(new byte[1])).orElseThrow();
      if (!others.verify(tried, new byte[1])) {
        throw new UnsatisfiedLinkError("it computes another function");
      }
      return Optional.of(sodium);
    } catch (IOException | LinkageError e) {
      LOG.warnf("libsodium doesn't run here, hashing may take half as long again: %s", e);
      return Optional.empty();
    }
  }

  /** Where the native for this machine lies in lazysodium's archive. */
  private static Optional<String> resource() {
    if (Native.SIZE_T_SIZE != Long.BYTES) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (Platform.RESOURCE_PREFIX) {
          case "linux-x86-64" -> "/linux64/libsodium.so";
          case "linux-aarch64" -> "/arm64/libsodium.so";
          case "darwin-x86-64" -> "/mac/libsodium.dylib";
          case "darwin-aarch64" -> "/mac_arm/libsodium.dylib";
          case "win32-x86-64" -> "/windows64/libsodium.dll";
          default -> null;
        });
  }

  @Override
  public boolean verify(PhcHash hash, byte[] password) {
    if (hash.cost().lanes() != 1
        || hash.cost().memory() < 8
        || hash.salt().length != PhcHash.SALT
        || hash.tag().length < SHORTEST_TAG) {
      return others.verify(hash, password);
    }
    return super.verify(hash, password);
  }

  @Override
  byte[] compute(PhcHash.Cost cost, byte[] salt, int length, byte[] password) {
    byte[] tag = new byte[length];
    try (WipedMemory clear = new WipedMemory(password)) {
      int failed =
          compute.invokeInt(
              new Object[] {
                tag,
                (long) length,
                clear,
                (long) password.length,
                salt,
                (long) cost.passes(),
                cost.memory() * 1024L,
                ARGON2ID
              });
      if (failed != 0) {
        Arrays.fill(tag, (byte) 0);
        throw new IllegalStateException("there is no memory to hash a password in");
      }
      return tag;
    }
  }

  @Override
  public String toString() {
    return "libsodium";
  }
}
