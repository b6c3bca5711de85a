package io.muster.user.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * An account as it is read, one or a page at a time; it is also the JSON of a user. Written only by
 * the set-wise statements of provisioning.
 */
@Entity
@Immutable
@Table(name = "account")
@JsonInclude(JsonInclude.Include.ALWAYS)
public class Account extends PanacheEntityBase {
  @Id public UUID id;

  @JsonIgnore
  @Column(name = "tenant_id")
  public String tenantId;

  @Column(name = "user_principal_name")
  public String userPrincipalName;

  @JsonIgnore
  @Column(name = "upn_key")
  public String upnKey;

  /** DISABLED, ACTIVE or REMOVED. */
  public String state;

  @Column(name = "display_name")
  public String displayName;

  @Column(name = "first_name")
  public String firstName;

  @Column(name = "last_name")
  public String lastName;

  @Column(name = "job_title")
  public String jobTitle;

  public String department;

  public String office;

  @Column(name = "office_phone")
  public String officePhone;

  @Column(name = "mobile_phone")
  public String mobilePhone;

  public String fax;

  @Column(name = "alternate_email")
  public String alternateEmail;

  @Column(name = "street_address")
  public String streetAddress;

  public String city;

  @Column(name = "state_or_province")
  public String stateOrProvince;

  @Column(name = "postal_code")
  public String postalCode;

  public String country;

  @Column(name = "usage_location")
  public String usageLocation;

  @Column(name = "employee_id")
  public String employeeId;

  public String manager;

  public String unit;

  /** What an identity tool calls it by. */
  @Column(name = "external_id")
  public String externalId;

  /** NONE, SET or GENERATED. */
  public String credential;

  @Column(name = "must_change_password")
  public boolean mustChangePassword;

  @JsonProperty("protected")
  @Column(name = "protected")
  public boolean isProtected;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "updated_at")
  public Instant updatedAt;

  @JsonIgnore
  @Column(name = "removed_at")
  public Instant removedAt;

  /** When a removed account is forgotten; null for the others, and then left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Column(name = "purge_at")
  public Instant purgeAt;
}
