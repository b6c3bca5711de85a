package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.SpoolWriter;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.bulkingest.upload.header.FindingTheHeader;
import io.muster.bulkingest.upload.text.RowSplitter;
import io.muster.bulkingest.upload.text.UploadBytes;
import io.muster.bulkingest.upload.text.UploadText;
import io.muster.chassis.problem.RequestRefused;
import io.muster.chassis.stage.Stage;
import io.muster.contracts.job.JobSnapshot;
import io.muster.contracts.job.RequestCode;
import io.muster.contracts.result.RowCode;
import io.muster.sealing.Keysets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Turns a stream of bytes into a sealed spool of validated rows, with the same few megabytes of
 * memory whatever the file's size. Thread-safe.
 */
public final class SplittingAnUpload {
  private final UploadLimits limits;
  private final UploadStore store;
  private final Keysets keysets;
  private final RowRules rules;
  private final PasswordSeal.ForTenant seals;

  public SplittingAnUpload(
      UploadLimits limits,
      UploadStore store,
      Keysets keysets,
      RowRules rules,
      PasswordSeal.ForTenant seals) {
    this.limits = limits;
    this.store = store;
    this.keysets = keysets;
    this.rules = rules;
    this.seals = seals;
  }

  /**
   * Reads the body to its end. Whatever is thrown, nothing is left behind.
   *
   * @param body not closed here
   * @throws RequestRefused when the file can't be used as a whole: EMPTY_FILE, UNREADABLE_FILE,
   *     NO_HEADER, TOO_LARGE, or INVALID_REQUEST for a column to fill that isn't one
   * @throws IOException when the body broke off, or the store can't write
   */
  public SplitUpload split(InputStream body, UploadRequest request) throws IOException {
    String[] fill = CellsToFill.of(request.fill());
    UploadBytes bytes = new UploadBytes(body, request.contentEncoding(), limits);
    UploadText text = new UploadText(bytes);
    RowSplitter rows = new RowSplitter(text, limits);
    FindingTheHeader.Found found = new FindingTheHeader(limits).in(rows);
    RowsOfAFile file =
        new RowsOfAFile(
            rows, found.header(), limits, rules, request, fill, seals.of(request.tenant()));
    UploadStore.Draft draft = store.draft(request.jobId());
    try {
      Map<RowCode, Long> refused = spool(file, draft, request);
      return new SplitUpload(
          file.total(),
          file.commands(),
          file.givenPasswords(),
          file.holdsSecrets(),
          refused,
          file.operations(),
          new JobSnapshot.UploadedFile(
              request.fileName(),
              bytes.count(),
              bytes.sha256(),
              text.encoding(),
              String.valueOf(found.delimiter()),
              found.header().recognised(),
              found.header().unknown()),
          file.notices(),
          draft);
    } catch (IOException | RuntimeException | Error e) {
      try {
        draft.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private Map<RowCode, Long> spool(RowsOfAFile file, UploadStore.Draft draft, UploadRequest request)
      throws IOException {
    try (SpoolWriter writer =
        new SpoolWriter(draft, keysets, request.tenant(), request.jobId(), limits.sortBytes())) {
      long begin = System.nanoTime();
      long writing = 0;
      for (SpooledRow row = file.next(); row != null; row = file.next()) {
        if (row.row() > Math.min(limits.maxRows(), request.allowance().maxRows())) {
          throw tooManyRows(request);
        }
        long before = System.nanoTime();
        writer.write(row);
        writing += System.nanoTime() - before;
      }
      Stage.PARSE.took(System.nanoTime() - begin - writing);
      long finishing = System.nanoTime();
      Map<RowCode, Long> refused = writer.finish();
      Stage.SPOOL.took(writing + System.nanoTime() - finishing);
      return refused;
    }
  }

  private RequestRefused tooManyRows(UploadRequest request) {
    boolean ofTenant = request.allowance().maxRows() < limits.maxRows();
    return RequestRefused.because(
        RequestCode.TOO_LARGE,
        ofTenant
            ? "The file has more rows than "
                + request.allowance().maxRows()
                + ", this tenant's quota for one job: split it, or ask the operators for more."
            : "The file has more than "
                + limits.maxRows()
                + " rows, the limit of one upload: split it.");
  }
}
