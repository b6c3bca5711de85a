package io.muster.cli.user;

import io.muster.cli.NounCommand;
import picocli.CommandLine.Command;

/** {@code muster user}. */
@Command(
    name = "user",
    description = "Users: the unified address list, disabled accounts included.",
    subcommands = {UserList.class, UserGet.class, UserAdd.class, UserEnable.class},
    footer = {"  muster user list green", "  muster user get chris@contoso.com"})
public final class UserNoun extends NounCommand {}
