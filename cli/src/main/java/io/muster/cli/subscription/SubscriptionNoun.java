package io.muster.cli.subscription;

import io.muster.cli.NounCommand;
import picocli.CommandLine.Command;

/** {@code muster subscription}. */
@Command(
    name = "subscription",
    description = "Subscriptions: pools of seats that users' licenses come from.",
    subcommands = {SubscriptionList.class, SubscriptionSet.class},
    footer = {"  muster subscription list", "  muster subscription set E3 --seats 500"})
public final class SubscriptionNoun extends NounCommand {}
