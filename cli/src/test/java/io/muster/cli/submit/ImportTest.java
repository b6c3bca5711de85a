package io.muster.cli.submit;

import static io.muster.cli.StandInGateway.events;
import static io.muster.cli.StandInGateway.hangUp;
import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.Jobs;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.cli.StandInGateway.Request;
import io.muster.contracts.command.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final String CSV = "UserPrincipalName,DisplayName\nø@contoso.com,Ø\n";

  private final StandInGateway gateway = new StandInGateway();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void prints_the_job_s_id_and_nothing_else_to_standard_output() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));

    MusterRun run = muster("import", hires(), "--operation", "add");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(Jobs.ID + "\n");
    assertThat(run.err()).contains("muster job watch " + Jobs.ID);
  }

  @Test
  void sends_the_file_as_it_is_with_its_name_and_the_token() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));

    muster("import", hires(), "--operation", "add");

    Request sent = gateway.requests().get(0);
    assertThat(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo(CSV);
    assertThat(sent.headers().getFirst("X-File-Name")).isEqualTo("hires.csv");
    assertThat(sent.headers().getFirst("Content-Encoding")).isNull();
    assertThat(sent.headers().getFirst("Authorization")).isEqualTo("Bearer T");
    assertThat(sent.headers().getFirst("Idempotency-Key")).isNotBlank();
  }

  @Test
  void a_file_name_of_other_letters_travels_as_rfc_8187_says() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));
    Path file = folder.resolve("données 1.csv");
    Files.writeString(file, CSV);

    muster("import", file.toString(), "--operation", "add");

    assertThat(gateway.requests().get(0).headers().getFirst("X-File-Name"))
        .isEqualTo("UTF-8''donn%C3%A9es%201.csv");
  }

  @Test
  void gzip_is_recognised_by_its_bytes_and_not_by_its_name() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(CSV.getBytes(StandardCharsets.UTF_8));
    }

    MusterRun run =
        MusterRun.of(Map.of(), zipped.toByteArray(), at("import", "-", "--operation", "add"));

    assertThat(run.exitCode()).isZero();
    Request sent = gateway.requests().get(0);
    assertThat(sent.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
    assertThat(sent.headers().getFirst("X-File-Name")).isNull();
    assertThat(sent.body()).isEqualTo(zipped.toByteArray());
  }

  @Test
  void every_option_reaches_the_service() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));

    muster(
        "import",
        hires(),
        "--operation",
        "set-licenses",
        "--dry-run",
        "--license",
        "E3",
        "--license",
        "F1",
        "--set",
        "Country=Côte d'Ivoire",
        "--max-failures",
        "5%",
        "--start-at",
        "2026-03-01T22:00:00+01:00",
        "--allow-duplicate",
        "--idempotency-key",
        "k1");

    Request sent = gateway.requests().get(0);
    assertThat(sent.path())
        .startsWith("/v1/jobs?")
        .contains("operation=set-licenses", "dryRun=true", "license=E3", "license=F1")
        .contains("set=Country%3DC%C3%B4te%20d%27Ivoire", "maxFailures=5%25")
        .contains("startAt=2026-03-01T21%3A00%3A00Z", "allowDuplicate=true");
    assertThat(sent.headers().getFirst("Idempotency-Key")).isEqualTo("k1");
  }

  @Test
  void a_duplicate_shows_the_earlier_job_and_both_ways_on() throws IOException {
    gateway.on("POST /v1/jobs", json(409, duplicate()));

    MusterRun run = muster("import", hires(), "--operation", "add");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("Uploaded before", "DUPLICATE_FILE")
        .contains("muster job show " + Jobs.ID, "--allow-duplicate");
  }

  @Test
  void with_json_a_refusal_is_the_problem_document() throws IOException {
    gateway.on("POST /v1/jobs", json(409, duplicate()));

    MusterRun run = muster("import", hires(), "--operation", "add", "--json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.json().path("code").asText()).isEqualTo("DUPLICATE_FILE");
    assertThat(run.json().path("job").asText()).isEqualTo(Jobs.ID);
  }

  @Test
  void watching_to_a_good_end_exits_0_and_tells_the_numbers() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(10, 0)));
    gateway.on("GET " + Jobs.PATH + "/events", events(Jobs.running(10, 5), Jobs.succeeded(10)));

    MusterRun run = muster("import", hires(), "--operation", "add", "--watch");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith(Jobs.ID + "\n").contains("10 rows: 10 succeeded, 0 failed");
  }

  @Test
  void watching_to_failed_rows_exits_1_and_tells_code_and_remedy() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(10, 0)));
    gateway.on("GET " + Jobs.PATH + "/events", events(Jobs.partlyFailed(10, 4)));

    MusterRun run = muster("import", hires(), "--operation", "add", "--watch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("6 succeeded, 4 failed", "USER_ALREADY_EXISTS", "The account is there already.")
        .contains("muster job failures " + Jobs.ID);
  }

  @Test
  void a_dry_run_s_watch_ends_with_its_report_and_the_way_to_start_it_for_real()
      throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(412, 0)));
    gateway.on("GET " + Jobs.PATH + "/events", events(Jobs.dryRun(412, 32)));

    MusterRun run = muster("import", hires(), "--operation", "enable", "--dry-run", "--watch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "380 would succeed, 32 would fail", "This file needs 412 seats of E3, 380 are free.")
        .contains("muster job run " + Jobs.ID);
  }

  @Test
  void watching_to_a_pause_says_why_and_how_to_go_on_and_exits_1() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(100, 0)));
    gateway.on(
        "GET " + Jobs.PATH + "/events", events(Jobs.paused("BLAST_RADIUS", "51 accounts in 24 h")));

    MusterRun run = muster("import", hires(), "--operation", "remove", "--watch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("paused: BLAST_RADIUS, 51 accounts in 24 h", "muster job resume " + Jobs.ID);
  }

  @Test
  void every_operation_can_be_imported() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));

    for (Operation operation : Operation.values()) {
      assertThat(muster("import", hires(), "--operation", operation.word()).exitCode()).isZero();
    }

    assertThat(gateway.requests().stream().map(Request::path))
        .containsExactlyElementsOf(
            Arrays.stream(Operation.values()).map(o -> "/v1/jobs?operation=" + o.word()).toList());
  }

  @Test
  void watching_with_json_prints_only_the_job_at_its_end() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(10, 0)));
    gateway.on("GET " + Jobs.PATH + "/events", events(Jobs.running(10, 5), Jobs.succeeded(10)));

    MusterRun run = muster("import", hires(), "--operation", "add", "--watch", "--json");

    assertThat(run.json().path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.json().path("file").path("sha256").asText()).isEqualTo("00");
  }

  @Test
  void a_file_whose_connection_broke_is_sent_again_under_the_same_key() throws IOException {
    gateway.on("POST /v1/jobs", hangUp(), json(202, Jobs.running(1, 0)));
    gateway.on("GET /v1/jobs", json(200, "{\"items\":[]}"));

    MusterRun run = muster("import", hires(), "--operation", "add");

    assertThat(run.exitCode()).isZero();
    List<Request> uploads =
        gateway.requests().stream().filter(r -> r.method().equals("POST")).toList();
    assertThat(uploads).hasSize(2);
    assertThat(uploads.get(1).body()).isEqualTo(uploads.get(0).body());
    assertThat(uploads.get(1).headers().getFirst("Idempotency-Key"))
        .isEqualTo(uploads.get(0).headers().getFirst("Idempotency-Key"));
  }

  @Test
  void standard_input_whose_connection_broke_is_not_sent_again() {
    gateway.on("POST /v1/jobs", hangUp());
    gateway.on("GET /v1/jobs", json(200, "{\"items\":[]}"));

    MusterRun run =
        MusterRun.of(
            Map.of(),
            CSV.getBytes(StandardCharsets.UTF_8),
            at("import", "-", "--operation", "add"));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("broke during the upload", "--idempotency-key");
    assertThat(gateway.requests().stream().filter(r -> r.method().equals("POST"))).hasSize(1);
  }

  @Test
  void a_refusal_that_was_lost_with_the_upload_s_connection_is_found() throws IOException {
    gateway.on("POST /v1/jobs", hangUp());
    gateway.on(
        "GET /v1/jobs",
        json(401, "{\"title\":\"Sign in first\",\"status\":401,\"code\":\"UNAUTHENTICATED\"}"));

    MusterRun run = muster("import", hires(), "--operation", "add");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("UNAUTHENTICATED");
  }

  @Test
  void wrong_words_are_wrong_usage_and_reach_nobody() throws IOException {
    assertThat(muster("import", hires(), "--operation", "frobnicate").exitCode()).isEqualTo(2);
    assertThat(muster("import", hires()).exitCode()).isEqualTo(2);
    assertThat(muster("import", "/no/such/file", "--operation", "add").exitCode()).isEqualTo(2);
    assertThat(muster("import", hires(), "--operation", "add", "--max-failures", "many").exitCode())
        .isEqualTo(2);
    assertThat(muster("import", hires(), "--operation", "add", "--start-at", "soon").exitCode())
        .isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void a_large_file_streams_through() throws IOException {
    gateway.on("POST /v1/jobs", json(202, Jobs.running(1, 0)));
    Path file = folder.resolve("large.csv");
    byte[] megabyte = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 20; i++) {
        out.write(megabyte);
      }
    }

    muster("import", file.toString(), "--operation", "add");

    Request sent = gateway.requests().get(0);
    assertThat(sent.body()).hasSize(20 << 20);
    assertThat(sent.headers().getFirst("Content-Length")).isEqualTo(String.valueOf(20 << 20));
  }

  private String hires() throws IOException {
    return Files.writeString(folder.resolve("hires.csv"), CSV).toString();
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(at(args));
  }

  private String[] at(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", gateway.url(), "--token", "T"));
    return all.toArray(String[]::new);
  }

  private static String duplicate() {
    return """
    {"type":"about:blank","title":"The same file","status":409,"code":"DUPLICATE_FILE",
     "detail":"Uploaded before.","job":"%s"}
    """
        .formatted(Jobs.ID);
  }
}
