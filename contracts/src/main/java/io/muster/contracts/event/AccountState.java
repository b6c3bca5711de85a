package io.muster.contracts.event;

/** Whether an account can be used: API.md's words. */
public enum AccountState {
  DISABLED,
  ACTIVE,
  /** In the recycle bin. */
  REMOVED
}
