package io.muster.benchmarks.measure;

/**
 * How long a service was busy with a stage while a scenario ran, by its own timer {@code
 * muster.stage}. Several threads' times add up, and waiting for a lock or a server counts: it is
 * time spent in the stage, not CPU.
 *
 * @param service such as {@code user-service}
 * @param stage such as {@code transaction}
 * @param times how often it was gone through
 */
public record StageTime(String service, String stage, double seconds, long times) {}
