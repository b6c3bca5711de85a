package io.muster.benchmarks.fair;

import java.util.List;
import java.util.Locale;

/** What the big tenant does while the small one mustn't notice. */
enum Load {
  ONE_JOB("one job", 1, 1, false),
  FIFTY_JOBS("fifty jobs at once", 50, 1, false),
  /** A hash takes some hundred times as long as a row: so many fewer rows make as long a job. */
  GIVEN_PASSWORDS("one job full of given passwords", 1, 100, true);

  private final String words;
  private final int jobs;
  private final int fewer;
  private final boolean passwords;

  Load(String words, int jobs, int fewer, boolean passwords) {
    this.words = words;
    this.jobs = jobs;
    this.fewer = fewer;
    this.passwords = passwords;
  }

  String words() {
    return words;
  }

  boolean passwords() {
    return passwords;
  }

  /** As it stands in the JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How many rows each of its jobs has.
   *
   * @param rows that the benchmark was asked for
   */
  List<Long> jobs(long rows) {
    return java.util.Collections.nCopies(jobs, Math.max(1_000, rows / fewer / jobs));
  }
}
