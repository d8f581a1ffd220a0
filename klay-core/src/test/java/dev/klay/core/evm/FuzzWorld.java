package dev.klay.core.evm;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.state.StateUpdater;
import dev.klay.core.state.WorldState;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A small world by chance: contracts that call each other, and messages for them. */
final class FuzzWorld {
  private static final List<EvmRules> RULES =
      List.of(
          EthereumRules.ISTANBUL,
          EthereumRules.BERLIN,
          EthereumRules.LONDON,
          EthereumRules.SHANGHAI,
          EthereumRules.CANCUN,
          EthereumRules.PRAGUE,
          EthereumRules.OSAKA,
          EthereumRules.OSAKA,
          KlaytnRules.CONSTANTINOPLE,
          KlaytnRules.ISTANBUL,
          KlaytnRules.KORE,
          KlaytnRules.SHANGHAI,
          KlaytnRules.CANCUN,
          KlaytnRules.PRAGUE,
          KlaytnRules.OSAKA);
  private static final int CONTRACTS = 4;
  private static final int MESSAGES = 3;
  private static final int GAS_MAX = 300_000;

  final EvmRules rules;
  final List<Message> messages = new ArrayList<>();
  private final List<Address> contracts = new ArrayList<>();
  private final List<Bytes> codes = new ArrayList<>();
  private final long seed;

  FuzzWorld(long seed) {
    this.seed = seed;
    Random random = new Random(seed);
    rules = RULES.get(random.nextInt(RULES.size()));
    for (int i = 0; i < CONTRACTS; i++) {
      contracts.add(PrecompileSet.address(0xc0de + i));
    }
    List<Address> callable = new ArrayList<>(contracts);
    callable.add(MiniMachine.CALLER);
    callable.add(PrecompileSet.address(0xbeef)); // nobody
    for (int i = 0; i < CONTRACTS; i++) {
      codes.add(new ProgramGenerator(random, callable).program());
    }
    for (int i = 0; i < MESSAGES; i++) {
      boolean creates = random.nextInt(8) == 0;
      messages.add(
          new Message(
              MiniMachine.CALLER,
              creates ? Optional.empty() : Optional.of(contracts.get(random.nextInt(CONTRACTS))),
              Amount.peb(random.nextInt(3)),
              creates ? codes.get(0) : input(random),
              20_000 + random.nextInt(GAS_MAX)));
    }
  }

  private static Bytes input(Random random) {
    byte[] input = new byte[random.nextInt(100)];
    random.nextBytes(input);
    return Bytes.wrap(input);
  }

  /** The world before the messages, made anew with code that nobody has analysed. */
  WorldState state() {
    Random random = new Random(~seed);
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    updater.addBalance(MiniMachine.CALLER, Amount.peb(1_000_000));
    for (int i = 0; i < CONTRACTS; i++) {
      Address contract = contracts.get(i);
      updater.createContract(contract);
      updater.setNonce(contract, 1);
      updater.addBalance(contract, Amount.peb(random.nextInt(100)));
      CodeInfo info = random.nextBoolean() ? CodeInfo.ISTANBUL : CodeInfo.BEFORE_ISTANBUL;
      updater.setCode(contract, Code.of(codes.get(i), info));
      for (int slot = 0; slot < 4; slot++) {
        updater.setStorage(contract, UInt256.of(slot), UInt256.of(random.nextInt(3)));
      }
    }
    return updater.build(true);
  }

  @Override
  public String toString() {
    return "seed " + seed + " under " + rules + ", codes " + codes + ", " + messages;
  }
}
