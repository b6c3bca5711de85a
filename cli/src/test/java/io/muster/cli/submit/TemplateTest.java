package io.muster.cli.submit;

import static io.muster.cli.StandInGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.MusterRun;
import io.muster.cli.StandInGateway;
import io.muster.contracts.command.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateTest {
  private static final String CSV = "\uFEFFUserPrincipalName\r\nchris@contoso.com\r\n";

  private final StandInGateway gateway = new StandInGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void every_operation_s_template_comes_byte_by_byte_from_the_gateway(Operation operation) {
    gateway.on("GET /v1/templates/" + operation.word() + ".csv", text(200, "text/csv", CSV));

    assertThat(muster("template", operation.word()).out()).isEqualTo(CSV);
    assertThat(muster("template", operation.name()).exitCode()).isZero();
    assertThat(muster("template", operation.word(), "--json").json().path("csv").asText())
        .isEqualTo(CSV);
  }

  @Test
  void what_is_no_operation_is_wrong_usage_and_lists_them() {
    MusterRun run = muster("template", "delete");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("add, enable, set-password, set, remove, restore");
    assertThat(gateway.requests()).isEmpty();
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(gateway.at(args));
  }
}
