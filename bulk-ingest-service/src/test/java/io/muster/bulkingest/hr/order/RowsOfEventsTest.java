package io.muster.bulkingest.hr.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Operation;
import io.muster.contracts.hr.HrEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rows that follow from events say. */
class RowsOfEventsTest {
  private static final String NAME = "ann.lee@x.com";

  @Test
  void licensesAreTheEventsOwnAndThoseOfItsRoleEachOnce() {
    RowsOfEvents rows = rows();

    assertThat(rows.licenses(data("Sales", List.of("E3"), "Clerk"))).containsExactly("E3", "E1");
    assertThat(rows.licenses(data("Sales", List.of("E1"), "Clerk"))).containsExactly("E1");
    assertThat(rows.licenses(data("Sales", null, "Sales Manager"))).containsExactly("E3", "VISIO");
    assertThat(rows.licenses(data("Sales", null, "Nobody's"))).isEmpty();
    assertThat(rows.speaksOfLicenses(data("Sales", null, "Nobody's"))).isTrue();
    assertThat(rows.speaksOfLicenses(data("Sales", List.of(), null))).isTrue();
    assertThat(rows.speaksOfLicenses(data("Sales", null, null))).isFalse();
  }

  @Test
  void aHireMayMakeTheAccountAndHasAPasswordMadeOnlyWhereThatIsConfigured() {
    HrEvent.Data data = data("Sales", List.of("E3"), null);

    SpooledRow hire = rows().hire(NAME, data, List.of("E3"));
    SpooledRow generating =
        rows("muster.hr.generate-passwords", "true").hire(NAME, data, List.of());

    assertThat(hire.operation()).isEqualTo(Operation.ENABLE);
    assertThat(hire.create()).isTrue();
    assertThat(hire.generates()).isFalse();
    assertThat(hire.licenses()).containsExactly("E3");
    assertThat(hire.value(Column.DISPLAY_NAME)).isEqualTo("Ann Lee");
    assertThat(generating.generates()).isTrue();
    assertThat(generating.create()).isTrue();
  }

  @Test
  void whatAChangeLeavesOutStaysAndWhatIsEmptyIsCleared() {
    SpooledRow cleared = rows().change(NAME, data("", null, null));

    assertThat(cleared.value(Column.DEPARTMENT)).isEqualTo("-");
    assertThat(cleared.value(Column.UNIT)).isNull();
    assertThat(rows().change(NAME, nothing())).as("nothing to change").isNull();
  }

  private static HrEvent.Data data(String department, List<String> licenses, String role) {
    return new HrEvent.Data(
        "t", "1", "Ann", "Lee", department, null, null, null, null, licenses, role, null);
  }

  private static HrEvent.Data nothing() {
    return new HrEvent.Data("t", "1", null, null, null, null, null, null, null, null, null, null);
  }

  private static RowsOfEvents rows(String... more) {
    SmallRyeConfigBuilder config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(HrConfig.class)
            .withDefaultValue("muster.hr.roles.Clerk", "E1")
            .withDefaultValue("muster.hr.roles.\"Sales Manager\"", "E3,VISIO");
    for (int i = 0; i < more.length; i += 2) {
      config.withDefaultValue(more[i], more[i + 1]);
    }
    return new RowsOfEvents(config.build().getConfigMapping(HrConfig.class));
  }
}
