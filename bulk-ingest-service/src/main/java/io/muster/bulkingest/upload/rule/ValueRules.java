package io.muster.bulkingest.upload.rule;

import io.muster.bulkingest.spool.Column;
import io.muster.contracts.command.AccountProperty;
import java.util.Locale;
import java.util.Set;

/** What a cell may hold, whatever the operation. Answers name the column, never the value. */
public final class ValueRules {
  /** ISO 3166-1 alpha-2, as this Java knows it. */
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private ValueRules() {}

  /**
   * @param value not empty
   * @return what is wrong, one sentence; null when nothing is
   */
  public static String fault(Column column, String value) {
    String fault = faultOfText(column, value);
    if (fault != null) {
      return fault;
    }
    AccountProperty property = column.property();
    if (property != null && value.length() > property.maxLength()) {
      int length = value.codePointCount(0, value.length());
      if (length > property.maxLength() && property != AccountProperty.USAGE_LOCATION) {
        return column.canonical()
            + " has "
            + length
            + " characters; "
            + property.maxLength()
            + " are allowed.";
      }
    }
    return switch (column) {
      case USAGE_LOCATION ->
          COUNTRIES.contains(value.toUpperCase(Locale.ROOT))
              ? null
              : "UsageLocation is a country code of two letters (ISO 3166-1), US for example.";
      case BLOCK_SIGN_IN, PROTECTED, MUST_CHANGE_PASSWORD ->
          YesOrNo.of(column, value) != null ? null : column.canonical() + " is Yes or No.";
      default -> null;
    };
  }

  /** Characters that no cell may hold: line breaks are the only control characters allowed. */
  public static String faultOfText(Column column, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7F || c == '\n' || c == '\r') {
        continue;
      }
      if (Character.isISOControl(c)) {
        return column.canonical() + " holds a control character: remove it.";
      }
      if (c == '\uFFFD') {
        return column.canonical()
            + " holds a character that was damaged on its way: save the file as CSV UTF-8 again.";
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < value.length()
            && Character.isLowSurrogate(value.charAt(i + 1))) {
          i++;
        } else {
          return column.canonical() + " holds half a character: write it again.";
        }
      }
    }
    return null;
  }
}
