package io.muster.bulkingest.hr.event;

import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.chassis.hr.UnfitEvent;
import io.muster.contracts.hr.HrEvent;
import io.muster.sealing.Keysets;
import io.muster.sealing.SealBroken;
import io.muster.sealing.SealedFor;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Events that are kept for later: readable to this service alone, under their number. */
@Singleton
public class SealedEvents {
  private static final String PURPOSE = "hr-event";

  private final Keysets keysets;
  private final ReadingHrEvents reading = new ReadingHrEvents();

  SealedEvents(Keysets keysets) {
    this.keysets = keysets;
  }

  public byte[] seal(String tenant, long number, HrEvent event) {
    return keysets.bytes().seal(ReadingHrEvents.write(event), belongsTo(tenant, number));
  }

  /**
   * @throws IllegalStateException when it was altered, or belongs to another tenant or number
   */
  public HrEvent open(String tenant, long number, byte[] sealed) {
    try {
      return reading.structured(keysets.bytes().open(sealed, belongsTo(tenant, number)));
    } catch (SealBroken | UnfitEvent e) {
      throw new IllegalStateException("event " + number + " of HR can't be opened", e);
    }
  }

  private static SealedFor belongsTo(String tenant, long number) {
    return new SealedFor(tenant, new UUID(0, number), PURPOSE);
  }
}
