package io.muster.bulkingest.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.bulkingest.guard.FailureLimit;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.Operation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionParametersTest {
  @Test
  void anUnknownOrMissingOperationIsRefusedWithTheParametersName() {
    for (String operation : new String[] {null, "", "addd", "delete"}) {
      assertThatThrownBy(() -> parameters(operation, List.of(), null))
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> {
                assertThat(refused.problem().code()).isEqualTo("INVALID_REQUEST");
                assertThat(refused.problem().field()).isEqualTo("operation");
              });
    }
  }

  @Test
  void everyOperationIsTakenInBothSpellings() {
    for (Operation operation : Operation.values()) {
      assertThat(parameters(operation.word(), List.of(), null).operation()).isEqualTo(operation);
      assertThat(parameters(operation.name(), List.of(), null).operation()).isEqualTo(operation);
    }
  }

  @Test
  void aLimitOfFailuresIsANumberOfRowsOrAShare() {
    assertThat(limited("500").maxFailures()).isEqualTo(new FailureLimit(500, false));
    assertThat(limited(" 5 % ").maxFailures()).isEqualTo(new FailureLimit(5, true));
    assertThat(limited("").maxFailures()).isNull();
    for (String wrong : new String[] {"-1", "101%", "5.5%", "many", "9999999999", "%"}) {
      assertThatThrownBy(() -> limited(wrong))
          .as(wrong)
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> assertThat(refused.problem().field()).isEqualTo("maxFailures"));
    }
  }

  @Test
  void aLicenseIsOneSkuAndNothingThatCanBeNone() {
    assertThat(parameters("enable", List.of(" Office 365 E3 "), null).licenses())
        .containsExactly("Office 365 E3");
    for (String wrong : List.of("", "E3,F1", "E3;F1", "E\0", "E3\nF1", "\ud83d", "-", " - ")) {
      assertThatThrownBy(() -> parameters("enable", List.of("F1", wrong), null))
          .as(wrong)
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> assertThat(refused.problem().field()).isEqualTo("license"));
    }
  }

  @Test
  void aColumnIsFilledWithOneValue() {
    assertThat(filled("Country=US", "City==x").fill())
        .containsEntry("Country", "US")
        .containsEntry("City", "=x");
    for (String wrong : List.of("Country=DE", " Country =US", "Country", "=US")) {
      assertThatThrownBy(() -> filled("Country=US", wrong))
          .as(wrong)
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> {
                assertThat(refused.problem().field()).isEqualTo("set");
                assertThat(refused.problem().detail()).contains("Country");
              });
    }
  }

  @Test
  void aStartIsATimeWithItsOffset() {
    Instant ten = Instant.parse("2026-11-24T10:00:00Z");

    assertThat(starting("2026-11-24T10:00:00Z").startAt()).isEqualTo(ten);
    assertThat(starting("2026-11-24T12:00:00+02:00").startAt()).isEqualTo(ten);
    assertThat(starting("2026-11-24T12:00:00 02:00").startAt()).isEqualTo(ten);
    for (String wrong :
        List.of("tomorrow", "2026-11-24", "2026-11-24T10:00:00", "+99999999-01-01T00:00:00Z")) {
      assertThatThrownBy(() -> starting(wrong))
          .as(wrong)
          .isInstanceOfSatisfying(
              RequestRefused.class,
              refused -> assertThat(refused.problem().field()).isEqualTo("startAt"));
    }
  }

  @Test
  void theRequestDigestDiffersWithEveryParameterAndNotWithTheirOrder() {
    String digest = parameters("add", List.of("E3", "E5"), null).digest("abc");

    assertThat(parameters("ADD", List.of("E5", "E3", "E3"), "false").digest("abc"))
        .isEqualTo(digest);
    assertThat(parameters("add", List.of("E3"), null).digest("abc")).isNotEqualTo(digest);
    assertThat(parameters("add", List.of("E3", "E5"), null).digest("abd")).isNotEqualTo(digest);
    assertThat(
            List.of(
                digest,
                parameters("add", List.of("E3", "E5"), "true").digest("abc"),
                limited("5").digest("abc"),
                limited("5%").digest("abc"),
                starting("2026-11-24T10:00:00Z").digest("abc"),
                starting("2026-11-24T10:00:01Z").digest("abc")))
        .doesNotHaveDuplicates();
  }

  @Test
  void oneValueToFillIsNotTheSameRequestAsTwoThatReadLikeIt() {
    assertThat(
            List.of(
                filled("Department=A, JobTitle=B").digest("abc"),
                filled("Department=A", "JobTitle=B").digest("abc"),
                filled("City=x, Country=y}\nfalse\nabc").digest("abc"),
                filled("City=x, Country=y").digest("abc"),
                filled("City=x", "Country=y").digest("abc"),
                filled("City=x, Country", "Fax=, Office=y").digest("abc"),
                filled("City=x", "Country=", "Fax=, Office=y").digest("abc")))
        .doesNotHaveDuplicates();
    assertThat(filled("Fax=1,2", "City=x").digest("abc"))
        .isEqualTo(filled("City=x", "Fax=1,2").digest("abc"));
  }

  private static SubmissionParameters filled(String... set) {
    return SubmissionParameters.of("add", List.of(), List.of(set), null, null, null, null);
  }

  private static SubmissionParameters limited(String maxFailures) {
    return SubmissionParameters.of("add", List.of(), List.of(), null, maxFailures, null, null);
  }

  private static SubmissionParameters starting(String startAt) {
    return SubmissionParameters.of("add", List.of(), List.of(), null, null, startAt, null);
  }

  private static SubmissionParameters parameters(
      String operation, List<String> licenses, String dryRun) {
    return SubmissionParameters.of(operation, licenses, List.of(), dryRun, null, null, null);
  }
}
