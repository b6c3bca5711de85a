package io.muster.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends all processes of a temporary stack and removes its folder as soon as the JVM that started it
 * is gone, however it went: a shell that waits for the end of a pipe whose other end only that JVM
 * holds.
 */
public final class Guardian {
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      cat >/dev/null
      ours() {
        if [ -d /proc/self ]; then
          for p in /proc/[0-9]*; do
            if tr '\\0' '\\n' <"$p/cmdline" 2>/dev/null | grep -qF -- "localstack.process=$1:"; then echo "${p#/proc/}"; fi
          done
        else
          ps -axo pid=,command= | grep -F -- "localstack.process=$1:" | grep -v grep | awk '{print $1}'
        fi
      }
      kind() {
        if [ -d /proc/self ]; then tr '\\0' '\\n' <"/proc/$1/cmdline" 2>/dev/null; else ps -o command= -p "$1"; fi
      }
      pids=$(ours "$1")
      for pid in $pids; do
        # PostgreSQL by immediate shutdown, which takes its children along and frees shared memory
        if kind "$pid" | grep -q -- ':postgresql$'; then kill -QUIT "$pid"; else kill -KILL "$pid"; fi
      done 2>/dev/null
      for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        alive=
        for pid in $pids; do if kill -0 "$pid" 2>/dev/null; then alive="$alive $pid"; fi; done
        if [ -z "$alive" ]; then break; fi
        sleep 0.1
      done
      for pid in $alive; do kill -KILL "$pid"; done 2>/dev/null
      rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
      """;

  private final Process shell;

  private Guardian(Process shell) {
    this.shell = shell;
  }

  /**
   * @param folder a temporary stack's, as its real path
   */
  public static Guardian of(Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Detached.command(
                List.of("/bin/sh", "-c", SCRIPT, "muster-guardian", folder.toString())));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return new Guardian(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("can't start the guardian of " + folder, e);
    }
  }

  /** Does its work now and returns when it is done. */
  public void endNow() throws InterruptedException {
    try {
      shell.getOutputStream().close();
    } catch (IOException gone) {
      // it has done its work already
    }
    shell.waitFor();
  }
}
