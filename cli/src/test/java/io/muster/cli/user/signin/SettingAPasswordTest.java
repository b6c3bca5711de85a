package io.muster.cli.user.signin;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.Answering;
import io.muster.cli.Jobs;
import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.cli.terminal.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingAPasswordTest {
  private static final String PATH = "/v1/users/chris%40contoso.com";
  private static final String CHRIS =
      """
      {"id":"1","userPrincipalName":"chris@contoso.com","credential":"SET","mustChangePassword":true}
      """;
  private static final String GENERATED = CHRIS.replace("}", ",\"password\":\"x7k-m2p\"}");

  private final StandInGateway gateway = new StandInGateway();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_generated_password_stands_alone_on_standard_output() {
    gateway.on("PUT " + PATH + "/password", json(200, GENERATED));

    MusterRun run = muster("--generate");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("x7k-m2p\n");
    assertThat(run.err()).contains("chris@contoso.com", "once", "changed").doesNotContain("x7k");
    assertThat(gateway.onlyBody().toString()).isEqualTo("{}");
  }

  @Test
  void with_json_it_is_in_the_one_document() {
    gateway.on("PUT " + PATH + "/password", json(200, GENERATED));

    MusterRun run = muster("--generate", "--json");

    assertThat(run.json().path("password").asText()).isEqualTo("x7k-m2p");
    assertThat(run.err()).doesNotContain("x7k");
  }

  @Test
  void a_person_types_it_twice() {
    gateway.on("PUT " + PATH + "/password", json(200, CHRIS));
    Answering person = new Answering(" lange Straße 7 ", " lange Straße 7 ");

    MusterRun run = muster(person);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(person.questions()).hasSize(2);
    assertThat(gateway.onlyBody().toString()).isEqualTo("{\"password\":\" lange Straße 7 \"}");
    assertThat(run.out() + run.err()).doesNotContain("lange");
  }

  @Test
  void two_that_differ_or_none_change_nothing() {
    assertThat(muster(new Answering("one", "other")).err()).contains("differ");
    assertThat(muster(new Answering("")).err()).contains("No password was typed");
    assertThat(muster(new Answering()).exitCode()).isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void a_script_must_say_where_it_comes_from() {
    assertThat(muster().err()).contains("--generate or --password-file");
    assertThat(muster("--password").err()).contains("--password-file");
    assertThat(muster("--generate", "--password-file", "f").exitCode()).isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void a_file_s_line_is_taken_as_it_is_without_its_line_end() throws IOException {
    gateway.on("PUT " + PATH + "/password", json(200, CHRIS));
    for (String end : new String[] {"", "\n", "\r\n"}) {
      Path file = Files.writeString(folder.resolve("secret"), " Grüße, Welt 9 " + end);

      assertThat(muster("--password-file", file.toString(), "--keep-password").exitCode()).isZero();
    }

    assertThat(gateway.requests())
        .hasSize(3)
        .allSatisfy(
            request ->
                assertThat(new String(request.body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"password\":\" Grüße, Welt 9 \",\"mustChangePassword\":false}"));
  }

  @Test
  void it_comes_from_standard_input_as_well() {
    gateway.on("PUT " + PATH + "/password", json(200, CHRIS));

    MusterRun run =
        MusterRun.of(
            Map.of(),
            "piped secret\n".getBytes(StandardCharsets.UTF_8),
            gateway.at("user", "set-password", "chris@contoso.com", "--password-file", "-"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(gateway.onlyBody().path("password").asText()).isEqualTo("piped secret");
  }

  @Test
  void a_hash_goes_as_a_hash() throws IOException {
    gateway.on("PUT " + PATH + "/password", json(200, CHRIS));
    Path file = Files.writeString(folder.resolve("hash"), "{bcrypt}$2a$12$abc\n");

    muster("--password-hash-file", file.toString());

    assertThat(gateway.onlyBody().toString())
        .isEqualTo("{\"passwordHash\":\"{bcrypt}$2a$12$abc\"}");
  }

  @Test
  void a_file_that_holds_no_one_line_is_wrong_usage_and_not_quoted() throws IOException {
    for (byte[] wrong :
        List.of(
            new byte[0],
            "\n".getBytes(StandardCharsets.UTF_8),
            "secret1\nsecret2\n".getBytes(StandardCharsets.UTF_8),
            "secret1".repeat(1000).getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xC3, 0x28})) {
      Path file = Files.write(folder.resolve("secret"), wrong);

      MusterRun run = muster("--password-file", file.toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).doesNotContain("secret1");
    }
    assertThat(muster("--password-file", folder.resolve("none").toString()).exitCode())
        .isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void a_row_that_takes_longer_tells_the_job_and_where_the_password_will_be() {
    gateway.on("PUT " + PATH + "/password", json(202, Jobs.running(1, 0)));

    MusterRun run = muster("--generate");

    assertThat(run.out()).isEqualTo(Jobs.ID + "\n");
    assertThat(run.err()).contains("muster job watch " + Jobs.ID, "muster job credentials");
  }

  private MusterRun muster(String... more) {
    return MusterRun.of(words(more));
  }

  private MusterRun muster(Person person) {
    return MusterRun.with(person, words());
  }

  private String[] words(String... more) {
    List<String> words = new ArrayList<>(List.of("user", "set-password", "chris@contoso.com"));
    words.addAll(List.of(more));
    return gateway.at(words.toArray(String[]::new));
  }
}
