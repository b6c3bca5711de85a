package io.muster.inbox.position;

/**
 * What is missing of a partition before a batch.
 *
 * @param stored the position up to which it is done; 0 where none is stored
 * @param first the offset above it at which the batch began
 */
public record Gap(long stored, long first) {}
