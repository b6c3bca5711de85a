package io.muster.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks on standard error and reads standard input, so that results can be piped on meanwhile;
 * {@code java.io.Console} needs standard output to be a terminal, too, and from Java 22 on is also
 * there where no person is.
 */
final class PersonAtTerminal implements Person {
  private final InputStream in;
  private final PrintStream err;
  private final boolean there;

  /**
   * @param there standard input and standard error are terminals
   */
  PersonAtTerminal(InputStream in, PrintStream err, boolean there) {
    this.in = in;
    this.err = err;
    this.there = there;
  }

  @Override
  public boolean isThere() {
    return there;
  }

  @Override
  public Optional<String> line(String question) {
    err.print(DisplayText.visible(question));
    err.flush();
    return read();
  }

  @Override
  public Optional<String> secret(String question) {
    echo(false);
    try (OnInterrupt interrupted = OnInterrupt.run(() -> echo(true))) {
      return line(question);
    } finally {
      echo(true);
      err.println();
    }
  }

  private Optional<String> read() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int one = in.read();
      if (one < 0) {
        return Optional.empty();
      }
      while (one >= 0 && one != '\n') {
        line.write(one);
        one = in.read();
      }
      return Optional.of(line.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A terminal that can't hide what is typed is still better than no way to give a password. */
  private static void echo(boolean shown) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "stty " + (shown ? "echo" : "-echo") + " </dev/tty")
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      // As above.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
