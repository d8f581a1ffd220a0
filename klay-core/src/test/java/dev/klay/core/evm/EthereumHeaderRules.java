package dev.klay.core.evm;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;

/** What a block of Ethereum must be before it is executed, for its public tests. */
final class EthereumHeaderRules {
  private static final long GAS_LIMIT_MIN = 5_000;
  private static final long BLOB_GAS = 1 << 17;
  private static final long BLOB_BASE_COST = 1 << 13; // EIP-7918
  private static final int BLOCK_SIZE_MAX = (10 << 20) - (2 << 20); // EIP-7934
  private static final long INITIAL_BASE_FEE = 1_000_000_000;

  private final EthereumNetwork network;

  EthereumHeaderRules(EthereumNetwork network) {
    this.network = network;
  }

  void check(EthereumBlock block, EthereumHeader parent) {
    EthereumHeader header = block.header();
    long time = header.timestamp();
    require(header.number() == parent.number() + 1, "number");
    require(Long.compareUnsigned(time, parent.timestamp()) > 0, "time");
    require(header.extraData().size() <= 32, "extra data");
    require(header.gasUsed() <= header.gasLimit(), "gas used above the limit");
    require(header.unclesHash().equals(Keccak256.hash(block.uncles())), "uncles hash");
    require(block.uncles().size() == 1, "uncles");
    require(header.transactionsRoot().equals(block.transactionsRoot()), "transactions root");
    checkGasLimit(header, parent);
    boolean paris = network.has("Paris", time);
    require(!paris || header.difficulty().isZero(), "difficulty");
    require(!paris || header.nonce().equals(Bytes.wrap(new byte[8])), "nonce");
    checkBaseFee(header, parent);
    boolean shanghai = network.has("Shanghai", time);
    require(header.withdrawalsRoot().isPresent() == shanghai, "withdrawals root");
    require(block.withdrawals().isPresent() == shanghai, "withdrawals");
    require(
        header.withdrawalsRoot().filter(r -> !r.equals(block.withdrawalsRoot())).isEmpty(),
        "withdrawals root");
    boolean cancun = network.has("Cancun", time);
    require(header.parentBeaconRoot().isPresent() == cancun, "beacon root");
    if (cancun) {
      checkBlobs(block, parent);
    }
    require(header.requestsHash().isPresent() == network.has("Prague", time), "requests hash");
    require(!network.has("Osaka", time) || block.size() <= BLOCK_SIZE_MAX, "size");
  }

  private static void checkGasLimit(EthereumHeader header, EthereumHeader parent) {
    long change = Math.abs(header.gasLimit() - parent.gasLimit());
    require(change < parent.gasLimit() / 1024, "gas limit");
    require(header.gasLimit() >= GAS_LIMIT_MIN, "gas limit");
  }

  private void checkBaseFee(EthereumHeader header, EthereumHeader parent) {
    boolean london = network.has("London", header.timestamp());
    require(header.baseFee().isPresent() == london, "base fee");
    if (london) {
      require(header.baseFee().orElseThrow().equals(baseFeeAfter(parent)), "base fee");
    }
  }

  /** EIP-1559. */
  private static UInt256 baseFeeAfter(EthereumHeader parent) {
    if (parent.baseFee().isEmpty()) {
      return UInt256.of(INITIAL_BASE_FEE);
    }
    BigInteger fee = parent.baseFee().orElseThrow().toBigInteger();
    long target = parent.gasLimit() / 2;
    if (parent.gasUsed() == target) {
      return UInt256.of(fee);
    }
    BigInteger change =
        fee.multiply(BigInteger.valueOf(Math.abs(parent.gasUsed() - target)))
            .divide(BigInteger.valueOf(target))
            .divide(BigInteger.valueOf(8));
    return UInt256.of(
        parent.gasUsed() > target ? fee.add(change.max(BigInteger.ONE)) : fee.subtract(change));
  }

  private void checkBlobs(EthereumBlock block, EthereumHeader parent) {
    EthereumHeader header = block.header();
    long used =
        block.transactions().stream().mapToLong(tx -> BLOB_GAS * tx.blobHashes().size()).sum();
    require(header.blobGasUsed().orElseThrow() == used, "blob gas used");
    require(used <= BLOB_GAS * network.blobs(header.timestamp()).max(), "blob gas");
    require(header.excessBlobGas().orElseThrow() == excessAfter(parent, header), "excess blob gas");
  }

  /** EIP-4844, EIP-7918. */
  private long excessAfter(EthereumHeader parent, EthereumHeader header) {
    EthereumNetwork.Blobs blobs = network.blobs(header.timestamp());
    long used = parent.blobGasUsed().orElse(0L);
    long sum = parent.excessBlobGas().orElse(0L) + used;
    long target = BLOB_GAS * blobs.target();
    if (sum < target) {
      return 0;
    }
    if (network.has("Osaka", header.timestamp())) {
      BigInteger reserve =
          parent
              .baseFee()
              .orElseThrow()
              .toBigInteger()
              .multiply(BigInteger.valueOf(BLOB_BASE_COST));
      UInt256 price =
          EthereumTxExecutor.blobBaseFee(
              UInt256.of(parent.excessBlobGas().orElse(0L)), blobs.fraction());
      if (reserve.compareTo(price.toBigInteger().multiply(BigInteger.valueOf(BLOB_GAS))) > 0) {
        return parent.excessBlobGas().orElse(0L)
            + used * (blobs.max() - blobs.target()) / blobs.max();
      }
    }
    return sum - target;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidEthereumBlock(rule);
    }
  }
}
