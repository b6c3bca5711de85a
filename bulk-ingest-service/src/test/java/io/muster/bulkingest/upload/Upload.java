package io.muster.bulkingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.muster.bulkingest.spool.FileUploadStore;
import io.muster.bulkingest.spool.SpoolReader;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.Spools;
import io.muster.chassis.access.Roles;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.contracts.command.Operation;
import io.muster.sealing.Keysets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Uploads a file into a store of its own and reads back what became of it. */
public final class Upload implements AutoCloseable {
  private static final Keysets KEYSETS = Keysets.inMemory();
  private static final RowRules RULES = new RowRules(new PasswordPolicy());

  private final FileUploadStore store;
  private UploadLimits limits = TestLimits.DEFAULT;
  private Set<String> roles = Set.of(Roles.TENANT_ADMIN);
  private List<String> licenses = List.of();
  private Map<String, String> fill = Map.of();
  private Allowance allowance = Allowance.UNLIMITED;
  private String contentEncoding;
  private Operation operation = Operation.ADD;

  public Upload(Path directory) throws IOException {
    this.store = FileUploadStore.at(directory);
  }

  /** What came of it. */
  public record Outcome(SplitUpload split, List<SpooledRow> rows) {
    public SpooledRow row(int number) {
      return rows.get(number - 1);
    }
  }

  Upload limits(UploadLimits newLimits) {
    this.limits = newLimits;
    return this;
  }

  Upload roles(String... newRoles) {
    this.roles = Set.of(newRoles);
    return this;
  }

  Upload allowance(Allowance ofTenant) {
    this.allowance = ofTenant;
    return this;
  }

  Upload operation(Operation asked) {
    this.operation = asked;
    return this;
  }

  /** Stands in for a seal; the real one is tried in sealing's tests and by the whole system. */
  static String sealed(String userPrincipalName, String password) {
    return "sealed for " + userPrincipalName + ", " + password.length() + " characters";
  }

  Upload licenses(String... skus) {
    this.licenses = List.of(skus);
    return this;
  }

  Upload fill(String column, String value) {
    return fill(Map.of(column, value));
  }

  Upload fill(Map<String, String> values) {
    this.fill = values;
    return this;
  }

  Upload contentEncoding(String header) {
    this.contentEncoding = header;
    return this;
  }

  Outcome of(String... lines) throws IOException {
    return of(UTF_8, String.join("\n", lines));
  }

  Outcome of(Charset charset, String text) throws IOException {
    return of(text.getBytes(charset));
  }

  Outcome of(byte[] bytes) throws IOException {
    return of(new ByteArrayInputStream(bytes));
  }

  public Outcome of(InputStream body) throws IOException {
    UUID job = UUID.randomUUID();
    SplittingAnUpload splitting =
        new SplittingAnUpload(limits, store, KEYSETS, RULES, tenant -> Upload::sealed);
    UploadRequest request =
        new UploadRequest(
            "contoso",
            job,
            operation,
            roles,
            licenses,
            fill,
            allowance,
            contentEncoding,
            "people.csv");
    try (SplitUpload split = splitting.split(body, request)) {
      split.durable();
      List<SpooledRow> rows = new ArrayList<>();
      try (SpoolReader reader = new Spools(store, KEYSETS).open("contoso", job)) {
        for (SpooledRow row = reader.next(); row != null; row = reader.next()) {
          rows.add(row);
        }
      }
      return new Outcome(split, rows);
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
