package io.muster.sealing.password;

import io.muster.sealing.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the epochs' key pairs and destroys them when their time is over. Private keys are seen by
 * user-service alone, public ones by everybody who seals. Any number of processes may do it at
 * once.
 */
public final class PasswordEpochs {
  private final Path privateKeys;
  private final Path publicKeys;
  private final Clock clock;

  /**
   * @param privateKeys folder, made when missing
   * @param publicKeys folder, made when missing; not the same
   */
  public PasswordEpochs(Path privateKeys, Path publicKeys, Clock clock) {
    this.privateKeys = privateKeys;
    this.publicKeys = publicKeys;
    this.clock = clock;
    EpochKeys.register();
  }

  /** Makes the keys of today, and of tomorrow so that midnight finds one; leaves what is there. */
  public void ensure() throws IOException {
    Epoch today = Epoch.today(clock);
    ensure(today);
    ensure(today.next());
  }

  private void ensure(Epoch epoch) throws IOException {
    Path privateKey = epoch.privateKey(privateKeys);
    Path publicKey = epoch.publicKey(publicKeys);
    try {
      String secret = PrivateFile.read(privateKey);
      if (secret == null) {
        secret = PrivateFile.createOnce(privateKey, EpochKeys.freshPrivate());
      }
      String open = EpochKeys.publicOf(EpochKeys.parsePrivate(privateKey, secret));
      // One that belongs to another private key would seal what nobody can open.
      if (!open.equals(readIfThere(publicKey))) {
        PrivateFile.replace(publicKey, open);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("the keys of epoch " + epoch.day() + " can't be made", e);
    }
  }

  /**
   * Destroys the private keys of all epochs that are over, with the public ones before them. What
   * was sealed with those can't be opened by anyone from now on.
   */
  public void destroyExpired() throws IOException {
    for (Path publicKey : expired(publicKeys)) {
      Files.deleteIfExists(publicKey);
    }
    for (Path privateKey : expired(privateKeys)) {
      PrivateFile.destroy(privateKey);
    }
  }

  private List<Path> expired(Path folder) throws IOException {
    List<Path> expired = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Epoch.of(file).filter(epoch -> epoch.isExpired(clock)).isPresent()) {
          expired.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      // No folder, no keys.
    }
    return expired;
  }

  private static String readIfThere(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
