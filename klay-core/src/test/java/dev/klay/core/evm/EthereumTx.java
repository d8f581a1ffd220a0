package dev.klay.core.evm;

import dev.klay.core.transaction.AccessList;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpException;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction of Ethereum's public tests, types 0 to 4: also blob transactions, which our own
 * chains refuse. Signed and encoded as Ethereum does.
 *
 * @param priorityFee equal to maxFee where the type has no such field
 */
record EthereumTx(
    int type,
    Optional<UInt256> chainId,
    UInt256 nonce,
    UInt256 priorityFee,
    UInt256 maxFee,
    UInt256 gas,
    Optional<Address> to,
    UInt256 value,
    Bytes input,
    AccessList accessList,
    UInt256 maxFeePerBlobGas,
    List<Hash> blobHashes,
    List<Authorization> authorizations,
    boolean hasHighS,
    Address sender,
    Hash hash) {

  /** Decodes strictly and recovers the sender. */
  static EthereumTx decode(Bytes raw) {
    if (raw.isEmpty()) {
      throw new RlpException("no bytes");
    }
    return (raw.get(0) & 0xff) >= 0xc0
        ? legacy(raw)
        : typed(raw.get(0) & 0xff, raw.slice(1, raw.size()), raw);
  }

  private static EthereumTx legacy(Bytes raw) {
    RlpReader fields = RlpReader.ofSingleList(raw);
    UInt256 nonce = fields.readUInt256();
    UInt256 price = fields.readUInt256();
    UInt256 gas = fields.readUInt256();
    Optional<Address> to = to(fields);
    UInt256 value = fields.readUInt256();
    Bytes input = fields.readBytes();
    UInt256 v = fields.readUInt256();
    UInt256 r = fields.readUInt256();
    UInt256 s = fields.readUInt256();
    fields.expectEnd();
    if (!v.fitsLong()) {
      throw new InvalidSignatureException("v is " + v);
    }
    long code = v.toLong();
    boolean isProtected = code >= 35;
    Optional<UInt256> chainId =
        isProtected ? Optional.of(UInt256.of((code - 35) / 2)) : Optional.empty();
    if (!isProtected && code != 27 && code != 28) {
      throw new InvalidSignatureException("v is " + code);
    }
    int parity = (int) (isProtected ? (code - 35) % 2 : code - 27);
    Bytes signed =
        RlpWriter.encodeList(
            w -> {
              w.integer(nonce).integer(price).integer(gas);
              write(w, to);
              w.integer(value).bytes(input);
              chainId.ifPresent(id -> w.integer(id).integer(UInt256.ZERO).integer(UInt256.ZERO));
            });
    return new EthereumTx(
        0,
        chainId,
        nonce,
        price,
        price,
        gas,
        to,
        value,
        input,
        AccessList.EMPTY,
        UInt256.ZERO,
        List.of(),
        List.of(),
        isHigh(r, s, parity),
        recoverAnyS(Keccak256.hash(signed), r, s, parity),
        Keccak256.hash(raw));
  }

  private static EthereumTx typed(int type, Bytes payload, Bytes raw) {
    if (type < 1 || type > 4) {
      throw new RlpException("type " + type);
    }
    RlpReader fields = RlpReader.ofSingleList(payload);
    int start = fields.position();
    UInt256 chainId = fields.readUInt256();
    UInt256 nonce = fields.readUInt256();
    UInt256 priority = fields.readUInt256();
    UInt256 maxFee = type == 1 ? priority : fields.readUInt256();
    UInt256 gas = fields.readUInt256();
    Optional<Address> to = type >= 3 ? Optional.of(fields.readAddress()) : to(fields);
    UInt256 value = fields.readUInt256();
    Bytes input = fields.readBytes();
    AccessList accessList = accessList(fields);
    UInt256 blobFee = type == 3 ? fields.readUInt256() : UInt256.ZERO;
    List<Hash> blobs = new ArrayList<>();
    if (type == 3) {
      for (RlpReader list = fields.readList(); list.hasNext(); ) {
        blobs.add(list.readHash());
      }
    }
    List<Authorization> authorizations = type == 4 ? authorizations(fields) : List.of();
    Bytes body = payload.slice(start, fields.position());
    UInt256 parity = fields.readUInt256();
    UInt256 r = fields.readUInt256();
    UInt256 s = fields.readUInt256();
    fields.expectEnd();
    if (parity.compareTo(UInt256.ONE) > 0) {
      throw new InvalidSignatureException("y parity is " + parity);
    }
    Hash digest = digest(type, body);
    return new EthereumTx(
        type,
        Optional.of(chainId),
        nonce,
        priority,
        maxFee,
        gas,
        to,
        value,
        input,
        accessList,
        blobFee,
        blobs,
        authorizations,
        false,
        recover(digest, r, s, (int) parity.toLong()),
        Keccak256.hash(raw));
  }

  private static Hash digest(int type, Bytes items) {
    return Keccak256.hash(
        new RlpWriter()
            .raw(new byte[] {(byte) type})
            .raw(RlpWriter.encodeList(w -> w.raw(items.toArray())).toArray())
            .toBytes());
  }

  private static boolean isHigh(UInt256 r, UInt256 s, int parity) {
    return !new Signature(r, s, parity).isLowS();
  }

  /** Frontier's transactions may have either s. */
  private static Address recoverAnyS(Hash digest, UInt256 r, UInt256 s, int parity) {
    return new Signature(r, s, parity).recoverAddress(digest);
  }

  private static Address recover(Hash digest, UInt256 r, UInt256 s, int parity) {
    Signature signature = new Signature(r, s, parity);
    if (!signature.isLowS()) {
      throw new InvalidSignatureException("s is high");
    }
    return signature.recoverAddress(digest);
  }

  private static List<Authorization> authorizations(RlpReader fields) {
    List<Authorization> result = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      RlpReader one = list.readList();
      UInt256 chainId = one.readUInt256();
      Address target = one.readAddress();
      long nonce = one.readUnsignedLong();
      UInt256 parity = one.readUInt256();
      UInt256 r = one.readUInt256();
      UInt256 s = one.readUInt256();
      one.expectEnd();
      if (parity.byteLength() > 1) {
        throw new RlpException("y parity is " + parity);
      }
      Bytes items = new RlpWriter().integer(chainId).address(target).unsignedLong(nonce).toBytes();
      result.add(
          new Authorization(chainId, target, nonce, authority(digest(5, items), r, s, parity)));
    }
    return result;
  }

  private static Optional<Address> authority(Hash digest, UInt256 r, UInt256 s, UInt256 parity) {
    try {
      return parity.compareTo(UInt256.ONE) > 0
          ? Optional.empty()
          : Optional.of(recover(digest, r, s, (int) parity.toLong()));
    } catch (InvalidSignatureException none) {
      return Optional.empty();
    }
  }

  private static AccessList accessList(RlpReader fields) {
    List<AccessList.Entry> entries = new ArrayList<>();
    for (RlpReader list = fields.readList(); list.hasNext(); ) {
      RlpReader entry = list.readList();
      Address address = entry.readAddress();
      List<Hash> keys = new ArrayList<>();
      for (RlpReader keyList = entry.readList(); keyList.hasNext(); ) {
        keys.add(keyList.readHash());
      }
      entry.expectEnd();
      entries.add(new AccessList.Entry(address, keys));
    }
    return new AccessList(entries);
  }

  private static Optional<Address> to(RlpReader fields) {
    if (fields.nextIsEmptyString()) {
      fields.skip();
      return Optional.empty();
    }
    return Optional.of(fields.readAddress());
  }

  private static void write(RlpWriter writer, Optional<Address> to) {
    if (to.isPresent()) {
      writer.address(to.orElseThrow());
    } else {
      writer.bytes(Bytes.EMPTY);
    }
  }
}
