package dev.klay.core.evm;

import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Ethereum's transaction rules around the machine, for its public tests: validity, intrinsic gas,
 * fees. Our chains have Klaytn's rules instead.
 */
final class EthereumTxExecutor {
  private static final long GAS_CAP = 1 << 24; // EIP-7825
  private static final int INIT_CODE_MAX = 49_152; // EIP-3860
  private static final long BLOB_GAS = 1 << 17; // EIP-4844
  private static final int BLOBS_OF_ONE_TX = 6; // EIP-7594

  private final EvmRules rules;
  private final StateUpdater state;
  private final BlockContext block;
  private final UInt256 blockGasLimit;
  private final int blobsMax;

  EthereumTxExecutor(
      EvmRules rules, StateUpdater state, BlockContext block, UInt256 gasLimit, int blobsMax) {
    this.rules = rules;
    this.state = state;
    this.block = block;
    this.blockGasLimit = gasLimit;
    this.blobsMax = blobsMax;
  }

  private boolean from(EvmRules fork) {
    return EthereumRules.all().indexOf(rules) >= EthereumRules.all().indexOf(fork);
  }

  /** Why the transaction is refused; empty if it is not. */
  Optional<String> fault(EthereumTx tx) {
    if (tx.type() == 1 && !from(EthereumRules.BERLIN)
        || tx.type() == 2 && !from(EthereumRules.LONDON)
        || tx.type() == 3 && !from(EthereumRules.CANCUN)
        || tx.type() == 4 && !from(EthereumRules.PRAGUE)) {
      return Optional.of("type");
    }
    if (tx.type() == 0 && tx.chainId().isPresent() && !from(EthereumRules.SPURIOUS_DRAGON)) {
      return Optional.of("replay protection"); // EIP-155
    }
    if (tx.hasHighS() && from(EthereumRules.HOMESTEAD)) {
      return Optional.of("signature"); // EIP-2
    }
    if (tx.chainId().filter(id -> !id.equals(UInt256.of(block.chainId()))).isPresent()) {
      return Optional.of("chain id");
    }
    if (!tx.nonce().equals(UInt256.ofWords(0, 0, 0, state.nonce(tx.sender())))
        || tx.nonce().equals(UInt256.ofWords(0, 0, 0, -1))) {
      return Optional.of("nonce");
    }
    Bytes code = state.code(tx.sender()).bytes();
    if (!code.isEmpty() && !(from(EthereumRules.PRAGUE) && Delegation.target(code).isPresent())) {
      return Optional.of("sender has code");
    }
    if (tx.gas().compareTo(blockGasLimit) > 0
        || from(EthereumRules.OSAKA) && tx.gas().compareTo(UInt256.of(GAS_CAP)) > 0) {
      return Optional.of("gas limit");
    }
    if (from(EthereumRules.LONDON)
        && (tx.maxFee().compareTo(block.baseFee()) < 0
            || tx.priorityFee().compareTo(tx.maxFee()) > 0)) {
      return Optional.of("fee cap");
    }
    if (from(EthereumRules.SHANGHAI) && tx.to().isEmpty() && tx.input().size() > INIT_CODE_MAX) {
      return Optional.of("init code");
    }
    if (tx.gas().compareTo(UInt256.of(Math.max(intrinsicGas(tx), floorGas(tx)))) < 0) {
      return Optional.of("intrinsic gas");
    }
    if (tx.type() == 3 && !blobsAreValid(tx)) {
      return Optional.of("blobs");
    }
    if (tx.type() == 4 && tx.authorizations().isEmpty()) {
      return Optional.of("no authorization");
    }
    BigInteger cost =
        big(tx.gas())
            .multiply(big(tx.maxFee()))
            .add(big(tx.value()))
            .add(big(tx.maxFeePerBlobGas()).multiply(BigInteger.valueOf(blobGas(tx))));
    return big(state.balance(tx.sender()).peb()).compareTo(cost) < 0
        ? Optional.of("funds")
        : Optional.empty();
  }

  private boolean blobsAreValid(EthereumTx tx) {
    int max = from(EthereumRules.OSAKA) ? Math.min(blobsMax, BLOBS_OF_ONE_TX) : blobsMax;
    return !tx.blobHashes().isEmpty()
        && tx.blobHashes().size() <= max
        && tx.blobHashes().stream().allMatch(hash -> hash.toBytes().get(0) == 1)
        && tx.maxFeePerBlobGas().compareTo(block.blobBaseFee()) >= 0;
  }

  private static long blobGas(EthereumTx tx) {
    return BLOB_GAS * tx.blobHashes().size();
  }

  long intrinsicGas(EthereumTx tx) {
    long zeros = zeros(tx.input());
    int nonZeroGas = from(EthereumRules.ISTANBUL) ? 16 : 68; // EIP-2028
    long gas = 21_000 + 4 * zeros + nonZeroGas * (tx.input().size() - zeros);
    if (tx.to().isEmpty()) {
      gas += from(EthereumRules.HOMESTEAD) ? 32_000 : 0; // EIP-2
      gas += from(EthereumRules.SHANGHAI) ? 2 * ((tx.input().size() + 31L) / 32) : 0;
    }
    gas += 2_400L * tx.accessList().entries().size() + 1_900L * tx.accessList().storageKeyCount();
    return gas + 25_000L * tx.authorizations().size();
  }

  private long floorGas(EthereumTx tx) {
    long zeros = zeros(tx.input());
    return from(EthereumRules.PRAGUE) ? 21_000 + 10 * (zeros + 4 * (tx.input().size() - zeros)) : 0;
  }

  private static long zeros(Bytes input) {
    long zeros = 0;
    for (byte b : input.toArray()) {
      zeros += b == 0 ? 1 : 0;
    }
    return zeros;
  }

  /** Executes a valid transaction and ends it in the state. */
  TxExecution.Outcome execute(EthereumTx tx, Tracer tracer) {
    UInt256 price = effectivePrice(tx);
    long gas = tx.gas().toLong();
    state.subtractBalance(tx.sender(), Amount.peb(price.times(gas)));
    state.subtractBalance(tx.sender(), Amount.peb(block.blobBaseFee().times(blobGas(tx))));
    TxContext context = new TxContext(tx.sender(), tx.sender(), price, tx.hash(), tx.blobHashes());
    Message message = new Message(tx.sender(), tx.to(), Amount.peb(tx.value()), tx.input(), gas);
    TxMessage whole =
        new TxMessage(
            message, intrinsicGas(tx), floorGas(tx), tx.accessList(), tx.authorizations());
    TxExecution.Outcome outcome = new TxExecution(rules, state, block).run(context, whole, tracer);
    state.addBalance(tx.sender(), Amount.peb(price.times(gas - outcome.gasUsed())));
    UInt256 tip = from(EthereumRules.LONDON) ? price.minus(block.baseFee()) : price;
    state.addBalance(block.coinbase(), Amount.peb(tip.times(outcome.gasUsed())));
    state.finishTransaction(rules.removesEmptyAccounts());
    return outcome;
  }

  private UInt256 effectivePrice(EthereumTx tx) {
    if (!from(EthereumRules.LONDON)) {
      return tx.maxFee();
    }
    BigInteger tipped = big(block.baseFee()).add(big(tx.priorityFee()));
    return UInt256.of(tipped.min(big(tx.maxFee())));
  }

  private static BigInteger big(UInt256 number) {
    return number.toBigInteger();
  }

  /** The price of blob gas (EIP-4844): e to the power of excess over fraction, in integers. */
  static UInt256 blobBaseFee(UInt256 excess, long fraction) {
    BigInteger denominator = BigInteger.valueOf(fraction);
    BigInteger sum = BigInteger.ZERO;
    BigInteger term = denominator;
    for (int i = 1; term.signum() > 0; i++) {
      sum = sum.add(term);
      term = term.multiply(big(excess)).divide(denominator.multiply(BigInteger.valueOf(i)));
    }
    return UInt256.of(sum.divide(denominator));
  }

  /** Keccak-256 of the list of logs. */
  static Hash logsHash(List<dev.klay.core.block.Log> logs) {
    return dev.klay.crypto.hash.Keccak256.hash(
        dev.klay.crypto.rlp.RlpWriter.encodeList(
            w ->
                logs.forEach(
                    log ->
                        w.beginList()
                            .address(log.address())
                            .list(t -> log.topics().forEach(t::hash))
                            .bytes(log.data())
                            .endList())));
  }
}
