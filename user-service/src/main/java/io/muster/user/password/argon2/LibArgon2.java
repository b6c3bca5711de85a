package io.muster.user.password.argon2;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The reference implementation, by the natives that argon2-jvm carries. */
final class LibArgon2 implements Argon2Id {
  private static final Logger LOG = Logger.getLogger(LibArgon2.class);

  private final Argon2Advanced argon2;

  private LibArgon2(Argon2Advanced argon2) {
    this.argon2 = argon2;
  }

  /**
   * @return empty where no native fits the machine, or where none may be unpacked
   */
  static Optional<Argon2Id> ifItRuns() {
    try {
      Argon2Advanced argon2 =
          Argon2Factory.createAdvanced(
              Argon2Factory.Argon2Types.ARGON2id, PhcHash.SALT, PhcHash.TAG);
      argon2.hash(1, 8, 1, new byte[1]);
      return Optional.of(new LibArgon2(argon2));
    } catch (LinkageError e) {
      LOG.warnf("libargon2 doesn't run here, Bouncy Castle takes half as long again: %s", e);
      return Optional.empty();
    }
  }

  @Override
  public String hash(byte[] password) {
    PhcHash.Cost cost = PhcHash.NOW;
    return argon2.hash(cost.passes(), cost.memory(), cost.lanes(), password);
  }

  @Override
  public boolean verify(PhcHash hash, byte[] password) {
    return argon2.verify(hash.written(), password);
  }

  @Override
  public String toString() {
    return "libargon2";
  }
}
