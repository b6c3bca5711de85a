package io.muster.cli.operations;

import io.muster.cli.NounCommand;
import picocli.CommandLine.Command;

/** {@code muster dispatch}. */
@Command(
    name = "dispatch",
    description = "For operators: the switch that keeps all jobs in their spools.",
    subcommands = {DispatchPause.class, DispatchResume.class},
    footer = {"  muster dispatch pause", "  muster dispatch resume"})
public final class DispatchNoun extends NounCommand {}
