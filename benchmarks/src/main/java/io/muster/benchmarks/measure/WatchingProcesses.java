package io.muster.benchmarks.measure;

import io.muster.benchmarks.stack.BenchStack;
import io.muster.benchmarks.stack.BenchStack.StackProcess;
import io.muster.localstack.service.StackService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Watches the stack's processes and this one from {@link #begin} to {@link #end}: CPU by the
 * system's own accounts, which costs nothing meanwhile, and memory by samples, which are few so
 * that they don't show in what they measure.
 */
public final class WatchingProcesses implements AutoCloseable {
  public static final String CLIENT = "client";
  public static final String POSTGRESQL = "postgresql";
  private static final String MACHINE = "machine";

  /** A scrape of four services takes some 20 ms of CPU. */
  private static final long HEAP_MILLIS = 2_000;

  /** Adding up the pages of all backends takes some 100 ms; one more sample is taken at the end. */
  private static final long POSTGRESQL_MILLIS = 15_000;

  private static final Set<String> SERVICES =
      Arrays.stream(StackService.values())
          .map(StackService::serviceName)
          .collect(Collectors.toSet());

  private final ProcFs proc;
  private final List<StackProcess> processes;
  private final ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, OptionalDouble> cpuBefore = new HashMap<>();
  private final Map<String, Metrics> metricsBefore = new HashMap<>();
  private final Map<String, Metrics> metricsAfter = new HashMap<>();
  private final Map<String, Double> peakHeap = new HashMap<>();
  private long peakPostgres = -1;
  private Map<String, OptionalDouble> cpuAfter = Map.of();

  private WatchingProcesses(ProcFs proc, List<StackProcess> processes) {
    this.proc = proc;
    this.processes = processes;
  }

  /** Begins; what the client does from now on counts. */
  public static WatchingProcesses begin(BenchStack stack, ProcFs proc) {
    WatchingProcesses watching = new WatchingProcesses(proc, stack.processes());
    watching.start();
    return watching;
  }

  private void start() {
    for (StackProcess process : processes) {
      proc.resetPeak(process.pid());
      if (SERVICES.contains(process.name())) {
        metricsBefore.put(process.name(), Metrics.of(process.port()));
      }
    }
    proc.resetPeak(ProcessHandle.current().pid());
    var unused =
        sampling.scheduleWithFixedDelay(
            this::sampleHeaps, HEAP_MILLIS, HEAP_MILLIS, TimeUnit.MILLISECONDS);
    var unusedToo =
        sampling.scheduleWithFixedDelay(
            this::samplePostgres, POSTGRESQL_MILLIS, POSTGRESQL_MILLIS, TimeUnit.MILLISECONDS);
    cpuBefore.putAll(cpu());
  }

  /** Stops the clock: what comes later isn't the scenario's. */
  public void end() throws InterruptedException {
    cpuAfter = cpu();
    sampling.shutdownNow();
    if (!sampling.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("a sample of the processes' memory doesn't end");
    }
    sampleHeaps();
    samplePostgres();
  }

  /** What each process used between the two; after {@link #end}. */
  public List<ProcessUse> use() {
    List<ProcessUse> use = new ArrayList<>();
    for (StackProcess process : processes) {
      String name = process.name();
      boolean postgres = name.equals(POSTGRESQL);
      use.add(
          new ProcessUse(
              name,
              cpuOf(name),
              postgres
                  ? peakPostgres < 0 ? null : peakPostgres
                  : boxed(proc.peakResident(process.pid())),
              postgres ? null : boxed(proc.mostHeap(process.pid())),
              peakHeap.containsKey(name) ? (Long) peakHeap.get(name).longValue() : null,
              since(gc(metricsBefore.get(name)), gc(metricsAfter.get(name)))));
    }
    long self = ProcessHandle.current().pid();
    use.add(
        new ProcessUse(
            CLIENT,
            cpuOf(CLIENT),
            boxed(proc.peakResident(self)),
            Runtime.getRuntime().maxMemory(),
            null,
            null));
    return use;
  }

  /**
   * CPU in seconds that the machine spent on anything else, which is a warning when it is more than
   * a little; null = not measured. After {@link #end}.
   */
  public Double cpuElsewhere() {
    Double elsewhere = cpuOf(MACHINE);
    for (ProcessUse use : use()) {
      elsewhere =
          elsewhere == null || use.cpuSeconds() == null
              ? null
              : (Double) (elsewhere - use.cpuSeconds());
    }
    return elsewhere == null ? null : (Double) Math.max(0, elsewhere);
  }

  /** By their own timers, how long services were busy with what; after {@link #end}. */
  public List<StageTime> stages() {
    List<StageTime> stages = new ArrayList<>();
    metricsAfter.forEach(
        (service, after) ->
            stages.addAll(
                StageTime.between(
                    service, metricsBefore.getOrDefault(service, Metrics.NONE), after)));
    return stages;
  }

  private Map<String, OptionalDouble> cpu() {
    Map<String, OptionalDouble> seconds = new LinkedHashMap<>();
    for (StackProcess process : processes) {
      seconds.put(
          process.name(),
          process.name().equals(POSTGRESQL)
              ? proc.cpuSecondsWithChildren(process.pid())
              : proc.cpuSeconds(process.pid()));
    }
    seconds.put(CLIENT, proc.cpuSeconds(ProcessHandle.current().pid()));
    seconds.put(MACHINE, proc.busySeconds());
    return seconds;
  }

  private Double cpuOf(String name) {
    OptionalDouble before = cpuBefore.getOrDefault(name, OptionalDouble.empty());
    OptionalDouble after = cpuAfter.getOrDefault(name, OptionalDouble.empty());
    return before.isEmpty() || after.isEmpty()
        ? null
        : (Double) Math.max(0, after.getAsDouble() - before.getAsDouble());
  }

  private void sampleHeaps() {
    for (StackProcess process : processes) {
      if (SERVICES.contains(process.name())) {
        Metrics now = Metrics.of(process.port());
        metricsAfter.put(process.name(), now);
        if (now.heapUsed() != null) {
          peakHeap.merge(process.name(), now.heapUsed(), Math::max);
        }
      }
    }
  }

  private void samplePostgres() {
    for (StackProcess process : processes) {
      if (process.name().equals(POSTGRESQL)) {
        peakPostgres =
            Math.max(peakPostgres, proc.proportionalWithChildren(process.pid()).orElse(-1));
      }
    }
  }

  private static Double gc(Metrics metrics) {
    return metrics == null ? null : metrics.gcSeconds();
  }

  private static Double since(Double before, Double after) {
    return after == null ? null : (Double) (after - (before == null ? 0 : before));
  }

  private static Long boxed(OptionalLong value) {
    return value.isEmpty() ? null : (Long) value.getAsLong();
  }

  /** Ends the sampling, also of a scenario that failed. */
  @Override
  public void close() {
    sampling.shutdownNow();
  }
}
