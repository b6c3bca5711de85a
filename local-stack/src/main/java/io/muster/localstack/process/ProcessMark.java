package io.muster.localstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is known to be ours: an argument of its command line names the stack's folder and
 * its part in it. Whatever pid stands in a file, only a process that carries the mark is ever
 * ended, and one that was started in the instant before the launcher died is found by it, too.
 *
 * @param folder the stack's folder, as its real path
 * @param name such as {@code user-service}
 */
public record ProcessMark(Path folder, String name) {
  private static final String KEY = "localstack.process=";

  /** The mark as a setting of PostgreSQL, {@code key=value}. */
  public String setting() {
    return KEY + folder + ":" + name;
  }

  /** The mark as an argument of {@code java}. */
  public String javaArgument() {
    return "-D" + setting();
  }

  /** All living processes that carry the mark. */
  public List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::isOn).toList();
  }

  /** All living processes that carry a mark of that folder, and the name in it. */
  public static Map<ProcessHandle, String> allIn(Path folder) {
    String beginning = new ProcessMark(folder, "").setting();
    Map<ProcessHandle, String> found = new LinkedHashMap<>();
    ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .forEach(
            process ->
                arguments(process).stream()
                    .map(ProcessMark::plain)
                    .filter(argument -> argument.startsWith(beginning))
                    .findFirst()
                    .ifPresent(mark -> found.put(process, mark.substring(beginning.length()))));
    return found;
  }

  /** False also for a process that has ended or can't be looked at. */
  public boolean isOn(ProcessHandle process) {
    return process.isAlive() && arguments(process).stream().anyMatch(this::matches);
  }

  /** Whether Linux only keeps its entry until its parent asks for the exit code. */
  static boolean hasEnded(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String text = Files.exists(status) ? Files.readString(status) : "";
      return text.contains(") Z ");
    } catch (IOException ended) {
      return true;
    }
  }

  private boolean matches(String argument) {
    return plain(argument).equals(setting());
  }

  private static String plain(String argument) {
    return argument.startsWith("-D") ? argument.substring(2) : argument;
  }

  /** Linux is asked itself, since the JDK gives up on command lines of a page or more. */
  private static List<String> arguments(ProcessHandle process) {
    Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    if (Files.exists(commandLine)) {
      try {
        String all = new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8);
        return List.of(all.split("\0"));
      } catch (IOException ended) {
        return List.of();
      }
    }
    return List.of(process.info().arguments().orElse(new String[0]));
  }
}
