package io.muster.cli.job;

import static io.muster.cli.StandInGateway.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.muster.cli.Jobs;
import io.muster.cli.Muster;
import io.muster.cli.StandInGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, as a shell sends it to the process. */
class LeavingEarlyTest {
  private static final int INTERRUPTED = 128 + 2;

  /** A build in the background ignores Ctrl-C, and so would all that it starts. */
  private static final List<String> HEARING_CTRL_C = List.of("env", "--default-signal=INT");

  private final StandInGateway gateway = new StandInGateway();
  private final CountDownLatch endOfTest = new CountDownLatch(1);
  @TempDir Path folder;

  @AfterEach
  void stop() {
    endOfTest.countDown();
    gateway.close();
  }

  @Test
  void ctrl_c_during_a_watch_leaves_the_job_running_and_says_how_to_come_back() throws Exception {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(10, 0)));
    gateway.on("GET " + Jobs.PATH + "/events", this::streamWithoutEnd);
    Path csv = Files.writeString(folder.resolve("u.csv"), "UserPrincipalName\na@b.c\n");

    Process process = start("import", csv.toString(), "--operation", "add", "--watch");
    await().atMost(30, SECONDS).until(this::isWatched);
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
    assertThat(Files.readString(folder.resolve("out"))).isEqualTo(Jobs.ID + "\n");
    assertThat(Files.readString(folder.resolve("err")))
        .contains("The job goes on by itself. To come back: muster job watch " + Jobs.ID)
        .doesNotContain("Exception");
    assertThat(gateway.asked()).noneMatch(asked -> asked.contains("cancel"));
  }

  private boolean isWatched() {
    return gateway.asked().stream().anyMatch(asked -> asked.endsWith("/events"));
  }

  private void streamWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(": alive\n\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    try {
      endOfTest.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private Process start(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    if (works(HEARING_CTRL_C)) {
      command.addAll(HEARING_CTRL_C);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Muster.class.getName());
    command.addAll(List.of(gateway.at(args)));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /** GNU's env knows it, others do not. */
  private static boolean works(List<String> env) throws Exception {
    List<String> command = new ArrayList<>(env);
    command.add("true");
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
