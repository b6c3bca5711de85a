package io.muster.bulkingest.admission;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.bulkingest.dispatch.Dispatcher;
import io.muster.bulkingest.dispatch.held.HandedOver;
import io.muster.bulkingest.dispatch.turn.SinglesInLine;
import io.muster.bulkingest.guard.BlastRadius;
import io.muster.bulkingest.job.OwedEvents;
import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.tenants.CheckingQuotas;
import io.muster.bulkingest.upload.IgnoredColumns;
import io.muster.bulkingest.upload.PasswordSeal;
import io.muster.bulkingest.upload.RowRules;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.JobSource;
import io.muster.contracts.job.RequestCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes a single call in as a job of one row: judged by the rules of files, kept sealed beside it.
 */
@ApplicationScoped
public class AdmittingARow {
  /** Nobody knows for longer how long a line will be. */
  private static final long MOST_PATIENCE_SECONDS = 60;

  private final SinglesInLine line;
  private final CheckingQuotas quotas;
  private final RowRules rules;
  private final PasswordSeal.ForTenant seals;
  private final Spools spools;
  private final TenantScope tenants;
  private final Admission admission;
  private final Dispatcher dispatcher;
  private final HandedOver handedOver;
  private final OwedEvents owedEvents;

  AdmittingARow(
      SinglesInLine line,
      CheckingQuotas quotas,
      RowRules rules,
      PasswordSeal.ForTenant seals,
      Spools spools,
      TenantScope tenants,
      Admission admission,
      Dispatcher dispatcher,
      HandedOver handedOver,
      OwedEvents owedEvents) {
    this.line = line;
    this.quotas = quotas;
    this.rules = rules;
    this.seals = seals;
    this.spools = spools;
    this.tenants = tenants;
    this.admission = admission;
    this.dispatcher = dispatcher;
    this.handedOver = handedOver;
    this.owedEvents = owedEvents;
  }

  /**
   * @param fields by column in camelCase; strings, booleans, and a list for licenses
   * @throws RequestRefused when a field isn't one, the row is refused by the rules, or too many
   *     calls came before
   */
  JobSnapshot admit(Map<String, Object> fields, Operation operation, String tenant, Actor actor) {
    AllowedOperations.check(actor, operation);
    line.comeBackAfter()
        .ifPresent(
            wait -> {
              throw tooLong(wait);
            });
    SpooledRow row =
        rules.judge(
            1,
            cells(fields),
            new RowRules.Asked(
                operation,
                actor.roles(),
                List.of(),
                quotas.ofSingleCall(tenant),
                seals.of(tenant)));
    if (row.isRefused()) {
      RowRefusal refusal = row.refusal();
      throw RequestRefused.row(
          refusal.code(),
          refusal.detail(),
          refusal.column() == null ? null : refusal.column().field());
    }
    UUID jobId = UuidCreator.getTimeOrderedEpoch();
    Admission.Candidate candidate = candidate(row, jobId, operation, tenant, actor);
    JobSnapshot job =
        leaseFor(tenant, operation)
            .map(lease -> admitAndHandOver(candidate, lease))
            .orElseGet(() -> admitToBeClaimed(candidate));
    owedEvents.tellLater(tenant, jobId);
    return job;
  }

  /** What removes or disables an account is counted when it is claimed. */
  private Optional<HandedOver.Lease> leaseFor(String tenant, Operation operation) {
    return BlastRadius.counts(operation) ? Optional.empty() : handedOver.leaseFor(tenant);
  }

  private JobSnapshot admitAndHandOver(Admission.Candidate candidate, HandedOver.Lease lease) {
    SpooledRow row = readBack(candidate);
    Admission.Intended admitted = stored(candidate, () -> admission.admit(candidate, lease));
    handedOver.put(new HandedOver.Single(admitted.checkpoint(), candidate.actor(), row));
    return admitted.job();
  }

  /** As whoever takes the job over would read it. */
  private SpooledRow readBack(Admission.Candidate candidate) {
    try {
      return spools.open(candidate.tenant(), candidate.jobId(), candidate.sealedRow());
    } catch (IOException e) {
      throw new UncheckedIOException("what was sealed a moment ago can't be read", e);
    }
  }

  private JobSnapshot admitToBeClaimed(Admission.Candidate candidate) {
    JobSnapshot job = stored(candidate, () -> admission.admit(candidate));
    dispatcher.wakeUp();
    return job;
  }

  /** What stores the job. */
  @FunctionalInterface
  private interface Storing<T> {
    T store() throws SQLException;
  }

  private <T> T stored(Admission.Candidate candidate, Storing<T> storing) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              tenants.enter(candidate.tenant());
              try {
                return storing.store();
              } catch (SQLException e) {
                throw new IllegalStateException("a job could not be stored", e);
              }
            });
  }

  private static RequestRefused tooLong(Duration line) {
    return RequestRefused.because(
            RequestCode.TOO_MANY_REQUESTS,
            "More calls on single users are waiting than the system does in a moment: try again"
                + " after Retry-After seconds, or put many users into one file.")
        .with(Problem.RETRY_AFTER, (int) Math.min(MOST_PATIENCE_SECONDS, line.toSeconds() + 1));
  }

  private Admission.Candidate candidate(
      SpooledRow row, UUID jobId, Operation operation, String tenant, Actor actor) {
    return new Admission.Candidate(
        jobId,
        tenant,
        actor,
        JobSource.SINGLE,
        operation,
        Map.of(operation, 1L),
        row.licenses(),
        null,
        1,
        Map.of(),
        IgnoredColumns.of(row),
        Duration.ofSeconds(1),
        row.sealedPassword() == null ? null : AdmittingAFile.secretsUntil(jobId),
        spools.seal(tenant, jobId, row),
        Admission.Terms.PLAIN);
  }

  /**
   * What a file would have in its columns.
   *
   * @param fields by column in camelCase; strings, booleans, and a list for licenses
   * @throws RequestRefused INVALID_REQUEST when a field isn't one
   */
  public static Map<Column, String> cells(Map<String, Object> fields) {
    if (fields == null) {
      throw RequestRefused.invalid(
          "userPrincipalName", "Send a JSON object with the user's fields.");
    }
    Map<Column, String> cells = new EnumMap<>(Column.class);
    fields.forEach(
        (field, value) -> {
          Column column =
              Column.ofField(field)
                  // The call itself names the operation.
                  .filter(named -> named != Column.ACTION)
                  .orElseThrow(
                      () -> RequestRefused.invalid(field, "There is no field of this name."));
          if (value != null) {
            cells.put(column, cell(field, value));
          }
        });
    return cells;
  }

  private static String cell(String field, Object value) {
    if (value instanceof Collection<?> many) {
      return many.stream().map(String::valueOf).collect(Collectors.joining(";"));
    }
    if (value instanceof Map) {
      throw RequestRefused.invalid(field, "This field takes a text, not an object.");
    }
    return String.valueOf(value);
  }
}
