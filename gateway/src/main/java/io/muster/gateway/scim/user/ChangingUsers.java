package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.patch.PatchRequest;
import io.muster.gateway.scim.patch.Patching;
import java.util.Optional;
import java.util.function.Function;

/** What a request wants a user to be. All methods throw RequestRefused for what can't be wanted. */
public final class ChangingUsers {
  /** So RFC 7644 calls a user in an example of its own (section 3.7.3); clients copy examples. */
  private static final String MISSPELT_USER = "urn:ietf:params:scim:api:messages:2.0:User";

  private ChangingUsers() {}

  /**
   * @param resource of a POST
   * @param managers the names of those who are told by id; empty for nobody
   */
  public static WantedUser created(
      ObjectNode resource, Function<String, Optional<String>> managers) {
    if (!ScimJson.names(resource, MISSPELT_USER)) {
      require(resource, ScimUrns.USER);
    }
    return managed(WantedUser.of(resource), managers);
  }

  /** Of a PUT; else as {@link #created}. */
  public static WantedUser replaced(
      ObjectNode resource, Function<String, Optional<String>> managers) {
    WantedUser wanted = created(resource, managers);
    if (wanted.userName() == null) {
      throw ScimJson.invalidValue("userName is missing: a PUT says the whole user.");
    }
    return wanted;
  }

  /**
   * @param shown the resource as it is
   * @param patch the body of a PATCH
   */
  public static WantedUser patched(
      ObjectNode shown, ObjectNode patch, Function<String, Optional<String>> managers) {
    require(patch, ScimUrns.PATCH);
    ObjectNode before = withoutWhatASecretHad(shown);
    return managed(WantedUser.of(Patching.apply(before, PatchRequest.of(patch))), managers);
  }

  /** Whether a new password has to be changed says the PATCH that sets it, not the old one. */
  private static ObjectNode withoutWhatASecretHad(ObjectNode shown) {
    ObjectNode before = shown.deepCopy();
    if (before.get(ScimUrns.MUSTER) instanceof ObjectNode muster) {
      muster.remove("mustChangePassword");
    }
    return before;
  }

  /** Accounts know their managers by name; an id that nobody has stays as it was told. */
  private static WantedUser managed(
      WantedUser wanted, Function<String, Optional<String>> managers) {
    String manager = wanted.manager();
    if (manager == null) {
      return wanted;
    }
    return wanted.managedBy(managers.apply(manager).orElse(manager));
  }

  private static void require(ObjectNode body, String schema) {
    if (!ScimJson.names(body, schema)) {
      throw ScimErrors.refused("invalidSyntax", "schemas names " + schema + ".");
    }
  }
}
