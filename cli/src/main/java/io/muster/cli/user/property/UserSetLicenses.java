package io.muster.cli.user.property;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.terminal.Results;
import io.muster.cli.user.OneUserCommand;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster user set-licenses}: a job of one row whose result is waited for. */
@Command(
    name = "set-licenses",
    description = {
      "Gives one user a seat in exactly these subscriptions: missing ones are taken, others are"
          + " released, all of them or nothing."
    },
    footer = {
      "  muster user set-licenses chris@contoso.com --license E3 --license VISIO",
      "  muster user set-licenses chris@contoso.com --none"
    })
public final class UserSetLicenses extends OneUserCommand {
  /** The exact set, which may be empty. */
  static final class ExactSet {
    @Option(
        names = "--license",
        paramLabel = "SKU",
        order = 50,
        required = true,
        description = "A subscription that the user is to have. Repeatable.")
    private List<String> licenses = List.of();

    @Option(
        names = "--none",
        order = 51,
        required = true,
        description = "Release all of the user's seats.")
    @SuppressWarnings("UnusedVariable") // the empty set is what is left without licenses
    private boolean none;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private ExactSet exactSet;

  @Override
  public Integer call() {
    ObjectNode body = Results.object();
    exactSet.licenses.forEach(body.putArray("licenses")::add);
    return show(service().put(address() + "/licenses", body));
  }
}
