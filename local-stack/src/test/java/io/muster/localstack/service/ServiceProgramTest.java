package io.muster.localstack.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProgramTest {
  private static final int MAGIC = 0xF0315432;

  @TempDir private Path folder;
  private ServiceProgram program;

  @BeforeEach
  void aBuild() throws IOException {
    Path app = Files.createDirectory(folder.resolve("quarkus-app"));
    Files.createDirectory(app.resolve("quarkus"));
    program = new ServiceProgram(Files.createFile(app.resolve("quarkus-run.jar")));
    Files.setLastModifiedTime(program.runner(), FileTime.fromMillis(0));
  }

  @Test
  void withAnArchiveTheMainClassOfTheBuildIsRun() throws IOException {
    describe(3, "io.muster.somewhere.Main");
    Files.createFile(program.archive());

    assertThat(program.arguments(folder.resolve("loaded")))
        .endsWith("io.muster.somewhere.Main")
        .doesNotContain("-jar");
  }

  @Test
  void withoutAnArchiveWhatIsLoadedIsWrittenDown() throws IOException {
    describe(3, "io.muster.somewhere.Main");

    assertThat(program.arguments(folder.resolve("loaded")))
        .anyMatch(argument -> argument.startsWith("-Xlog:class+load"))
        .contains("-jar");
  }

  @Test
  void whatAnotherQuarkusDescribesIsRunAsItWantsToBe() throws IOException {
    describe(4, "io.muster.somewhere.Main");
    Files.createFile(program.archive());

    assertThat(program.isArchivable()).isFalse();
    assertThat(program.arguments(folder.resolve("loaded")))
        .containsExactly("-jar", program.runner().toString());
  }

  private void describe(int version, String mainClass) throws IOException {
    Path described = folder.resolve("quarkus-app/quarkus/quarkus-application.dat");
    try (DataOutputStream data = new DataOutputStream(Files.newOutputStream(described))) {
      data.writeInt(MAGIC);
      data.writeInt(version);
      data.writeUTF(mainClass);
    }
  }
}
