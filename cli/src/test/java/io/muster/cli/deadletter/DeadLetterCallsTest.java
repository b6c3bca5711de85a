package io.muster.cli.deadletter;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterCallsTest {
  private static final String ID = "01990f3c-7a10-7cc0-8a2e-5f6d1f0a9b11";
  private static final String LETTER =
      """
      {"id":"%s","tenant":"contoso","topic":"muster.row-results","partition":3,"offset":17,
       "reason":"NO_TENANT_ID","service":"gateway","putAt":"2026-02-03T04:05:06.789Z",
       "redrivenAt":null,"kept":true,"payload":"{}","payloadEncoding":"UTF_8"}
      """
          .formatted(ID);

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void list_tells_where_each_is_and_why() {
    gateway.on("GET /v1/dead-letters", json(200, "{\"items\":[" + LETTER + "],\"next\":null}"));

    MusterRun run =
        MusterRun.of(gateway.at("dead-letter", "list", "--topic", "muster.row-results"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(ID, "contoso", "muster.row-results", "3/17", "NO_TENANT_ID");
    assertThat(gateway.asked().get(0)).contains("topic=muster.row-results");
  }

  @Test
  void show_tells_all_of_one() {
    gateway.on("GET /v1/dead-letters/" + ID, json(200, LETTER));

    MusterRun run = MusterRun.of(gateway.at("dead-letter", "show", ID));

    assertThat(run.out()).contains("payload", "{}", "NO_TENANT_ID");
  }

  @Test
  void redrive_asks_once_and_says_where_it_went() {
    gateway.on("POST /v1/dead-letters/" + ID + "/redrive", json(202, LETTER));

    MusterRun run = MusterRun.of(gateway.at("dead-letter", "redrive", ID));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("Sent again to muster.row-results.\n");
    assertThat(gateway.asked()).containsExactly("POST /v1/dead-letters/" + ID + "/redrive");
  }
}
