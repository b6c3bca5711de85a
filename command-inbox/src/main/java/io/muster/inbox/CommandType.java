package io.muster.inbox;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.topic.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the inbox has to know about a service's commands: how they are named, whose they are, and
 * which of them get in each other's way. Implementations hold no state.
 *
 * @param <C> the command
 */
public interface CommandType<C> {
  /** Where the commands come from. */
  Topic<C> topic();

  /** The part of a row that this service answers for. */
  Part part();

  String tenant(C command);

  /** The row that is answered. */
  CommandId id(C command);

  /**
   * @return the command that this one undoes; null for an ordinary command
   */
  CommandId undoes(C command);

  /** All parts that the row has on the bus. */
  Set<Part> parts(C command);

  /**
   * What the command reads or writes that another command could, tenant included: the user, an
   * employee id. Two commands of a batch that share a key are applied in arrival order and never in
   * one round; two that share none must come out the same in either order. From batch to batch only
   * what has the same key on the bus keeps its order.
   *
   * @return compared by {@code equals}; none where the handler itself goes through a round one by
   *     one, in memory, and so needs no rounds
   */
  Collection<?> contentionKeys(C command);

  /**
   * Commands for another service that follow from an outcome: the undo of a row's other part when
   * this one was refused, say. They are sent with the result, after the commit, and again with
   * every repeat; whoever gets them does them once.
   *
   * @param command an undo as well as an ordinary one
   * @return usually none
   */
  default List<Following<?>> following(C command, Outcome outcome) {
    return List.of();
  }

  /**
   * Parts that end with this outcome, since the command that this service would have sent for them
   * never goes out: they are reported as SKIPPED, with the result and as often.
   *
   * @return usually none
   */
  default Set<Part> skipped(C command, Outcome outcome) {
    return Set.of();
  }

  /**
   * What the tenants' other systems hear. It is sent with the result, after the commit, and again
   * with every repeat.
   */
  default Announcements<C> announcements() {
    return Announcements.none();
  }
}
