package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.core.evm.EvmRules.StorageRule;
import java.util.List;
import java.util.Optional;

/** Ethereum's rule sets, each as what it changes over its predecessor. */
public final class EthereumRules {
  /** Where Ethereum started. */
  public static final EvmRules FRONTIER = new EvmRules().precompiles(PrecompileSet.FRONTIER);

  /** EIP-2, 7. */
  public static final EvmRules HOMESTEAD =
      new EvmRules("Homestead", FRONTIER)
          .with(r -> r.unpaidCodeFails = true)
          .price(40, DELEGATECALL);

  /** EIP-150. */
  public static final EvmRules TANGERINE_WHISTLE =
      new EvmRules("Tangerine Whistle", HOMESTEAD)
          .with(r -> r.keepsPart = true)
          .price(200, SLOAD)
          .price(400, BALANCE)
          .price(700, EXTCODESIZE, EXTCODECOPY, CALL, CALLCODE, DELEGATECALL)
          .price(5_000, SELFDESTRUCT);

  /** EIP-160, 161, 170. */
  public static final EvmRules SPURIOUS_DRAGON =
      new EvmRules("Spurious Dragon", TANGERINE_WHISTLE)
          .with(r -> r.expByteGas = 50)
          .with(r -> r.emptyIsNothing = true)
          .with(r -> r.codeSizeMax = 24_576);

  /** EIP-140, 196, 197, 198, 211, 214. */
  public static final EvmRules BYZANTIUM =
      new EvmRules("Byzantium", SPURIOUS_DRAGON)
          .price(0, REVERT)
          .price(2, RETURNDATASIZE)
          .price(3, RETURNDATACOPY)
          .price(700, STATICCALL)
          .precompiles(PrecompileSet.BYZANTIUM);

  /** EIP-145, 1014, 1052, 1283. */
  public static final EvmRules CONSTANTINOPLE =
      new EvmRules("Constantinople", BYZANTIUM)
          .with(r -> r.storageRule = StorageRule.NET_FIRST)
          .price(3, SHL, SHR, SAR)
          .price(400, EXTCODEHASH)
          .price(32_000, CREATE2);

  /** EIP-1716: net metering is taken back. Where Klaytn starts, too. */
  public static final EvmRules PETERSBURG =
      new EvmRules("Petersburg", CONSTANTINOPLE).with(r -> r.storageRule = StorageRule.FLAT);

  /** EIP-152, 1108, 1344, 1884, 2028, 2200. */
  public static final EvmRules ISTANBUL =
      new EvmRules("Istanbul", PETERSBURG)
          .with(r -> r.storageRule = StorageRule.NET)
          .price(800, SLOAD)
          .price(700, BALANCE, EXTCODEHASH)
          .price(2, CHAINID)
          .price(5, SELFBALANCE)
          .precompiles(PrecompileSet.ISTANBUL);

  /** EIP-2565, 2929, 2930. */
  public static final EvmRules BERLIN =
      new EvmRules("Berlin", ISTANBUL)
          .with(EthereumRules::chargeAccess)
          .with(r -> r.warmsAccessLists = true)
          .precompiles(PrecompileSet.BERLIN);

  /** EIP-1559, 3198, 3529, 3541. */
  public static final EvmRules LONDON =
      new EvmRules("London", BERLIN)
          .with(EthereumRules::cutRefunds)
          .with(r -> r.rejectsEfCode = true)
          .price(2, BASEFEE);

  /** EIP-4399: 0x44 gives another value, which is the block's business. */
  public static final EvmRules PARIS = new EvmRules("Paris", LONDON);

  /** EIP-3651, 3855, 3860. */
  public static final EvmRules SHANGHAI =
      new EvmRules("Shanghai", PARIS)
          .with(r -> r.initCodeLimited = true)
          .with(r -> r.coinbaseIsWarm = true)
          .price(2, PUSH0);

  /** EIP-1153, 4844, 5656, 6780, 7516. */
  public static final EvmRules CANCUN =
      new EvmRules("Cancun", SHANGHAI)
          .with(r -> r.selfDestructOnlyNew = true)
          .price(StorageOperations.TRANSIENT, TLOAD, TSTORE)
          .price(3, MCOPY, BLOBHASH)
          .price(2, BLOBBASEFEE)
          .precompiles(PrecompileSet.CANCUN);

  /** EIP-2537, 7623, 7702. */
  public static final EvmRules PRAGUE =
      new EvmRules("Prague", CANCUN)
          .with(r -> r.delegation = true)
          .precompiles(PrecompileSet.PRAGUE);

  /** EIP-7823, 7883, 7939, 7951. */
  public static final EvmRules OSAKA =
      new EvmRules("Osaka", PRAGUE).price(5, CLZ).precompiles(PrecompileSet.OSAKA);

  private static final List<EvmRules> ALL =
      List.of(
          FRONTIER,
          HOMESTEAD,
          TANGERINE_WHISTLE,
          SPURIOUS_DRAGON,
          BYZANTIUM,
          CONSTANTINOPLE,
          PETERSBURG,
          ISTANBUL,
          BERLIN,
          LONDON,
          PARIS,
          SHANGHAI,
          CANCUN,
          PRAGUE,
          OSAKA);

  private EthereumRules() {}

  /** All of them, the oldest first. */
  public static List<EvmRules> all() {
    return ALL;
  }

  /** The rule set of a fork's name, such as {@code Cancun}; empty if there is none. */
  public static Optional<EvmRules> byName(String fork) {
    return ALL.stream().filter(rules -> rules.name().equals(fork)).findFirst();
  }

  /** EIP-2929: cold and warm, in place of the prices of single opcodes. */
  static void chargeAccess(EvmRules rules) {
    rules.storageRule = StorageRule.WARM;
    rules.accessCosts = true;
    rules.price(0, SLOAD, BALANCE, EXTCODESIZE, EXTCODECOPY, EXTCODEHASH);
    rules.price(0, CALL, CALLCODE, DELEGATECALL, STATICCALL);
  }

  /** EIP-3529. */
  static void cutRefunds(EvmRules rules) {
    rules.clearRefund = 4_800;
    rules.selfDestructRefund = 0;
    rules.refundQuotient = 5;
  }
}
