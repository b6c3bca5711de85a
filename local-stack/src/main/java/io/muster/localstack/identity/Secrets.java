package io.muster.localstack.identity;

import io.muster.localstack.home.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * Generated passwords of one stack, by name, kept in a file with mode 0600. Threads may share it.
 */
public final class Secrets {
  private static final int BYTES = 24;

  private final Path file;
  private final RandomGenerator random;
  private final Properties known = new Properties();

  /**
   * @param file is read if it exists
   * @param random a cryptographic source
   */
  public Secrets(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        known.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("can't read " + file, e);
      }
    }
  }

  /** The secret of that name; made and on disk before it is returned the first time. */
  public synchronized String of(String name) {
    String secret = known.getProperty(name);
    if (secret == null) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      // letters and digits only: it stands in URLs, SQL and JAAS texts
      secret =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replaceAll("[-_]", "x");
      known.setProperty(name, secret);
      save();
    }
    return secret;
  }

  private void save() {
    StringWriter text = new StringWriter();
    try {
      known.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrivateFiles.replace(file, text.toString());
  }
}
