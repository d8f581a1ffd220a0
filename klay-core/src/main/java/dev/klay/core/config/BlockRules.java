package dev.klay.core.config;

/**
 * The rules of one block of a chain: forks by its number, parameters by the governance before it.
 *
 * @param parameters of everything but the reward
 * @param rewardParameters of the reward; before Kore an epoch block uses older ones, as Klaytn
 * @param fixedPriceEnforced whether a block may hold no transaction with another price than the
 *     unit price before Magma; Klaytn leaves that to the pools
 * @param impersonation whether a block may hold transactions that nobody signed: on development
 *     chains that were started so, never elsewhere
 */
public record BlockRules(
    long chainId,
    long number,
    ForkSchedule forks,
    GovernanceParameters parameters,
    GovernanceParameters rewardParameters,
    boolean fixedPriceEnforced,
    boolean impersonation) {
  /** Rules under which every transaction is signed. */
  public BlockRules(
      long chainId,
      long number,
      ForkSchedule forks,
      GovernanceParameters parameters,
      GovernanceParameters rewardParameters,
      boolean fixedPriceEnforced) {
    this(chainId, number, forks, parameters, rewardParameters, fixedPriceEnforced, false);
  }

  /** Whether the fork's rules hold. */
  public boolean has(Fork fork) {
    return forks.isActive(fork, number);
  }
}
