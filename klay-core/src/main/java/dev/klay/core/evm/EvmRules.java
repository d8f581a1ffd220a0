package dev.klay.core.evm;

import static dev.klay.core.evm.Opcodes.*;

import dev.klay.core.account.CodeInfo;
import dev.klay.crypto.primitive.Address;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one fork: gas by opcode and what differs in behaviour. Each rule set is made from
 * its predecessor by naming what changes; see {@link EthereumRules} and {@link KlaytnRules}.
 */
public final class EvmRules {
  /** How SSTORE is charged. */
  enum StorageRule {
    /** 20,000 to set, 5,000 otherwise. */
    FLAT,
    /** Net metering as first tried (EIP-1283): in Constantinople only. */
    NET_FIRST,
    /** Net metering (EIP-2200). */
    NET,
    /** Net metering with cold and warm slots (EIP-2929). */
    WARM
  }

  static final int UNDEFINED = -1;

  /** Klaytn warms these two, whether there is a contract or not. */
  private static final int[] KLAYTN_WARM = {0x0a, 0x0b};

  final String name;

  /** Gas by opcode, {@link #UNDEFINED} for none; dynamic parts come on top. */
  final int[] gas;

  /** Klaytn's computation cost by opcode. */
  final int[] cost;

  long costMax;
  int expByteGas;

  /**
   * Of the gas that is left, a 64th cannot be handed on; a call that asks for more gets less
   * (EIP-150).
   */
  boolean keepsPart;

  /**
   * Accounts without nonce, balance and code are none, and contracts start at nonce 1 (EIP-161).
   */
  boolean emptyIsNothing;

  /** A creation that cannot pay for its code fails (EIP-2). */
  boolean unpaidCodeFails;

  StorageRule storageRule;
  boolean accessCosts;

  /**
   * Whether the access list of a transaction makes anything warm; Klaytn charges for it earlier.
   */
  boolean warmsAccessLists;

  boolean coinbaseIsWarm;
  long clearRefund;
  long selfDestructRefund;
  int refundQuotient;
  boolean rejectsEfCode;
  boolean initCodeLimited;
  boolean selfDestructOnlyNew;
  boolean delegation;
  int codeSizeMax;
  CodeInfo codeInfo;
  PrecompileSet precompiles;

  // Klaytn's own

  /** Addresses 0x1 to 0x3ff are reserved; contracts keep the precompiles of their vm version. */
  boolean klaytn;

  /** EXTCODEHASH of an account without code is that of no code, whether it exists or not. */
  boolean codeHashOfNobody;

  /** EXTCODEHASH has one price, warm or cold, and warms nothing. */
  boolean codeHashIsFlat;

  /** Any account at the address of a creation is a collision. */
  boolean anyAccountCollides;

  /**
   * Code starting with 0xEF is stored before it is refused: the creation halts, but nothing of it
   * is undone and its gas is kept ({@code klaytn-evm.md} section 2).
   */
  boolean storesEfCode;

  /** The precompiles that contracts deployed before Istanbul keep. */
  PrecompileSet oldPrecompiles;

  /** What {@link #warmFromTheStart()} answers, once it was asked. */
  private @Nullable Set<Address> warmFromTheStart;

  /** What {@link #withoutCostLimit()} answers, once it was asked. */
  private volatile @Nullable EvmRules withoutCostLimit;

  /** The oldest rules. */
  EvmRules() {
    name = "Frontier";
    gas = new int[256];
    cost = new int[256];
    costMax = Long.MAX_VALUE;
    expByteGas = 10;
    storageRule = StorageRule.FLAT;
    clearRefund = 15_000;
    selfDestructRefund = 24_000;
    refundQuotient = 2;
    codeSizeMax = Integer.MAX_VALUE;
    codeInfo = CodeInfo.BEFORE_ISTANBUL;
    precompiles = PrecompileSet.NONE;
    oldPrecompiles = PrecompileSet.NONE;
    fillGas();
  }

  /** A copy under another name, to be changed. */
  EvmRules(String name, EvmRules from) {
    this(name, from, from.gas.clone(), from.cost.clone());
  }

  private EvmRules(String name, EvmRules from, int[] gas, int[] cost) {
    this.name = name;
    this.gas = gas;
    this.cost = cost;
    costMax = from.costMax;
    expByteGas = from.expByteGas;
    keepsPart = from.keepsPart;
    emptyIsNothing = from.emptyIsNothing;
    unpaidCodeFails = from.unpaidCodeFails;
    storageRule = from.storageRule;
    accessCosts = from.accessCosts;
    warmsAccessLists = from.warmsAccessLists;
    coinbaseIsWarm = from.coinbaseIsWarm;
    clearRefund = from.clearRefund;
    selfDestructRefund = from.selfDestructRefund;
    refundQuotient = from.refundQuotient;
    rejectsEfCode = from.rejectsEfCode;
    initCodeLimited = from.initCodeLimited;
    selfDestructOnlyNew = from.selfDestructOnlyNew;
    delegation = from.delegation;
    codeSizeMax = from.codeSizeMax;
    codeInfo = from.codeInfo;
    precompiles = from.precompiles;
    klaytn = from.klaytn;
    codeHashOfNobody = from.codeHashOfNobody;
    codeHashIsFlat = from.codeHashIsFlat;
    anyAccountCollides = from.anyAccountCollides;
    storesEfCode = from.storesEfCode;
    oldPrecompiles = from.oldPrecompiles;
  }

  /**
   * The same without a limit of the computation cost, for calls outside of blocks. Prices are
   * shared, so that what was derived from them for some code holds for both.
   */
  public EvmRules withoutCostLimit() {
    EvmRules unlimited = withoutCostLimit;
    if (unlimited == null) {
      unlimited = new EvmRules(name, this, gas, cost);
      unlimited.costMax = Long.MAX_VALUE;
      withoutCostLimit = unlimited;
    }
    return unlimited;
  }

  private void fillGas() {
    Arrays.fill(gas, UNDEFINED);
    price(0, STOP, RETURN, SSTORE, SELFDESTRUCT);
    price(1, JUMPDEST);
    price(2, ADDRESS, ORIGIN, CALLER, CALLVALUE, CALLDATASIZE, CODESIZE, GASPRICE);
    price(2, COINBASE, TIMESTAMP, NUMBER, PREVRANDAO, GASLIMIT, POP, PC);
    price(2, MSIZE, GAS);
    price(3, ADD, SUB, LT, GT, SLT, SGT, EQ, ISZERO, AND, OR, XOR, NOT, BYTE);
    price(3, CALLDATALOAD, CALLDATACOPY, CODECOPY, MLOAD, MSTORE, MSTORE8);
    price(5, MUL, DIV, SDIV, MOD, SMOD, SIGNEXTEND);
    price(8, ADDMOD, MULMOD, JUMP);
    price(10, EXP, JUMPI);
    price(20, BLOCKHASH, BALANCE, EXTCODESIZE, EXTCODECOPY);
    price(30, SHA3);
    price(40, CALL, CALLCODE);
    price(50, SLOAD);
    price(32_000, CREATE);
    for (int op = PUSH1; op <= SWAP16; op++) {
      gas[op] = 3;
    }
    for (int topics = 0; topics <= 4; topics++) {
      gas[LOG0 + topics] = 375 * (1 + topics);
    }
  }

  EvmRules price(int units, int... opcodes) {
    for (int op : opcodes) {
      gas[op] = units;
    }
    return this;
  }

  EvmRules cost(int units, int... opcodes) {
    for (int op : opcodes) {
      cost[op] = units;
    }
    return this;
  }

  EvmRules with(Consumer<EvmRules> change) {
    change.accept(this);
    return this;
  }

  EvmRules precompiles(PrecompileSet set) {
    precompiles = set;
    return this;
  }

  /** The fork's name. */
  public String name() {
    return name;
  }

  /** A refund is at most this part of the gas used. */
  public int refundQuotient() {
    return refundQuotient;
  }

  /** Whether addresses and slots are cold until they are touched (EIP-2929). */
  public boolean hasAccessCosts() {
    return accessCosts;
  }

  /** Whether touched accounts without nonce, balance and code are removed (EIP-161). */
  public boolean removesEmptyAccounts() {
    return emptyIsNothing;
  }

  /** How code that is deployed now is marked. */
  public CodeInfo codeInfo() {
    return codeInfo;
  }

  /** Whether accounts may delegate to code (EIP-7702). */
  public boolean hasDelegation() {
    return delegation;
  }

  /** The precompiled contracts of addresses that keep none of an earlier fork. */
  public PrecompileSet precompiles() {
    return precompiles;
  }

  /** The addresses that every transaction finds warm, ascending (EIP-2929). */
  public Set<Address> warmFromTheStart() {
    Set<Address> known = warmFromTheStart;
    if (known == null) {
      known = Collections.unmodifiableSet(findWarmFromTheStart());
      warmFromTheStart = known; // a race computes the same again
    }
    return known;
  }

  private Set<Address> findWarmFromTheStart() {
    Set<Address> warm = new TreeSet<>(precompiles.addresses());
    if (klaytn) {
      for (int unused : KLAYTN_WARM) {
        warm.add(PrecompileSet.address(unused));
      }
    }
    return new LinkedHashSet<>(warm);
  }

  /** Whether the access list of a transaction takes effect. */
  public boolean warmsAccessLists() {
    return warmsAccessLists;
  }

  /** Whether the coinbase is warm from the start (EIP-3651). */
  public boolean coinbaseIsWarm() {
    return coinbaseIsWarm;
  }

  @Override
  public String toString() {
    return name;
  }
}
