package io.muster.cli;

/** Job documents as the gateway writes them. */
public final class Jobs {
  public static final String ID = "01990a3c-7d1e-7000-8000-000000000001";
  public static final String CHILD = "01990a3c-7d1e-7000-8000-0000000000c1";
  public static final String PATH = "/v1/jobs/" + ID;

  private Jobs() {}

  public static String running(long total, long succeeded) {
    return job("RUNNING", "null", total, succeeded, 0, "[]");
  }

  public static String succeeded(long total) {
    return job("SUCCEEDED", "null", total, total, 0, "[]");
  }

  public static String partlyFailed(long total, long failed) {
    return job("PARTIALLY_FAILED", "null", total, total - failed, failed, failures(failed));
  }

  public static String paused(String code, String detail) {
    String reason = "{\"code\":\"" + code + "\",\"detail\":\"" + detail + "\"}";
    return job("PAUSED", reason, 100, 10, 20, failures(20));
  }

  /** A dry run that found seats missing. */
  public static String dryRun(long total, long failed) {
    return partlyFailed(total, failed)
        .replace("\"dryRun\":false", "\"dryRun\":true")
        .replace(
            "\"notices\":[]",
            "\"notices\":[{\"code\":\"SEATS_NEEDED\",\"rows\":412,"
                + "\"message\":\"This file needs 412 seats of E3, 380 are free.\"}]");
  }

  /** What retry, undo and run answer with: another job than {@link #ID}. */
  public static String child(String source) {
    return running(4, 0)
        .replace(ID, CHILD)
        .replace("\"parent\":null", "\"parent\":\"" + ID + "\"")
        .replace("\"source\":\"FILE\"", "\"source\":\"" + source + "\"");
  }

  private static String failures(long rows) {
    return """
    [{"code":"USER_ALREADY_EXISTS","rows":%d,"remedy":"The account is there already."}]\
    """
        .formatted(rows);
  }

  private static String job(
      String state, String reason, long total, long succeeded, long failed, String failures) {
    return """
    {"id":"%s","tenant":"contoso","operation":"ADD","operations":{"ADD":%d},"state":"%s",
     "stateReason":%s,"source":"FILE","dryRun":false,"parent":null,"submittedBy":"ada@contoso.com",
     "submittedAt":"2026-03-01T10:00:00Z","startedAt":null,"finishedAt":null,
     "file":{"name":"hires.csv","bytes":812,"sha256":"00","encoding":"UTF-8","delimiter":",","unknownColumns":["Shoe size"]},
     "rows":{"total":%d,"pending":%d,"inFlight":0,"succeeded":%d,"failed":%d,"cancelled":0},
     "rowsPerSecond":10.5,"expectedDuration":"PT1S","expectedFinish":null,"secretsUntil":null,"closesAt":null,
     "notices":[],"failures":%s,"links":{"self":"/v1/jobs/x"}}
    """
        .formatted(
            ID,
            total,
            state,
            reason,
            total,
            total - succeeded - failed,
            succeeded,
            failed,
            failures);
  }
}
