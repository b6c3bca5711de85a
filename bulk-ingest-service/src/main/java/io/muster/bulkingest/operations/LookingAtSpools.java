package io.muster.bulkingest.operations;

import com.github.f4b6a3.uuid.util.UuidUtil;
import io.muster.bulkingest.spool.UploadStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** How much is kept on the disk, and since when. */
@ApplicationScoped
class LookingAtSpools {
  private static final int LARGEST = 10;

  private final UploadStore store;

  LookingAtSpools(UploadStore store) {
    this.store = store;
  }

  Overview.Spools all() throws IOException {
    List<Overview.Spool> spools = new ArrayList<>();
    for (UUID job : store.kept()) {
      try {
        // A job's id tells when its upload began.
        spools.add(new Overview.Spool(job, UuidUtil.getInstant(job), store.bytes(job)));
      } catch (NoSuchFileException e) {
        // Closed while we look.
        continue;
      }
    }
    return new Overview.Spools(
        spools.size(),
        spools.stream().mapToLong(Overview.Spool::bytes).sum(),
        spools.stream()
            .map(Overview.Spool::since)
            .min(Comparator.<Instant>naturalOrder())
            .orElse(null),
        spools.stream()
            .sorted(Comparator.comparingLong(Overview.Spool::bytes).reversed())
            .limit(LARGEST)
            .toList());
  }
}
