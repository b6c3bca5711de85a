package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers at the Tab key, after it has sourced the script. */
class CompletionTest {
  @TempDir Path folder;

  @Test
  void commands_verbs_options_and_words_are_offered() throws Exception {
    assertThat(offered("./muster", "jo")).containsExactly("job");
    assertThat(offered("muster", "job", "re"))
        .containsExactlyInAnyOrder("resume", "retry", "results");
    assertThat(offered("muster", "job", "retry", "--max")).containsExactly("--max-failures");
    assertThat(offered("muster", "import", "f.csv", "--operation", "set-"))
        .containsExactlyInAnyOrder("set-password", "set-licenses");
    assertThat(offered("muster", "job", "list", "--state", "PA"))
        .containsExactlyInAnyOrder("PAUSED", "PARTIALLY_FAILED");
    assertThat(offered("muster", "user", "set", "c@contoso.com", "--clear", "Off"))
        .containsExactlyInAnyOrder("Office", "OfficePhone");
    assertThat(offered("muster", "completion", "z")).containsExactly("zsh");
  }

  @Test
  void the_cmdlets_names_are_offered_with_what_they_take() throws Exception {
    assertThat(offered("muster", "Set-"))
        .containsExactlyInAnyOrder("Set-MSOnlineUser", "Set-MSOnlineUserPassword");
    assertThat(offered("muster", "Enable-MSOnlineUser", "--c")).containsExactly("--csv");
    assertThat(offered("muster", "Enable-MSOnlineUser", "--dry")).containsExactly("--dry-run");
  }

  @Test
  void one_script_serves_both_shells() {
    assertThat(MusterRun.of("completion", "zsh").out())
        .isEqualTo(MusterRun.of("completion", "bash").out())
        .contains("bashcompinit");
    assertThat(MusterRun.of("completion", "bash", "--json").json().path("script").asText())
        .isEqualTo(MusterRun.of("completion", "bash").out());
    assertThat(MusterRun.of("completion", "tcsh").exitCode()).isEqualTo(2);
  }

  private List<String> offered(String... words) throws IOException, InterruptedException {
    Path script = folder.resolve("muster-completion");
    Files.writeString(script, MusterRun.of("completion", "bash").out());
    String ask =
        "set -e; source \"$1\"; shift; set +e; complete -p muster >/dev/null || exit 9\n"
            + "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\"\n"
            + "_complete_muster; printf '%s\\n' \"${COMPREPLY[@]}\"";
    ProcessBuilder bash =
        new ProcessBuilder("bash", "--norc", "-c", ask, "bash", script.toString());
    bash.command().addAll(List.of(words));
    Process process = bash.redirectError(folder.resolve("err").toFile()).start();
    String offered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    return offered.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
  }
}
