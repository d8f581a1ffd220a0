package dev.klay.core.storage.disk;

import dev.klay.core.storage.ChainIdentity;
import dev.klay.core.storage.CorruptStoreException;
import dev.klay.core.storage.ForeignStoreException;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file that says what the others are; see {@link Schema}. */
final class Manifest {
  private static final int SIZE_MAX = 4096;
  private static final String PARAMETERS = "parameters ";

  private static final Pattern STORE_FILE =
      Pattern.compile("HEAD|INDEX|(states|index)-.*|.*\\.new");

  private Manifest() {}

  /** Makes sure that the files hold a store of this chain, an empty new one if they hold none. */
  static String check(FileStore files, ChainIdentity chain) throws IOException {
    List<String> names = files.list();
    if (!names.contains(Schema.MANIFEST)) {
      create(files, names, chain);
    }
    for (String name : files.list()) {
      if (name.endsWith(Schema.UNFINISHED)) {
        files.delete(name);
      }
    }
    return load(files, chain);
  }

  private static void create(FileStore files, List<String> names, ChainIdentity chain)
      throws IOException {
    if (names.stream().anyMatch(name -> name.startsWith(Schema.BLOCKS))) {
      throw new CorruptStoreException(
          "there are blocks but no MANIFEST: a restore that did not end, or files are missing");
    }
    for (String name : names) {
      if (STORE_FILE.matcher(name).matches()) {
        files.delete(name); // of a store or a restore that never came to be
      }
    }
    HeadFile.create(files);
    WholeFile.replace(files, Schema.MANIFEST, text(chain).getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(ChainIdentity chain) {
    String content = "klay-store " + Schema.VERSION + "\nchain " + chain.chainId();
    content += "\nseal " + chain.sealRule().id() + "\n";
    content += chain.parametersHash().map(hash -> PARAMETERS + hash.toHex() + "\n").orElse("");
    return content + "crc32c " + sum(content) + "\n";
  }

  private static String sum(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    return Integer.toHexString(Schema.sum(0, bytes, 0, bytes.length));
  }

  private static String load(FileStore files, ChainIdentity chain) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(SIZE_MAX);
    try (StoreFile file = files.open(Schema.MANIFEST)) {
      file.read(content, 0);
    }
    String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
    int sumAt = text.indexOf("crc32c ");
    if (sumAt < 0
        || !text.equals(
            text.substring(0, sumAt) + "crc32c " + sum(text.substring(0, sumAt)) + "\n")) {
      throw new CorruptStoreException("file MANIFEST is damaged; the other files may be intact");
    }
    String stored = text.substring(0, sumAt);
    Optional<Hash> parameters = parameters(stored);
    boolean known = parameters.isPresent() && chain.parametersHash().isPresent();
    if (known && !parameters.equals(chain.parametersHash())) {
      throw new ForeignStoreException(
          "the chain in this store was made with other parameters: proposer policy or weights,"
              + " periods, drift, size or gas of blocks; start with the specification or genesis"
              + " file that it was made with");
    }
    if (!text.equals(text(new ChainIdentity(chain.chainId(), chain.sealRule(), parameters)))) {
      throw new ForeignStoreException(
          "this is another store than one of version "
              + Schema.VERSION
              + " for "
              + chain
              + ": "
              + stored.replace('\n', ' '));
    }
    return text;
  }

  /** Stores of older programs do not tell. */
  private static Optional<Hash> parameters(String stored) {
    int at = stored.indexOf(PARAMETERS);
    if (at < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Hash.fromHex(stored.substring(at + PARAMETERS.length()).strip()));
    } catch (DecodingException e) {
      throw new CorruptStoreException("file MANIFEST names no parameters: " + e.getMessage(), e);
    }
  }
}
