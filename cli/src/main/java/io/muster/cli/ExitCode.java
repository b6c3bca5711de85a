package io.muster.cli;

/** What the shell gets; fixed by API.md. */
public final class ExitCode {
  public static final int DONE = 0;

  /** The job ended (or paused) with rows that were not done. */
  public static final int ROWS_FAILED = 1;

  public static final int WRONG_USAGE = 2;
  public static final int REFUSED = 3;
  public static final int UNREACHABLE = 4;

  private ExitCode() {}
}
