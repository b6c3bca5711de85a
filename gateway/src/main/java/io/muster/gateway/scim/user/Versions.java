package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.access.ScimErrors;

/** Versions of resources, as ETags tell them: compared weakly (RFC 7644, section 3.14). */
public final class Versions {
  private static final int PRECONDITION_FAILED = 412;

  private Versions() {}

  /** Of a resource, with its quotes. */
  public static String of(ObjectNode resource) {
    return resource.path("meta").path("version").asText();
  }

  /**
   * Whether a header names this version, or any.
   *
   * @param header null without one
   */
  public static boolean names(String header, ObjectNode resource) {
    if (header == null) {
      return false;
    }
    String version = plain(of(resource));
    for (String each : header.split(",")) {
      if (each.strip().equals("*") || plain(each.strip()).equals(version)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param ifMatch the header; null without one
   * @throws io.muster.chassis.problem.RequestRefused 412 when it names other versions
   */
  public static void require(String ifMatch, ObjectNode resource) {
    if (ifMatch != null && !names(ifMatch, resource)) {
      throw ScimErrors.refused(
          PRECONDITION_FAILED,
          "The user has changed",
          "The user has changed since this version: read it again.");
    }
  }

  private static String plain(String version) {
    return version.startsWith("W/") ? version.substring(2) : version;
  }
}
