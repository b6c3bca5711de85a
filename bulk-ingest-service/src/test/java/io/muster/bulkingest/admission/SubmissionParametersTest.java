package io.muster.bulkingest.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.chassis.problem.RequestRefused;
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
  void whatThisVersionDoesNotDoIsRefusedAndNeverIgnored() {
    assertThatThrownBy(() -> parameters("remove", List.of(), null))
        .isInstanceOf(RequestRefused.class);
    assertThatThrownBy(() -> parameters("add", List.of(), "true"))
        .isInstanceOf(RequestRefused.class);
  }

  @Test
  void theRequestDigestDiffersWithEveryParameterAndNotWithTheirOrder() {
    String digest = parameters("add", List.of("E3", "E5"), null).digest("abc");

    assertThat(parameters("ADD", List.of("E5", "E3", "E3"), "false").digest("abc"))
        .isEqualTo(digest);
    assertThat(parameters("add", List.of("E3"), null).digest("abc")).isNotEqualTo(digest);
    assertThat(parameters("add", List.of("E3", "E5"), null).digest("abd")).isNotEqualTo(digest);
  }

  private static SubmissionParameters parameters(
      String operation, List<String> licenses, String dryRun) {
    return SubmissionParameters.of(operation, licenses, List.of(), dryRun, null, null, null);
  }
}
