package io.muster.cli.identity;

import io.muster.cli.CommandFailed;
import io.muster.cli.service.ServiceAddress;
import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which remote system somebody signs in to. */
final class RemoteOption {
  @Option(
      names = "--url",
      order = 1,
      paramLabel = "URL",
      description = "The system's gateway. Default: MUSTER_URL.")
  private URI url;

  /** Without a slash at the end. */
  URI url(Map<String, String> environment) {
    return ServiceAddress.named(url, environment)
        .orElseThrow(
            () ->
                CommandFailed.wrongUsage(
                    "Say which system: --url https://muster.example.com, or MUSTER_URL. The local"
                        + " stack needs no login."));
  }
}
