package io.muster.cli.user.property;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import io.muster.contracts.command.AccountProperty;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster user set}: a job of one row whose result is waited for. */
@Command(
    name = "set",
    modelTransformer = PropertyOptions.class,
    description = {
      "Changes one user's properties. What isn't named stays as it is; --clear empties a property."
    },
    footer = {
      "  muster user set chris@contoso.com --job-title 'IT Manager' --department IT",
      "  muster user set chris@contoso.com --clear Fax --clear Office",
      "  muster Set-MSOnlineUser chris@contoso.com --unit shop-17",
      "  muster Set-MSOnlineUser --csv moves.csv --watch"
    })
public final class UserSet extends OneUserCommand {
  @Option(
      names = "--clear",
      paramLabel = "PROPERTY",
      order = 50,
      converter = PropertyWord.class,
      completionCandidates = PropertyWord.class,
      description = "Empties a property, by its column's name: Fax. Repeatable.")
  private List<AccountProperty> cleared = List.of();

  @Option(
      names = "--protected",
      negatable = true,
      order = 51,
      description = "Whether it is an administrator's account, for tenant-admins alone to change.")
  private Boolean guarded;

  @Override
  public Integer call() {
    ObjectNode body = Results.object();
    PropertyOptions.fill(spec().commandLine().getParseResult(), body);
    body.fields().forEachRemaining(field -> refuseEmpty(field.getKey(), field.getValue().asText()));
    for (AccountProperty property : cleared) {
      if (body.has(property.field())) {
        throw CommandFailed.wrongUsage(
            "Both set and clear " + property.column() + "? Take one of the two.");
      }
      body.putNull(property.field());
    }
    if (guarded != null) {
      body.put("protected", guarded);
    }
    if (body.isEmpty()) {
      throw CommandFailed.wrongUsage(
          "Say what to change: a property's option, like --job-title, or --clear.");
    }
    return show(service().patch(address(), body));
  }

  private static void refuseEmpty(String field, String value) {
    if (value.isBlank()) {
      AccountProperty property = AccountProperty.ofField(field).orElseThrow();
      throw CommandFailed.wrongUsage(
          PropertyOptions.option(property)
              + " is empty, which would change nothing. To empty the property: --clear "
              + property.column()
              + ".");
    }
  }
}
