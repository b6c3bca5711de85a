package io.muster.inbox.database;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** The day on which a job was made, as its id tells it: what tables are partitioned by. */
public final class JobDay {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final LocalDate AFTER_LAST = LocalDate.of(2200, 1, 1);

  private JobDay() {}

  /** Whether a job can have this id: a UUIDv7 of a day that has partitions. */
  public static boolean isJobId(UUID id) {
    if (id.version() != 7) {
      return false;
    }
    LocalDate day = of(id);
    return !day.isBefore(FIRST) && day.isBefore(AFTER_LAST);
  }

  /** A UUIDv7's first 48 bits are milliseconds since 1970; the day is UTC's. */
  public static LocalDate of(UUID jobId) {
    long millis = jobId.getMostSignificantBits() >>> 16;
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** The least id that a job of this day, or a later one, can have. */
  public static UUID firstId(LocalDate day) {
    return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
  }
}
