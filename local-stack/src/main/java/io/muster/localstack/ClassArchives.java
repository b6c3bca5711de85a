package io.muster.localstack;

import io.muster.localstack.part.ServicePart;
import io.muster.localstack.process.ChildProcess;
import io.muster.localstack.process.ProcessMark;
import io.muster.localstack.service.ServiceProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the next starts fast, after the first start of a build: one archive after the other, in a
 * process that only gets what time the others leave. When it doesn't come to it, the next start is
 * as slow as this one, and nothing else.
 */
final class ClassArchives {
  /** The name in such a process's mark. */
  static final String NAME = "class-archive";

  private final StackLayout layout;
  private final ProcessMark mark;
  private Process process;
  private boolean stopping;

  ClassArchives(StackLayout layout) {
    this.layout = layout;
    this.mark = layout.folder().mark(NAME);
  }

  /** Returns at once. */
  void makeInBackground() {
    Thread thread = new Thread(this::makeMissing, "class-archives");
    thread.setDaemon(true);
    thread.start();
  }

  private void makeMissing() {
    try {
      for (ServicePart part : layout.services()) {
        if (part.program().isArchivable() && !part.program().hasArchive()) {
          make(part);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // no archive then; the folder may be going away just now
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void make(ServicePart part) throws IOException, InterruptedException {
    ServiceProgram program = part.program();
    Path unfinished =
        program
            .archive()
            .resolveSibling("classes-" + ProcessHandle.current().pid() + ".unfinished");
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(mark.javaArgument());
    command.addAll(program.archiving(part.loadedClasses(), unfinished));
    Process started = start(new ChildProcess(command, Map.of(), layout.folder().log(NAME)));
    if (started != null && started.waitFor() == 0) {
      Files.move(unfinished, program.archive(), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.deleteIfExists(unfinished);
    Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + ".classes"));
  }

  private synchronized Process start(ChildProcess child) {
    process = stopping ? null : child.start();
    return process;
  }

  /** Returns at once; nothing is left running, and nothing more is started. */
  synchronized void stop() {
    stopping = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
