package io.muster.inbox;

import java.util.Objects;

/**
 * A command with its outcome, stored and ready to be sent.
 *
 * @param slice the dispatcher's slice number as it came with the command; null when there is none
 */
public record Answer<C>(C command, Outcome outcome, byte[] slice) {
  public Answer {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(outcome, "outcome");
  }
}
