package io.muster.chassis.access;

/** The words in a token's {@code roles}; API.md has the table of what each may do. */
public final class Roles {
  public static final String TENANT_ADMIN = "tenant-admin";
  public static final String PASSWORD_ADMIN = "password-admin";
  public static final String READER = "reader";
  public static final String OPERATOR = "operator";
  public static final String HR_FEED = "hr-feed";

  private Roles() {}
}
