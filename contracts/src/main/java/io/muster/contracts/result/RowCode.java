package io.muster.contracts.result;

/**
 * Why a row was refused. Each has a section in {@code docs/errors.md}.
 *
 * <p>{@link #status()} is the HTTP status of a single call with this refusal, {@link #remedy()} one
 * sentence that tells the administrator what to do.
 */
public enum RowCode {
  USER_NOT_FOUND(404, "Check the user principal name, or add the user first."),
  USER_ALREADY_EXISTS(
      409, "The account is there already: use set to change it, or leave the row out."),
  USER_REMOVED(409, "The account is in the recycle bin: restore it first."),
  INVALID_USER_PRINCIPAL_NAME(
      422, "Write the name as local@domain, without blanks, 113 characters at most."),
  INVALID_VALUE(422, "Correct the column that the message names and upload the row again."),
  MISSING_VALUE(422, "Fill in the column that the message names and upload the row again."),
  IMMUTABLE(422, "A user principal name can't be changed: add a new account instead."),
  DUPLICATE_ROW(
      409, "The same user stands earlier in the file; that row counts. Remove one of them."),
  MALFORMED_ROW(422, "Correct the row's quotes and number of fields and upload it again."),
  PASSWORD_TOO_WEAK(422, "Choose a longer password that isn't on common lists."),
  UNSUPPORTED_PASSWORD_HASH(
      422, "Give the hash as PHC Argon2id, bcrypt or PBKDF2 with the required cost."),
  SECRET_EXPIRED(409, "The given password is no longer kept: upload the row again."),
  UNKNOWN_SUBSCRIPTION(422, "Create the subscription first, or correct its SKU."),
  NO_SEATS_LEFT(409, "Buy seats or release some, then retry the job."),
  OPERATION_NOT_ALLOWED(403, "This operation isn't open for this row: the message says why."),
  OUTSIDE_YOUR_UNIT(403, "The user isn't in your administrative units: ask their administrator."),
  PROTECTED_ACCOUNT(403, "Only a tenant administrator may change a protected account."),
  DOMAIN_NOT_ALLOWED(403, "Use one of the tenant's registered domains."),
  SUPERSEDED(409, "Something newer has changed this account; submit again if you still want it."),
  NOT_UNDOABLE(409, "This row replaced a credential and can't be undone.");

  private final int status;
  private final String remedy;

  RowCode(int status, String remedy) {
    this.status = status;
    this.remedy = remedy;
  }

  /** HTTP status of a single call that is refused with this code. */
  public int status() {
    return status;
  }

  /** What to do, in one sentence. */
  public String remedy() {
    return remedy;
  }
}
