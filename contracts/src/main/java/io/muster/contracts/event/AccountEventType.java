package io.muster.contracts.event;

import java.util.Locale;

/**
 * What happened to an account or its seats. {@link #name()} is the word in JSON, {@link #word()}
 * the one in ids and in the CloudEvents type.
 */
public enum AccountEventType {
  /** The account was made; its state is told. */
  ADDED,
  /** The account that a row had made is gone for good, and its name is free. */
  ADDITION_UNDONE,
  /** It was DISABLED and is ACTIVE. */
  ACTIVATED,
  /** The row that had activated it never counted; the state that it is in now is told. */
  ACTIVATION_UNDONE,
  /** It has another password than before; not sent for the first one of an activation. */
  PASSWORD_RESET,
  /** Properties were set or cleared; their names are told. */
  CHANGED,
  /** Seats were taken; their subscriptions are told. */
  LICENSED,
  /** Seats were given back; their subscriptions are told. */
  LICENSE_RELEASED,
  /** It was ACTIVE and is DISABLED. */
  DISABLED,
  /** It is in the recycle bin. */
  REMOVED,
  /** It came back from the recycle bin; the state that it is in now is told. */
  RESTORED;

  /** Kebab-case, {@code activation-undone}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
