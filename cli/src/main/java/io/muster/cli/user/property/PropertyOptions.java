package io.muster.cli.user.property;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.AccountProperty;
import java.util.Locale;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One option per account property, so that the command line has every one that a file has. */
final class PropertyOptions implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    for (AccountProperty property : AccountProperty.inFiles()) {
      command.addOption(
          OptionSpec.builder(option(property))
              .type(String.class)
              .paramLabel("TEXT")
              .order(property.ordinal())
              .description("Column " + property.column() + ".")
              .build());
    }
    return command;
  }

  /** Puts what was given into the body of a single call. */
  static void fill(ParseResult given, ObjectNode body) {
    for (AccountProperty property : AccountProperty.inFiles()) {
      String value = given.matchedOptionValue(option(property), null);
      if (value != null) {
        body.put(property.field(), value);
      }
    }
  }

  /** {@code OfficePhone} is {@code --office-phone}. */
  static String option(AccountProperty property) {
    return "--" + property.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
