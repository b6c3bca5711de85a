package io.muster.license;

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

/** The rooms of license-service. A rule first proves that it matches something. */
class HouseRulesTest {
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.muster.license");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intake",
        "assigning",
        "dryrun",
        "books",
        "seat",
        "subscription",
        "check",
        "report"
      })
  void everyRoomIsLivedIn(String room) {
    assertThat(SERVICE.that(resideInAPackage("io.muster.license." + room))).isNotEmpty();
  }

  @Test
  void allClassesLiveInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            "io.muster.license.intake",
            "io.muster.license.assigning",
            "io.muster.license.dryrun",
            "io.muster.license.books",
            "io.muster.license.seat",
            "io.muster.license.subscription",
            "io.muster.license.check",
            "io.muster.license.report")
        .check(SERVICE);
  }

  @Test
  void assigningKnowsNoKafka() {
    String[] bus = {"org.apache.kafka..", "io.smallrye.reactive.messaging..", "..intake.."};
    classes()
        .that()
        .haveSimpleName("LicenseCommandConsumer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(bus)
        .check(SERVICE);
    noClasses()
        .that()
        .resideInAnyPackage("..assigning..", "..dryrun..", "..books..", "..seat..", "..report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(bus)
        .check(SERVICE);
  }

  @Test
  void noRoomsDependOnEachOtherInCircles() {
    slices().matching("io.muster.license.(*)..").should().beFreeOfCycles().check(SERVICE);
  }
}
