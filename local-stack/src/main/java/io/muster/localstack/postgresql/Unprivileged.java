package io.muster.localstack.postgresql;

import io.muster.localstack.home.StackFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. As root, its programs are therefore run in a user namespace of
 * their own, in which root is nobody in particular; where the kernel forbids that (a container's
 * default profile), as user 65534 that may still reach its files. Both wrappers replace themselves,
 * so the pid is PostgreSQL's.
 */
final class Unprivileged {
  private static final List<List<String>> WRAPPERS =
      List.of(
          List.of("unshare", "-U"),
          List.of(
              "setpriv",
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups",
              "--inh-caps=+dac_override",
              "--ambient-caps=+dac_override"));

  private static List<String> chosen;

  private Unprivileged() {}

  /**
   * @throws StackFailure when we are root and there is no way not to be
   */
  static List<String> command(List<String> command) {
    List<String> wrapped = new ArrayList<>(wrapper());
    wrapped.addAll(command);
    return wrapped;
  }

  private static synchronized List<String> wrapper() {
    if (chosen == null) {
      chosen =
          "root".equals(System.getProperty("user.name"))
              ? WRAPPERS.stream()
                  .filter(Unprivileged::works)
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new StackFailure(
                              "PostgreSQL refuses to run as root, and neither unshare nor setpriv"
                                  + " works here. Run muster as an ordinary user."))
              : List.of();
    }
    return chosen;
  }

  private static boolean works(List<String> wrapper) {
    List<String> trial = new ArrayList<>(wrapper);
    trial.add("true");
    try {
      return new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
