package io.muster.localstack.postgresql;

import io.muster.localstack.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a postmaster leaves when it is killed: children that have not noticed yet, which hold the
 * shared memory, and {@code postmaster.pid}, which keeps a new one from starting when its number
 * has gone to some other process.
 */
final class PostgresLeftovers {
  private final Path data;
  private final ProcessMark mark;

  PostgresLeftovers(Path data, ProcessMark mark) {
    this.data = data;
    this.mark = mark;
  }

  /** Only called while we hold the stack's lock, so no other launcher runs this cluster. */
  void clear() throws IOException, InterruptedException {
    mark.processes().forEach(ProcessHandle::destroyForcibly);
    orphans().forEach(ProcessHandle::destroyForcibly);
    for (int i = 0; i < 500 && !(mark.processes().isEmpty() && orphans().isEmpty()); i++) {
      Thread.sleep(10);
    }
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  /**
   * Children of a killed postmaster work in the data folder. Where that can't be seen (macOS) they
   * end by themselves within moments, and PostgreSQL refuses to start as long as one of them lives.
   */
  private List<ProcessHandle> orphans() throws IOException {
    if (!Files.isDirectory(Path.of("/proc/self")) || !Files.isDirectory(data)) {
      return List.of();
    }
    Path real = data.toRealPath();
    return ProcessHandle.allProcesses().filter(process -> worksIn(process, real)).toList();
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readSymbolicLink(proc.resolve("cwd")).equals(folder)
          && Files.readString(proc.resolve("comm")).strip().equals("postgres");
    } catch (IOException | SecurityException notOurs) {
      return false;
    }
  }
}
