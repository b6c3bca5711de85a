package io.muster.sealing;

import java.io.IOException;

/**
 * What was sealed can't be opened: it was altered or cut short, belongs to something else, or the
 * keyset isn't the one it was sealed with. The text never holds what was sealed.
 */
public final class SealBroken extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what happened, without a word of what was sealed
   * @param cause null when the form alone tells
   */
  public SealBroken(String what, Throwable cause) {
    super(what, cause);
  }
}
