package io.muster.user.intake;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Announcements;
import io.muster.inbox.CommandType;
import io.muster.inbox.Following;
import io.muster.inbox.Outcome;
import io.muster.user.provisioning.EmployeeIdKey;
import io.muster.user.provisioning.NamesAndEmployeeIds.Wanted;
import io.muster.user.report.UserAnnouncements;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** How the inbox is to understand our commands. */
final class UserCommands implements CommandType<UserCommand> {
  private final UserAnnouncements announcements = new UserAnnouncements();

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
    String employeeId = Wanted.of(command).employeeId();
    return employeeId == null
        ? List.of(user)
        : List.of(user, new EmployeeIdKey(command.tenant(), employeeId));
  }

  /** What the row's other part becomes: see {@link LicensePart}. */
  @Override
  public List<Following<?>> following(UserCommand command, Outcome outcome) {
    return LicensePart.following(command, outcome)
        .<List<Following<?>>>map(
            order ->
                List.of(
                    new Following<>(
                        Topics.LICENSE_COMMANDS,
                        Topics.licenseKey(command.tenant()),
                        order,
                        command.id())))
        .orElse(List.of());
  }

  @Override
  public Announcements<UserCommand> announcements() {
    return announcements;
  }

  @Override
  public Set<Part> skipped(UserCommand command, Outcome outcome) {
    return LicensePart.isSkipped(command, outcome) ? Set.of(Part.LICENSE) : Set.of();
  }
}
