package io.muster.user.account.employee;

import io.muster.chassis.problem.RequestRefused;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;

/**
 * What HR's feed has to know of accounts that came another way. For other services only: no person
 * is behind such a call, and no role of a person opens it.
 */
@Path("/v1/employees")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(ServiceIdentity.ROLE)
public class EmployeesResource {
  private static final int MOST = 1_000;

  private final SecurityIdentity identity;
  private final FindingEmployees employees;

  EmployeesResource(SecurityIdentity identity, FindingEmployees employees) {
    this.identity = identity;
    this.employees = employees;
  }

  /** Whose accounts are looked for. */
  public record Wanted(List<String> employeeIds) {}

  /**
   * An account in use.
   *
   * @param state ACTIVE or DISABLED
   */
  public record Employee(String employeeId, String userPrincipalName, String state) {}

  /** At most one for each employee id. */
  public record Found(List<Employee> items) {}

  /**
   * What is counted.
   *
   * @param most as far as it matters to whoever asks; at least 1
   */
  public record Counting(long most) {}

  /** So many, or as many as were asked for and perhaps more. */
  public record Counted(long active) {}

  /** Employee ids that nobody has are passed over. */
  @POST
  @Path("/lookup")
  public Found find(Wanted wanted) throws SQLException {
    if (wanted == null || wanted.employeeIds() == null || wanted.employeeIds().size() > MOST) {
      throw RequestRefused.invalid("employeeIds", "Send up to " + MOST + " employee ids.");
    }
    return new Found(employees.find(tenant(), wanted.employeeIds()));
  }

  /** How many active accounts there are: costs as much as is asked for. */
  @POST
  @Path("/count")
  public Counted count(Counting counting) throws SQLException {
    if (counting == null || counting.most() < 1) {
      throw RequestRefused.invalid("most", "Count up to 1 or more.");
    }
    return new Counted(employees.countActive(tenant(), counting.most()));
  }

  /** A person's token may say what it will of roles: it has no such tenant. */
  private String tenant() {
    String tenant = identity.getAttribute(ServiceIdentity.TENANT);
    if (tenant == null) {
      throw new ForbiddenException("no service is calling");
    }
    return tenant;
  }
}
