package dev.klay.client.junit;

import dev.klay.core.config.ChainSpec;
import java.util.function.Supplier;

/** The rules of a {@link KlayTest} that names no others: those of {@code KlayChain.inMemory()}. */
public final class DevelopmentSpec implements Supplier<ChainSpec> {
  @Override
  public ChainSpec get() {
    return ChainSpec.development();
  }
}
