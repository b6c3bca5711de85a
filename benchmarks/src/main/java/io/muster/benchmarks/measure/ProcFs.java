package io.muster.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What Linux tells about processes under {@code /proc}. On other systems, and of processes that are
 * gone, everything is empty: nothing here is ever guessed.
 */
public final class ProcFs {
  /** {@code USER_HZ}: 100 on every architecture that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long KIB = 1024;

  /** Resets the peak of the resident memory; see proc(5), {@code clear_refs}. */
  private static final String RESET_PEAK = "5";

  /** Fields of {@code stat} behind the name in brackets, counted from 0 for the state. */
  private static final int PARENT = 1;

  /** Fields of the machine's own {@code stat}: user, nice, system, idle, iowait, irq, softirq. */
  private static final int BUSY_FROM = 1;

  private static final int IDLE = 4;
  private static final int WAITING = 5;
  private static final int BUSY_TO = 8;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;

  private final Path root;

  private ProcFs(Path root) {
    this.root = root;
  }

  /** That of this machine. */
  public static ProcFs ofThisMachine() {
    return new ProcFs(Path.of("/proc"));
  }

  /** One that lies elsewhere, for tests. */
  static ProcFs at(Path root) {
    return new ProcFs(root);
  }

  /** False on systems without it: then what needs it isn't measured. */
  public boolean isThere() {
    return Files.isReadable(root.resolve(Path.of("self", "stat")));
  }

  /**
   * Seconds of CPU that a process has used, its children's with it: those that have ended and were
   * waited for, and those that run. So PostgreSQL's backends count as the postmaster's, whenever
   * they came and went.
   */
  public OptionalDouble cpuSecondsWithChildren(long pid) {
    List<String> own = stat(pid);
    if (own.isEmpty()) {
      return OptionalDouble.empty();
    }
    double ticks =
        ticks(own, USER_TIME)
            + ticks(own, SYSTEM_TIME)
            + ticks(own, CHILDREN_USER_TIME)
            + ticks(own, CHILDREN_SYSTEM_TIME);
    for (long child : childrenOf(pid)) {
      List<String> its = stat(child);
      ticks += its.isEmpty() ? 0 : ticks(its, USER_TIME) + ticks(its, SYSTEM_TIME);
    }
    return OptionalDouble.of(ticks / TICKS_PER_SECOND);
  }

  /** Seconds of CPU that a process itself has used. */
  public OptionalDouble cpuSeconds(long pid) {
    List<String> own = stat(pid);
    return own.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((ticks(own, USER_TIME) + ticks(own, SYSTEM_TIME)) / TICKS_PER_SECOND);
  }

  /** Seconds of CPU that the whole machine has been busy, whoever it worked for. */
  public OptionalDouble busySeconds() {
    try (Stream<String> lines = Files.lines(root.resolve("stat"))) {
      String[] all = lines.findFirst().orElseThrow().strip().split(" +");
      double ticks = 0;
      for (int field = BUSY_FROM; field < Math.min(BUSY_TO, all.length); field++) {
        ticks += field == IDLE || field == WAITING ? 0 : Double.parseDouble(all[field]);
      }
      return OptionalDouble.of(ticks / TICKS_PER_SECOND);
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  /** Running children, not theirs. */
  public List<Long> childrenOf(long parent) {
    List<Long> children = new ArrayList<>();
    try (Stream<Path> all = Files.list(root)) {
      for (Path folder : (Iterable<Path>) all::iterator) {
        String name = folder.getFileName().toString();
        if (name.chars().allMatch(Character::isDigit)) {
          List<String> stat = stat(Long.parseLong(name));
          if (!stat.isEmpty() && Long.parseLong(stat.get(PARENT)) == parent) {
            children.add(Long.parseLong(name));
          }
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return children;
  }

  /**
   * Most bytes of memory that the process had resident, since {@link #resetPeak} if that worked.
   */
  public OptionalLong peakResident(long pid) {
    return kibibytes(root.resolve(Path.of(Long.toString(pid), "status")), "VmHWM:");
  }

  /** Begins the peak anew. False when the system doesn't allow it: then it is since the start. */
  public boolean resetPeak(long pid) {
    try {
      Files.writeString(root.resolve(Path.of(Long.toString(pid), "clear_refs")), RESET_PEAK);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Bytes of memory of a process and its children, pages that several share counted once among
   * them. Costs the system milliseconds for each gigabyte.
   */
  public OptionalLong proportionalWithChildren(long pid) {
    OptionalLong own = proportional(pid);
    if (own.isEmpty()) {
      return own;
    }
    return OptionalLong.of(
        own.getAsLong()
            + childrenOf(pid).stream().mapToLong(child -> proportional(child).orElse(0)).sum());
  }

  /** The most heap that a Java process may take, from its command line. */
  public OptionalLong mostHeap(long pid) {
    try {
      String line = Files.readString(root.resolve(Path.of(Long.toString(pid), "cmdline")));
      for (String word : line.split("\0")) {
        if (word.matches("-Xmx\\d+m")) {
          return OptionalLong.of(
              Long.parseLong(word.substring("-Xmx".length(), word.length() - 1)) * KIB * KIB);
        }
      }
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private OptionalLong proportional(long pid) {
    return kibibytes(root.resolve(Path.of(Long.toString(pid), "smaps_rollup")), "Pss:");
  }

  /** Fields from the state on; empty when the process is gone. */
  private List<String> stat(long pid) {
    try {
      String line = Files.readString(root.resolve(Path.of(Long.toString(pid), "stat")));
      // The name may hold blanks and brackets.
      return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" "));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static double ticks(List<String> stat, int field) {
    return Double.parseDouble(stat.get(field));
  }

  private static OptionalLong kibibytes(Path file, String field) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }
}
