package io.muster.user.provisioning.adding;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.AccountProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InsertingAccountsTest {
  private static final List<String> IN_THE_ENUMS_ORDER =
      Arrays.stream(AccountProperty.values()).map(p -> p.name().toLowerCase(Locale.ROOT)).toList();

  @Test
  void columnsAndParametersStandInTheOrderOfTheProperties() {
    Matcher lists =
        Pattern.compile("display_name.*?external_id", Pattern.DOTALL)
            .matcher(InsertingAccounts.INSERT);

    List<List<String>> found =
        lists
            .results()
            .map(r -> Arrays.stream(r.group().replace("a.", "").split(",\\s*")).toList())
            .toList();

    assertThat(found).hasSize(3).containsOnly(IN_THE_ENUMS_ORDER);
  }
}
