package io.muster.localstack;

import io.muster.localstack.home.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stops a stack from outside: by its launcher if that lives, and otherwise process by process. */
final class StackDown {
  /** A launcher needs some 15 s for an orderly stop. */
  private static final long LAUNCHER_PATIENCE_MS = 30_000;

  private static final long MOMENT_MS = 50;

  private final StackFolder folder;

  StackDown(StackFolder folder) {
    this.folder = folder;
  }

  /**
   * @return what was stopped, {@code launcher} first if it lived; empty when nothing was running
   */
  List<String> run() throws InterruptedException {
    List<String> stopped = new ArrayList<>();
    Optional<StackLock> taken = StackLock.tryTake(folder);
    if (taken.isEmpty()) {
      taken = askLauncher();
      stopped.add("launcher");
    }
    try (StackLock lock = taken.get()) {
      stopped.addAll(new Leftovers(folder).end());
      Files.deleteIfExists(folder.localJson());
      return stopped;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<StackLock> askLauncher() throws InterruptedException {
    ProcessHandle launcher =
        StackLock.holder(folder)
            .filter(process -> process.pid() != ProcessHandle.current().pid())
            .orElseThrow(
                () ->
                    new StackFailure(
                        folder.lock() + " is locked by a process that can't be told."));
    launcher.destroy();
    Optional<StackLock> lock = awaitLock(LAUNCHER_PATIENCE_MS);
    if (lock.isEmpty()) {
      launcher.destroyForcibly();
      lock = awaitLock(LAUNCHER_PATIENCE_MS);
    }
    if (lock.isEmpty()) {
      throw new StackFailure("The launcher, process " + launcher.pid() + ", does not end.");
    }
    return lock;
  }

  private Optional<StackLock> awaitLock(long patienceMs) throws InterruptedException {
    Optional<StackLock> lock = StackLock.tryTake(folder);
    for (long waited = 0; lock.isEmpty() && waited < patienceMs; waited += MOMENT_MS) {
      Thread.sleep(MOMENT_MS);
      lock = StackLock.tryTake(folder);
    }
    return lock;
  }
}
