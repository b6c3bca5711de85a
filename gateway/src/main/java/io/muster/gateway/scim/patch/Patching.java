package io.muster.gateway.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import io.muster.chassis.problem.RequestRefused;
import io.muster.gateway.access.ScimErrors;
import io.muster.gateway.scim.patch.KnownAttributes.Kind;
import io.muster.gateway.scim.patch.PatchRequest.Change;
import io.muster.gateway.scim.patch.PatchRequest.Op;
import io.muster.gateway.scim.user.ScimUrns;
import java.util.Map;

/**
 * Applies a PATCH to a resource: by the RFC, and as Entra ID and Okta mean it, who address values
 * that aren't there yet ({@code emails[type eq "work"].value}) and write paths as names of
 * attributes ({@code {"name.givenName": "Barbara"}}).
 */
public final class Patching {
  private Patching() {}

  /**
   * @param resource as it is shown; not changed
   * @return the resource as it is to be
   * @throws RequestRefused invalidPath, noTarget, invalidValue or mutability
   */
  public static ObjectNode apply(ObjectNode resource, PatchRequest patch) {
    ObjectNode patched = resource.deepCopy();
    for (Change change : patch.changes()) {
      if (change.path() == null) {
        attributes(patched, null, change.op(), (ObjectNode) change.value());
      } else {
        at(patched, change.op(), change.path(), change.value());
      }
    }
    return patched;
  }

  /** Attributes named by the value; names may be paths. */
  private static void attributes(ObjectNode resource, String schema, Op op, ObjectNode values) {
    for (Map.Entry<String, JsonNode> each : values.properties()) {
      String name = each.getKey();
      String extension = KnownAttributes.extension(name);
      if (extension != null && each.getValue() instanceof ObjectNode inside) {
        attributes(resource, extension, op, inside);
      } else {
        at(resource, op, schema == null ? name : schema + ":" + name, each.getValue());
      }
    }
  }

  private static void at(ObjectNode resource, Op op, String pathText, JsonNode value) {
    String extension = KnownAttributes.extension(pathText);
    if (extension != null) {
      wholeExtension(resource, extension, op, value);
      return;
    }
    Path path = parsed(pathText);
    String schema = path.getSchemaUrn();
    if (ScimUrns.USER.equalsIgnoreCase(schema)) {
      schema = null;
    }
    if (path.isRoot() || path.size() > 2) {
      throw ScimErrors.refused("invalidPath", "There is no attribute at this path.");
    }
    Kind kind = KnownAttributes.kind(schema, path.getElement(0).getAttribute());
    switch (kind) {
      case UNKNOWN ->
          throw ScimErrors.refused(
              "invalidPath", "A user has no attribute of this name; see /Schemas.");
      case READ_ONLY ->
          throw ScimErrors.refused("mutability", "This attribute is the server's alone to change.");
      case NOT_KEPT -> {
        // Nothing of it is shown either.
      }
      case SIMPLE, COMPLEX, MANY ->
          new PatchedAttribute(container(resource, schema), path, kind)
              .apply(op, value == null || value.isNull() ? null : value);
    }
  }

  private static void wholeExtension(ObjectNode resource, String extension, Op op, JsonNode value) {
    if (op == Op.REMOVE || value == null || value.isNull()) {
      // There, and empty: so it is said to have no values.
      resource.putObject(extension);
    } else if (value instanceof ObjectNode values) {
      attributes(resource, extension, op, values);
    } else {
      throw ScimErrors.refused("invalidValue", "An extension is an object of attributes.");
    }
  }

  private static ObjectNode container(ObjectNode resource, String schema) {
    if (schema == null) {
      return resource;
    }
    String extension = KnownAttributes.extension(schema);
    return resource.get(extension) instanceof ObjectNode there
        ? there
        : resource.putObject(extension);
  }

  private static Path parsed(String text) {
    try {
      return Path.fromString(text);
    } catch (BadRequestException e) {
      throw ScimErrors.refused("invalidPath", "This is no path of an attribute.");
    }
  }
}
