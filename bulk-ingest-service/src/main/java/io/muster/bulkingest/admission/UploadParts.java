package io.muster.bulkingest.admission;

import io.muster.bulkingest.spool.FileUploadStore;
import io.muster.bulkingest.spool.KeepingSpaceFree;
import io.muster.bulkingest.spool.Spools;
import io.muster.bulkingest.spool.UploadStore;
import io.muster.bulkingest.upload.PasswordSeal;
import io.muster.bulkingest.upload.RowRules;
import io.muster.bulkingest.upload.SplittingAnUpload;
import io.muster.bulkingest.upload.UploadLimits;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.sealing.Keysets;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;

/** Puts reader, rules, store and keys together, once per process. */
final class UploadParts {
  @Produces
  @Singleton
  @Startup
  UploadStore store(SpoolConfig config) throws IOException {
    return new KeepingSpaceFree(
        config.shared()
            ? FileUploadStore.sharedAt(config.directory())
            : FileUploadStore.at(config.directory()),
        () -> Files.getFileStore(config.directory()).getUsableSpace(),
        config.minFreeBytes());
  }

  void close(@Disposes UploadStore store) throws IOException {
    store.close();
  }

  @Produces
  @Singleton
  Keysets keysets(SealingConfig config) throws IOException {
    return Keysets.loadOrCreate(config.keyset());
  }

  @Produces
  @Singleton
  Spools spools(UploadStore store, Keysets keysets) {
    return new Spools(store, keysets);
  }

  @Produces
  @Singleton
  RowRules rules() {
    return new RowRules(new PasswordPolicy());
  }

  @Produces
  @Singleton
  SplittingAnUpload splitting(
      UploadLimits limits,
      UploadStore store,
      Keysets keysets,
      RowRules rules,
      PasswordSeal.ForTenant seals) {
    return new SplittingAnUpload(limits, store, keysets, rules, seals);
  }
}
