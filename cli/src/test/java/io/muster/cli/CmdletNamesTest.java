package io.muster.cli;

import static io.muster.cli.StandInGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmdletNamesTest {
  private static final String UPN = "chris@contoso.com";
  private static final String CHRIS = "{\"userPrincipalName\":\"chris@contoso.com\"}";

  private final StandInGateway gateway = new StandInGateway();
  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Add-MSOnlineUser,          add,          POST /v1/users",
    "Enable-MSOnlineUser,       enable,       POST /v1/users/chris%40contoso.com/enable",
    "Set-MSOnlineUserPassword,  set-password, PUT /v1/users/chris%40contoso.com/password",
    "Set-MSOnlineUser,          set,          PATCH /v1/users/chris%40contoso.com",
    "Remove-MSOnlineUser,       remove,       DELETE /v1/users/chris%40contoso.com"
  })
  void a_cmdlet_that_changes_is_a_single_call_and_with_csv_an_import(
      String cmdlet, String operation, String single) throws IOException {
    gateway.on(single, json(200, CHRIS)).on("POST /v1/jobs", json(202, Jobs.running(1, 0)));
    String csv =
        Files.writeString(folder.resolve("u.csv"), "UserPrincipalName\na@b.c\n").toString();
    String[] more =
        switch (operation) {
          case "set-password" -> new String[] {cmdlet, UPN, "--generate"};
          case "set" -> new String[] {cmdlet, UPN, "--fax", "1"};
          default -> new String[] {cmdlet, UPN};
        };

    assertThat(muster(more).exitCode()).isZero();
    assertThat(muster(cmdlet, "--csv", csv, "--dry-run", "--max-failures", "5%").out())
        .isEqualTo(Jobs.ID + "\n");
    assertThat(muster(cmdlet.toLowerCase(Locale.ROOT), "-Csv", csv).exitCode()).isZero();
    assertThat(muster(cmdlet.toUpperCase(Locale.ROOT), "--csv=" + csv).exitCode()).isZero();

    String plain = "POST /v1/jobs?operation=" + operation;
    assertThat(gateway.asked())
        .containsExactly(single, plain + "&dryRun=true&maxFailures=5%25", plain, plain);
  }

  @Test
  void get_reads_one_user_or_looks_for_some() {
    gateway.on("GET /v1/users/chris%40contoso.com", json(200, CHRIS));
    gateway.on("GET /v1/users", json(200, "{\"items\":[]}"));

    muster("Get-MSOnlineUser", UPN);
    muster("Get-MSOnlineUser", "--limit", "5");
    muster("get-msonlineuser", "green");

    assertThat(gateway.asked())
        .containsExactly(
            "GET /v1/users/chris%40contoso.com",
            "GET /v1/users?limit=5", "GET /v1/users?query=green&limit=100");
  }

  @Test
  void get_subscription_lists_pools() {
    gateway.on("GET /v1/subscriptions", json(200, "{\"items\":[]}"));

    assertThat(muster("Get-MSOnlineSubscription").exitCode()).isZero();
  }

  @Test
  void what_reads_takes_no_file_and_what_changes_needs_one_after_csv() {
    assertThat(muster("Get-MSOnlineUser", "--csv", "users.csv").err())
        .contains("Get-MSOnlineUser reads no file", "muster user list --csv > FILE");
    assertThat(muster("Get-MSOnlineSubscription", "--csv=x").exitCode()).isEqualTo(2);
    assertThat(MusterRun.of("Add-MSOnlineUser", "--csv").err()).contains("Missing the file");
    assertThat(MusterRun.of("Add-MSOnlineUser", "--json", "--csv").json().path("code").asText())
        .isEqualTo("WRONG_USAGE");
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void a_cmdlet_s_help_is_that_of_what_it_stands_for() {
    assertThat(MusterRun.of("Set-MSOnlineUser", "--help").out()).contains("muster user set");
    assertThat(MusterRun.of("Set-MSOnlineUser", "--csv", "f", "--help").out())
        .contains("Usage: muster import");
  }

  private MusterRun muster(String... args) {
    return MusterRun.of(gateway.at(args));
  }
}
