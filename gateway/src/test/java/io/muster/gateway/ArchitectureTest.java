package io.muster.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom: counting knows nobody, showing knows counting, submitting knows both. */
class ArchitectureTest {
  private static final JavaClasses GATEWAY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.muster.gateway");

  @Test
  void countingKnowsNobodyWhoShows() {
    matches("track");
    noClasses()
        .that()
        .resideInAPackage("..gateway.track..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..gateway.status..",
            "..gateway.submit..",
            "..gateway.directory..",
            "..gateway.access..")
        .check(GATEWAY);
  }

  @Test
  void showingKnowsNobodyWhoSubmits() {
    matches("status");
    noClasses()
        .that()
        .resideInAnyPackage("..gateway.status..", "..gateway.directory..", "..gateway.access..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..gateway.submit..")
        .check(GATEWAY);
  }

  @Test
  void thereIsNoRoomForOddsAndEnds() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..common..", "..dto..", "..mapper..", "..model..", "..impl..")
        .check(GATEWAY);
  }

  /** A rule about nobody would hold for ever. */
  private static void matches(String step) {
    assertThat(GATEWAY.stream())
        .anyMatch(type -> type.getPackageName().startsWith("io.muster.gateway." + step));
  }
}
