package io.muster.contracts.hr;

import java.util.Optional;

/** What an HR system tells of an employee. */
public enum HrEventType {
  /** Works here from the start date on: has an account. */
  HIRED("io.muster.hr.hired"),
  /** Is the same employee with other particulars, all of them told again. */
  CHANGED("io.muster.hr.changed"),
  /** Doesn't work here any more after the end date. */
  LEFT("io.muster.hr.left");

  private final String word;

  HrEventType(String word) {
    this.word = word;
  }

  /** The CloudEvents {@code type}. */
  public String word() {
    return word;
  }

  /**
   * @return empty for null and for any other type
   */
  public static Optional<HrEventType> of(String word) {
    for (HrEventType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
