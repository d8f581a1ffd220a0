package dev.klay.core.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Replaces a small file in one step: after a crash it has the old content or the new. */
final class WholeFile {
  private WholeFile() {}

  static void replace(FileStore files, String name, byte[] content) throws IOException {
    String unfinished = name + Schema.UNFINISHED;
    try (StoreFile file = files.open(unfinished)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(content), 0);
      file.sync();
    }
    files.rename(unfinished, name);
    files.sync();
  }
}
