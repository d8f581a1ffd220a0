package dev.klay.core.config;

import dev.klay.core.account.Account;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one chain, with which another one begins: balances, nonces, keys, code and
 * storage. Immutable. Two are equal if they were taken at one place and come to the same state.
 *
 * <p>Nonces go along: with them at zero, an account would make its contracts at addresses that are
 * taken. Accounts are known by the hashes of their addresses only, as the state itself knows them.
 */
public final class CarriedState {
  private final StateOrigin origin;
  private final Optional<WorldState> state;

  private CarriedState(StateOrigin origin, Optional<WorldState> state) {
    this.origin = origin;
    this.state = state;
  }

  /**
   * A state that is here.
   *
   * @throws IllegalArgumentException if it has another root than was said
   */
  public static CarriedState of(StateOrigin origin, WorldState state) {
    if (!state.rootHash().equals(origin.stateRoot())) {
      throw new IllegalArgumentException(
          "the state has the root " + state.rootHash() + ", not " + origin.stateRoot());
    }
    return new CarriedState(origin, Optional.of(state));
  }

  /** A state of which only this is known, until its file was read. */
  static CarriedState announced(StateOrigin origin) {
    return new CarriedState(origin, Optional.empty());
  }

  /** Where it was taken, and what it comes to. */
  public StateOrigin origin() {
    return origin;
  }

  /**
   * The accounts.
   *
   * @throws StateNotLoadedException if only their root is known here
   */
  public WorldState state() {
    return state.orElseThrow(() -> new StateNotLoadedException(origin));
  }

  /**
   * The same without some accounts and all that they own, which is supply no more; those that it
   * does not have are passed over. A chain of kind MAIN must not take along what anybody can spend:
   * {@code without(DevKeys.publishedAddresses())}.
   */
  public CarriedState without(Collection<Address> accounts) {
    WorldState left = state();
    Amount supply = origin.supply();
    for (Address address : accounts) {
      supply = supply.minus(left.balance(address));
      left = left.without(address);
    }
    return of(origin.with(left.rootHash(), supply), left);
  }

  /** The first of these accounts that the state has. */
  Optional<Address> firstOf(Collection<Address> accounts) {
    return accounts.stream().filter(address -> state().exists(address)).findFirst();
  }

  Optional<Account> account(Address address) {
    return state().account(address);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CarriedState carried && origin.equals(carried.origin);
  }

  @Override
  public int hashCode() {
    return origin.hashCode();
  }

  @Override
  public String toString() {
    return origin.toString();
  }
}
