package io.muster.license.intake;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Announcements;
import io.muster.inbox.CommandType;
import io.muster.inbox.Following;
import io.muster.inbox.Outcome;
import io.muster.license.report.LicenseAnnouncements;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the inbox is to understand our commands. */
final class LicenseCommands implements CommandType<LicenseCommand> {
  private final LicenseAnnouncements announcements = new LicenseAnnouncements();

  @Override
  public Topic<LicenseCommand> topic() {
    return Topics.LICENSE_COMMANDS;
  }

  @Override
  public Part part() {
    return Part.LICENSE;
  }

  @Override
  public String tenant(LicenseCommand command) {
    return command.tenant();
  }

  @Override
  public CommandId id(LicenseCommand command) {
    return new CommandId(command.jobId(), command.row());
  }

  @Override
  public CommandId undoes(LicenseCommand command) {
    return command.undoes();
  }

  @Override
  public Set<Part> parts(LicenseCommand command) {
    return command.parts();
  }

  /**
   * None: all commands of a tenant contend for its pools, so the handler decides them one by one in
   * memory, in arrival order.
   */
  @Override
  public Collection<?> contentionKeys(LicenseCommand command) {
    return List.of();
  }

  /** Refused seats undo what user-service did to the account, or would do. */
  @Override
  public List<Following<?>> following(LicenseCommand command, Outcome outcome) {
    if (outcome.part() != PartOutcome.REJECTED
        || command.undoes() != null
        || !command.parts().contains(Part.USER)) {
      return List.of();
    }
    UserCommand undo =
        new UserCommand(
            command.tenant(),
            command.jobId(),
            command.row(),
            command.stamp(),
            operation(command),
            command.userPrincipalName(),
            false,
            false,
            null,
            Map.of(),
            null,
            null,
            false,
            false,
            true,
            command.actor(),
            command.parts(),
            id(command),
            command.reverts(),
            command.dryRun());
    return List.of(
        new Following<>(
            Topics.USER_COMMANDS,
            Topics.userKey(command.tenant(), command.userPrincipalName()),
            undo,
            id(command)));
  }

  @Override
  public Announcements<LicenseCommand> announcements() {
    return announcements;
  }

  /** What user-service did for the row; a release is never refused. */
  private static Operation operation(LicenseCommand command) {
    return switch (command.action()) {
      case TAKE, UNDO -> Operation.ENABLE;
      case SET -> Operation.SET_LICENSES;
      case RESTORE -> Operation.REMOVE;
      case RELEASE -> Operation.DISABLE;
    };
  }
}
