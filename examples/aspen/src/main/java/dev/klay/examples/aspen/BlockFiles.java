package dev.klay.examples.aspen;

import dev.klay.core.service.ImportedChain;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Moves blocks between a chain that is not sealed meanwhile and files. */
final class BlockFiles {
  private BlockFiles() {}

  /** Imports a file and shows how far it is. */
  static void importFile(ImportedChain chain, Path file, PrintWriter out) throws IOException {
    ImportProgress progress = new ImportProgress(out, Files.size(file), System::nanoTime);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      progress.show(chain.importBlocks(in, progress));
    }
  }

  /** Writes all blocks behind the genesis. The file appears when it is complete. */
  static void exportFile(ImportedChain chain, Path file, PrintWriter out) throws IOException {
    long last = chain.head().number();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part))) {
      if (last > 0) {
        chain.exportBlocks(to, 1, last, number -> {});
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    out.printf("export: blocks 1 to %d, %d bytes, in %s%n", last, Files.size(file), file);
    out.flush();
  }
}
