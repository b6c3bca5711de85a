package io.muster.bulkingest.operations;

import io.muster.bulkingest.dispatch.DispatchState;
import io.muster.bulkingest.dispatch.lease.HaltingDispatch;
import io.muster.bulkingest.instances.Dispatchers;
import io.muster.bulkingest.instances.Dispatchers.Living;
import io.muster.bulkingest.instances.InstanceConfig;
import io.muster.bulkingest.instances.ThisInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Puts the operators' page together. */
@ApplicationScoped
class LookingOverOperations {
  private final LookingAtJobs jobs;
  private final LookingAtSpools spools;
  private final DispatchState state;
  private final HaltingDispatch halting;
  private final Dispatchers dispatchers;
  private final InstanceConfig instances;
  private final ThisInstance me;

  LookingOverOperations(
      LookingAtJobs jobs,
      LookingAtSpools spools,
      DispatchState state,
      HaltingDispatch halting,
      Dispatchers dispatchers,
      InstanceConfig instances,
      ThisInstance me) {
    this.dispatchers = dispatchers;
    this.instances = instances;
    this.me = me;
    this.jobs = jobs;
    this.spools = spools;
    this.state = state;
    this.halting = halting;
  }

  Overview overview() throws SQLException, IOException {
    List<Overview.OpenJob> open = jobs.open();
    List<Living> living = living();
    Map<String, Long> inFlight = inFlightByTenant(open, living);
    long out = living.stream().mapToLong(LookingOverOperations::out).sum();
    return new Overview(
        new Overview.Window(state.window(), out, living.stream().mapToInt(Living::jobs).sum()),
        living.stream()
            .map(
                each ->
                    new Overview.Instance(
                        each.id(),
                        each.name(),
                        each.startedAt(),
                        each.tenants(),
                        each.jobs(),
                        out(each)))
            .toList(),
        dispatch(),
        jobs.waiting().stream()
            .map(
                each -> {
                  long its = inFlight.getOrDefault(each.tenant(), 0L);
                  return new Overview.Tenant(
                      each.tenant(),
                      each.jobs(),
                      each.rows(),
                      its,
                      out == 0 ? 0 : Math.round(1_000.0 * its / out) / 1_000.0);
                })
            .sorted(
                Comparator.comparingLong(Overview.Tenant::inFlight)
                    .thenComparingLong(Overview.Tenant::waitingRows)
                    .reversed())
            .toList(),
        jobs.states(),
        open,
        spools.all());
  }

  Overview.Dispatch dispatch() throws SQLException {
    Set<String> halted = new TreeSet<>(halting.halted());
    boolean all = halted.remove(HaltingDispatch.ALL);
    return new Overview.Dispatch(all, halted);
  }

  /** The others by their last heartbeat, this one as it is now. */
  private List<Living> living() throws SQLException {
    return dispatchers.living(instances.silence()).stream()
        .map(
            each ->
                each.id().equals(me.id())
                    ? each.holding(state.heldJobs(), state.inFlightByJob())
                    : each)
        .toList();
  }

  private static long out(Living dispatcher) {
    return dispatcher.costOut().values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> inFlightByTenant(
      List<Overview.OpenJob> open, List<Living> living) {
    Map<UUID, Long> byJob = new HashMap<>();
    living.forEach(each -> each.costOut().forEach((job, out) -> byJob.merge(job, out, Long::sum)));
    Map<String, Long> byTenant = new HashMap<>();
    for (Overview.OpenJob job : open) {
      byTenant.merge(job.tenant(), byJob.getOrDefault(job.id(), 0L), Long::sum);
    }
    return byTenant;
  }
}
