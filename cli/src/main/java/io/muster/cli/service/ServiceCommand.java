package io.muster.cli.service;

import io.muster.cli.MusterCommand;
import picocli.CommandLine.Mixin;

/** A command that speaks to the gateway. */
public abstract class ServiceCommand extends MusterCommand {
  @Mixin private ServiceOptions where;

  /** The local stack that options or environment name, running or not. */
  protected final LocalService local() {
    return LocalService.in(LocalService.folder(where.data(), terminal().environment()));
  }

  /** No other system is named than the local stack in its folder. */
  protected final boolean isLocal() {
    return ServiceAddress.named(where.url(), terminal().environment())
        .map(url -> local().url().filter(url::equals).isPresent())
        .orElse(true);
  }

  /** The gateway that options, environment or the local stack name. */
  protected final Service service() {
    return service(LocalService.DEFAULT_ROLE);
  }

  /**
   * The same for operators' calls.
   *
   * @param localRole whose token the local stack signs when none was given
   */
  protected final Service service(String localRole) {
    return new Service(ServiceAddress.of(where, terminal().environment(), localRole));
  }
}
