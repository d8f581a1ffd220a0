package dev.klay.client.faucet;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.primitive.Address;

/** The address got coins a short while ago; ask again after some blocks. */
public final class FaucetCooldownException extends KlayException {
  private final long blocks;

  FaucetCooldownException(Address address, long blocks) {
    super("Cooldown(" + blocks + (blocks == 1 ? " block) for " : " blocks) for ") + address);
    this.blocks = blocks;
  }

  /** How many blocks must be made before the faucet gives again. */
  public long blocks() {
    return blocks;
  }
}
