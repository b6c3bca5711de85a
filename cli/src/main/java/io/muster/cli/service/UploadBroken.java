package io.muster.cli.service;

import java.io.IOException;

/** The connection broke while a body was on its way: nobody here knows what became of it. */
public final class UploadBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UploadBroken(IOException cause) {
    super("the connection broke during the upload", cause);
  }
}
