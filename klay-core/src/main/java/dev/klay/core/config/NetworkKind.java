package dev.klay.core.config;

/** What a chain is for, and so what its nodes may do. */
public enum NetworkKind {
  /** For one developer or test: everything is allowed. */
  DEVELOPMENT,
  /** For partners to try: coins are worthless, a faucet and published keys are fine. */
  TEST,
  /** Real value: no faucet, no published keys, no cheats. */
  MAIN
}
