package io.muster.user.provisioning.kept;

import io.muster.contracts.command.Stamp;

/** What of an account bears a stamp of its own, and so has a chain of images of its own. */
public enum Facet {
  STATE,
  CREDENTIAL,
  PROPERTIES;

  /**
   * @return who left this facet of the image so; null where the image has nothing of it
   */
  public Stamp stampIn(KeptImage image) {
    return switch (this) {
      case STATE -> image.signIn() == null ? null : image.signIn().stateStamp();
      case CREDENTIAL -> image.signIn() == null ? null : image.signIn().credentialStamp();
      case PROPERTIES -> image.properties() == null ? null : image.properties().propertiesStamp();
    };
  }
}
