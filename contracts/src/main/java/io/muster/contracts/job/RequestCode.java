package io.muster.contracts.job;

/**
 * Why a request was refused, with its HTTP status. Each has a section in {@code docs/errors.md}.
 */
public enum RequestCode {
  UNAUTHENTICATED(401, "Sign in first"),
  FORBIDDEN(403, "Your role may not do this"),
  NOT_FOUND(404, "There is no such thing"),
  WRONG_STATE(409, "Not possible in this state"),
  JOB_NOT_FINISHED(409, "The job has not finished"),
  JOB_CLOSED(410, "The job is closed"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
  DUPLICATE_FILE(409, "The same file was uploaded before"),
  EMPTY_FILE(422, "The file is empty"),
  NO_HEADER(422, "The file has no usable header"),
  UNREADABLE_FILE(422, "The file can't be read"),
  TOO_LARGE(422, "The file is too large"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  SEATS_IN_USE(409, "More seats are assigned than that"),
  CREDENTIALS_GONE(410, "The credentials are no longer kept"),
  NOT_UNDOABLE(409, "This can't be undone"),
  INVALID_REQUEST(400, "The request is not valid"),
  UNAVAILABLE(503, "Not available right now");

  private final int status;
  private final String title;

  RequestCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status of an answer with this code. */
  public int status() {
    return status;
  }

  /** The problem document's {@code title}: the same for every occurrence. */
  public String title() {
    return title;
  }
}
