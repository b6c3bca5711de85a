package io.muster.bulkingest.hr.person;

import com.ibm.icu.text.Transliterator;
import io.muster.contracts.command.UserPrincipalName;
import io.muster.contracts.hr.HrEvent;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes user principal names of people's own: in ASCII, since not every system behind an account
 * takes more, whatever script they are written in. Thread-safe.
 */
public final class NamePattern {
  private static final int LONGEST_LOCAL = 64;
  private static final Pattern IN_A_WORD = Pattern.compile("['’ʼʹʺ`´.]");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern DOTS = Pattern.compile("\\.{2,}");
  private static final Pattern ENDS = Pattern.compile("^[.-]+|[.-]+$");

  private final Transliterator toAscii = Transliterator.getInstance("Any-Latin; Latin-ASCII");
  private final String pattern;

  /**
   * @param pattern as {@code HrConfig.namePattern()} has it
   */
  public NamePattern(String pattern) {
    this.pattern = pattern;
  }

  /**
   * A candidate.
   *
   * @param attempt from 1; from 2 on it stands behind the name
   * @param domain without an at sign
   */
  public String candidate(HrEvent.Data data, int attempt, String domain) {
    String number = attempt < 2 ? "" : Integer.toString(attempt);
    int room =
        Math.min(LONGEST_LOCAL, UserPrincipalName.MAX_LENGTH - 1 - domain.length())
            - number.length();
    String local = local(data);
    if (local.isEmpty()) {
      local = "employee-" + word(data.employeeId());
    }
    String cut = local.substring(0, Math.min(local.length(), Math.max(1, room)));
    return ENDS.matcher(cut).replaceAll("") + number + '@' + domain;
  }

  private String local(HrEvent.Data data) {
    String first = word(data.firstName());
    String last = word(data.lastName());
    String made =
        pattern
            .replace("{first}", first)
            .replace("{last}", last)
            .replace("{f}", initial(first))
            .replace("{l}", initial(last))
            .replace("{employee}", word(data.employeeId()));
    return ENDS.matcher(DOTS.matcher(made).replaceAll(".")).replaceAll("");
  }

  private static String initial(String word) {
    return word.isEmpty() ? "" : word.substring(0, 1);
  }

  /** Lower-case letters, digits and hyphens; empty where nothing of it can be written so. */
  private String word(String name) {
    if (name == null) {
      return "";
    }
    String ascii = toAscii.transliterate(name).toLowerCase(Locale.ROOT);
    String joined = IN_A_WORD.matcher(ascii).replaceAll("");
    return ENDS.matcher(BETWEEN_WORDS.matcher(joined).replaceAll("-")).replaceAll("");
  }
}
