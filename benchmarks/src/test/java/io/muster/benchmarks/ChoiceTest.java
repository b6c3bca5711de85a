package io.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.benchmarks.scenario.EndToEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  @Test
  void runsAllFilesWithTheirLimitsUnlessTold() {
    Choice choice = Choice.of(List.of());

    assertThat(choice.endToEnd()).containsExactlyInAnyOrder(EndToEnd.values());
    assertThat(choice.limits()).isTrue();
  }

  @Test
  void runsWhatIsNamedAndNothingElse() {
    Choice choice = Choice.of(List.of("set-password", "add", "add"));

    assertThat(choice.endToEnd()).containsExactlyInAnyOrder(EndToEnd.ADD, EndToEnd.SET_PASSWORD);
    assertThat(choice.limits()).isFalse();
    assertThat(choice.freshLimits()).isEmpty();
  }

  @Test
  void holdsLimitsAgainstAllFilesWhenNoneIsNamed() {
    assertThat(Choice.of(List.of("limits")).endToEnd()).hasSize(EndToEnd.values().length);
    assertThat(Choice.of(List.of("limits", "set")).endToEnd()).containsExactly(EndToEnd.SET);
  }

  @Test
  void saysWhatThereIsWhenAScenarioIsUnknown() {
    assertThatThrownBy(() -> Choice.of(List.of("ad")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no scenario ad")
        .hasMessageContaining("add, enable, enable-given, set, set-password, remove, limits");
  }
}
