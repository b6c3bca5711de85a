package io.muster.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The source system's cmdlets as they were called: {@code Add-MSOnlineUser} is {@code user add},
 * and with {@code --csv FILE} it is {@code import FILE --operation add}. Case doesn't count, as in
 * PowerShell.
 */
final class CmdletNames {
  private static final String READ = "get-msonlineuser";
  private static final String READ_SUBSCRIPTIONS = "get-msonlinesubscription";

  /** Cmdlet to operation. */
  private static final Map<String, String> CHANGES =
      Map.of(
          "add-msonlineuser", "add",
          "enable-msonlineuser", "enable",
          "set-msonlineuserpassword", "set-password",
          "set-msonlineuser", "set",
          "remove-msonlineuser", "remove");

  private static final List<String> CSV = List.of("--csv", "-csv");

  private CmdletNames() {}

  /** The command line with a cmdlet's name at its beginning replaced; any other as it is. */
  static String[] translated(String[] args, CommandLine muster) {
    if (args.length == 0) {
      return args;
    }
    String cmdlet = args[0].toLowerCase(Locale.ROOT);
    List<String> rest = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
    if (cmdlet.equals(READ)) {
      return words(rest, "user", namesAUser(rest, muster) ? "get" : "list");
    }
    if (cmdlet.equals(READ_SUBSCRIPTIONS)) {
      return words(rest, "subscription", "list");
    }
    String operation = CHANGES.get(cmdlet);
    if (operation == null) {
      return args;
    }
    String file = takeCsv(rest);
    return file == null
        ? words(rest, "user", operation)
        : words(rest, "import", "--operation", operation, file);
  }

  private static String[] words(List<String> rest, String... first) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(rest);
    return all.toArray(String[]::new);
  }

  /** Takes {@code --csv FILE} or {@code --csv=FILE} out of the words. */
  private static String takeCsv(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (CSV.contains(word.toLowerCase(Locale.ROOT)) && i + 1 < words.size()) {
        words.remove(i);
        return words.remove(i);
      }
      if (word.toLowerCase(Locale.ROOT).startsWith("--csv=")) {
        words.remove(i);
        return word.substring("--csv=".length());
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
