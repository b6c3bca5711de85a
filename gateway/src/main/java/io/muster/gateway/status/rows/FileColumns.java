package io.muster.gateway.status.rows;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSnapshot.UploadedFile;
import io.muster.gateway.access.Sight;
import io.muster.gateway.status.FindingJobs;
import io.muster.gateway.status.JobView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which columns a job's rows have in a file that goes out: the recognised ones of its own file in
 * the file's order, of its parent's file for a child job, or all that its operations know.
 */
@ApplicationScoped
class FileColumns {
  static final String PASSWORD = "Password";
  static final String PASSWORD_HASH = "PasswordHash";

  /** A child of a child of a child; nobody has more. */
  private static final int MOST_ANCESTORS = 20;

  private final FindingJobs finding;

  FileColumns(FindingJobs finding) {
    this.finding = finding;
  }

  /** Canonical names, each once; a hash comes back as a password to be entered again. */
  List<String> of(JobView view) {
    JobSnapshot job = view.job();
    for (int i = 0; i < MOST_ANCESTORS; i++) {
      UploadedFile file = job.file();
      if (file != null && !file.columns().isEmpty()) {
        return file.columns().stream()
            .map(column -> column.equals(PASSWORD_HASH) ? PASSWORD : column)
            .distinct()
            .toList();
      }
      Optional<JobSnapshot> parent = parent(job.tenant(), job.parent());
      if (parent.isEmpty()) {
        break;
      }
      job = parent.get();
    }
    return known(view.job());
  }

  /** Whose job the parent was doesn't matter here: only its columns are taken from it. */
  private Optional<JobSnapshot> parent(String tenant, UUID parent) {
    return parent == null
        ? Optional.empty()
        : finding.find(new Sight(tenant, null, false), parent).map(JobView::job);
  }

  private static List<String> known(JobSnapshot job) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    operations.addAll(job.operations().keySet());
    if (job.operation() != null) {
      operations.add(job.operation());
    }
    Set<String> columns = new LinkedHashSet<>();
    columns.add("UserPrincipalName");
    if (job.operation() == null) {
      columns.add("Action");
    }
    for (Operation operation : operations) {
      columns(operation).forEach(columns::add);
    }
    return List.copyOf(columns);
  }

  private static Stream<String> columns(Operation operation) {
    Stream<String> properties = AccountProperty.inFiles().stream().map(AccountProperty::column);
    return switch (operation) {
      case ADD ->
          Stream.concat(
              properties, Stream.of(PASSWORD, "MustChangePassword", "BlockSignIn", "Protected"));
      case SET -> Stream.concat(properties, Stream.of("Protected"));
      case ENABLE -> Stream.of(PASSWORD, "MustChangePassword", "Licenses");
      case SET_PASSWORD -> Stream.of(PASSWORD, "MustChangePassword");
      case SET_LICENSES -> Stream.of("Licenses");
      case REMOVE, RESTORE, DISABLE -> Stream.empty();
    };
  }
}
