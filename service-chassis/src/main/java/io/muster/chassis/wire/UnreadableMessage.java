package io.muster.chassis.wire;

/** A record that isn't what its topic promises. The text is a reason code, never a row's value. */
public final class UnreadableMessage extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableMessage(String reasonCode) {
    super(reasonCode);
  }
}
