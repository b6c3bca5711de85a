package io.muster.cli.submit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people type it, to the UTC instant that the service takes. */
final class StartTime implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
      Instant instant =
          time instanceof LocalDateTime local
              ? local.atZone(ZoneId.systemDefault()).toInstant()
              : Instant.from(time);
      return instant.toString();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is no time like 2026-03-01T22:00 or 2026-03-01T22:00:00Z");
    }
  }
}
