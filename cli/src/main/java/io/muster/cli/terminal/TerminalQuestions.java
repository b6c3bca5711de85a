package io.muster.cli.terminal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Java 17 can't tell about standard output and error, asked from the system. */
final class TerminalQuestions {
  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;
  private static final int USUAL_WIDTH = 80;

  private TerminalQuestions() {}

  /** True when the descriptor is a terminal; false when it isn't or nobody knows. */
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
      ProcessBuilder test = new ProcessBuilder("/bin/sh", "-c", "test -t " + descriptor);
      test.redirectInput(
          descriptor == STDIN ? Redirect.INHERIT : Redirect.from(Path.of("/dev/null").toFile()));
      test.redirectOutput(descriptor == STDOUT ? Redirect.INHERIT : Redirect.DISCARD);
      test.redirectError(descriptor == STDERR ? Redirect.INHERIT : Redirect.DISCARD);
      return test.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Columns of the controlling terminal, 80 when it has none. */
  static int width() {
    try {
      Process stty =
          new ProcessBuilder("/bin/sh", "-c", "stty size </dev/tty")
              .redirectError(Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      int blank = answer.indexOf(' ');
      int columns = blank < 0 ? 0 : Integer.parseInt(answer.substring(blank + 1));
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException | NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }
}
