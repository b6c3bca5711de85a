package io.muster.bulkingest.orders;

import io.muster.bulkingest.spool.SpoolWriter;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.spool.StoreFull;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.bulkingest.upload.UploadLimits;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.sealing.Keysets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Makes a spool of the rows of orders. */
@ApplicationScoped
class SpoolingOrders {
  private static final Logger LOG = Logger.getLogger(SpoolingOrders.class);

  private final UploadStore store;
  private final Keysets keysets;
  private final UploadLimits limits;

  SpoolingOrders(UploadStore store, Keysets keysets, UploadLimits limits) {
    this.store = store;
    this.keysets = keysets;
    this.limits = limits;
  }

  /**
   * Returns when the rows are on the disk. Until a job is admitted for them, they are the caller's
   * to discard; a crash leaves them to the sweep at the next start.
   *
   * @param rows numbered from 1
   * @throws RequestRefused UNAVAILABLE when there is no room, or the disk failed
   */
  void spool(List<SpooledRow> rows, String tenant, UUID jobId) {
    try (UploadStore.Draft draft = store.draft(jobId)) {
      try (SpoolWriter writer =
          new SpoolWriter(draft, keysets, tenant, jobId, limits.sortBytes()).withRepeats()) {
        for (SpooledRow row : rows) {
          writer.write(row);
        }
        var unused = writer.finish();
      }
      draft.keep();
    } catch (StoreFull e) {
      throw e.refusal();
    } catch (IOException e) {
      LOG.warnf("orders could not be stored: %s", e.getClass().getName());
      throw RequestRefused.because(
          RequestCode.UNAVAILABLE, "The request could not be stored: send it again.");
    }
  }
}
