package io.muster.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.Jobs;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
  @Test
  void all_rows_done_and_counted_in_the_address_list_is_success() throws IOException {
    DemoSummary summary = new DemoSummary(100, document(Jobs.succeeded(100)), 2.0, 100);

    assertThat(summary.exitCode()).isZero();
    assertThat(summary.text(80)).contains("100 users: the numbers agree", "50 rows/s end to end");
    assertThat(summary.document().path("numbersAgree").asBoolean()).isTrue();
  }

  @Test
  void an_address_list_that_holds_fewer_users_is_told_and_fails() throws IOException {
    DemoSummary summary = new DemoSummary(100, document(Jobs.succeeded(100)), 2.0, 99);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(summary.text(80)).contains("DON'T AGREE", "99 users");
  }

  @Test
  void failed_rows_are_told_with_their_remedy_and_fail() throws IOException {
    DemoSummary summary = new DemoSummary(100, document(Jobs.partlyFailed(100, 3)), 2.0, 97);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(summary.text(80)).contains("agree", "USER_ALREADY_EXISTS", "there already");
  }

  private static JsonNode document(String json) throws IOException {
    return new JsonMapper().readTree(json);
  }
}
