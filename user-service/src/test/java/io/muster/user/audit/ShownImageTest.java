package io.muster.user.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownImageTest {
  @Test
  void whatPeopleMaySeeIsShown() {
    assertThat(
            shown(
                """
                {"userPrincipalName": "Ada@x.com", "state": "REMOVED", "credential": "SET",
                 "mustChangePassword": true, "isProtected": true,
                 "removedFrom": {"state": "ACTIVE", "stamp": {"submission": 1, "row": 2}},
                 "properties": {"displayName": "Ada", "department": "R&D"}}
                """))
        .isEqualTo(
            "{\"userPrincipalName\":\"Ada@x.com\",\"state\":\"REMOVED\",\"credential\":\"SET\","
                + "\"mustChangePassword\":true,\"protected\":true,"
                + "\"removedFrom\":{\"state\":\"ACTIVE\"},"
                + "\"properties\":{\"displayName\":\"Ada\",\"department\":\"R&D\"}}");
    assertThat(ShownImage.of(null)).isNull();
  }

  @Test
  void nothingElseIs() {
    assertThat(
            shown(
                """
                {"state": "ACTIVE", "credentialId": "0199", "hash": "$argon2id$", "password": "x",
                 "stateStamp": {"state": "x"}, "credentialStamp": {"row": 1},
                 "properties": {"hash": "x", "city": "Ulm"}}
                """))
        .isEqualTo("{\"state\":\"ACTIVE\",\"properties\":{\"city\":\"Ulm\"}}");
  }

  private static String shown(String image) {
    return ShownImage.of(image).toString();
  }
}
