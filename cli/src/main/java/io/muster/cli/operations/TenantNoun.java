package io.muster.cli.operations;

import io.muster.cli.NounCommand;
import picocli.CommandLine.Command;

/** {@code muster tenant}. */
@Command(
    name = "tenant",
    description = "For operators: tenants, their domains, quotas and settings.",
    subcommands = {TenantShow.class, TenantSet.class},
    footer = {"  muster tenant show contoso", "  muster tenant set contoso --domain contoso.com"})
public final class TenantNoun extends NounCommand {}
