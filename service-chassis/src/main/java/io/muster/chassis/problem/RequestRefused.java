package io.muster.chassis.problem;

import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request gets a problem document instead of what it asked for. This is an answer, not a fault:
 * it carries no stack trace and is not logged as an error. Its texts are shown to the caller.
 */
public final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private RequestRefused(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /**
   * @param detail one sentence with cause and cure
   */
  public static RequestRefused because(RequestCode code, String detail) {
    return new RequestRefused(
        new Problem(code.name(), code.title(), code.status(), detail, null, Map.of()));
  }

  /** {@link RequestCode#INVALID_REQUEST} that names the field to blame. */
  public static RequestRefused invalid(String field, String detail) {
    RequestCode code = RequestCode.INVALID_REQUEST;
    return new RequestRefused(
        new Problem(code.name(), code.title(), code.status(), detail, field, Map.of()));
  }

  /** A single call whose one row was refused. */
  public static RequestRefused row(RowCode code, String detail, String field) {
    return new RequestRefused(
        new Problem(
            code.name(),
            "The row was refused",
            code.status(),
            detail == null ? code.remedy() : detail,
            field,
            Map.of("remedy", code.remedy())));
  }

  /** A problem that another service answered, passed on as it came. */
  public static RequestRefused passedOn(Problem problem) {
    return new RequestRefused(Objects.requireNonNull(problem, "problem"));
  }

  /** The same with one more member in the document, {@code job} for example. */
  public RequestRefused with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(problem.more());
    more.put(member, value);
    return new RequestRefused(
        new Problem(
            problem.code(),
            problem.title(),
            problem.status(),
            problem.detail(),
            problem.field(),
            more));
  }

  public Problem problem() {
    return problem;
  }
}
