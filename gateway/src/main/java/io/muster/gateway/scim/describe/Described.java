package io.muster.gateway.scim.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.gateway.scim.ScimConfig;
import io.muster.gateway.scim.user.ScimUrns;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What the provider tells about itself (RFC 7643, sections 5 to 7, and RFC 9865). */
@ApplicationScoped
public class Described {
  /** Of Bulk: as of every call but the upload. */
  public static final int MAX_PAYLOAD = 1024 * 1024;

  private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:";
  private static final String META = "meta";
  private static final String RESOURCE_TYPE = "resourceType";

  private final ScimConfig config;
  private final ObjectMapper json;
  private final ArrayNode schemas;

  Described(ScimConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
    try (InputStream in = Described.class.getResourceAsStream("/scim/schemas.json")) {
      this.schemas = (ArrayNode) json.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is supported, and how much of it. */
  public ObjectNode serviceProviderConfig(String base) {
    ObjectNode described = json.createObjectNode();
    described.putArray("schemas").add(SCHEMA + "ServiceProviderConfig");
    described.put("documentationUri", "https://muster.io/docs/scim.md");
    supported(described, "patch", true);
    supported(described, "bulk", true)
        .put("maxOperations", config.maxOperations())
        .put("maxPayloadSize", MAX_PAYLOAD);
    supported(described, "filter", true).put("maxResults", config.maxPageSize());
    supported(described, "changePassword", true);
    supported(described, "sort", false);
    supported(described, "etag", true);
    described
        .putObject("pagination")
        .put("cursor", true)
        .put("index", true)
        .put("defaultPaginationMethod", "index")
        .put("defaultPageSize", config.defaultPageSize())
        .put("maxPageSize", config.maxPageSize());
    described
        .putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "Bearer token")
        .put("description", "A signed token of an OIDC issuer, with the role tenant-admin")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
        .put("primary", true);
    return at(described, "ServiceProviderConfig", base + "/ServiceProviderConfig");
  }

  /** User is all there is. */
  public ObjectNode userType(String base) {
    ObjectNode type = json.createObjectNode();
    type.putArray("schemas").add(SCHEMA + "ResourceType");
    type.put("id", "User")
        .put("name", "User")
        .put("endpoint", "/Users")
        .put("description", "A user's account")
        .put("schema", ScimUrns.USER);
    ArrayNode extensions = type.putArray("schemaExtensions");
    for (String extension : List.of(ScimUrns.ENTERPRISE, ScimUrns.MUSTER)) {
      extensions.addObject().put("schema", extension).put("required", false);
    }
    return at(type, "ResourceType", base + "/ResourceTypes/User");
  }

  /** The schemas of users. */
  public List<ObjectNode> schemas(String base) {
    List<ObjectNode> all = new java.util.ArrayList<>();
    for (JsonNode schema : schemas) {
      ObjectNode copy = schema.deepCopy();
      all.add(at(copy, "Schema", base + "/Schemas/" + copy.path("id").asText()));
    }
    return all;
  }

  /** The one of that name, without regard to case. */
  public Optional<ObjectNode> schema(String id, String base) {
    return schemas(base).stream()
        .filter(schema -> schema.path("id").asText().equalsIgnoreCase(id))
        .findFirst();
  }

  /** A ListResponse of all of them. */
  public ObjectNode list(List<ObjectNode> resources) {
    ObjectNode list = json.createObjectNode();
    list.putArray("schemas").add(ScimUrns.LIST);
    list.put("totalResults", resources.size())
        .put("itemsPerPage", resources.size())
        .put("startIndex", 1);
    resources.forEach(list.putArray("Resources")::add);
    return list;
  }

  private static ObjectNode at(ObjectNode described, String type, String location) {
    described.putObject(META).put(RESOURCE_TYPE, type).put("location", location);
    return described;
  }

  private static ObjectNode supported(ObjectNode described, String feature, boolean is) {
    return described.putObject(feature).put("supported", is);
  }
}
