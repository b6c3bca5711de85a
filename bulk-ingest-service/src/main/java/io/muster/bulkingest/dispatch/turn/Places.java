package io.muster.bulkingest.dispatch.turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which waiting jobs are opened, when not all can be open at a time: no tenant has more than its
 * number of places, and where places are short, those come first whose tenants have the fewest.
 *
 * @param perTenant places of one tenant
 * @param all places together
 */
public record Places(int perTenant, int all) {
  /**
   * What is to be done.
   *
   * @param opened jobs that get a place
   * @param leftOut jobs that would need one, the first to get one first
   */
  public record HandedOut<W>(List<W> opened, List<W> leftOut) {}

  /**
   * @param taken places by tenant that are taken; holds those that are handed out as well, after
   *     the call
   * @param waiting of each tenant in the order in which they are to be opened
   */
  public <W> HandedOut<W> handOut(
      Map<String, Integer> taken, List<W> waiting, Function<W, String> tenantOf) {
    record Numbered<W>(W job, int place) {}
    Map<String, Integer> places = new HashMap<>(taken);
    List<Numbered<W>> inOrder = new ArrayList<>();
    for (W job : waiting) {
      inOrder.add(new Numbered<>(job, places.merge(tenantOf.apply(job), 1, Integer::sum)));
    }
    inOrder.sort(Comparator.comparingInt(Numbered::place));
    int free = all - taken.values().stream().mapToInt(Integer::intValue).sum();
    List<W> opened = new ArrayList<>();
    List<W> leftOut = new ArrayList<>();
    for (Numbered<W> each : inOrder) {
      if (opened.size() < free && each.place() <= perTenant) {
        opened.add(each.job());
        taken.merge(tenantOf.apply(each.job()), 1, Integer::sum);
      } else {
        leftOut.add(each.job());
      }
    }
    return new HandedOut<>(opened, leftOut);
  }
}
