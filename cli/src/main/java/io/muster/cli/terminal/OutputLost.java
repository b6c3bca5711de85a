package io.muster.cli.terminal;

import java.io.IOException;
import java.util.Locale;

/** Standard output can't be written any more. */
public final class OutputLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutputLost(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** The reader has seen enough ({@code | head}): nothing is wrong. */
  public boolean readerIsGone() {
    return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
