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

  /** The command line says how many. */
  public boolean isLimited() {
    return limit != null;
  }

  /** 1 or more. */
  public long limit() {
    if (limit != null && limit < 1) {
      throw CommandFailed.wrongUsage("--limit must be 1 or more.");
    }
    return limit == null ? USUAL_LIMIT : limit;
  }

  /** Null for the beginning. */
  public String after() {
    return after;
  }
}
