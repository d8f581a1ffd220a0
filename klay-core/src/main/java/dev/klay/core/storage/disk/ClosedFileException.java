package dev.klay.core.storage.disk;

import java.io.IOException;

/** The file was closed on purpose, perhaps because what it held is no longer kept. */
public final class ClosedFileException extends IOException {
  public ClosedFileException(String name) {
    super("file " + name + " is closed");
  }
}
