package io.muster.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Where a command reads and writes. Results go to {@link #out()}, everything else to {@link
 * #err()}; both are UTF-8 whatever the locale says.
 *
 * @param in standard input
 * @param out standard output, unbuffered: an {@code IOException} from it means the reader is gone
 * @param err standard error
 * @param outIsTerminal a person looks at the results
 * @param errIsTerminal a person looks at the progress
 * @param width columns of that terminal; asked for only when it matters
 * @param environment variables of the process
 * @param person to be asked; may not be there
 */
public record Terminal(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    IntSupplier width,
    Map<String, String> environment,
    Person person) {
  /** Where nothing tells: what a piped table may take. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public Terminal {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    Objects.requireNonNull(width, "width");
    environment = Map.copyOf(environment);
    Objects.requireNonNull(person, "person");
  }

  /** The process's own. */
  public static Terminal ofProcess() {
    InputStream in = new FileInputStream(FileDescriptor.in);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    boolean errIsTerminal = TerminalQuestions.isTerminal(TerminalQuestions.STDERR);
    return new Terminal(
        in,
        new FileOutputStream(FileDescriptor.out),
        err,
        TerminalQuestions.isTerminal(TerminalQuestions.STDOUT),
        errIsTerminal,
        TerminalQuestions::width,
        System.getenv(),
        new PersonAtTerminal(
            in, err, errIsTerminal && TerminalQuestions.isTerminal(TerminalQuestions.STDIN)));
  }

  /** Bars and colours are wanted: a person looks, and has not said no. */
  public boolean isLively() {
    return errIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Columns a table on standard output may take: {@code COLUMNS}, else the terminal's own. */
  public int tableWidth() {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
      if (columns > 0) {
        return columns;
      }
    } catch (NumberFormatException e) {
      // Not a number: ask the terminal.
    }
    return outIsTerminal ? width.getAsInt() : UNLIMITED;
  }

  /** One line to standard error, control characters taken out. */
  public void say(String line) {
    err.println(DisplayText.visible(line));
    err.flush();
  }
}
