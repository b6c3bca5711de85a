package io.muster.cli.service;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which service a command speaks to, as far as the command line says it. */
public final class ServiceOptions {
  @Option(
      names = "--url",
      order = 910,
      paramLabel = "URL",
      description = "The gateway. Default: MUSTER_URL, else the local stack's.")
  private URI url;

  @Option(
      names = "--token",
      order = 911,
      paramLabel = "TOKEN",
      description =
          "A bearer token. Default: MUSTER_TOKEN, else that of muster login; on the local stack, a"
              + " tenant-admin's of contoso.")
  private String token;

  @Option(
      names = "--data",
      order = 912,
      paramLabel = "DIR",
      description = "The local stack's folder. Default: MUSTER_DATA, else .muster.")
  private String data;

  URI url() {
    return url;
  }

  String token() {
    return token;
  }

  String data() {
    return data;
  }
}
