package io.muster.cli.stack;

import io.muster.cli.service.LocalService;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which local stack a command is about. */
final class FolderOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The stack's folder. Default: MUSTER_DATA, else .muster.")
  private String data;

  Path folder(Map<String, String> environment) {
    return LocalService.folder(data, environment);
  }
}
