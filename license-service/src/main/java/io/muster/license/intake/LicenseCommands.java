package io.muster.license.intake;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Part;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.CommandType;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** How the inbox is to understand our commands. */
final class LicenseCommands implements CommandType<LicenseCommand> {

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
}
