package io.muster.gateway.scim.user;

/** The names of what is said. */
public final class ScimUrns {
  public static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  public static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** What Muster knows of a user beyond the standard: licenses, the administrative unit. */
  public static final String MUSTER = "urn:ietf:params:scim:schemas:extension:muster:2.0:User";

  public static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  public static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  public static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
  public static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  public static final String BULK_ANSWER = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

  private ScimUrns() {}
}
