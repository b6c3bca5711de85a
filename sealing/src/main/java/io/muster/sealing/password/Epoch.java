package io.muster.sealing.password;

import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A day, UTC, with a key pair of its own. What is sealed on it can be opened for fourteen days at
 * least; then its private key is destroyed.
 */
record Epoch(LocalDate day) {
  /** DESIGN.md: {@code secretsUntil}. */
  private static final int DAYS_OF_SECRETS = 14;

  private static final String PUBLIC = ".public";
  private static final String PRIVATE = ".private";

  static Epoch today(Clock clock) {
    return new Epoch(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  Epoch next() {
    return new Epoch(day.plusDays(1));
  }

  /** The epoch's own day, and fourteen more for what was sealed in its last second. */
  Instant ends() {
    return day.plusDays(1 + DAYS_OF_SECRETS).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  boolean isExpired(Clock clock) {
    return !clock.instant().isBefore(ends());
  }

  Path publicKey(Path folder) {
    return folder.resolve(day + PUBLIC);
  }

  Path privateKey(Path folder) {
    return folder.resolve(day + PRIVATE);
  }

  /**
   * @return whose key this file is; empty for any other file
   */
  static Optional<Epoch> of(Path file) {
    String name = file.getFileName().toString();
    for (String ending : new String[] {PUBLIC, PRIVATE}) {
      if (name.endsWith(ending)) {
        try {
          String day = name.substring(0, name.length() - ending.length());
          return Optional.of(new Epoch(LocalDate.parse(day)));
        } catch (DateTimeException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
