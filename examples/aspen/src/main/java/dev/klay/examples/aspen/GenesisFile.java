package dev.klay.examples.aspen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.InvalidGenesisException;
import dev.klay.core.execution.RegistryContract;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The chain of a Klaytn genesis.json. Where its validators are those whose keys are published, it
 * is a chain of our own and goes on; any other was made by Klaytn's nodes, and is imported and
 * read.
 */
final class GenesisFile {
  /** A node's dump of a state beside the genesis file, as {@code debug_dumpBlock} gives it. */
  private static final String DUMP = "final-state.json";

  private GenesisFile() {}

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read
   * @throws InvalidGenesisException naming what is wrong in it
   */
  static ChainSpec read(Path file) throws IOException {
    Genesis genesis = Genesis.parse(Files.readString(file));
    return isOurs(genesis)
        ? ChainSpec.ofGenesis(genesis)
        : ChainSpec.klaytn(withRegistryCode(genesis, file));
  }

  private static boolean isOurs(Genesis genesis) {
    return !genesis.validators().isEmpty()
        && genesis.validators().stream()
            .allMatch(
                validator -> {
                  Optional<PrivateKey> key = DevKeys.ofValidator(validator);
                  key.ifPresent(PrivateKey::close);
                  return key.isPresent();
                });
  }

  /**
   * The code of the registry contract, which every Klaytn node has built in and this program has
   * not, where the genesis file lacks it: from a state dump beside the file. Whether it is the
   * right one its hash says.
   */
  private static Genesis withRegistryCode(Genesis genesis, Path file) throws IOException {
    boolean isMissing = genesis.registry().filter(known -> known.code().isEmpty()).isPresent();
    Path dump = file.toAbsolutePath().resolveSibling(DUMP);
    if (!isMissing || !Files.isReadable(dump)) {
      return genesis;
    }
    JsonNode accounts = new JsonMapper().readTree(dump.toFile()).path("accounts");
    String hex = accounts.path(RegistryContract.ADDRESS.toHex().substring(2)).path("code").asText();
    try {
      Bytes code = Bytes.fromHex("0x" + hex);
      return RegistryContract.isRightCode(code) ? genesis.withRegistryCode(code) : genesis;
    } catch (DecodingException noCode) {
      return genesis;
    }
  }
}
