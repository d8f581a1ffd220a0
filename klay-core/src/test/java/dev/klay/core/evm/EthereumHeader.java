package dev.klay.core.evm;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpReader;
import java.util.Optional;

/**
 * A block header of Ethereum, for its public tests. The fields that forks added are empty before.
 *
 * @param hash Keccak-256 of the encoding
 * @param timestamp unsigned
 * @param mixHash PREVRANDAO from Paris on
 */
record EthereumHeader(
    Hash hash,
    Hash parentHash,
    Hash unclesHash,
    Address coinbase,
    Hash stateRoot,
    Hash transactionsRoot,
    Hash receiptsRoot,
    Bytes bloom,
    UInt256 difficulty,
    long number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    Bytes extraData,
    Hash mixHash,
    Bytes nonce,
    Optional<UInt256> baseFee,
    Optional<Hash> withdrawalsRoot,
    Optional<Long> blobGasUsed,
    Optional<Long> excessBlobGas,
    Optional<Hash> parentBeaconRoot,
    Optional<Hash> requestsHash) {

  static EthereumHeader decode(Bytes raw) {
    RlpReader fields = RlpReader.ofSingleList(raw);
    EthereumHeader header =
        new EthereumHeader(
            Keccak256.hash(raw),
            fields.readHash(),
            fields.readHash(),
            fields.readAddress(),
            fields.readHash(),
            fields.readHash(),
            fields.readHash(),
            fields.readBytes(256),
            fields.readUInt256(),
            fields.readLong(),
            fields.readLong(),
            fields.readLong(),
            fields.readUnsignedLong(),
            fields.readBytes(),
            fields.readHash(),
            fields.readBytes(8),
            next(fields, RlpReader::readUInt256),
            next(fields, RlpReader::readHash),
            next(fields, RlpReader::readLong),
            next(fields, RlpReader::readLong),
            next(fields, RlpReader::readHash),
            next(fields, RlpReader::readHash));
    fields.expectEnd();
    return header;
  }

  private static <T> Optional<T> next(
      RlpReader fields, java.util.function.Function<RlpReader, T> read) {
    return fields.hasNext() ? Optional.of(read.apply(fields)) : Optional.empty();
  }
}
