package io.muster.cli.service;

import io.muster.cli.CommandFailed;
import picocli.CommandLine.Option;

/** How much of a list to show. */
public final class PageOptions {
  private static final long USUAL_LIMIT = 100;

  @Option(
      names = "--limit",
      order = 100,
      paramLabel = "N",
      description = "Items at most. Default: " + USUAL_LIMIT + ".")
  private Long limit;

  @Option(
      names = "--after",
      order = 101,
      paramLabel = "NEXT",
      description = "Go on where an earlier page ended.")
  private String after;

  /** 1 or more. */
  public long limit() {
    return limitOr(USUAL_LIMIT);
  }

  /**
   * 1 or more.
   *
   * @param otherwise when the command line doesn't say
   */
  public long limitOr(long otherwise) {
    if (limit != null && limit < 1) {
      throw CommandFailed.wrongUsage("--limit must be 1 or more.");
    }
    return limit == null ? otherwise : limit;
  }

  /** Null for the beginning. */
  public String after() {
    return after;
  }
}
