package io.muster.inbox.closing;

/**
 * A table of a service that says of each row which job it belongs to, but isn't partitioned by the
 * job's day. Its rows go a portion at a time once their day is gone. An implementation is a bean;
 * there need not be any.
 */
public interface KeptByDay {
  /**
   * The table's name. It has a column {@code job_id} with an index, and the finder's role may read
   * {@code ctid} and {@code job_id} of all tenants and delete.
   */
  String table();
}
