package io.muster.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The source system's cmdlets as they were called: {@code Add-MSOnlineUser} is {@code user add},
 * and with {@code --csv FILE} it is {@code import FILE --operation add}. Case doesn't count, as in
 * PowerShell.
 */
final class CmdletNames {
  private static final String READ = "Get-MSOnlineUser";
  private static final String READ_SUBSCRIPTIONS = "Get-MSOnlineSubscription";

  /** Cmdlet to operation. */
  private static final Map<String, String> CHANGES =
      Map.of(
          "Add-MSOnlineUser", "add",
          "Enable-MSOnlineUser", "enable",
          "Set-MSOnlineUserPassword", "set-password",
          "Set-MSOnlineUser", "set",
          "Remove-MSOnlineUser", "remove");

  private static final String CSV = "--csv";
  private static final Set<String> CSV_WORDS = Set.of(CSV, "-csv");

  private CmdletNames() {}

  /** The command line with a cmdlet's name at its beginning replaced; any other as it is. */
  static String[] translated(String[] args, CommandLine muster) {
    if (args.length == 0) {
      return args;
    }
    String cmdlet = args[0];
    List<String> rest = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
    if (cmdlet.equalsIgnoreCase(READ)) {
      refuseAFile(READ, rest, muster, "user list --csv");
      return words(rest, "user", namesAUser(rest, muster) ? "get" : "list");
    }
    if (cmdlet.equalsIgnoreCase(READ_SUBSCRIPTIONS)) {
      refuseAFile(READ_SUBSCRIPTIONS, rest, muster, "subscription list");
      return words(rest, "subscription", "list");
    }
    for (Map.Entry<String, String> change : CHANGES.entrySet()) {
      if (cmdlet.equalsIgnoreCase(change.getKey())) {
        return change(change.getValue(), rest, muster);
      }
    }
    return args;
  }

  private static String[] change(String operation, List<String> rest, CommandLine muster) {
    boolean wholeFile = rest.stream().anyMatch(CmdletNames::isCsv);
    String file = takeCsv(rest);
    if (wholeFile && file == null) {
      throw new ParameterException(muster, "Missing the file after --csv.");
    }
    return wholeFile
        ? words(rest, "import", "--operation", operation, file)
        : words(rest, "user", operation);
  }

  /** What reads users takes none from a file: it would be taken for a query. */
  private static void refuseAFile(
      String cmdlet, List<String> rest, CommandLine muster, String instead) {
    if (rest.stream().anyMatch(CmdletNames::isCsv)) {
      throw new ParameterException(
          muster, cmdlet + " reads no file. To write one: muster " + instead + " > FILE");
    }
  }

  private static boolean isCsv(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return CSV_WORDS.contains(lower) || lower.startsWith(CSV + "=");
  }

  /** Makes the names known to whoever completes words: each with what it takes. */
  static void addTo(CommandLine muster) {
    CommandLine user = muster.getSubcommands().get("user");
    CommandSpec upload = muster.getSubcommands().get("import").getCommandSpec();
    CHANGES.forEach(
        (cmdlet, operation) -> {
          CommandSpec spec = copy(user.getSubcommands().get(operation).getCommandSpec());
          addMissing(upload, spec);
          spec.addOption(OptionSpec.builder(CSV).type(File.class).build());
          muster.addSubcommand(cmdlet, spec);
        });
    muster.addSubcommand(READ, copy(user.getSubcommands().get("list").getCommandSpec()));
    muster.addSubcommand(
        READ_SUBSCRIPTIONS,
        copy(
            muster
                .getSubcommands()
                .get("subscription")
                .getSubcommands()
                .get("list")
                .getCommandSpec()));
  }

  private static CommandSpec copy(CommandSpec original) {
    CommandSpec copy = CommandSpec.create();
    addMissing(original, copy);
    return copy;
  }

  private static void addMissing(CommandSpec from, CommandSpec to) {
    for (OptionSpec option : from.options()) {
      boolean known = Arrays.stream(option.names()).anyMatch(name -> to.findOption(name) != null);
      if (!known && !option.longestName().equals("--operation")) {
        to.addOption(OptionSpec.builder(option).build());
      }
    }
  }

  private static String[] words(List<String> rest, String... first) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(rest);
    return all.toArray(String[]::new);
  }

  /**
   * Takes {@code --csv FILE} or {@code --csv=FILE} out of the words; null when no file is there.
   */
  private static String takeCsv(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (isCsv(words.get(i))) {
        String word = words.remove(i);
        if (word.indexOf('=') > 0) {
          return word.substring(word.indexOf('=') + 1);
        }
        return i < words.size() ? words.remove(i) : null;
      }
    }
    return null;
  }

  /** A word that is no option and no option's value, and looks like a user principal name. */
  private static boolean namesAUser(List<String> words, CommandLine muster) {
    CommandSpec list =
        muster.getSubcommands().get("user").getSubcommands().get("list").getCommandSpec();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-")) {
        OptionSpec option = list.findOption(word);
        i += option != null && option.arity().min() > 0 ? 1 : 0;
      } else if (word.contains("@")) {
        return true;
      }
    }
    return false;
  }
}
