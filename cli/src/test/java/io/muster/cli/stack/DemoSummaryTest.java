package io.muster.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.Jobs;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
  @Test
  void rowsWithoutASeatThatAllFailForItAreWhatTheDemoShows() throws IOException {
    DemoSummary summary = summary(Jobs.succeeded(100), 100, 97, 97);

    assertThat(summary.exitCode()).isZero();
    assertThat(summary.text(80))
        .contains(
            "100 users, 97 of them active: the numbers agree",
            "50 rows/s",
            "E3: 97 bought, 0 assigned before, 97 after",
            "NO_SEATS_LEFT",
            "3 seats short");
    assertThat(summary.document().path("numbersAgree").asBoolean()).isTrue();
  }

  @Test
  void anAddressListThatHoldsFewerUsersIsToldAndFails() throws IOException {
    DemoSummary summary = summary(Jobs.succeeded(100), 99, 97, 97);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(summary.text(80)).contains("DON'T AGREE", "99 users");
  }

  @Test
  void seatsThatNobodyHoldsAreToldAndFail() throws IOException {
    DemoSummary summary = summary(Jobs.succeeded(100), 100, 97, 98);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(summary.text(80)).contains("DON'T AGREE");
  }

  @Test
  void rowsThatFailToBeAddedAreToldWithTheirRemedyAndFail() throws IOException {
    DemoSummary summary = summary(Jobs.partlyFailed(100, 3), 97, 97, 97);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(summary.text(80)).contains("USER_ALREADY_EXISTS", "there already");
  }

  /** Of a pool of 97 seats for 100 people. */
  private static DemoSummary summary(String add, long users, long active, long assigned)
      throws IOException {
    String enable = Jobs.partlyFailed(100, 3).replace("USER_ALREADY_EXISTS", "NO_SEATS_LEFT");
    return new DemoSummary(
        100,
        new DemoSummary.Step(document(add), 2.0),
        new DemoSummary.Step(document(enable), 4.0),
        new DemoSummary.Users(users, active),
        new DemoSummary.Seats(pool(0), pool(assigned)));
  }

  private static JsonNode pool(long assigned) throws IOException {
    return document("{\"sku\":\"E3\",\"totalSeats\":97,\"assignedSeats\":%d}".formatted(assigned));
  }

  private static JsonNode document(String json) throws IOException {
    return new JsonMapper().readTree(json);
  }
}
