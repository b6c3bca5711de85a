package io.muster.gateway.scim.find;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.scim.patch.KnownAttributes;
import io.muster.gateway.scim.user.ScimJson;
import io.muster.gateway.scim.user.ScimUrns;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Shows of a resource what was asked for (RFC 7644, section 3.9). {@code id} and {@code schemas}
 * are always there.
 */
public final class Projection {
  private static final Set<String> ALWAYS = Set.of("schemas", "id");

  private Projection() {}

  /**
   * @param attributes shown alone; empty for all
   * @param excluded not shown; without effect where there are attributes
   */
  public static ObjectNode of(ObjectNode resource, List<String> attributes, List<String> excluded) {
    if (!attributes.isEmpty()) {
      ObjectNode shown = ScimJson.object();
      ALWAYS.forEach(name -> copy(resource, shown, name));
      attributes.forEach(name -> take(resource, shown, name));
      return shown;
    }
    ObjectNode shown = resource.deepCopy();
    excluded.forEach(name -> drop(shown, name));
    return shown;
  }

  /** Where an attribute is: within an extension or not, and below another one or not. */
  private record Place(String extension, String attribute, String sub) {
    static Place of(String name) {
      String extension = KnownAttributes.extension(name);
      if (extension != null) {
        return new Place(extension, null, null);
      }
      String plain = name;
      int colon = name.lastIndexOf(':');
      if (colon > 0) {
        String schema = name.substring(0, colon);
        extension = KnownAttributes.extension(schema);
        if (extension == null && !ScimUrns.USER.equalsIgnoreCase(schema)) {
          return new Place(name, null, null);
        }
        plain = name.substring(colon + 1);
      }
      int dot = plain.indexOf('.');
      return dot < 0
          ? new Place(extension, plain, null)
          : new Place(extension, plain.substring(0, dot), plain.substring(dot + 1));
    }
  }

  private static void take(ObjectNode from, ObjectNode to, String name) {
    Place place = Place.of(name);
    if (place.attribute() == null) {
      copy(from, to, place.extension());
      return;
    }
    JsonNode source = place.extension() == null ? from : from.path(place.extension());
    JsonNode value = source.get(place.attribute());
    if (value == null) {
      return;
    }
    ObjectNode target = to;
    if (place.extension() != null) {
      target =
          to.get(place.extension()) instanceof ObjectNode there
              ? there
              : to.putObject(place.extension());
    }
    if (place.sub() == null) {
      target.set(place.attribute(), value.deepCopy());
    } else if (value.isArray()) {
      ArrayNode parts = target.putArray(place.attribute());
      value.forEach(each -> copy(each, parts.addObject(), place.sub()));
    } else {
      ObjectNode parts =
          target.get(place.attribute()) instanceof ObjectNode there
              ? there
              : target.putObject(place.attribute());
      copy(value, parts, place.sub());
    }
  }

  private static void drop(ObjectNode shown, String name) {
    Place place = Place.of(name);
    if (place.attribute() == null) {
      shown.remove(place.extension());
      return;
    }
    JsonNode source = place.extension() == null ? shown : shown.path(place.extension());
    if (!(source instanceof ObjectNode object)
        || ALWAYS.contains(place.attribute().toLowerCase(Locale.ROOT))) {
      return;
    }
    JsonNode value = object.get(place.attribute());
    if (place.sub() == null) {
      object.remove(place.attribute());
    } else if (value instanceof ObjectNode parts) {
      parts.remove(place.sub());
    } else if (value != null) {
      value.forEach(
          each -> {
            if (each instanceof ObjectNode parts) {
              parts.remove(place.sub());
            }
          });
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    JsonNode value = from.get(name);
    if (value != null) {
      to.set(name, value.deepCopy());
    }
  }
}
