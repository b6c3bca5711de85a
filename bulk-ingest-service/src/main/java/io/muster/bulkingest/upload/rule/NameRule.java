package io.muster.bulkingest.upload.rule;

import io.muster.contracts.command.UserPrincipalName;

/**
 * What a user principal name looks like: {@code local@domain}; before the at sign letters and
 * digits of any script and the signs that API.md lists, no dot at its ends and no two in a row;
 * after it labels of letters, digits and hyphens.
 */
public final class NameRule {
  private static final String SIGNS = "!#$%&'*+-/=?^_`{|}~.";
  private static final int MAX_LABEL = 63;

  private NameRule() {}

  /**
   * @param name not empty
   * @return what is wrong, one sentence; null when nothing is
   */
  public static String fault(String name) {
    int at = name.indexOf('@');
    if (at <= 0 || at == name.length() - 1) {
      return "UserPrincipalName is local@domain, name@example.com for instance.";
    }
    if (name.length() > UserPrincipalName.MAX_LENGTH
        && name.codePointCount(0, name.length()) > UserPrincipalName.MAX_LENGTH) {
      return "UserPrincipalName is longer than "
          + UserPrincipalName.MAX_LENGTH
          + " characters, the limit.";
    }
    String local = localFault(name, at);
    return local != null ? local : domainFault(name, at + 1);
  }

  /**
   * @param domain without an at sign
   * @return what is wrong, one sentence; null when nothing is
   */
  public static String domainFault(String domain) {
    return domainFault(domain, 0);
  }

  private static String localFault(String name, int end) {
    char before = '.';
    for (int i = 0; i < end; ) {
      int c = name.codePointAt(i);
      if (c == '.' && before == '.') {
        return "UserPrincipalName has a dot at the start or two dots in a row.";
      }
      if (c >= 0x80 ? !isLetterOrDigit(c, i > 0) : !isAsciiWord(c) && SIGNS.indexOf(c) < 0) {
        return Character.isWhitespace(c) || c == 0xA0
            ? "UserPrincipalName holds a blank: remove it."
            : "UserPrincipalName holds a character that isn't allowed before the @.";
      }
      before = (char) c;
      i += Character.charCount(c);
    }
    return before == '.' ? "UserPrincipalName has a dot just before the @." : null;
  }

  private static String domainFault(String name, int start) {
    int label = 0;
    int before = '-';
    for (int i = start; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (c == '.') {
        if (label == 0 || before == '-') {
          return badDomain();
        }
        label = 0;
      } else if (c == '-') {
        if (label++ == 0) {
          return badDomain();
        }
      } else if (c >= 0x80 ? isLetterOrDigit(c, label > 0) : isAsciiWord(c)) {
        label++;
      } else {
        return badDomain();
      }
      if (label > MAX_LABEL) {
        return badDomain();
      }
      before = c;
      i += Character.charCount(c);
    }
    return label == 0 || before == '-' ? badDomain() : null;
  }

  private static String badDomain() {
    return "UserPrincipalName has no domain of letters, digits, dots and hyphens after the @.";
  }

  private static boolean isAsciiWord(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /** Marks belong to the letter before them: vowel signs, and accents written apart. */
  private static boolean isLetterOrDigit(int c, boolean afterAnother) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> afterAnother;
      default -> Character.isLetterOrDigit(c);
    };
  }
}
