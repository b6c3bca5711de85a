package io.muster.cli.service;

import picocli.CommandLine.Option;

/** How much of a list to show. */
public final class PageOptions {
  @Option(
      names = "--limit",
      order = 100,
      paramLabel = "N",
      defaultValue = "100",
      description = "Items at most. Default: ${DEFAULT-VALUE}.")
  private long limit;

  @Option(
      names = "--after",
      order = 101,
      paramLabel = "NEXT",
      description = "Go on where an earlier page ended.")
  private String after;

  /** 1 or more. */
  public long limit() {
    if (limit < 1) {
      throw io.muster.cli.CommandFailed.wrongUsage("--limit must be 1 or more.");
    }
    return limit;
  }

  /** Null for the beginning. */
  public String after() {
    return after;
  }
}
