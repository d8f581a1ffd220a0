package dev.klay.core.account;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.List;

/** Reads serialised keys. Nothing is repaired, limits of installable keys are not applied here. */
final class AccountKeyReader {
  private static final int COMPRESSED_KEY_SIZE = 33;
  private static final int TYPE_MAX = 0xff;

  /**
   * No key with a role-based member can be installed, but it must decode, for the account update
   * that carries it is charged. Deeper ones are refused here, before they exhaust the stack.
   */
  static final int NESTING_MAX = 64;

  private AccountKeyReader() {}

  static AccountKey read(RlpReader reader, int nesting) {
    int type = reader.readInt(TYPE_MAX);
    return switch (type) {
      case AccountKeyNil.TYPE -> AccountKey.NIL;
      case AccountKeyLegacy.TYPE -> withoutBody(reader, AccountKey.LEGACY);
      case AccountKeyPublic.TYPE -> new AccountKeyPublic(publicKey(reader));
      case AccountKeyFail.TYPE -> withoutBody(reader, AccountKey.FAIL);
      case AccountKeyWeightedMultiSig.TYPE -> multiSig(reader.readList());
      case AccountKeyRoleBased.TYPE -> roleBased(reader.readList(), nesting);
      default -> throw new DecodingException("unknown account key type: " + type);
    };
  }

  private static AccountKey withoutBody(RlpReader reader, AccountKey key) {
    reader.readList().expectEnd();
    return key;
  }

  private static PublicKey publicKey(RlpReader reader) {
    return PublicKey.decode(reader.readBytes(COMPRESSED_KEY_SIZE));
  }

  private static AccountKey multiSig(RlpReader fields) {
    long threshold = fields.readUnsignedLong();
    RlpReader members = fields.readList();
    fields.expectEnd();
    List<WeightedKey> keys = new ArrayList<>();
    while (members.hasNext()) {
      RlpReader member = members.readList();
      keys.add(new WeightedKey(member.readUnsignedLong(), publicKey(member)));
      member.expectEnd();
    }
    return new AccountKeyWeightedMultiSig(threshold, keys);
  }

  private static AccountKey roleBased(RlpReader members, int nesting) {
    if (nesting == NESTING_MAX) {
      throw new DecodingException("role-based keys nested deeper than " + NESTING_MAX);
    }
    List<AccountKey> keys = new ArrayList<>();
    while (members.hasNext()) {
      RlpReader member = RlpReader.of(members.readBytes());
      keys.add(read(member, nesting + 1));
      member.expectEnd();
    }
    return new AccountKeyRoleBased(keys);
  }
}
