package io.muster.gateway.scim.write;

import io.muster.chassis.problem.RequestRefused;

/** What became of an order. */
public sealed interface Outcome {
  /** All its rows were done, or nothing had to be. */
  record Done() implements Outcome {}

  /** Nothing of it was done, or all of that was taken back. */
  record Refused(RequestRefused because) implements Outcome {}

  /** Nothing of it was begun: too many orders before it were refused. */
  record NotBegun() implements Outcome {}
}
