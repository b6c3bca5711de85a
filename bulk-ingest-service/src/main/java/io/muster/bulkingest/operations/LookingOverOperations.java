package io.muster.bulkingest.operations;

import io.muster.bulkingest.dispatch.DispatchState;
import io.muster.bulkingest.dispatch.lease.HaltingDispatch;
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

  LookingOverOperations(
      LookingAtJobs jobs, LookingAtSpools spools, DispatchState state, HaltingDispatch halting) {
    this.jobs = jobs;
    this.spools = spools;
    this.state = state;
    this.halting = halting;
  }

  Overview overview() throws SQLException, IOException {
    List<Overview.OpenJob> open = jobs.open();
    Map<String, Long> inFlight = inFlightByTenant(open);
    long out = state.inFlight();
    return new Overview(
        new Overview.Window(state.window(), out, state.heldJobs()),
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

  private Map<String, Long> inFlightByTenant(List<Overview.OpenJob> open) {
    Map<UUID, Long> byJob = state.inFlightByJob();
    Map<String, Long> byTenant = new HashMap<>();
    for (Overview.OpenJob job : open) {
      byTenant.merge(job.tenant(), byJob.getOrDefault(job.id(), 0L), Long::sum);
    }
    return byTenant;
  }
}
