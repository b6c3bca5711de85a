package io.muster.inbox;

import java.util.List;

/**
 * What the tenant's other systems are told of a service's commands. Told from the command and its
 * stored outcome alone, so that a repeat tells the same. Implementations hold no state.
 *
 * @param <C> the command
 */
public interface Announcements<C> {
  /** Whose account it is, as written. */
  String userPrincipalName(C command);

  /**
   * What the command did, by the outcome's {@link Outcome#happened()} where that tells, else by the
   * command itself.
   *
   * @param command an undo as well as an ordinary one
   * @return none where nothing happened: the command was refused, came too late, only tried
   */
  List<Happening> of(C command, Outcome outcome);

  /** Of commands that nobody outside hears of. */
  static <C> Announcements<C> none() {
    return new Announcements<>() {
      @Override
      public String userPrincipalName(C command) {
        throw new UnsupportedOperationException("nothing is announced");
      }

      @Override
      public List<Happening> of(C command, Outcome outcome) {
        return List.of();
      }
    };
  }
}
