package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A given password signs in, and stands nowhere below the data folder. */
class NothingReadableST {
  private static final String GIVEN = "Quaggle-Brimsnort-7413";
  private static final String REFUSED = "Quaggle-Refusenik-7413";
  private static final String MALFORMED = "Quaggle-Malformed-7413";
  private static final String SINGLE = "Quaggle-Singleton-7413";
  private static final String GUESSED = "Quaggle-Guesswork-7413";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void aGivenPasswordSignsInAndIsNowhereReadable() throws IOException {
    Gateway admin = system.as("secrets", "tenant-admin");
    ActivationST.add(admin, "secrets", 3);

    JsonNode job =
        admin.run(
            "operation=enable",
            String.join(
                "\n",
                "UserPrincipalName,Password,MustChangePassword",
                "u1@secrets.com," + GIVEN + ",No",
                "no at sign," + REFUSED + ",",
                "nobody@secrets.com," + REFUSED + ",",
                "u2@secrets.com,\"" + MALFORMED + ",",
                "u3@secrets.com," + MALFORMED + ",,,too many",
                ""));
    admin
        .post("/v1/users/u2@secrets.com/enable", "{\"password\":\"%s\"}".formatted(SINGLE))
        .expect(200);

    assertThat(job.path("rows").path("succeeded").asLong()).isEqualTo(1);
    assertThat(job.path("secretsUntil").asText()).isNotBlank();
    JsonNode verified = ActivationST.verify(admin, "u1@secrets.com", GIVEN);
    assertThat(verified.path("valid").asBoolean()).isTrue();
    assertThat(verified.path("mustChange").asBoolean()).isFalse();
    assertThat(ActivationST.verify(admin, "u2@secrets.com", SINGLE).path("valid").asBoolean())
        .isTrue();
    assertThat(ActivationST.verify(admin, "u1@secrets.com", GUESSED).path("valid").asBoolean())
        .isFalse();
    assertThat(places(List.of(GIVEN, REFUSED, MALFORMED, SINGLE, GUESSED))).isEmpty();
  }

  @Test
  void whatIsLookedForWouldBeFound() throws IOException {
    Path clue = Files.createTempFile(system.data(), "clue", null);
    try {
      Files.writeString(
          clue, Base64.getEncoder().encodeToString(("x" + GIVEN).getBytes(StandardCharsets.UTF_8)));
      assertThat(places(List.of(GIVEN))).singleElement().asString().contains("base64");
    } finally {
      Files.delete(clue);
    }
  }

  private List<String> places(List<String> secrets) throws IOException {
    Map<String, byte[]> clues = new LinkedHashMap<>();
    for (String secret : secrets) {
      clues(secret, clues);
    }
    Clues looked = new Clues(clues);
    List<String> places = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(system.data())) {
      files = all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      // A file went away while the folder was read: once more.
      return places(secrets);
    }
    for (Path file : files) {
      try {
        looked.in(Files.readAllBytes(file)).forEach(name -> places.add(name + " in " + file));
      } catch (NoSuchFileException gone) {
        continue;
      }
    }
    return places;
  }

  /** Looks for all of them in one pass. */
  private static final class Clues {
    private final Map<Byte, Map<String, byte[]>> byFirst = new HashMap<>();
    private final boolean[] isFirst = new boolean[256];

    Clues(Map<String, byte[]> clues) {
      clues.forEach(
          (name, clue) -> {
            byFirst.computeIfAbsent(clue[0], first -> new LinkedHashMap<>()).put(name, clue);
            isFirst[clue[0] & 0xFF] = true;
          });
    }

    Set<String> in(byte[] content) {
      Set<String> found = new TreeSet<>();
      for (int i = 0; i < content.length; i++) {
        if (isFirst[content[i] & 0xFF]) {
          int at = i;
          byFirst
              .get(content[i])
              .forEach(
                  (name, clue) -> {
                    int end = at + clue.length;
                    if (end <= content.length
                        && Arrays.equals(content, at, end, clue, 0, clue.length)) {
                      found.add(name);
                    }
                  });
        }
      }
      return found;
    }
  }

  private static void clues(String secret, Map<String, byte[]> clues) {
    byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
    clues.put("plain " + secret, utf8);
    clues.put("UTF-16LE " + secret, secret.getBytes(StandardCharsets.UTF_16LE));
    byte[] bigEndian = secret.getBytes(StandardCharsets.UTF_16BE);
    // Without the zero in front, of which there are millions in any database's files.
    clues.put("UTF-16BE " + secret, Arrays.copyOfRange(bigEndian, 1, bigEndian.length));
    clues.put("hex " + secret, HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII));
    clues.put(
        "HEX " + secret,
        HexFormat.of().withUpperCase().formatHex(utf8).getBytes(StandardCharsets.US_ASCII));
    for (int skip = 0; skip < 3; skip++) {
      // Whatever stands before it shifts Base64's groups by 0, 1 or 2 bytes.
      int whole = (utf8.length - skip) / 3 * 3;
      byte[] groups = Arrays.copyOfRange(utf8, skip, skip + whole);
      // The URL-safe spelling is the same: these secrets need neither of the two signs.
      clues.put("base64+" + skip + ' ' + secret, Base64.getEncoder().encode(groups));
    }
  }
}
