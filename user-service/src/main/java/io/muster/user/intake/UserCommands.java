package io.muster.user.intake;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.CommandType;
import io.muster.inbox.Following;
import io.muster.inbox.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** How the inbox is to understand our commands. */
final class UserCommands implements CommandType<UserCommand> {

  @Override
  public Topic<UserCommand> topic() {
    return Topics.USER_COMMANDS;
  }

  @Override
  public Part part() {
    return Part.USER;
  }

  @Override
  public String tenant(UserCommand command) {
    return command.tenant();
  }

  @Override
  public CommandId id(UserCommand command) {
    return command.id();
  }

  @Override
  public CommandId undoes(UserCommand command) {
    return command.undoes();
  }

  @Override
  public Set<Part> parts(UserCommand command) {
    return command.parts();
  }

  /** The user, and the employee id that the row would take. */
  @Override
  public Collection<?> contentionKeys(UserCommand command) {
    Object user = Topics.userKey(command.tenant(), command.userPrincipalName());
    String employeeId = command.properties().get(AccountProperty.EMPLOYEE_ID.field());
    return employeeId == null
        ? List.of(user)
        : List.of(user, new EmployeeId(command.tenant(), employeeId));
  }

  /** A refused user part gives back the seats that license-service took, or would take. */
  @Override
  public List<Following<?>> following(UserCommand command, Outcome outcome) {
    if (outcome.part() != PartOutcome.REJECTED
        || command.undoes() != null
        || !command.parts().contains(Part.LICENSE)) {
      return List.of();
    }
    LicenseCommand undo =
        new LicenseCommand(
            command.tenant(),
            command.jobId(),
            command.row(),
            command.stamp(),
            LicenseCommand.Action.UNDO,
            List.of(),
            command.userPrincipalName(),
            null,
            command.actor(),
            command.parts(),
            command.id(),
            null,
            null,
            command.dryRun());
    return List.of(
        new Following<>(
            Topics.LICENSE_COMMANDS, Topics.licenseKey(command.tenant()), undo, command.id()));
  }

  private record EmployeeId(String tenant, String value) {}
}
