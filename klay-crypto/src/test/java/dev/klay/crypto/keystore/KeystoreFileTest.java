package dev.klay.crypto.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSWORD = "abcdef1!".toCharArray();

  @TempDir Path directory;

  private final PrivateKey key = PrivateKey.generate(RANDOM);
  private final Keystore keystore = Keystore.encrypt(key, PASSWORD, KeystoreCost.LIGHT, RANDOM);

  @Tag("S20")
  @Test
  void writesAFileOfItsOwnerOnlyAndNothingElse() throws IOException {
    Path file = directory.resolve("key.json");
    keystore.writeTo(file);
    assertThat(Keystore.read(file)).isEqualTo(keystore);
    assertThat(names()).containsExactly("key.json");
    Assumptions.assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void overwritesOnlyWhenToldTo() throws IOException {
    Path file = directory.resolve("key.json");
    Keystore other = Keystore.encrypt(key, PASSWORD, KeystoreCost.LIGHT, RANDOM);
    other.writeTo(file);
    assertThatThrownBy(() -> keystore.writeTo(file))
        .isInstanceOf(KeystoreFileException.class)
        .hasMessageContaining("exists already");
    assertThat(Keystore.read(file)).isEqualTo(other);
    keystore.replace(file);
    assertThat(Keystore.read(file)).isEqualTo(keystore);
    assertThat(names()).containsExactly("key.json");
  }

  @Test
  void aMissingDirectoryOrFileIsTold() throws IOException {
    assertThatThrownBy(() -> keystore.writeTo(directory.resolve("absent/key.json")))
        .isInstanceOf(KeystoreFileException.class);
    assertThatThrownBy(() -> Keystore.read(directory.resolve("absent.json")))
        .isInstanceOf(KeystoreFileException.class)
        .hasMessageContaining("absent.json");
    assertThat(names()).isEmpty();
  }

  @Test
  void aHugeFileIsNotReadWhole() throws IOException {
    Path file = directory.resolve("huge.json");
    Files.write(file, new byte[KeystoreFile.SIZE_BYTES_MAX + 1]);
    assertThatThrownBy(() -> Keystore.read(file))
        .isInstanceOf(CorruptKeystoreException.class)
        .hasMessageContaining("larger");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
