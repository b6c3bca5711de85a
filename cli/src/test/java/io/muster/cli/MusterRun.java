package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.terminal.Person;
import io.muster.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run of the command as a shell sees it, in this process. */
public record MusterRun(int exitCode, String out, String err) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Runs with nothing on standard input and no environment. */
  public static MusterRun of(String... args) {
    return of(Map.of(), new byte[0], args);
  }

  /** Runs with this environment and standard input, on no terminal. */
  public static MusterRun of(Map<String, String> environment, byte[] input, String... args) {
    return of(environment, input, Person.nobody(), args);
  }

  /** Runs with this person at the terminal. */
  public static MusterRun with(Person person, String... args) {
    return of(Map.of(), new byte[0], person, args);
  }

  private static MusterRun of(
      Map<String, String> environment, byte[] input, Person person, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            () -> 80,
            environment,
            person);
    int exitCode = Muster.run(terminal, args);
    return new MusterRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Standard output, which must be one JSON document and nothing else. */
  public JsonNode json() {
    try {
      JsonNode document = JSON.readTree(out);
      assertThat(document.isMissingNode()).as("standard output is empty").isFalse();
      return document;
    } catch (JsonProcessingException e) {
      throw new AssertionError("standard output is not one JSON document: " + out, e);
    }
  }
}
