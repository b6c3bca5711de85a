package io.muster.bulkingest.upload;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.muster.bulkingest.upload.text.RowSplitter;
import io.muster.bulkingest.upload.text.UploadBytes;
import io.muster.bulkingest.upload.text.UploadText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** FastCSV knows RFC 4180; for files in good form our splitter must read what it reads. */
class AgainstFastCsvTest {
  /** How a file is written down. */
  record Style(
      char delimiter, LineDelimiter lineEnd, boolean quoteAll, Charset charset, int chunk) {}

  @Property(tries = 300)
  void wellFormedFilesAreReadAlike(
      @ForAll("tables") List<List<String>> table, @ForAll("styles") Style style)
      throws IOException {
    String file = written(table, style);

    List<List<String>> ours = read(file, style);

    assertThat(ours).isEqualTo(readByFastCsv(file, style));
  }

  private static String written(List<List<String>> table, Style style) throws IOException {
    StringWriter text = new StringWriter();
    CsvWriter.CsvWriterBuilder builder =
        CsvWriter.builder().fieldSeparator(style.delimiter()).lineDelimiter(style.lineEnd());
    if (style.quoteAll()) {
      builder.quoteStrategy(QuoteStrategies.ALWAYS);
    }
    try (CsvWriter csv = builder.build(text)) {
      // A letter beyond ASCII first, so that the encoding shows.
      csv.writeRecord("Zoë", "Überschrift");
      table.forEach(csv::writeRecord);
    }
    return text.toString();
  }

  private static List<List<String>> read(String file, Style style) throws IOException {
    String marked = style.charset() == UTF_8 ? file : "\uFEFF" + file;
    ByteArrayInputStream body =
        new ByteArrayInputStream(marked.getBytes(style.charset())) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, style.chunk()));
          }
        };
    TestLimits limits = TestLimits.DEFAULT.withFieldAndRowBytes(4_000, 8_000);
    RowSplitter rows = new RowSplitter(new UploadText(new UploadBytes(body, null, limits)), limits);
    rows.delimiter(style.delimiter());
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      assertThat(rows.fault()).isNull();
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < rows.fields(); i++) {
        fields.add(rows.field(i));
      }
      all.add(fields);
    }
    return all;
  }

  private static List<List<String>> readByFastCsv(String file, Style style) throws IOException {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(style.delimiter())
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(file)) {
      return csv.stream().map(CsvRecord::getFields).toList();
    }
  }

  /** A row of nothing but empty fields is blank to us, and a row to FastCSV: there are none. */
  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> field =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                6,
                Arbitraries.strings()
                    .withChars("ab \",;\t'\n\rëЖ漢")
                    .ofMaxLength(12)
                    .filter(text -> text.isEmpty() || !text.isBlank())),
            net.jqwik.api.Tuple.of(1, Arbitraries.just("😀 \"quoted\"")),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.strings().withChars("xyz").ofMinLength(200).ofMaxLength(900)));
    return field
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .filter(row -> row.stream().anyMatch(text -> !text.isEmpty()))
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<Style> styles() {
    return net.jqwik.api.Combinators.combine(
            Arbitraries.of(',', ';', '\t'),
            Arbitraries.of(LineDelimiter.CRLF, LineDelimiter.LF, LineDelimiter.CR),
            Arbitraries.of(true, false),
            Arbitraries.of(UTF_8, UTF_16LE, UTF_16BE),
            Arbitraries.integers().between(1, 5_000))
        .as(Style::new);
  }
}
