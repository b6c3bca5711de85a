package io.muster.gateway.scim.find;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import io.muster.gateway.scim.find.Driver.All;
import io.muster.gateway.scim.find.Driver.AnyOf;
import io.muster.gateway.scim.find.Driver.Beginning;
import io.muster.gateway.scim.find.Driver.Keys;
import io.muster.gateway.scim.find.Driver.Part;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a filter user-service is asked for, and that the rest never walks through a tenant. */
class FindingADriverTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";

  @Test
  void keysAreLookedUp() {
    assertThat(driver("userName eq \"B@x.com\"")).contains(keys("USER_PRINCIPAL_NAME", "B@x.com"));
    assertThat(driver("USERNAME Eq \"b@x.com\"")).contains(keys("USER_PRINCIPAL_NAME", "b@x.com"));
    assertThat(driver("externalId eq \"701984\"")).contains(keys("EXTERNAL_ID", "701984"));
    assertThat(driver(ENTERPRISE + "employeeNumber eq \"7\"")).contains(keys("EMPLOYEE_ID", "7"));
    assertThat(driver("emails eq \"b@x.com\"")).contains(keys("ALTERNATE_EMAIL", "b@x.com"));
    assertThat(driver("emails.value eq \"b@x.com\"")).contains(keys("ALTERNATE_EMAIL", "b@x.com"));
    assertThat(driver("emails[type eq \"work\" and value eq \"b@x.com\"]"))
        .contains(keys("ALTERNATE_EMAIL", "b@x.com"));
  }

  @Test
  void ofAConjunctionTheMostExactPartIsLookedUp() {
    assertThat(driver("active eq true and displayName co \"Bar\" and externalId eq \"1\""))
        .contains(keys("EXTERNAL_ID", "1"));
    assertThat(driver("title co \"x\" and (not (displayName co \"y\") and userName sw \"b\")"))
        .contains(new Beginning("b"));
    assertThat(driver("displayName sw \"Bar\" and title pr")).contains(new Part("Bar"));
  }

  @Test
  void aDisjunctionOfKeysIsLookedUpTogether() {
    Driver some = driver("id eq \"1\" or userName eq \"a@x.com\" or id eq \"2\"").orElseThrow();

    assertThat(((AnyOf) some).byKind())
        .containsExactly(
            new Keys("ID", List.of("1", "2")), new Keys("USER_PRINCIPAL_NAME", List.of("a@x.com")));
  }

  @Test
  void allOfAStateIsAPageThatUserServiceHas() {
    assertThat(driver("active eq true")).contains(new All("ACTIVE"));
    assertThat(driver("not (active eq true)")).contains(new All("DISABLED"));
    assertThat(driver("userName pr")).contains(new All(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title eq \"Guide\"",
        "externalId pr",
        "userName ew \"@x.com\"",
        "userName ne \"b@x.com\"",
        "active eq true and title eq \"Guide\"",
        "userName eq \"b@x.com\" or title eq \"Guide\"",
        "not (userName eq \"b@x.com\")",
        "department eq \"Tours\"",
        "meta.lastModified gt \"2026-01-01T00:00:00Z\"",
      })
  void whatWouldHaveToBeAskedOfEveryUserHasNone(String filter) {
    assertThat(driver(filter)).isEmpty();
  }

  private static Keys keys(String by, String value) {
    return new Keys(by, List.of(value));
  }

  private static Optional<Driver> driver(String filter) {
    try {
      return FindingADriver.of(Filter.fromString(filter));
    } catch (BadRequestException e) {
      throw new AssertionError(e);
    }
  }
}
