package io.muster.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.result.RowCode;
import io.muster.gateway.BulkIngestStandIn;
import io.muster.gateway.BulkIngestStandIn.Received;
import io.muster.gateway.Callers;
import io.muster.gateway.GatewayPlatform;
import io.muster.gateway.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayPlatform.class)
class UploadIT {
  private static final String TENANT = "uploading";
  private static final int BLOCK = 64 * 1024;

  private final BulkIngestStandIn bulkIngest = BulkIngestStandIn.shared();

  @ConfigProperty(name = "quarkus.http.port")
  int port;

  @BeforeEach
  void forget() {
    bulkIngest.received().clear();
  }

  @Test
  void leadsTheFileThroughAndAnswersTheJobThatCanBeReadAtOnce() throws Exception {
    JobSnapshot job =
        Jobs.snapshot(
            Jobs.newId(),
            1,
            TENANT,
            "ada",
            io.muster.contracts.job.JobState.QUEUED,
            9,
            Map.of(RowCode.MISSING_VALUE, 2L),
            0,
            0);
    bulkIngest.onUpload(
        "through.csv",
        exchange -> {
          bulkIngest.readAll(exchange);
          BulkIngestStandIn.answer(exchange, 202, Jobs.json(job));
        });

    Callers.admin(TENANT)
        .urlEncodingEnabled(false)
        .header("X-File-Name", "through.csv")
        .header("Idempotency-Key", "k-1")
        .header("Content-Encoding", "gzip")
        .contentType("text/csv; charset=windows-1252")
        .body("not really gzip".getBytes(StandardCharsets.UTF_8))
        .post("/v1/jobs?operation=add&license=E3&license=E5&set=Office%3DB%201")
        .then()
        .statusCode(202)
        .header("Location", org.hamcrest.Matchers.endsWith("/v1/jobs/" + job.id()))
        .body("id", equalTo(job.id().toString()))
        .body("expectedDuration", equalTo("PT3S"))
        .body("rows.total", equalTo(9))
        .body("rows.failed", equalTo(2))
        .body("rows.pending", equalTo(7))
        .body("failures[0].remedy", notNullValue());
    Callers.admin(TENANT)
        .get("/v1/jobs/" + job.id())
        .then()
        .statusCode(200)
        .body("file.name", equalTo("hires.csv"))
        .body("submittedBy", equalTo("ada"));

    Received received = bulkIngest.received().poll(5, TimeUnit.SECONDS);
    assertThat(received.whole()).isTrue();
    assertThat(received.beginning()).isEqualTo("not really gzip");
    assertThat(received.query())
        .isEqualTo("operation=add&license=E3&license=E5&set=Office%3DB%201");
    assertThat(received.headers())
        .containsEntry("Content-encoding", "gzip")
        .containsEntry("Idempotency-key", "k-1")
        .containsEntry("Content-type", "text/csv; charset=windows-1252")
        .containsKey("Authorization");
  }

  @Test
  void passesAnEarlyRefusalOnAsItIsWhileTheClientIsStillSending() throws Exception {
    String problem =
        """
        {"code":"DUPLICATE_FILE","title":"The same file","status":409,"detail":"Seen.","job":"1"}""";
    bulkIngest.onUpload(
        "early.csv",
        exchange -> {
          byte[] body = problem.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          exchange.sendResponseHeaders(409, body.length);
          exchange.getResponseBody().write(body);
          exchange.getResponseBody().flush();
          bulkIngest.readAll(exchange);
        });

    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      begin(out, "early.csv");
      for (int block = 0; block < 200; block++) {
        chunk(out, new byte[BLOCK]);
      }
      end(out);

      String answer = head(socket.getInputStream());
      assertThat(answer).startsWith("HTTP/1.1 409").contains("application/problem+json");
      assertThat(answer).endsWith(problem);
    }
  }

  @Test
  void breaksTheRequestThereWhenTheClientBreaksOff() throws Exception {
    bulkIngest.onUpload("broken.csv", bulkIngest::readAll);

    try (Socket socket = new Socket("127.0.0.1", port)) {
      begin(socket.getOutputStream(), "broken.csv");
      for (int block = 0; block < 20; block++) {
        chunk(socket.getOutputStream(), new byte[BLOCK]);
      }
    }

    Received received = bulkIngest.received().poll(10, TimeUnit.SECONDS);
    assertThat(received).isNotNull();
    assertThat(received.whole()).as("half a file looked like a whole one").isFalse();
  }

  @Test
  void aSlowReaderThereSlowsTheClientHereInsteadOfFillingTheHeap() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    JobSnapshot job = Jobs.queued(Jobs.newId(), TENANT, "ada", 1);
    bulkIngest.onUpload(
        "slow.csv",
        exchange -> {
          waitFor(go);
          bulkIngest.readAll(exchange);
          BulkIngestStandIn.answer(exchange, 202, Jobs.json(job));
        });
    long blocks = 1600; // 100 MiB
    AtomicLong sent = new AtomicLong();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  begin(socket.getOutputStream(), "slow.csv");
                  for (long block = 0; block < blocks; block++) {
                    chunk(socket.getOutputStream(), new byte[BLOCK]);
                    sent.incrementAndGet();
                  }
                  end(socket.getOutputStream());
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get() * BLOCK).as("bytes taken without a reader").isLessThan(30L << 20);

      go.countDown();
      sending.get(30, TimeUnit.SECONDS);
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 202");
    }
    assertThat(bulkIngest.received().poll(5, TimeUnit.SECONDS).bytes()).isEqualTo(blocks * BLOCK);
  }

  @Test
  void saysUnavailableWhenTheServiceGoesAway() {
    bulkIngest.onUpload("gone.csv", exchange -> exchange.close());

    Callers.admin(TENANT)
        .header("X-File-Name", "gone.csv")
        .contentType("text/csv")
        .body("UserPrincipalName\n")
        .post("/v1/jobs?operation=add")
        .then()
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .contentType("application/problem+json")
        .body("code", equalTo("UNAVAILABLE"));
  }

  @Test
  void refusesWhatIsNoOperationAndWhatIsMultipart() {
    Callers.admin(TENANT)
        .body("x")
        .post("/v1/jobs?operation=promote")
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"))
        .body("field", equalTo("operation"));
    Callers.admin(TENANT)
        .multiPart("file", "x.csv", "UserPrincipalName".getBytes(StandardCharsets.UTF_8))
        .post("/v1/jobs?operation=add")
        .then()
        .statusCode(400)
        .body("field", equalTo("Content-Type"));
  }

  @Test
  void holdsAllOtherBodiesToOneMebibyteWhetherTheirLengthIsToldOrNot() throws Exception {
    byte[] large = new byte[2 << 20];
    Callers.admin(TENANT)
        .contentType(ContentType.JSON)
        .body(large)
        .post("/v1/users")
        .then()
        .statusCode(413)
        .body("code", equalTo("TOO_LARGE"));
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/users HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                  + Callers.token(TENANT, "ada", "tenant-admin")
                  + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      for (int block = 0; block < 32; block++) {
        chunk(out, new byte[BLOCK]);
      }
      end(out);
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 413").contains("TOO_LARGE");
    }
  }

  private static void begin(OutputStream out, String fileName) throws IOException {
    out.write(
        ("POST /v1/jobs?operation=add HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                + Callers.token(TENANT, "ada", "tenant-admin")
                + "\r\nX-File-Name: "
                + fileName
                + "\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private static void chunk(OutputStream out, byte[] block) throws IOException {
    out.write((Integer.toHexString(block.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(block);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void end(OutputStream out) throws IOException {
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** An answer with a Content-Length, as text. */
  private static String head(InputStream in) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] block = new byte[8192];
    int read;
    while ((read = in.read(block)) > 0) {
      answer.append(new String(block, 0, read, StandardCharsets.UTF_8));
      int body = answer.indexOf("\r\n\r\n");
      java.util.regex.Matcher length =
          java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(answer);
      if (body > 0
          && length.find()
          && answer.substring(body + 4).getBytes(StandardCharsets.UTF_8).length
              >= Integer.parseInt(length.group(1))) {
        break;
      }
    }
    return answer.toString();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody said go");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
