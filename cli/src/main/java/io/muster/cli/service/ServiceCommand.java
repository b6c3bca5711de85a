package io.muster.cli.service;

import io.muster.cli.MusterCommand;
import picocli.CommandLine.Mixin;

/** A command that speaks to the gateway. */
public abstract class ServiceCommand extends MusterCommand {
  @Mixin private ServiceOptions where;

  /** The gateway that options, environment or the local stack name. */
  protected final Service service() {
    return new Service(ServiceAddress.of(where, terminal().environment()));
  }
}
