package io.muster.contracts.result;

/**
 * How far a part of a row has come. Allowed ways: NONE to any other, APPLIED to UNDONE; anything
 * else is a repeat.
 */
public enum PartOutcome {
  NONE,
  APPLIED,
  REJECTED,
  SKIPPED,
  UNDONE
}
