package dev.klay.core.config;

import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Hash;
import java.util.List;

/**
 * Where a state that a chain starts from was taken, and what it must come to.
 *
 * @param chainId of the chain that it was taken from
 * @param genesisHash of that chain
 * @param height of the block behind which it was taken
 * @param blockHash of that block
 * @param time of that block, unix time in seconds
 * @param stateRoot of the state as it is carried on
 * @param supply what its accounts own together
 * @param validators of the block that would have followed, ascending
 */
public record StateOrigin(
    long chainId,
    Hash genesisHash,
    long height,
    Hash blockHash,
    long time,
    Hash stateRoot,
    Amount supply,
    List<Address> validators) {
  public StateOrigin {
    if (chainId < 1 || height < 0 || time < 0) {
      throw new IllegalArgumentException(
          "no chain " + chainId + " had a block " + height + " at " + time);
    }
    validators = List.copyOf(validators);
  }

  StateOrigin with(Hash newStateRoot, Amount newSupply) {
    return new StateOrigin(
        chainId, genesisHash, height, blockHash, time, newStateRoot, newSupply, validators);
  }

  @Override
  public String toString() {
    return "state " + stateRoot + " of chain " + chainId + " behind block " + height;
  }
}
