package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountKeyPublic;
import dev.klay.core.account.AccountKeyRoleBased;
import dev.klay.core.account.AccountKeyWeightedMultiSig;
import dev.klay.core.account.WeightedKey;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Account keys as {@code klay_getAccountKey} shows and {@code klay_encodeAccountKey} takes them:
 * {@code {"keyType": 2, "key": {"x": "0x..", "y": "0x.."}}}.
 */
public final class AccountKeyJson {
  private static final byte UNCOMPRESSED = 4;

  /** Deeper ones cannot be installed anyway. */
  private static final int NESTING_MAX = 8;

  private AccountKeyJson() {}

  public static ObjectNode write(AccountKey key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("keyType", key.type());
    json.set("key", body(key));
    return json;
  }

  private static JsonNode body(AccountKey key) {
    if (key instanceof AccountKeyPublic single) {
      return point(single.key());
    }
    if (key instanceof AccountKeyRoleBased roles) {
      ArrayNode members = JsonNodeFactory.instance.arrayNode();
      roles.keys().forEach(member -> members.add(write(member)));
      return members;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (key instanceof AccountKeyWeightedMultiSig multiSig) {
      body.put("threshold", multiSig.threshold());
      ArrayNode members = body.putArray("keys");
      for (WeightedKey member : multiSig.keys()) {
        ObjectNode each = members.addObject();
        each.put("weight", member.weight());
        each.set("key", point(member.key()));
      }
    }
    return body;
  }

  /** Coordinates are numbers, so that leading zeros go. */
  private static ObjectNode point(PublicKey key) {
    byte[] both = key.toBytes().toArray();
    ObjectNode point = JsonNodeFactory.instance.objectNode();
    int size = Hash.SIZE;
    int from = both.length - 2 * size;
    point.put("x", Quantity.of(UInt256.fromBytes(both, from, size)));
    point.put("y", Quantity.of(UInt256.fromBytes(both, from + size, size)));
    return point;
  }

  /**
   * Reads a key; whether an account may have it is another question.
   *
   * @throws DecodingException if it is none
   */
  public static AccountKey read(JsonNode json) {
    return read(json, 0);
  }

  private static AccountKey read(JsonNode json, int nesting) {
    if (!json.path("keyType").isInt() || nesting == NESTING_MAX) {
      throw new DecodingException("an account key has a keyType 0 to 5: " + json);
    }
    JsonNode body = json.path("key");
    return switch (json.get("keyType").intValue()) {
      case 0 -> AccountKey.NIL;
      case 1 -> AccountKey.LEGACY;
      case 2 -> new AccountKeyPublic(readPoint(body));
      case 3 -> AccountKey.FAIL;
      case 4 -> readMultiSig(body);
      case 5 -> readRoles(body, nesting);
      default -> throw new DecodingException("an account key has a keyType 0 to 5: " + json);
    };
  }

  private static PublicKey readPoint(JsonNode point) {
    byte[] encoded = new byte[1 + 2 * Hash.SIZE];
    encoded[0] = UNCOMPRESSED;
    System.arraycopy(readCoordinate(point.path("x")), 0, encoded, 1, Hash.SIZE);
    System.arraycopy(readCoordinate(point.path("y")), 0, encoded, 1 + Hash.SIZE, Hash.SIZE);
    return PublicKey.decode(Bytes.wrap(encoded));
  }

  /** Leading zeros may be there: caver-java writes all 64 digits. */
  private static byte[] readCoordinate(JsonNode json) {
    if (!json.isTextual() || !json.textValue().matches("0x[0-9a-fA-F]{1,64}")) {
      throw new DecodingException("not a coordinate of at most 64 digits: " + json);
    }
    return UInt256.fromHex(json.textValue()).toBytes32();
  }

  private static AccountKey readMultiSig(JsonNode body) {
    List<WeightedKey> members = new ArrayList<>();
    for (JsonNode member : body.path("keys")) {
      members.add(new WeightedKey(number(member.path("weight")), readPoint(member.path("key"))));
    }
    return new AccountKeyWeightedMultiSig(number(body.path("threshold")), members);
  }

  private static long number(JsonNode json) {
    if (!json.canConvertToLong() || json.longValue() < 0) {
      throw new DecodingException("weight and threshold are numbers: " + json);
    }
    return json.longValue();
  }

  private static AccountKey readRoles(JsonNode members, int nesting) {
    List<AccountKey> keys = new ArrayList<>();
    members.forEach(member -> keys.add(read(member, nesting + 1)));
    return new AccountKeyRoleBased(keys);
  }
}
