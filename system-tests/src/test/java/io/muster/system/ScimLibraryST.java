package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.bulk.BulkOperation;
import com.unboundid.scim2.common.bulk.BulkOperationResult;
import com.unboundid.scim2.common.bulk.BulkResponse;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.Manager;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;
import org.glassfish.jersey.apache.connector.ApacheConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;
import org.junit.jupiter.api.Test;

/** SCIM through a client library that isn't ours. */
class ScimLibraryST {
  private static final String USERS = "/scim/v2/Users";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void aUsersLifeByAClientLibrary() throws ScimException {
    Gateway admin = system.as("scim-life", "tenant-admin");
    ScimService scim = library(admin);
    assertThat(scim.getServiceProviderConfig().getPatch().isSupported()).isTrue();
    assertThat(scim.getServiceProviderConfig().getPagination().supportsCursorPagination()).isTrue();
    assertThat(scim.getSchemas().getTotalResults()).isEqualTo(3);
    assertThat(scim.getResourceTypes().getTotalResults()).isEqualTo(1);

    UserResource barbara =
        new UserResource()
            .setUserName("barbara@scim-life.com")
            .setActive(true)
            .setTitle("Tour Guide")
            .setName(new Name().setGivenName("Barbara").setFamilyName("Jensen"))
            .setEmails(new Email().setValue("bjensen@example.com").setType("work"));
    barbara.setExternalId("701984");
    barbara.setExtension(new EnterpriseUserExtension().setDepartment("Tour Operations"));
    UserResource created = scim.create("Users", barbara);

    assertThat(created.getId()).isNotBlank();
    assertThat(created.getActive()).isTrue();
    assertThat(created.getDisplayName()).isEqualTo("Barbara Jensen");
    assertThat(created.getExternalId()).isEqualTo("701984");
    assertThat(created.getMeta().getLocation().toString()).endsWith(USERS + "/" + created.getId());
    assertThat(admin.get("/v1/users/barbara@scim-life.com").json().path("credential").asText())
        .as("SCIM has no password made")
        .isEqualTo("NONE");
    assertThatThrownBy(() -> scim.create("Users", barbara))
        .isInstanceOf(ResourceConflictException.class);

    assertThat(search(scim, Filter.eq("userName", "BARBARA@scim-life.com"))).hasSize(1);
    assertThat(search(scim, Filter.eq("externalId", "701984"))).hasSize(1);
    assertThat(search(scim, Filter.eq("userName", "nobody@scim-life.com"))).isEmpty();

    UserResource patched =
        scim.modify(
            "Users",
            created.getId(),
            new com.unboundid.scim2.common.messages.PatchRequest(
                PatchOperation.replace("title", "Head of Tours"),
                PatchOperation.replace("active", false)),
            UserResource.class);
    assertThat(patched.getTitle()).isEqualTo("Head of Tours");
    assertThat(patched.getActive()).isFalse();

    patched.setTitle(null);
    patched.setActive(true);
    UserResource replaced = scim.replace(patched);
    assertThat(replaced.getTitle()).isNull();
    assertThat(replaced.getActive()).isTrue();
    assertThat(replaced.getExtension(EnterpriseUserExtension.class).getDepartment())
        .isEqualTo("Tour Operations");
    assertThatThrownBy(() -> scim.replaceRequest(created).ifMatch().invoke())
        .isInstanceOf(PreconditionFailedException.class);

    scim.delete(replaced);
    assertThatThrownBy(() -> scim.retrieve("Users", created.getId(), UserResource.class))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(scim.create("Users", barbara).getId())
        .as("who is in the recycle bin is in nobody's way")
        .isNotEqualTo(created.getId());
    assertThat(admin.get("/v1/jobs?source=SCIM").expect(200).json().path("items"))
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(job -> job.path("rows").path("total").asLong() <= 2);
    assertThat(admin.get("/v1/jobs").expect(200).json().path("items")).isEmpty();
  }

  @Test
  void aBulkByAClientLibrary() throws ScimException {
    Gateway admin = system.as("scim-bulk-library", "tenant-admin");
    ScimService scim = library(admin);
    UserResource leaver = scim.create("Users", user("leaver@scim-bulk-library.com"));
    UserResource worker = user("worker@scim-bulk-library.com");
    worker.setExtension(
        new EnterpriseUserExtension().setManager(new Manager().setValue("bulkId:boss")));

    BulkResponse done =
        scim.bulkRequest()
            .append(
                BulkOperation.post("/Users", user("boss@scim-bulk-library.com")).setBulkId("boss"),
                BulkOperation.post("/Users", worker).setBulkId("worker"),
                BulkOperation.patch(
                    "/Users/bulkId:worker", PatchOperation.replace("title", "Lead")),
                BulkOperation.delete("/Users/" + leaver.getId()),
                BulkOperation.delete("/Users/nobody"))
            .invoke();

    assertThat(done.getOperations())
        .as(done.toString())
        .extracting(BulkOperationResult::getStatus)
        .containsExactly("201", "201", "200", "204", "404");
    assertThat(done.getOperations().get(4).isClientError()).isTrue();
    String boss = idOf(done.getOperations().get(0));
    UserResource made =
        scim.retrieve("Users", idOf(done.getOperations().get(1)), UserResource.class);
    assertThat(made.getTitle()).isEqualTo("Lead");
    assertThat(made.getExtension(EnterpriseUserExtension.class).getManager().getValue())
        .isEqualTo(boss);
    assertThatThrownBy(() -> scim.retrieve(leaver)).isInstanceOf(ResourceNotFoundException.class);
  }

  private static UserResource user(String userName) {
    return new UserResource().setUserName(userName).setDisplayName("N");
  }

  private static String idOf(BulkOperationResult made) {
    return made.getLocation().substring(made.getLocation().lastIndexOf('/') + 1);
  }

  private static List<UserResource> search(ScimService scim, Filter filter) throws ScimException {
    ListResponse<UserResource> found = scim.search("Users", filter.toString(), UserResource.class);
    assertThat(found.getTotalResults()).isEqualTo(found.getResources().size());
    return found.getResources();
  }

  private ScimService library(Gateway admin) {
    ClientRequestFilter signedIn =
        request -> request.getHeaders().putSingle("Authorization", "Bearer " + admin.token());
    Client client =
        ClientBuilder.newClient(
            new ClientConfig().connectorProvider(new ApacheConnectorProvider()).register(signedIn));
    return new ScimService(client.target(system.url() + "/scim/v2"));
  }
}
