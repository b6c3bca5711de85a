package io.muster.benchmarks.scenario;

import io.muster.benchmarks.stack.BenchStack;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a scenario works with.
 *
 * @param stack null for a scenario that needs none
 * @param rows of a big file, as the command line wants it
 * @param repetition which run of the same scenario this is, from 1; each has a stack of its own
 * @param repetitions how many there will be
 * @param work a folder for files, removed at the end
 * @param say gets lines of progress, for people
 */
public record Bench(
    BenchStack stack,
    long rows,
    int repetition,
    int repetitions,
    Path work,
    Consumer<String> say) {}
