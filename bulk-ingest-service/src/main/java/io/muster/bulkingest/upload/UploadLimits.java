package io.muster.bulkingest.upload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much an upload may be. Every answer that refuses for one of them names it. */
@ConfigMapping(prefix = "muster.upload")
public interface UploadLimits {
  /** After inflation. 5 GiB is twice what 20,000,000 rows of the Microsoft 365 template take. */
  @WithDefault("5368709120")
  long maxBytes();

  /** Rows with a header; the largest customers have some ten million people. */
  @WithDefault("20000000")
  long maxRows();

  /** Under a header; the longest template known has 30. */
  @WithDefault("200")
  int maxColumns();

  /** Of one field, in UTF-8. A longer one is an unclosed quote or no field of an account. */
  @WithDefault("65536")
  int maxFieldBytes();

  /** Of one row, in UTF-8: also how far an unclosed quote is followed, and so kept in memory. */
  @WithDefault("262144")
  int maxRowBytes();

  /**
   * Inflated bytes for one compressed byte. Lists of people come to 5 or 10, rows that differ by a
   * number only to 60; beyond it is a bomb.
   */
  @WithDefault("200")
  int maxInflation();

  /**
   * For sorting the hashes that duplicates are found by, per upload; half as much again while
   * arrays grow. What doesn't fit goes to sealed files: of 20,000,000 rows some 80 of them.
   */
  @WithDefault("8388608")
  int sortBytes();
}
