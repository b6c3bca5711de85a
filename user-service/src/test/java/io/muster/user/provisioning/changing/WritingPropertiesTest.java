package io.muster.user.provisioning.changing;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.AccountProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WritingPropertiesTest {
  private static final List<String> IN_THE_ENUMS_ORDER =
      Arrays.stream(AccountProperty.values()).map(p -> p.name().toLowerCase(Locale.ROOT)).toList();

  @Test
  void columnsStandInTheOrderOfTheProperties() {
    assertThat(lists(WritingProperties.WRITE)).hasSize(3).containsOnly(IN_THE_ENUMS_ORDER);
    assertThat(lists(FindingProperties.FIND)).hasSize(1).containsOnly(IN_THE_ENUMS_ORDER);
  }

  private static List<List<String>> lists(String sql) {
    Matcher lists = Pattern.compile("display_name.*?external_id", Pattern.DOTALL).matcher(sql);
    return lists
        .results()
        .map(r -> Arrays.stream(r.group().replaceAll("[an]\\.", "").split(",\\s*")).toList())
        .toList();
  }
}
