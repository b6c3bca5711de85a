package io.muster.contracts.topic;

/**
 * Names of the record headers that every message carries: CloudEvents 1.0 in Kafka's binary mode,
 * W3C trace context, and our slice number. No header ever holds a row's value.
 */
public final class Headers {
  public static final String SPEC_VERSION = "ce_specversion";

  /**
   * {@code <job>/<row>} of a command, {@code <job>/<row>/<PART>} of a result, {@code
   * <job>/<first>-<last>/<PART>} of one of many rows, {@code <job>/<row>/<PART>/<word>} of an
   * account event, {@code .../undo} when the row's undo did it.
   */
  public static final String ID = "ce_id";

  /** The sending service, {@code /muster/user-service}. */
  public static final String SOURCE = "ce_source";

  /** {@code io.muster.user-command.v1} and its like, {@code io.muster.account.activated.v1}. */
  public static final String TYPE = "ce_type";

  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACE_PARENT = "traceparent";

  /**
   * Dispatcher's number of the slice that a command went out in; results echo it, so that the
   * dispatcher knows what is out without reading values. A CloudEvents extension.
   */
  public static final String SLICE = "ce_musterslice";

  /**
   * A result's outcome by its first letter, {@code A}, {@code R}, {@code S} or {@code U}, so that
   * the dispatcher knows at once when too many rows fail. A CloudEvents extension.
   */
  public static final String OUTCOME = "ce_musteroutcome";

  /**
   * How many rows a result tells of, where they are many: whoever goes by headers reads the value
   * then. A CloudEvents extension.
   */
  public static final String ROWS = "ce_musterrows";

  private Headers() {}
}
