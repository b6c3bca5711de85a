package io.muster.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.contracts.job.JobEvent;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobState;
import io.muster.gateway.Bus;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class WatchingJobsIT {
  private static final String TENANT = "watching";

  @Inject WatchingJobs watching;

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  @Test
  void tellsTheJobAsItIsThenEveryMoveAndEndsWithIt() throws Exception {
    JobSnapshot job = Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", 2));
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (Bus bus = new Bus()) {
      tell(bus, job);
      CompletableFuture<HttpResponse<Void>> stream = watch(job, lines);
      await().until(() -> lines.stream().anyMatch(line -> line.contains("\"inFlight\":2")));

      bus.send(List.of(Bus.added(job, 1), Bus.added(job, 2)));
      await().until(() -> lines.stream().anyMatch(line -> line.contains("\"succeeded\":2")));
      bus.tell(JobEvent.Type.FINISHED, Jobs.in(job, JobState.SUCCEEDED));

      HttpResponse<Void> ended = stream.get(10, TimeUnit.SECONDS);
      assertThat(ended.headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(ended.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
    }
    assertThat(lines).contains("event:job");
    assertThat(lines).anyMatch(line -> line.startsWith("id:"));
    assertThat(lines.stream().filter(line -> line.startsWith("data:")).reduce((a, b) -> b))
        .hasValueSatisfying(last -> assertThat(last).contains("\"state\":\"SUCCEEDED\""));
    await().until(() -> watching.watching() == 0);
  }

  @Test
  void connectionsThatAreTornOffLeaveNothingBehind() throws Exception {
    JobSnapshot job = Jobs.dispatched(Jobs.queued(Jobs.newId(), TENANT, "ada", 2));
    try (Bus bus = new Bus()) {
      tell(bus, job);
    }
    connectAndTearOff(job, 200);
    await().atMost(Duration.ofSeconds(20)).until(() -> watching.watching() == 0);
    long before = usedHeap();

    IntStream.range(0, 8).parallel().forEach(part -> connectAndTearOff(job, 250));

    await().atMost(Duration.ofSeconds(20)).until(() -> watching.watching() == 0);
    assertThat(usedHeap() - before).as("bytes kept by 2,000 connections").isLessThan(20L << 20);
  }

  private void tell(Bus bus, JobSnapshot job) {
    bus.tell(JobEvent.Type.DISPATCHED, job);
    await().until(() -> Callers.admin(TENANT).get("/v1/jobs/" + job.id()).getStatusCode() == 200);
  }

  private CompletableFuture<HttpResponse<Void>> watch(JobSnapshot job, List<String> lines) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/v1/jobs/" + job.id() + "/events"))
            .header("Authorization", "Bearer " + Callers.token(TENANT, "ada", "tenant-admin"))
            .header("Last-Event-ID", "3")
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(
            request,
            HttpResponse.BodyHandlers.fromLineSubscriber(
                new java.util.concurrent.Flow.Subscriber<>() {
                  @Override
                  public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                  }

                  @Override
                  public void onNext(String line) {
                    lines.add(line);
                  }

                  @Override
                  public void onError(Throwable e) {
                    lines.add("error " + e);
                  }

                  @Override
                  public void onComplete() {
                    lines.add("");
                  }
                }));
  }

  private void connectAndTearOff(JobSnapshot job, int times) {
    byte[] request =
        ("GET /v1/jobs/"
                + job.id()
                + "/events HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                + Callers.token(TENANT, "ada", "tenant-admin")
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < times; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(request);
        if (i % 2 == 0) {
          // Every other one is torn off before its first event.
          assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
