package io.muster.cli.user;

import io.muster.cli.NounCommand;
import io.muster.cli.user.life.UserDisable;
import io.muster.cli.user.life.UserEnable;
import io.muster.cli.user.life.UserRemove;
import io.muster.cli.user.life.UserRestore;
import io.muster.cli.user.property.UserAdd;
import io.muster.cli.user.property.UserSet;
import io.muster.cli.user.property.UserSetLicenses;
import io.muster.cli.user.signin.UserSetPassword;
import picocli.CommandLine.Command;

/** {@code muster user}. */
@Command(
    name = "user",
    description = {
      "Users: the unified address list, disabled accounts included, and changes of one user."
    },
    subcommands = {
      UserList.class,
      UserGet.class,
      UserAdd.class,
      UserSet.class,
      UserEnable.class,
      UserDisable.class,
      UserRestore.class,
      UserRemove.class,
      UserSetPassword.class,
      UserSetLicenses.class
    },
    footer = {
      "  muster user list green",
      "  muster user get chris@contoso.com",
      "  muster user enable chris@contoso.com --license E3"
    })
public final class UserNoun extends NounCommand {}
