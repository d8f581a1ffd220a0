package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.core.account.CodeInfo;
import dev.klay.core.config.BlockRules;
import dev.klay.core.config.Fork;
import dev.klay.core.evm.EvmRules.StorageRule;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Klaytn's rule sets ({@code klaytn-evm.md}), each as what it changes over its predecessor. They
 * are Ethereum's, but for the forks that bring them in, the computation cost, the addresses of
 * Klaytn's own precompiled contracts and some details that blocks have made permanent.
 */
public final class KlaytnRules {
  /** The rules without any fork. */
  static final EvmRules CONSTANTINOPLE =
      new EvmRules("Klaytn", EthereumRules.PETERSBURG)
          .with(KlaytnRules::setCosts)
          .with(
              r -> {
                r.klaytn = true;
                r.codeHashOfNobody = true;
                r.anyAccountCollides = true;
                r.oldPrecompiles = PrecompileSet.KLAYTN;
              })
          .precompiles(PrecompileSet.KLAYTN);

  /** EIP-152, 1108, 1344, 1884, 2200; the own contracts move to 0x3fd and on. */
  static final EvmRules ISTANBUL =
      new EvmRules("Klaytn Istanbul", CONSTANTINOPLE)
          .with(r -> r.storageRule = StorageRule.NET)
          .with(r -> r.codeInfo = CodeInfo.ISTANBUL)
          .price(800, SLOAD)
          .price(700, BALANCE, EXTCODEHASH)
          .price(2, CHAINID)
          .price(5, SELFBALANCE)
          .cost(1410, ADDMOD)
          .cost(1760, MULMOD)
          .cost(454, XOR)
          .cost(364, NOT)
          .cost(478, SHL)
          .cost(498, SHR)
          .cost(834, SAR)
          .cost(120, CHAINID)
          .cost(374, SELFBALANCE)
          .precompiles(PrecompileSet.KLAYTN_ISTANBUL);

  /** EIP-3198. */
  static final EvmRules LONDON =
      new EvmRules("Klaytn London", ISTANBUL).price(2, BASEFEE).cost(198, BASEFEE);

  /** EIP-2565, 2929, 3529, 3541; 0x44 gives the parent's hash. */
  static final EvmRules KORE =
      new EvmRules("Klaytn Kore", LONDON)
          .with(EthereumRules::chargeAccess)
          .with(EthereumRules::cutRefunds)
          .with(r -> r.storesEfCode = true)
          .cost(1498, PREVRANDAO)
          .precompiles(PrecompileSet.KLAYTN_KORE);

  /** EIP-3651, 3855, 3860; a contract may be made where an account without code is. */
  static final EvmRules SHANGHAI =
      new EvmRules("Klaytn Shanghai", KORE)
          .with(r -> r.initCodeLimited = true)
          .with(r -> r.coinbaseIsWarm = true)
          .with(r -> r.anyAccountCollides = false)
          .price(2, PUSH0)
          .cost(80, PUSH0);

  /** EIP-1052, 1153, 4844 (without blobs), 5656, 6780, 7516. */
  static final EvmRules CANCUN =
      new EvmRules("Klaytn Cancun", SHANGHAI)
          .with(
              r -> {
                r.codeHashOfNobody = false;
                r.codeHashIsFlat = true; // its entry was made anew then, with the price of old
                r.selfDestructOnlyNew = true;
                r.warmsAccessLists = true;
                r.costMax = ComputationCost.LIMIT_CANCUN;
              })
          .price(400, EXTCODEHASH)
          .price(StorageOperations.TRANSIENT, TLOAD, TSTORE)
          .price(3, MCOPY, BLOBHASH)
          .price(2, BLOBBASEFEE)
          .cost(360, SDIV, ADDMOD)
          .cost(320, MOD)
          .cost(700, MULMOD)
          .cost(720, EXP)
          .cost(560, SHA3)
          .cost(165, BLOBHASH)
          .cost(120, BLOBBASEFEE)
          .cost(230, MSTORE8)
          .cost(2550, SLOAD)
          .cost(2510, SSTORE)
          .cost(220, TLOAD)
          .cost(280, TSTORE)
          .cost(250, MCOPY)
          .cost(500, LOG0 + 1, LOG0 + 2, LOG0 + 3, LOG4)
          .precompiles(PrecompileSet.KLAYTN_CANCUN);

  /** EIP-2537, 7623, 7702; code that starts with 0xEF is refused before it is stored. */
  static final EvmRules PRAGUE =
      new EvmRules("Klaytn Prague", CANCUN)
          .with(
              r -> {
                r.delegation = true;
                r.codeHashIsFlat = false;
                r.storesEfCode = false;
                r.rejectsEfCode = true;
              })
          .price(0, EXTCODEHASH)
          .precompiles(PrecompileSet.KLAYTN_PRAGUE);

  /** EIP-7823, 7883, 7939, 7951. */
  static final EvmRules OSAKA =
      new EvmRules("Klaytn Osaka", PRAGUE).price(5, CLZ).precompiles(PrecompileSet.KLAYTN_OSAKA);

  private static final NavigableMap<Fork, EvmRules> BY_FORK =
      new TreeMap<>(
          Map.of(
              Fork.ISTANBUL, ISTANBUL,
              Fork.LONDON, LONDON,
              Fork.KORE, KORE,
              Fork.SHANGHAI, SHANGHAI,
              Fork.CANCUN, CANCUN,
              Fork.PRAGUE, PRAGUE,
              Fork.OSAKA, OSAKA));

  private KlaytnRules() {}

  /** The machine's rules in a block. */
  public static EvmRules of(BlockRules block) {
    for (Map.Entry<Fork, EvmRules> entry : BY_FORK.descendingMap().entrySet()) {
      if (block.has(entry.getKey())) {
        return entry.getValue();
      }
    }
    return CONSTANTINOPLE;
  }

  private static void setCosts(EvmRules rules) {
    System.arraycopy(ComputationCost.constantinople(), 0, rules.cost, 0, rules.cost.length);
    rules.costMax = ComputationCost.LIMIT;
  }
}
