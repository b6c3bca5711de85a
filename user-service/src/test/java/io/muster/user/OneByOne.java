package io.muster.user;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.UserCommand;
import io.muster.inbox.Outcome;
import io.muster.inbox.database.DayPartitions;
import io.muster.user.provisioning.Provisioning;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Applies commands without a bus, each in a transaction of its own. */
@ApplicationScoped
public class OneByOne {
  private final Provisioning provisioning;
  private final TenantScope tenants;
  private final DayPartitions days;

  OneByOne(Provisioning provisioning, TenantScope tenants, DayPartitions days) {
    this.provisioning = provisioning;
    this.tenants = tenants;
    this.days = days;
  }

  Outcome apply(UserCommand command) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    days.ensure(Set.of(today.minusDays(1), today));
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(command.tenant());
              return provisioning.apply(List.of(command)).get(0);
            });
  }

  List<Outcome> apply(List<UserCommand> commands) {
    List<Outcome> outcomes = new ArrayList<>();
    commands.forEach(command -> outcomes.add(apply(command)));
    return outcomes;
  }
}
