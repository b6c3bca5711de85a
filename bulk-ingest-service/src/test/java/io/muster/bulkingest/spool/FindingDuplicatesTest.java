package io.muster.bulkingest.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.result.RowCode;
import io.muster.sealing.Keysets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FindingDuplicatesTest {
  private static final UUID JOB = UUID.fromString("0199a0b0-0000-7000-8000-000000000001");
  private static final Keysets KEYSETS = Keysets.inMemory();

  /** So little that a few hundred rows make many runs. */
  private static final int TINY = 4_000;

  /** How hashes are made: some of these make all or many names collide. */
  enum Hashes {
    KEYED(null),
    ALL_THE_SAME((bytes, offset, length) -> 42),
    A_FEW((bytes, offset, length) -> bytes[length - 1 - bytes.length / 2] % 3),
    BY_LENGTH((bytes, offset, length) -> -length);

    private final FindingDuplicates.Hashing hashing;

    Hashes(FindingDuplicates.Hashing hashing) {
      this.hashing = hashing;
    }
  }

  @Property(tries = 60)
  void everyRepeatIsFoundAndNothingElse(@ForAll("names") List<String> names, @ForAll Hashes hashes)
      throws IOException {
    Map<Long, Long> expected = new TreeMap<>();
    Map<String, Long> first = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Long earlier = first.putIfAbsent(names.get(i).toLowerCase(java.util.Locale.ROOT), i + 1L);
      if (earlier != null) {
        expected.put(i + 1L, earlier);
      }
    }

    assertThat(found(names, hashes)).isEqualTo(expected);
  }

  @Test
  void manyMoreRunsThanAreMergedAtATimeAreMergedInTurns() throws IOException {
    List<String> names =
        java.util.stream.IntStream.range(0, 30_000).mapToObj(i -> "user" + i % 29_000).toList();

    Map<Long, Long> found = found(names, Hashes.KEYED);

    assertThat(found).hasSize(1_000).containsEntry(29_001L, 1L).containsEntry(30_000L, 1_000L);
  }

  private static Map<Long, Long> found(List<String> names, Hashes hashes) throws IOException {
    Path directory = Files.createTempDirectory("duplicates");
    try (FileUploadStore store = FileUploadStore.at(directory)) {
      try (UploadStore.Draft draft = store.draft(JOB)) {
        long count;
        try (SpoolWriter writer =
            new SpoolWriter(draft, KEYSETS, "contoso", JOB, TINY, hashes.hashing)) {
          for (int i = 0; i < names.size(); i++) {
            writer.write(SpoolTest.named(i + 1, names.get(i) + "@contoso.com"));
          }
          count = writer.finish().getOrDefault(RowCode.DUPLICATE_ROW, 0L);
        }
        draft.keep();
        Map<Long, Long> found = read(new Spools(store, KEYSETS));
        assertThat(found).hasSize((int) count);
        assertThat(partsOf(directory))
            .filteredOn(part -> !part.startsWith("kept-by-"))
            .containsExactlyInAnyOrder("rows", "index", "refused", "duplicates");
        return found;
      }
    } finally {
      remove(directory);
    }
  }

  private static Map<Long, Long> read(Spools spools) throws IOException {
    Map<Long, Long> found = new TreeMap<>();
    try (SpoolReader reader = spools.open("contoso", JOB)) {
      for (SpooledRow row = reader.nextRefused(); row != null; row = reader.nextRefused()) {
        String first = row.refusal().detail().replaceAll(".*stands in row (\\d+) .*", "$1");
        found.put(row.row(), Long.valueOf(first));
      }
    }
    return found;
  }

  private static List<String> partsOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(JOB.toString()))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withChars("abAB1")
        .ofMinLength(1)
        .ofMaxLength(6)
        .list()
        .ofMaxSize(600);
  }
}
