package io.muster.bulkingest.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplittingAnUploadTest {
  private static final String HEADER = "UserPrincipalName,DisplayName,Department";
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  @TempDir Path directory;
  private Upload upload;

  @BeforeEach
  void aStore() throws IOException {
    upload = new Upload(directory);
  }

  @AfterEach
  void noStore() throws IOException {
    upload.close();
  }

  @Nested
  class RealFiles {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "entra-bulk-create-header-only.csv",
          "m365-username-16-columns-header-only.csv",
        })
    void aHeaderAloneIsAFileWithoutRows(String file) throws IOException {
      Upload.Outcome outcome = upload.of(data(file));

      assertThat(outcome.split().total()).isZero();
      assertThat(outcome.rows()).isEmpty();
      assertThat(outcome.split().file().unknownColumns()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "m365-add-multiple-users-15-columns.csv",
          "m365-add-multiple-users-16-columns.csv",
        })
    void microsoft365FilesMakeADisabledAccountOfChris(String file) throws IOException {
      Upload.Outcome outcome = upload.of(data(file));

      SpooledRow chris = outcome.row(1);
      assertThat(chris.refusal()).isNull();
      assertThat(chris.userPrincipalName()).isEqualTo("chris@contoso.com");
      assertThat(chris.active()).isFalse();
      assertThat(chris.properties())
          .containsEntry("displayName", "Chris Green")
          .containsEntry("jobTitle", "IT Manager")
          .containsEntry("office", "123451")
          .containsEntry("streetAddress", "1 Microsoft way")
          .containsEntry("stateOrProvince", "Wa")
          .containsEntry("postalCode", "98052")
          .containsEntry("country", "United States")
          .doesNotContainKey("usageLocation");
      assertThat(outcome.split().file().unknownColumns()).isEmpty();
    }

    @Test
    void entrasOwnExampleHasAPasswordThatIsOnEveryList() throws IOException {
      Upload.Outcome outcome = upload.of(data("entra-bulk-create.csv"));

      assertThat(outcome.split().total()).isEqualTo(1);
      assertThat(outcome.row(1).refusal().code()).isEqualTo(RowCode.PASSWORD_TOO_WEAK);
      assertThat(outcome.row(1).refusal().detail()).doesNotContain("Password1");
      assertThat(outcome.split().file().unknownColumns()).isEmpty();
    }

    @Test
    void entrasExampleWithAnAcceptablePasswordIsActiveAndItsPasswordSealed() throws IOException {
      String file = new String(data("entra-bulk-create.csv"), UTF_8);

      Upload.Outcome outcome = upload.of(UTF_8, file.replace("Password1!", "Xk4-Vorn-Lapi-92"));

      assertThat(outcome.row(1).refusal()).isNull();
      assertThat(outcome.row(1).active()).isTrue();
      assertThat(outcome.row(1).sealedPassword()).startsWith("sealed for ");
      assertThat(outcome.split().givenPasswords()).isEqualTo(1);
    }

    @Test
    void entrasExampleWithoutAPasswordIsActive() throws IOException {
      String file = new String(data("entra-bulk-create.csv"), UTF_8);

      Upload.Outcome outcome = upload.of(UTF_8, file.replace("Password1!", ""));

      assertThat(outcome.row(1).refusal()).isNull();
      assertThat(outcome.row(1).active()).isTrue();
      assertThat(outcome.row(1).properties()).containsEntry("usageLocation", "US");
    }
  }

  @Nested
  class WholeFilesThatCannotBeUsed {
    @Test
    void anEmptyOneIsRefused() {
      assertRefused(RequestCode.EMPTY_FILE, () -> upload.of(new byte[0]));
      assertRefused(RequestCode.EMPTY_FILE, () -> upload.of("", "", "  ", ""));
      assertRefused(
          RequestCode.EMPTY_FILE,
          () -> upload.of(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}));
      assertRefused(RequestCode.EMPTY_FILE, () -> upload.of(gzip(new byte[0])));
    }

    @Test
    void anExcelWorkbookIsToldFromText() {
      byte[] workbook = Arrays.copyOf(new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0}, 5_000);

      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(workbook), "Excel", "CSV");
    }

    @Test
    void otherFilesAreCalledByTheirNameWithTheCure() {
      assertUnreadable(zipWith("[Content_Types].xml"), "Excel workbook (.xlsx)", "CSV UTF-8");
      assertUnreadable(zipWith("word/document.xml"), "Word document");
      assertUnreadable(zipWith("people.csv"), "archive", "unpack");
      assertUnreadable(ISO_8859_1, "\u00d0\u00cf\u0011\u00e0\u00a1", "old Excel workbook");
      assertUnreadable(ISO_8859_1, "%PDF-1.7 and so on", "PDF");
      assertUnreadable(ISO_8859_1, "\u0089PNG\r\n", "picture");
      assertUnreadable(ISO_8859_1, "7z\u00bc\u00af\u0027\u001c", "archive", "gzip", "unpack");
      assertUnreadable(UTF_8, "\n<!DOCTYPE html><title>Sign in</title>", "HTML page");
      assertUnreadable(UTF_8, "<?xml version=\"1.0\"?>", "XML");
      assertUnreadable(UTF_8, "[{\"upn\": \"a@b.c\"}]", "JSON");
      assertUnreadable(UTF_8, HEADER + "\na@b.c,A,X\n" + "\0".repeat(100), "zero bytes", "again");
    }

    private void assertUnreadable(Charset charset, String text, String... inDetail) {
      assertUnreadable(text.getBytes(charset), inDetail);
    }

    private void assertUnreadable(byte[] file, String... inDetail) {
      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(file), inDetail);
      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(gzip(file)), inDetail);
    }

    @Test
    void oneByteIsAnsweredLikeAnyOtherFile() {
      assertRefused(RequestCode.NO_HEADER, () -> upload.of("a"), "UserPrincipalName", "add");
      assertRefused(RequestCode.EMPTY_FILE, () -> upload.of("\n"), "header line");
      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(new byte[1]), "CSV UTF-8");
      assertRefused(RequestCode.NO_HEADER, () -> upload.of(new byte[] {(byte) 0xFF}));
      assertRefused(RequestCode.EMPTY_FILE, () -> upload.of(new byte[] {(byte) 0xFF, (byte) 0xFE}));
    }

    @Test
    void tenThousandColumnsAreTooManyHoweverLongTheyAre() {
      String columns = ",Column".repeat(9_999);

      assertRefused(
          RequestCode.TOO_LARGE, () -> upload.of("UPN" + columns), "10000", "200", "take columns");
      assertRefused(
          RequestCode.TOO_LARGE,
          () -> upload.of("UPN" + columns.replace("Column", "AVeryLongNameOfAColumn".repeat(2))),
          "262144 bytes",
          "take columns");
    }

    @Test
    void aHeaderAndNothingElseIsAFileWithoutRows() throws IOException {
      for (String lineEnd : List.of("", "\n", "\r", "\r\n\r\n,,\r\n")) {
        assertThat(upload.of(UTF_8, HEADER + lineEnd).split().total()).isZero();
      }
    }

    @Test
    void zerosInARowAreThatRowsFault() throws IOException {
      Upload.Outcome outcome =
          upload.of(HEADER, "a@contoso.com,A,X", "b\0@contoso.com,B,X", "c@contoso.com,C,X\0");

      assertThat(outcome.row(1).refusal()).isNull();
      assertThat(outcome.row(2).refusal().code()).isEqualTo(RowCode.INVALID_VALUE);
      assertThat(outcome.row(3).refusal().detail()).contains("Department", "control character");
    }

    @Test
    void randomBytesAreToldFromText() {
      byte[] random = new byte[10_000];
      new Random(3).nextBytes(random);

      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(random));
      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(new byte[10_000]));
      assertRefused(RequestCode.UNREADABLE_FILE, () -> upload.of(new byte[] {1, 2, 0, 3}));
    }

    @Test
    void noUsableHeaderIsExplained() {
      assertRefused(
          RequestCode.NO_HEADER, () -> upload.of("Shoe,Size", "left,43"), "UserPrincipalName");
      assertRefused(
          RequestCode.NO_HEADER,
          () -> upload.of("chris@contoso.com,Chris Green", "ada@contoso.com,Ada"),
          "header line above it");
      assertRefused(RequestCode.NO_HEADER, () -> upload.of("version:v1.0,,,"));
      assertRefused(
          RequestCode.NO_HEADER, () -> upload.of("\"UserPrincipalName,Name", "a@b.c,d"), "quote");
    }

    @Test
    void tooManyColumnsAreTooMuch() {
      String header = "UserPrincipalName" + ",x".repeat(200);

      assertRefused(RequestCode.TOO_LARGE, () -> upload.of(header, "a@b.c"), "201", "200");
    }

    @Test
    void tooManyBytesAreTooMuchAndLeaveNothing() throws IOException {
      upload.limits(TestLimits.DEFAULT.withBytes(100));

      assertRefused(
          RequestCode.TOO_LARGE,
          () -> upload.of(HEADER, "a@contoso.com,A,B".repeat(10)),
          "100 bytes");

      assertNothingIsLeft();
    }

    @Test
    void tooManyRowsAreTooMuchAndLeaveNothing() throws IOException {
      upload.limits(TestLimits.DEFAULT.withRows(2));

      assertRefused(
          RequestCode.TOO_LARGE,
          () -> upload.of(HEADER, "a@contoso.com,A", "b@contoso.com,B", "c@contoso.com,C"),
          "2 rows");

      assertNothingIsLeft();
    }

    @Test
    void anUnknownColumnToFillIsAnInvalidRequest() {
      assertRefused(RequestCode.INVALID_REQUEST, () -> upload.fill("Shoe", "43").of(HEADER));
      assertRefused(
          RequestCode.INVALID_REQUEST,
          () -> upload.fill(Map.of("City", "Ulm", "Town", "Bonn")).of(HEADER),
          "City and Town");
      assertRefused(RequestCode.INVALID_REQUEST, () -> upload.fill("Password", "x").of(HEADER));
      assertRefused(
          RequestCode.INVALID_REQUEST, () -> upload.fill("UsageLocation", "XX").of(HEADER));
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
      InputStream breaking =
          new SequenceInputStream(
              new ByteArrayInputStream((HEADER + "\na@contoso.com,A\n").getBytes(UTF_8)),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("connection reset");
                }
              });

      assertThatThrownBy(() -> upload.of(breaking)).isInstanceOf(IOException.class);

      assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(".lock", ".store-id");
      }
    }
  }

  @Nested
  class Gzip {
    private final byte[] file = (HEADER + "\na@contoso.com,Zoë,X\n").getBytes(UTF_8);

    @Test
    void itIsTakenOffByHeaderAndByItsOwnMark() throws Exception {
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));

      for (Upload.Outcome outcome :
          List.of(
              upload.of(file),
              upload.of(gzip(file)),
              upload.contentEncoding("gzip").of(gzip(file)),
              upload.contentEncoding("gzip").of(gzip(gzip(file))))) {
        assertThat(outcome.split().total()).isEqualTo(1);
        assertThat(outcome.split().file().bytes()).isEqualTo(file.length);
        assertThat(outcome.split().file().sha256()).isEqualTo(digest);
        assertThat(outcome.row(1).properties()).containsEntry("displayName", "Zoë");
      }
    }

    @Test
    void severalMembersAreOneFileHoweverSlowlyTheyCome() throws IOException {
      byte[] first = gzip((HEADER + "\n").getBytes(UTF_8));
      byte[] second = gzip("a@contoso.com,A,X\n".getBytes(UTF_8));
      InputStream slow =
          new SequenceInputStream(new OneByteAtATime(first), new OneByteAtATime(second));

      assertThat(upload.of(slow).split().total()).isEqualTo(1);
    }

    @Test
    void aDamagedOneIsUnreadable() {
      byte[] zipped = gzip(file);
      assertRefused(
          RequestCode.UNREADABLE_FILE,
          () -> upload.of(Arrays.copyOf(zipped, zipped.length - 9)),
          "ends early");
      assertRefused(
          RequestCode.UNREADABLE_FILE, () -> upload.contentEncoding("gzip").of(file), "gzip");
      assertRefused(
          RequestCode.UNREADABLE_FILE, () -> upload.contentEncoding("br").of(file), "gzip");
    }

    @Test
    void noRowIsLostBehindAMemberWhoseSuccessorIsDamagedOrCutOff() throws IOException {
      byte[] second = gzip("b@contoso.com,B,X\n".getBytes(UTF_8));
      byte[] damaged = second.clone();
      damaged[0]++;
      List<byte[]> followers =
          List.of(
              damaged,
              Arrays.copyOf(second, 1),
              Arrays.copyOf(second, 2),
              Arrays.copyOf(second, 9),
              new byte[] {0, 1},
              joined(new byte[40_000], new byte[] {1}),
              joined(new byte[40_000], second),
              "c@contoso.com,C,X\n".getBytes(UTF_8));
      for (byte[] follower : followers) {
        assertRefused(
            RequestCode.UNREADABLE_FILE, () -> upload.of(joined(gzip(file), follower)), "behind");
        // So that the inflater has nothing left over and the follower comes by itself.
        assertRefused(
            RequestCode.UNREADABLE_FILE,
            () -> upload.of(new OneByteAtATime(joined(gzip(file), follower))),
            "behind");
        assertRefused(
            RequestCode.UNREADABLE_FILE,
            () -> upload.contentEncoding("gzip").of(joined(gzip(gzip(file)), follower)),
            "behind");
      }
      assertThat(upload.contentEncoding(null).of(joined(gzip(file), second)).split().total())
          .isEqualTo(2);
    }

    @Test
    void zerosBehindTheEndArePaddingAsGzipItselfTakesThem() throws IOException {
      byte[] two = joined(gzip(file), gzip("b@contoso.com,B,X\n".getBytes(UTF_8)));
      for (int zeros : new int[] {1, 2, 9, 18, 19, 30, 512, 100_000}) {
        byte[] padded = joined(two, new byte[zeros]);

        assertThat(upload.contentEncoding(null).of(padded).split().total()).isEqualTo(2);
        assertThat(upload.of(new OneByteAtATime(padded)).split().total()).isEqualTo(2);
        assertThat(upload.contentEncoding("gzip").of(padded).split().total()).isEqualTo(2);
        assertThat(
                upload
                    .of(joined(gzip(joined(gzip(file), new byte[zeros])), new byte[3]))
                    .split()
                    .total())
            .isEqualTo(1);
      }
    }

    private static byte[] joined(byte[] one, byte[] other) {
      byte[] both = Arrays.copyOf(one, one.length + other.length);
      System.arraycopy(other, 0, both, one.length, other.length);
      return both;
    }

    @Test
    void aBombIsStoppedLongBeforeTheByteLimit() {
      byte[] bomb = gzip((HEADER + "\n" + "a".repeat(20 << 20)).getBytes(UTF_8));

      assertRefused(RequestCode.TOO_LARGE, () -> upload.of(bomb), "200 times");
    }
  }

  @Nested
  class Encodings {
    private final String text = HEADER + "\r\nzoe@contoso.com,Zoë Müller,€uro\r\n";

    @Test
    void allOfThemAreRecognised() throws IOException {
      assertRecognised("UTF-8", upload.of(UTF_8, text));
      assertRecognised("UTF-8", upload.of(UTF_8, "\uFEFF" + text));
      assertRecognised("UTF-16LE", upload.of(UTF_16LE, "\uFEFF" + text));
      assertRecognised("UTF-16BE", upload.of(UTF_16BE, "\uFEFF" + text));
      assertRecognised("UTF-16LE", upload.of(UTF_16LE, text));
      assertRecognised("UTF-16BE", upload.of(UTF_16BE, text));
      assertRecognised("windows-1252", upload.of(WINDOWS_1252, text));
    }

    @Test
    void pureAsciiIsUtf8() throws IOException {
      assertThat(upload.of(HEADER, "a@contoso.com,A").split().file().encoding()).isEqualTo("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_500, 65_534, 65_535, 65_536, 131_072, 1_000_000})
    void theFirstLetterBeyondAsciiMayComeLate(int bytesBefore) throws IOException {
      StringBuilder file = new StringBuilder(HEADER + "\n");
      int rows = 0;
      while (file.length() < bytesBefore) {
        file.append("user").append(rows++).append("@contoso.com,User\n");
      }
      file.append("late@contoso.com,Zoë Müller\n");

      for (Charset charset : List.of(UTF_8, WINDOWS_1252)) {
        Upload.Outcome outcome = upload.of(charset, file.toString());
        assertThat(outcome.row(rows + 1).properties()).containsEntry("displayName", "Zoë Müller");
        assertThat(outcome.split().file().encoding()).isEqualTo(charset.name());
        assertThat(outcome.split().refused()).isEmpty();
      }
    }

    @Test
    void theVeryLastByteMayDecide() throws IOException {
      assertThat(upload.of(WINDOWS_1252, HEADER + "\na@contoso.com,René").row(1).properties())
          .containsEntry("displayName", "René");
    }

    @Test
    void aDamagedPlaceInUtf8ConcernsItsRowAlone() throws IOException {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes((HEADER + "\nzoe@contoso.com,Zoë Müller,Ü\n").getBytes(UTF_8));
      file.writeBytes("bad@contoso.com,Ren\u00e9\n".getBytes(ISO_8859_1));
      file.writeBytes("ada@contoso.com,Adä\n".getBytes(UTF_8));

      Upload.Outcome outcome = upload.of(file.toByteArray());

      assertThat(outcome.row(1).refusal()).isNull();
      assertThat(outcome.row(2).refusal().code()).isEqualTo(RowCode.INVALID_VALUE);
      assertThat(outcome.row(2).refusal().detail()).contains("DisplayName");
      assertThat(outcome.row(3).properties()).containsEntry("displayName", "Adä");
    }

    private void assertRecognised(String encoding, Upload.Outcome outcome) {
      assertThat(outcome.split().file().encoding()).isEqualTo(encoding);
      assertThat(outcome.row(1).properties())
          .containsEntry("displayName", "Zoë Müller")
          .containsEntry("department", "€uro");
    }
  }

  @Nested
  class Rows {
    @Test
    void everyDelimiterAndLineEndIsUnderstood() throws IOException {
      for (String delimiter : List.of(",", ";", "\t")) {
        for (String lineEnd : List.of("\r\n", "\n", "\r")) {
          String file =
              "User name;Name;Department\n;;\n\na@contoso.com;\"A; and\n\"\"B\"\"\";X\nb@contoso.com;B\n"
                  .replace("A; and\n", "A# and\0")
                  .replace(";", delimiter)
                  .replace("\n", lineEnd)
                  .replace("A# and\0", "A; and\n");

          Upload.Outcome outcome = upload.of(UTF_8, file);

          assertThat(outcome.split().file().delimiter()).isEqualTo(delimiter);
          assertThat(outcome.split().total()).isEqualTo(2);
          assertThat(outcome.row(1).properties())
              .containsEntry("displayName", "A; and\n\"B\"")
              .containsEntry("department", "X");
          assertThat(outcome.row(2).properties()).containsOnlyKeys("displayName");
        }
      }
    }

    @Test
    void aVersionLineIsPassedOverPaddedOrNot() throws IOException {
      for (String version :
          List.of("version:v1.0", "version:v1.0,,", "\"version:v1.0\",,", "VERSION:V1.0;;")) {
        assertThat(upload.of(version, HEADER, "a@contoso.com,A").split().total()).isEqualTo(1);
      }
      assertThat(upload.of("sep=;", "UPN;Name", "a@contoso.com;A").split().total()).isEqualTo(1);
    }

    @Test
    void brokenRowsSayWhatIsWrongAndTheOthersAreTaken() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              HEADER,
              "good1@contoso.com,Good One,X",
              ",No Name,X",
              "open@contoso.com,\"Open,X",
              "good2@contoso.com,\"Good, Two\",X",
              "after@contoso.com,\"After\"wards,X",
              "many@contoso.com,Many,X,Y,Z",
              "excel@contoso.com,Excel,X,,,",
              "GOOD1@contoso.com,Again,X",
              "good3@contoso.com,5\" Screen,X");

      assertThat(codes(outcome))
          .containsExactly(
              null,
              RowCode.MISSING_VALUE,
              RowCode.MALFORMED_ROW,
              null,
              RowCode.MALFORMED_ROW,
              RowCode.MALFORMED_ROW,
              null,
              RowCode.DUPLICATE_ROW,
              null);
      assertThat(outcome.row(6).refusal().detail()).contains("5 fields").contains("3 headers");
      assertThat(outcome.row(8).refusal().detail()).contains("row 1 ");
      assertThat(outcome.row(9).properties()).containsEntry("displayName", "5\" Screen");
      assertThat(outcome.split().refused())
          .containsEntry(RowCode.MALFORMED_ROW, 3L)
          .containsEntry(RowCode.MISSING_VALUE, 1L)
          .containsEntry(RowCode.DUPLICATE_ROW, 1L);
      assertThat(outcome.split().operations()).containsEntry(Operation.ADD, 9L);
    }

    @Test
    void anUnclosedQuoteNeverSwallowsTheNextLines() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              HEADER,
              "a@contoso.com,\"A",
              "b@contoso.com,B",
              "c@contoso.com,C",
              "d@contoso.com,\"D");

      assertThat(codes(outcome))
          .containsExactly(RowCode.MALFORMED_ROW, null, null, RowCode.MALFORMED_ROW);
    }

    @Test
    void anUnclosedQuoteInAHugeFileIsFollowedToTheLimitOnly() throws IOException {
      StringBuilder file = new StringBuilder(HEADER + "\nopen@contoso.com,\"Open\n");
      for (int i = 0; i < 20_000; i++) {
        file.append("user").append(i).append("@contoso.com,User,X\n");
      }

      Upload.Outcome outcome = upload.of(UTF_8, file.toString());

      assertThat(outcome.split().total()).isEqualTo(20_001);
      assertThat(outcome.split().refused())
          .containsOnly(java.util.Map.entry(RowCode.MALFORMED_ROW, 1L));
    }

    @Test
    void rowsAndFieldsBeyondTheirLimitsAreThatRowsFault() throws IOException {
      String longest = "x".repeat(64 << 10);
      Upload.Outcome outcome =
          upload.of(
              HEADER + ",Shoe",
              "a@contoso.com,A,X," + longest,
              "b@contoso.com,B,X," + longest + "x",
              "c@contoso.com,C,X,\"" + longest + "x\"",
              "d@contoso.com,D,X," + "ë".repeat(40_000),
              "e@contoso.com,E,X," + "x".repeat(300_000),
              "f@contoso.com,F,X,\"" + "x".repeat(300_000) + "\"",
              "g@contoso.com,\"" + longest + "x\",X",
              "h@contoso.com,H,X" + ",y".repeat(100_000),
              "i@contoso.com,I,X");

      assertThat(codes(outcome))
          .containsExactly(
              null,
              RowCode.INVALID_VALUE,
              RowCode.INVALID_VALUE,
              RowCode.INVALID_VALUE,
              RowCode.MALFORMED_ROW,
              RowCode.MALFORMED_ROW,
              RowCode.INVALID_VALUE,
              RowCode.MALFORMED_ROW,
              null);
      assertThat(outcome.row(2).refusal().detail()).contains("65536");
      assertThat(outcome.row(5).refusal().detail()).contains("262144");
      assertThat(outcome.row(7).refusal().detail()).contains("DisplayName");
    }

    @Test
    void failuresCsvGoesInAgainAsItIs() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              "RowNumber,UserPrincipalName,DisplayName,Password,ErrorCode,ErrorMessage",
              "17,a@contoso.com,'=A,,USER_ALREADY_EXISTS,The account is there",
              "18,b@contoso.com,B,(enter again),PASSWORD_TOO_WEAK,Too weak");

      assertThat(outcome.split().file().unknownColumns()).isEmpty();
      assertThat(outcome.row(1).properties()).containsEntry("displayName", "=A");
      assertThat(outcome.row(2).refusal().code()).isEqualTo(RowCode.MISSING_VALUE);
      assertThat(outcome.row(2).refusal().detail()).contains("Password");
    }

    @Test
    void oneApostropheThatKeepsACellFromBeingAFormulaIsTakenOff() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              HEADER + ",City,OfficePhone,Password",
              "'=a@contoso.com,''=A,'s-Hertogenbosch,'s,'+49 30,'=Xk4-Vorn-Lapi");

      assertThat(outcome.row(1).userPrincipalName()).isEqualTo("=a@contoso.com");
      assertThat(outcome.row(1).properties())
          .containsEntry("displayName", "'=A")
          .containsEntry("department", "'s-Hertogenbosch")
          .containsEntry("city", "'s")
          .containsEntry("officePhone", "+49 30");
      assertThat(outcome.row(1).sealedPassword()).endsWith(", 15 characters");
    }

    @Test
    void licensesOfAddAreIgnoredWithANotice() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              HEADER + ",Licenses",
              "a@contoso.com,A,X,E3;E5",
              "b@contoso.com,B,X,",
              "bad,B,X,E3",
              "c@contoso.com,C,X,E3");

      assertThat(outcome.split().notices())
          .containsExactly(new JobSnapshot.Notice("LICENSES_IGNORED", 2, "add takes no seats"));
      assertThat(outcome.row(1).licenses()).isEmpty();
      assertThat(upload.licenses("E3").of(HEADER, "a@contoso.com,A").split().notices())
          .extracting(JobSnapshot.Notice::rows)
          .containsExactly(1L);
    }

    @Test
    void columnsWithoutEffectAreToldWithTheirRows() throws IOException {
      Upload.Outcome outcome =
          upload
              .operation(Operation.SET)
              .licenses("E3")
              .fill("City", "Berlin")
              .of(
                  HEADER + ",BlockSignIn,Licenses,Action",
                  "a@contoso.com,A,X,Yes,E3,",
                  "b@contoso.com,,,,,enable",
                  "c@contoso.com,C,,No,,remove",
                  "d@contoso.com,-,X,Yes,,");

      assertThat(codes(outcome)).containsExactly(null, null, null, RowCode.INVALID_VALUE);
      assertThat(outcome.split().notices())
          .containsExactly(
              new JobSnapshot.Notice("COLUMN_IGNORED", 1, "DisplayName has no effect with remove"),
              new JobSnapshot.Notice("COLUMN_IGNORED", 2, "City has no effect with enable, remove"),
              new JobSnapshot.Notice("LICENSES_IGNORED", 2, "set, remove take no seats"),
              new JobSnapshot.Notice(
                  "COLUMN_IGNORED", 2, "BlockSignIn has no effect with set, remove"));
      assertThat(outcome.split().commands()).isEqualTo(1 + 2 + 2);
    }

    @Test
    void theSameUserMayComeAgainWithAnotherOperation() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              HEADER + ",Action",
              "a@contoso.com,A,X,add",
              "A@contoso.com,,,enable",
              "a@contoso.com,,,Enable");

      assertThat(codes(outcome)).containsExactly(null, null, RowCode.DUPLICATE_ROW);
      assertThat(outcome.row(3).refusal().detail()).contains("row 2 ");
    }

    @Test
    void theCustomaryResetFileSetsOnePasswordAndLeavesOneToBeGenerated() throws IOException {
      Upload.Outcome outcome =
          upload
              .operation(Operation.SET_PASSWORD)
              .roles("password-admin")
              .of(data("password-reset.csv"));

      assertThat(codes(outcome)).containsExactly(null, null);
      assertThat(outcome.row(1).sealedPassword()).startsWith("sealed for chris@contoso.com");
      assertThat(outcome.row(2).sealedPassword()).isNull();
      assertThat(outcome.split().givenPasswords()).isEqualTo(1);
      assertThat(outcome.split().holdsSecrets()).isTrue();
    }

    @Test
    void aPasswordThatTheFileCallsAHashDoesNotBecomeThePassword() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              "Email Address [Required],Name,Password [Required],Password Hash Function [UPLOAD ONLY]",
              "a@contoso.com,A,e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4,SHA-1",
              "b@contoso.com,B,Xk4-Vorn-Lapi-92,",
              "c@contoso.com,C,,SHA-1");

      assertThat(codes(outcome)).containsExactly(RowCode.UNSUPPORTED_PASSWORD_HASH, null, null);
      assertThat(outcome.row(1).columns()).containsEntry("Password", "(enter again)");
      assertThat(outcome.row(2).passwordIsHash()).isFalse();
      assertThat(outcome.split().file().unknownColumns()).isEmpty();
    }

    @Test
    void theTenantsQuotaOfRowsIsNamedAsSuch() {
      upload.allowance(new Allowance(AllowedDomains.ALL, 1));

      assertRefused(
          RequestCode.TOO_LARGE,
          () -> upload.of(HEADER, "a@contoso.com,A", "b@contoso.com,B"),
          "more rows than 1",
          "quota");
    }

    @Test
    void eachRowsActionCounts() throws IOException {
      Upload.Outcome outcome =
          upload.of(
              HEADER + ",Action",
              "a@contoso.com,A,X,add",
              "b@contoso.com,B,X,set-password",
              "c@contoso.com,C,X,dance",
              "d@contoso.com,D,X,",
              "e@contoso.com,\"E,X,add");

      assertThat(codes(outcome))
          .containsExactly(null, null, RowCode.INVALID_VALUE, null, RowCode.MALFORMED_ROW);
      assertThat(outcome.split().operations())
          .containsOnly(
              java.util.Map.entry(Operation.ADD, 2L),
              java.util.Map.entry(Operation.SET_PASSWORD, 1L));
      assertThat(outcome.row(3).operation()).isNull();
    }

    @Test
    void emptyCellsAreFilledIn() throws IOException {
      Upload.Outcome outcome =
          upload
              .fill("Department", "Sales")
              .of(HEADER, "a@contoso.com,A,Legal", "b@contoso.com,B,", "c@contoso.com,C");

      assertThat(outcome.rows().stream().map(row -> row.properties().get("department")))
          .containsExactly("Legal", "Sales", "Sales");
      assertThat(outcome.row(2).columns()).containsEntry("Department", "");
    }

    private List<RowCode> codes(Upload.Outcome outcome) {
      return outcome.rows().stream()
          .map(row -> row.refusal() == null ? null : row.refusal().code())
          .toList();
    }
  }

  @Test
  void nothingIsReadableOnTheDisk() throws IOException {
    upload.of(HEADER + ",Password", "secretive@contoso.com,Secretive,X,Hidden-Words-4711");

    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .doesNotContainIgnoringCase("secretive")
            .doesNotContain("Hidden");
      }
    }
  }

  @Test
  void aGivenPasswordIsNowhereInWhatIsKept() throws IOException {
    Upload.Outcome outcome =
        upload.of(
            HEADER + ",Password,PasswordHash",
            "a@contoso.com,A,X,Hidden-Words-4711,",
            "b@contoso.com,B,X,,$argon2id$hidden",
            "c@contoso.com,C,X,,");

    for (SpooledRow row : outcome.rows()) {
      assertThat(row.written().toString() + row.properties()).doesNotContainIgnoringCase("hidden");
    }
    assertThat(outcome.row(1).columns()).containsEntry("Password", "(enter again)");
    assertThat(outcome.row(2).refusal().code()).isEqualTo(RowCode.UNSUPPORTED_PASSWORD_HASH);
    assertThat(outcome.row(3).columns()).containsEntry("Password", "");
  }

  private static void assertRefused(RequestCode code, ThrowingCallable split, String... inDetail) {
    assertThatThrownBy(split)
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo(code.name());
              for (String part : inDetail) {
                assertThat(refused.problem().detail()).contains(part);
              }
            });
  }

  private static byte[] data(String file) throws IOException {
    try (InputStream in = SplittingAnUploadTest.class.getResourceAsStream("/data/" + file)) {
      return in.readAllBytes();
    }
  }

  private static byte[] zipWith(String entry) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zipped)) {
      out.putNextEntry(new ZipEntry(entry));
      out.write("hello".getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private static byte[] gzip(byte[] clear) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(clear);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** A network on a bad day: one byte a time, and never one available. */
  private static final class OneByteAtATime extends InputStream {
    private final InputStream bytes;

    OneByteAtATime(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return bytes.read(target, offset, Math.min(1, length));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
