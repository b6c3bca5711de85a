package io.muster.bulkingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.result.RowCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One row with a fault is one row refused, wherever it stands and however many there are. */
class ResynchronisingTest {
  /** A line of the file and what must become of it. */
  private enum Line {
    PLAIN("user%d@contoso.com,User,X", true),
    QUOTED("\"user%d@contoso.com\",\"User, the \"\"one\"\"\",X", true),
    LETTER_QUOTE("user%d@contoso.com,5\" Screen,X", true),
    TEXT_AFTER("user%d@contoso.com,\"User\" One,X", false),
    TOO_MANY("user%d@contoso.com,User,X,Y", false),
    // Every other line's first quote is followed by text, so it closes this one in bad form.
    OPENED("user%d@contoso.com,\"User,X", false);

    private final String form;
    private final boolean good;

    Line(String form, boolean good) {
      this.form = form;
      this.good = good;
    }
  }

  @Property(tries = 150)
  void everyGoodLineIsTaken(@ForAll("files") List<Line> lines) throws IOException {
    StringBuilder file = new StringBuilder("UserPrincipalName,DisplayName,Department\n");
    List<RowCode> expected = new ArrayList<>();
    for (Line line : lines) {
      file.append(String.format(line.form, expected.size())).append('\n');
      expected.add(line.good ? null : RowCode.MALFORMED_ROW);
    }
    Path directory = Files.createTempDirectory("resynchronising");

    List<RowCode> codes;
    try (Upload upload = new Upload(directory)) {
      upload.limits(TestLimits.DEFAULT.withFieldAndRowBytes(200, 500));
      codes =
          upload.of(UTF_8, file.toString()).rows().stream()
              .map(row -> row.refusal() == null ? null : row.refusal().code())
              .toList();
    } finally {
      remove(directory);
    }

    assertThat(codes).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<Line>> files() {
    return Arbitraries.of(Line.class).list().ofMinSize(1).ofMaxSize(40);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
