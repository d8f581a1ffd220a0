package dev.klay.core.importing;

import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.config.Genesis;
import dev.klay.core.config.RandaoRegistry;
import dev.klay.core.execution.RegistryContract;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a fork changes in the state at the end of its first block, after the reward: Randao installs
 * the registry contract where the genesis file names one.
 *
 * <p>The registry's runtime code is a constant of the protocol, compiled from the source that
 * KIP-149 publishes (CC0). It is read from the resource {@value #CODE} beside this class, as
 * hexadecimal digits in lines; without it a chain that needs it stops in front of the fork and says
 * so.
 */
final class ForkUpgrades {
  static final String CODE = "kip149-registry.hex";

  private static final Consumer<StateUpdater> NOTHING = state -> {};

  private final Optional<RandaoRegistry> registry;
  private final Optional<Bytes> registryCode;

  ForkUpgrades(Genesis genesis, Optional<Bytes> registryCode) {
    this.registry = genesis.registry();
    this.registryCode = registryCode;
  }

  ForkUpgrades(Genesis genesis) {
    this(genesis, readCode());
  }

  private static Optional<Bytes> readCode() {
    try (InputStream resource = ForkUpgrades.class.getResourceAsStream(CODE)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(
              Bytes.wrap(
                  Hex.decode(
                      new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                          .replaceAll("\\s", ""))));
    } catch (IOException e) {
      throw new UncheckedIOException("the registry's code cannot be read", e);
    }
  }

  /** What keeps the block from being executed here, empty if nothing. */
  Optional<InvalidBlock> missing(BlockRules rules) {
    return installs(rules) && registryCode.isEmpty()
        ? HeaderRules.invalid(
            InvalidBlock.Reason.RANDAO,
            "this block installs the registry contract, whose code this program does not carry ("
                + CODE
                + ")")
        : Optional.empty();
  }

  /** The change of the state; the block has passed {@link #missing}. */
  Consumer<StateUpdater> at(BlockRules rules) {
    return installs(rules)
        ? state ->
            RegistryContract.install(state, registry.orElseThrow(), registryCode.orElseThrow())
        : NOTHING;
  }

  private boolean installs(BlockRules rules) {
    long first = rules.forks().firstBlock(Fork.RANDAO).orElse(-1);
    return registry.isPresent() && first > 0 && rules.number() == first;
  }
}
