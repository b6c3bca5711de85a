package io.muster.gateway.scim.patch;

import io.muster.gateway.scim.user.ScimUrns;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which attributes a user has, and of what kind. Names in lower case. */
public final class KnownAttributes {
  /** What kind of attribute it is. */
  public enum Kind {
    SIMPLE,
    COMPLEX,
    MANY,
    /** The standard has it, Muster keeps nothing of it: tools send it by default. */
    NOT_KEPT,
    READ_ONLY,
    UNKNOWN
  }

  private static final Map<String, Map<String, Kind>> BY_SCHEMA =
      Map.of(
          key(ScimUrns.USER),
          kinds(
              "userName externalId displayName title active password",
              "name",
              "emails phoneNumbers addresses",
              "nickName profileUrl preferredLanguage locale timezone userType ims photos groups"
                  + " entitlements roles x509Certificates schemas",
              "id meta"),
          key(ScimUrns.ENTERPRISE),
          kinds("employeeNumber department", "manager", "", "costCenter organization division", ""),
          key(ScimUrns.MUSTER),
          kinds(
              "unit office usageLocation protected mustChangePassword",
              "",
              "licenses",
              "",
              "credential"));

  private KnownAttributes() {}

  /**
   * @param schema null for the core's
   */
  public static Kind kind(String schema, String attribute) {
    return BY_SCHEMA
        .getOrDefault(key(schema == null ? ScimUrns.USER : schema), Map.of())
        .getOrDefault(key(attribute), Kind.UNKNOWN);
  }

  /** The extension of this name as it is written, or null. */
  public static String extension(String urn) {
    return Stream.of(ScimUrns.ENTERPRISE, ScimUrns.MUSTER)
        .filter(known -> known.equalsIgnoreCase(urn))
        .findFirst()
        .orElse(null);
  }

  static Set<String> schemas() {
    return Set.of(ScimUrns.USER, ScimUrns.ENTERPRISE, ScimUrns.MUSTER);
  }

  private static Map<String, Kind> kinds(
      String simple, String complex, String many, String notKept, String readOnly) {
    return Stream.of(
            each(simple, Kind.SIMPLE),
            each(complex, Kind.COMPLEX),
            each(many, Kind.MANY),
            each(notKept, Kind.NOT_KEPT),
            each(readOnly, Kind.READ_ONLY))
        .flatMap(s -> s)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<Map.Entry<String, Kind>> each(String names, Kind kind) {
    return Stream.of(names.split(" ")).filter(n -> !n.isEmpty()).map(n -> Map.entry(key(n), kind));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
