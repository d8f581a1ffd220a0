package dev.klay.core.account;

import dev.klay.core.trie.Trie;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;

/**
 * An account as the state root commits to it, with hashes for storage and code. This is also what a
 * state proof shows.
 *
 * <p>Encoding: the byte of the type, then the RLP list {@code [nonce, balance, humanReadable, key
 * type, key body]}. Contracts wrap that list in {@code [list, storage root, code hash, code info]};
 * so does an externally owned account that has storage or code (EIP-7702, Kaia from Prague on).
 *
 * @param nonce unsigned
 */
public record AccountLeaf(
    AccountType type,
    long nonce,
    Amount balance,
    AccountKey key,
    Hash storageRoot,
    Hash codeHash,
    CodeInfo codeInfo) {
  private static final int CODE_INFO_MAX = 0xff;

  /**
   * @throws DecodingException if this is not the encoding of an account
   */
  public static AccountLeaf decode(Bytes encoded) {
    RlpReader items = RlpReader.of(encoded);
    AccountType type = AccountType.ofNumber(items.readInt(CODE_INFO_MAX));
    RlpReader outer = items.readList();
    items.expectEnd();
    AccountLeaf leaf = outer.nextIsList() ? readLong(type, outer) : readShort(type, outer);
    outer.expectEnd();
    if (!leaf.encode().equals(encoded)) {
      throw new DecodingException("account has another form than its content asks for: " + encoded);
    }
    return leaf;
  }

  private static AccountLeaf readLong(AccountType type, RlpReader outer) {
    RlpReader fields = outer.readList();
    AccountLeaf common = readShort(type, fields);
    fields.expectEnd();
    return new AccountLeaf(
        type,
        common.nonce,
        common.balance,
        common.key,
        outer.readHash(),
        outer.readHash(),
        CodeInfo.ofByte(outer.readInt(CODE_INFO_MAX)));
  }

  private static AccountLeaf readShort(AccountType type, RlpReader fields) {
    long nonce = fields.readUnsignedLong();
    Amount balance = fields.readAmount();
    if (fields.readBoolean()) {
      throw new DecodingException("human-readable accounts do not exist");
    }
    AccountKey key = AccountKey.read(fields);
    if (key instanceof AccountKeyNil) {
      throw new DecodingException("no account has AccountKeyNil");
    }
    return new AccountLeaf(
        type, nonce, balance, key, Trie.EMPTY_ROOT, Code.EMPTY.hash(), CodeInfo.BEFORE_ISTANBUL);
  }

  public Bytes encode() {
    RlpWriter writer = new RlpWriter(128).integer(type.number());
    if (isShort()) {
      writeCommon(writer);
    } else {
      writer.beginList();
      writeCommon(writer);
      writer.hash(storageRoot).hash(codeHash).integer(codeInfo.toByte()).endList();
    }
    return writer.toBytes();
  }

  private boolean isShort() {
    return type == AccountType.EXTERNALLY_OWNED
        && codeInfo.toByte() == 0
        && codeHash.equals(Code.EMPTY.hash())
        && storageRoot.equals(Trie.EMPTY_ROOT);
  }

  private void writeCommon(RlpWriter writer) {
    writer.beginList().unsignedLong(nonce).amount(balance).bool(false);
    key.writeTo(writer);
    writer.endList();
  }
}
