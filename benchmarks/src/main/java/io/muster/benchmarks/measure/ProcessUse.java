package io.muster.benchmarks.measure;

/**
 * What a process used while a scenario ran.
 *
 * @param name a service, {@code kafka}, {@code postgresql} (with all its backends) or {@code
 *     client}
 * @param cpuSeconds of all cores together; null = not measured
 * @param peakBytes of memory; null = not measured
 * @param mostHeapBytes that the JVM may take; null when there is none or it isn't known
 * @param peakHeapBytes the most of the heap that a sample found in use, garbage included; null =
 *     not measured
 * @param gcSeconds in which the JVM stood still for its garbage collector; null = not measured
 */
public record ProcessUse(
    String name,
    Double cpuSeconds,
    Long peakBytes,
    Long mostHeapBytes,
    Long peakHeapBytes,
    Double gcSeconds) {}
