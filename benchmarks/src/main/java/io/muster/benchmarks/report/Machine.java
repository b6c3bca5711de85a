package io.muster.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * @param cores that this process may use
 * @param memoryBytes of the machine, or of the container if that has fewer
 * @param cpuModel as the system names it, else the architecture
 * @param os with its version
 * @param kernel its version
 */
public record Machine(
    int cores, long memoryBytes, String cpuModel, String os, String kernel, String java) {
  private static final Path OS_RELEASE = Path.of("/etc/os-release");
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** This one. */
  public static Machine here() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        memory,
        after(CPU_INFO, "model name", ':').orElse(System.getProperty("os.arch")),
        after(OS_RELEASE, "PRETTY_NAME", '=').orElse(System.getProperty("os.name")),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
  }

  private static Optional<String> after(Path file, String name, char separator) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(separator) + 1).replace("\"", "").strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
