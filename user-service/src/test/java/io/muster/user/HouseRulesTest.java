package io.muster.user;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of user-service. A rule first proves that it matches something. */
class HouseRulesTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.muster.user");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intake",
        "provisioning",
        "account",
        "audit",
        "behind",
        "search",
        "password",
        "recyclebin",
        "report"
      })
  void everyRoomIsLivedIn(String room) {
    assertThat(SERVICE.that(resideInAPackage("io.muster.user." + room))).isNotEmpty();
  }

  @Test
  void allClassesLiveInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            "io.muster.user.intake",
            "io.muster.user.provisioning..",
            "io.muster.user.account..",
            "io.muster.user.audit..",
            "io.muster.user.behind",
            "io.muster.user.search",
            "io.muster.user.recyclebin",
            "io.muster.user.report",
            "io.muster.user.password..")
        .check(SERVICE);
  }

  @Test
  void provisioningKnowsNoKafka() {
    String[] bus = {"org.apache.kafka..", "io.smallrye.reactive.messaging..", "..intake.."};
    classes()
        .that()
        .haveSimpleName("UserCommandConsumer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(bus)
        .check(SERVICE);
    noClasses()
        .that()
        .resideInAPackage("..provisioning..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(bus)
        .check(SERVICE);
  }

  @Test
  void noRoomsDependOnEachOtherInCircles() {
    slices().matching("io.muster.user.(*)..").should().beFreeOfCycles().check(SERVICE);
  }
}
