package io.muster.localstack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a command out of the terminal's process group, so that Ctrl-C reaches the launcher alone,
 * which then stops the parts in order. The process keeps its pid: each wrapper replaces itself.
 */
final class Detached {
  private Detached() {}

  static List<String> command(List<String> command) {
    List<String> wrapped = new ArrayList<>(wrapper());
    wrapped.addAll(command);
    return wrapped;
  }

  private static List<String> wrapper() {
    for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (Files.isExecutable(Path.of(setsid))) {
        return List.of(setsid);
      }
    }
    if (Files.isExecutable(Path.of("/usr/bin/perl"))) { // macOS has no setsid
      return List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV");
    }
    // The shell at least lets programs that respect it ignore Ctrl-C, the JVM among them.
    return List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");
  }
}
