package io.muster.benchmarks.limit;

/**
 * What a scenario wrote to a table, the partitions of a partitioned one taken together. Counted by
 * PostgreSQL until everything had settled, so what is filled behind the jobs is in it.
 *
 * @param service whose database it is in, such as {@code user-service}
 * @param schema such as {@code public}
 * @param table its name; a partitioned table's, not its partition's
 * @param inserted rows
 * @param updated rows, {@code hotUpdated} among them
 * @param hotUpdated rows whose update touched no index
 * @param deleted rows
 * @param bytes by which the table grew with its indexes; below 0 when it shrank
 */
public record TableWork(
    String service,
    String schema,
    String table,
    long inserted,
    long updated,
    long hotUpdated,
    long deleted,
    long bytes) {}
