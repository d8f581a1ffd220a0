package dev.klay.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Klaytn's account keys: serialisation, update rules, signature rules, and accounts of a state. */
@Tag("conformance")
class AccountKeyVectorsTest {
  private static final Map<String, Role> ROLES =
      Map.of(
          "RoleTransaction", Role.TRANSACTION,
          "RoleAccountUpdate", Role.ACCOUNT_UPDATE,
          "RoleFeePayer", Role.FEE_PAYER);

  @Test
  void keysBehaveAsTheVectorsSay() {
    JsonNode vectors = Vectors.merged("klaytn", "accountkeys");
    try (Tally tally = new Tally("klaytn-accountkeys")) {
      for (JsonNode test : vectors.get("accountKeys")) {
        tally.run(id(test), () -> checkSerialisation(test));
      }
      for (JsonNode test : vectors.get("updates")) {
        tally.run(id(test), () -> checkUpdate(test));
      }
      for (JsonNode test : vectors.get("validations")) {
        tally.run(id(test), () -> checkValidation(test));
      }
      for (JsonNode test : vectors.get("stateAccounts")) {
        tally.run(id(test), () -> checkAccount(test));
      }
    }
  }

  @Test
  void accountsAreEncodedAsInTheTrie() {
    JsonNode vectors = Vectors.merged("klaytn", "account-trie-encoding");
    try (Tally tally = new Tally("klaytn-account-trie-encoding")) {
      for (JsonNode test : vectors.get("cases")) {
        tally.run(test.get("rlp").textValue(), () -> checkTrieEncoding(test));
      }
    }
  }

  private static void checkSerialisation(JsonNode test) {
    AccountKey key = built(test.get("key"));
    assertThat(key.encode()).isEqualTo(bytes(test.get("rlp")));
    assertThat(AccountKey.decode(bytes(test.get("rlp")))).isEqualTo(key);
    assertThat(key.type()).isEqualTo(test.get("keyType").intValue());
    assertThat(key.keyCount()).isEqualTo(test.get("numKeys").intValue());
    assertThat(key.creationGas()).isEqualTo(test.get("accountCreationGas").longValue());
  }

  private static void checkUpdate(JsonNode test) {
    AccountKey old = AccountKey.decode(bytes(test.get("oldKeyRlp")));
    AccountKey update = AccountKey.decode(bytes(test.get("newKeyRlp")));
    assertThat(old).isEqualTo(built(test.get("oldKey")));
    assertThat(update).isEqualTo(built(test.get("newKey")));
    String error = old.checkReplaceable(update).map(KeyUpdateError::message).orElse(null);
    assertThat(error).isEqualTo(test.get("expectedError").textValue());
    if (test.has("resultKeyRlp")) {
      assertThat(old.replacedBy(update).encode()).isEqualTo(bytes(test.get("resultKeyRlp")));
    }
  }

  private static void checkValidation(JsonNode test) {
    AccountKey key = AccountKey.decode(bytes(test.get("accountKeyRlp")));
    assertThat(key).isEqualTo(built(test.get("accountKey")));
    List<PublicKey> signers = new ArrayList<>();
    test.get("signerPublicKeys").forEach(signer -> signers.add(PublicKey.decode(bytes(signer))));
    Address from = Address.parse(test.get("from").textValue());
    Role role = ROLES.get(test.get("role").textValue());
    assertThat(key.isSatisfiedBy(signers, from, role, test.get("istanbul").booleanValue()))
        .isEqualTo(test.get("expectedValid").booleanValue());
  }

  private static void checkAccount(JsonNode test) {
    AccountLeaf decoded = AccountLeaf.decode(bytes(test.get("rlp")));
    assertThat(decoded.encode()).isEqualTo(bytes(test.get("rlp")));
    assertThat(decoded.type().number()).isEqualTo(test.get("accountType").intValue());
    assertThat(decoded.nonce()).isEqualTo(test.get("nonce").longValue());
    assertThat(decoded.balance())
        .isEqualTo(Amount.peb(UInt256.fromHex(test.get("balance").textValue())));
    assertThat(decoded.key()).isEqualTo(built(test.get("key")));
    if (test.has("codeHash")) {
      assertThat(decoded.storageRoot())
          .isEqualTo(Hash.fromHex(test.get("storageRoot").textValue()));
      assertThat(decoded.codeHash()).isEqualTo(Hash.fromHex(test.get("codeHash").textValue()));
      assertThat(decoded.codeInfo().toByte())
          .isEqualTo(Integer.decode(test.get("codeInfo").textValue()));
    } else {
      Account account =
          new Account(
              decoded.type(),
              decoded.nonce(),
              decoded.balance(),
              decoded.key(),
              Storage.EMPTY,
              Code.EMPTY);
      assertThat(account.encode()).isEqualTo(bytes(test.get("rlp")));
    }
  }

  private static void checkTrieEncoding(JsonNode test) {
    AccountLeaf decoded = AccountLeaf.decode(bytes(test.get("rlp")));
    assertThat(decoded.encode()).isEqualTo(bytes(test.get("rlp")));
    assertThat(decoded.nonce()).isEqualTo(test.get("nonce").longValue());
    assertThat(decoded.balance())
        .isEqualTo(Amount.peb(UInt256.fromHex(test.get("balance").textValue())));
    String key = test.get("key").textValue();
    if (key.startsWith("public ")) {
      PublicKey expected = PublicKey.decode(Bytes.fromHex(key.substring("public ".length())));
      assertThat(decoded.key()).isEqualTo(new AccountKeyPublic(expected));
    } else {
      assertThat(key).startsWith("legacy");
      assertThat(decoded.key()).isEqualTo(AccountKey.LEGACY);
    }
  }

  private static AccountKey built(JsonNode key) {
    return switch (key.get("type").intValue()) {
      case 0 -> AccountKey.NIL;
      case 1 -> AccountKey.LEGACY;
      case 2 -> new AccountKeyPublic(PublicKey.decode(bytes(key.get("key"))));
      case 3 -> AccountKey.FAIL;
      case 4 ->
          new AccountKeyWeightedMultiSig(
              key.get("threshold").longValue(),
              list(key).map(AccountKeyVectorsTest::member).toList());
      case 5 -> new AccountKeyRoleBased(list(key).map(AccountKeyVectorsTest::built).toList());
      default -> throw new AssertionError("unknown type in " + key);
    };
  }

  private static Stream<JsonNode> list(JsonNode key) {
    return StreamSupport.stream(key.get("keys").spliterator(), false);
  }

  private static WeightedKey member(JsonNode member) {
    return new WeightedKey(
        member.get("weight").longValue(), PublicKey.decode(bytes(member.get("key"))));
  }

  private static Bytes bytes(JsonNode hex) {
    return Bytes.fromHex(hex.textValue());
  }

  private static String id(JsonNode test) {
    return test.get("id").textValue();
  }
}
