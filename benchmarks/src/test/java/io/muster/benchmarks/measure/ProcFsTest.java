package io.muster.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
  @TempDir Path root;

  private ProcFs proc() {
    return ProcFs.at(root);
  }

  @Test
  void countsAProcessWithTheChildrenThatRunAndThoseThatHaveEnded() throws IOException {
    // Given a postmaster with two backends, and others that ended before
    stat(10, "(postgres)", 1, 100, 50, 2_000, 850);
    stat(11, "(postgres: a) b)", 10, 300, 20, 0, 0);
    stat(12, "(postgres)", 10, 70, 10, 0, 0);
    stat(13, "(somebody else)", 1, 9_999, 0, 0, 0);

    // When
    double seconds = proc().cpuSecondsWithChildren(10).orElseThrow();

    // Then
    assertThat(seconds).isEqualTo((150 + 2_850 + 320 + 80) / 100.0);
  }

  @Test
  void countsAloneWhatAProcessDidItself() throws IOException {
    stat(10, "(java)", 1, 100, 50, 2_000, 850);

    assertThat(proc().cpuSeconds(10)).hasValue(1.5);
  }

  @Test
  void countsWhatTheMachineWasBusyWithAndNotWhatItWaitedFor() throws IOException {
    Files.writeString(
        root.resolve("stat"),
        "cpu  1000 200 300 99999 88888 40 60 777 5 5\ncpu0 1 1 1 1 1 1 1 1 1 1\n");

    assertThat(proc().busySeconds()).hasValue((1_000 + 200 + 300 + 40 + 60) / 100.0);
  }

  @Test
  void guessesNothingAboutAProcessThatIsGone() {
    assertThat(proc().isThere()).isFalse();
    assertThat(proc().busySeconds()).isEmpty();
    assertThat(proc().cpuSeconds(10)).isEmpty();
    assertThat(proc().cpuSecondsWithChildren(10)).isEmpty();
    assertThat(proc().peakResident(10)).isEmpty();
    assertThat(proc().proportionalWithChildren(10)).isEmpty();
    assertThat(proc().mostHeap(10)).isEmpty();
    assertThat(proc().resetPeak(10)).isFalse();
  }

  @Test
  void readsThePeakTheSharedMemoryAndTheHeapOfAProcess() throws IOException {
    stat(10, "(postgres)", 1, 0, 0, 0, 0);
    stat(11, "(postgres)", 10, 0, 0, 0, 0);
    file(10, "status", "Name:\tjava\nVmPeak:\t  999 kB\nVmHWM:\t  2048 kB\nVmRSS:\t 1 kB\n");
    file(
        10, "smaps_rollup", "00-ff ---p 0 [rollup]\nRss:  900 kB\nPss:   300 kB\nPss_Anon: 7 kB\n");
    file(
        11, "smaps_rollup", "00-ff ---p 0 [rollup]\nRss:  900 kB\nPss:   100 kB\nPss_Anon: 7 kB\n");
    file(10, "cmdline", "java\0-Dx=-Xmx1m\0-Xmx256m\0-jar\0");

    assertThat(proc().peakResident(10)).hasValue(2_048 * 1_024);
    assertThat(proc().proportionalWithChildren(10)).hasValue(400 * 1_024);
    assertThat(proc().mostHeap(10)).hasValue(256L << 20);
  }

  private void stat(
      long pid, String name, long parent, long user, long system, long kidsUser, long kidsSystem)
      throws IOException {
    file(
        pid,
        "stat",
        "%d %s S %d 1 1 0 -1 4194304 10 0 0 0 %d %d %d %d 20 0 1 0 5 1 1"
            .formatted(pid, name, parent, user, system, kidsUser, kidsSystem));
  }

  private void file(long pid, String name, String text) throws IOException {
    Path folder = Files.createDirectories(root.resolve(Long.toString(pid)));
    Files.writeString(folder.resolve(name), text);
  }
}
