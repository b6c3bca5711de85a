package io.muster.deployment.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of {@code docs/operations.md}, held to what they are about. */
final class Commands {
  private static final Pattern COMMAND = Pattern.compile("kubectl (?!kustomize|cnpg)[^`#|\\n]+");
  private static final Pattern NAMED =
      Pattern.compile("(deployment|statefulset|job|service|pod)/([a-z][a-z0-9-]*)");
  private static final Pattern LABEL = Pattern.compile("-l (\\S+)=(\\S+)");

  private final Manifests manifests;
  private final List<String> wrong = new ArrayList<>();

  private Commands(Manifests manifests) {
    this.manifests = manifests;
  }

  /** What is named and isn't there, and commands that also meet what the operators run. */
  static List<String> wrong(String page, Manifests manifests) {
    Commands commands = new Commands(manifests);
    Matcher command = COMMAND.matcher(page);
    while (command.find()) {
      commands.look(command.group().strip());
    }
    return commands.wrong;
  }

  private void look(String command) {
    if (command.contains(" --all")) {
      wrong.add("meets what the operators run: " + command);
    }
    Matcher named = NAMED.matcher(command);
    while (named.find()) {
      String kind = named.group(1);
      String name = named.group(2);
      boolean there =
          manifests.all().stream()
              .filter(each -> each.text("kind").equalsIgnoreCase(kind))
              .anyMatch(each -> each.at("metadata").text("name").equals(name));
      boolean itsPod =
          kind.equals("pod")
              && manifests.ofKind("StatefulSet").stream()
                  .anyMatch(set -> name.equals(set.at("metadata").text("name") + "-0"));
      if (!there && !itsPod) {
        wrong.add("there is no " + named.group());
      }
    }
    Matcher label = LABEL.matcher(command);
    while (label.find()) {
      String value = label.group(2);
      boolean carried =
          manifests.withPods().stream()
              .flatMap(each -> Stream.of(each, each.at("spec").at("template")))
              .map(each -> each.at("metadata").at("labels").text(label.group(1)))
              .anyMatch(value::equals);
      if (!carried) {
        wrong.add("nothing is labelled " + label.group(1) + "=" + value);
      }
    }
  }
}
