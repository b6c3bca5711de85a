package io.muster.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFolderTest {
  @TempDir Path directory;

  @Test
  void aLogThatHasGrownTooLargeIsLaidAsideAndItsProcessWritesOn() throws IOException {
    StackFolder folder = StackFolder.made(directory);
    Path log = folder.rotatedLog("gateway");
    // As a process's output is appended.
    try (FileOutputStream process = new FileOutputStream(log.toFile(), true)) {
      process.write("one, and more\n".getBytes(StandardCharsets.UTF_8));
      folder.cappedLog("gateway", 14);
      assertThat(log).hasContent("one, and more");

      folder.cappedLog("gateway", 13);
      process.write("two\n".getBytes(StandardCharsets.UTF_8));

      assertThat(log).hasContent("two");
      assertThat(log.resolveSibling("gateway.log.1")).hasContent("one, and more");
    }
  }

  @Test
  void howeverOftenThatHappensThreeOldOnesAreKept() throws IOException {
    StackFolder folder = StackFolder.made(directory);
    Path log = folder.rotatedLog("kafka");

    for (int i = 1; i <= 9; i++) {
      Files.writeString(log, "log " + i);
      folder.cappedLog("kafka", 1);
    }
    folder.rotatedLog("kafka");

    try (var logs = Files.list(log.getParent())) {
      assertThat(logs.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("kafka.log", "kafka.log.1", "kafka.log.2", "kafka.log.3");
    }
    assertThat(log.resolveSibling("kafka.log.2")).hasContent("log 9");
    assertThat(log.resolveSibling("kafka.log.3")).hasContent("log 8");
  }
}
