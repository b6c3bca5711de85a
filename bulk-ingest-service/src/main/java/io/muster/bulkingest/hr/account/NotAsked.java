package io.muster.bulkingest.hr.account;

import java.util.Objects;

/**
 * A transaction turned out to need answers that it began without: somebody changed meanwhile. It is
 * undone, they are asked for, and it begins anew: {@link AskingFirst}.
 */
public final class NotAsked extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Questions questions;

  public NotAsked(Questions questions) {
    // Nothing is broken: nobody needs to know where it was thrown.
    super("user-service has to be asked first", null, false, false);
    this.questions = Objects.requireNonNull(questions, "questions");
  }

  Questions questions() {
    return questions;
  }
}
