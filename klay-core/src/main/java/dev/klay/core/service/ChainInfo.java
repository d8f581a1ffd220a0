package dev.klay.core.service;

import dev.klay.core.config.ChainSpec;
import dev.klay.crypto.primitive.Hash;

/** What never changes of a chain. */
public record ChainInfo(ChainSpec spec, Hash genesisHash) {
  public long chainId() {
    return spec.chainId();
  }
}
