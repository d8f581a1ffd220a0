package dev.klay.consensus.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.transaction.PartialTx;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node signs for accounts that its owner unlocked: as sender and as fee payer. */
class SigningMethodsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BOB = "0xb0b0000000000000000000000000000000000000";
  private static final String MESSAGE = "0xdeadbeef";

  private final PrivateKey alice = PrivateKey.fromHex("0x" + "0".repeat(62) + "a1");
  private final PrivateKey payer = PrivateKey.fromHex("0x" + "0".repeat(62) + "fe");
  private final KlayNetwork network =
      KlayNetwork.of(
              ChainSpec.development()
                  .withAccounts(List.of(alice.address(), payer.address()), Amount.klay(1_000)))
          .rangers(0)
          .cheats()
          .unlocked(new UnlockedAccounts(List.of(alice, payer)))
          .start();

  @AfterEach
  void close() {
    network.close();
    alice.close();
    payer.close();
  }

  private JsonNode call(String method, String params) {
    try {
      return JSON.readTree(network.rpc().call(method, params).join());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A value transfer of Alice's, for the payer to pay. */
  private String delegated(String more) {
    return "[{\"typeInt\":9,\"from\":\""
        + alice.address().toHex()
        + "\",\"to\":\""
        + BOB
        + "\",\"value\":\"0x5\",\"feePayer\":\""
        + payer.address().toHex()
        + "\""
        + more
        + "}]";
  }

  private JsonNode receipt(String hash) {
    return call("klay_getTransactionReceipt", "[\"" + hash + "\"]");
  }

  @Test
  void theSenderSignsAndTheFeePayerSends() {
    JsonNode signed = call("klay_signTransaction", delegated(""));
    JsonNode tx = signed.get("tx");
    assertThat(tx.get("type").asText()).isEqualTo("TxTypeFeeDelegatedValueTransfer");
    assertThat(tx.get("signatures")).hasSize(1);
    assertThat(tx.has("hash")).isFalse();
    String signatures =
        ",\"signatures\":"
            + tx.get("signatures")
            + ",\"nonce\":"
            + tx.get("nonce")
            + ",\"gas\":"
            + tx.get("gas")
            + ",\"gasPrice\":"
            + tx.get("gasPrice");
    JsonNode both = call("klay_signTransactionAsFeePayer", delegated(signatures));
    String small =
        signatures.replace("\"V\"", "\"v\"").replace("\"R\"", "\"r\"").replace("\"S\"", "\"s\"");
    assertThat(call("klay_signTransactionAsFeePayer", delegated(small))).isEqualTo(both);
    String hash = call("klay_sendTransactionAsFeePayer", delegated(signatures)).asText();
    assertThat(both.at("/tx/hash").asText()).isEqualTo(hash);
    assertThat(receipt(hash).get("status").asText()).isEqualTo("0x1");
    assertThat(receipt(hash).get("feePayer").asText()).isEqualTo(payer.address().toHex());
    assertThat(call("klay_getBalance", "[\"" + alice.address().toHex() + "\"]").asText())
        .isEqualTo(hex(Amount.klay(1_000).minus(Amount.peb(5))));
  }

  private static String hex(Amount amount) {
    return "0x" + amount.peb().toBigInteger().toString(16);
  }

  @Test
  void theFeePayerMaySignFirst() {
    JsonNode paid = call("klay_signTransactionAsFeePayer", delegated(",\"gas\":\"0x9c40\""));
    assertThat(paid.at("/tx/signatures")).isEmpty();
    assertThat(paid.at("/tx/feePayerSignatures")).hasSize(1);
    PartialTx mine =
        PartialTx.decode(Bytes.fromHex(paid.get("raw").asText()))
            .sign(ChainSpec.ASPEN_CHAIN_ID, List.of(alice));
    String hash =
        call("klay_sendRawTransaction", "[\"" + mine.complete().encode().toHex() + "\"]").asText();
    assertThat(receipt(hash).get("status").asText()).isEqualTo("0x1");
  }

  @Test
  void whatCannotBeSignedIsRefusedInWords() {
    assertThatThrownBy(() -> call("klay_sendTransactionAsFeePayer", delegated("")))
        .hasMessageContaining("the sender signs first");
    String signature = ",\"signatures\":[{\"V\":\"0x7f4\",\"R\":\"0x1\",\"S\":\"0x1\"}]";
    assertThatThrownBy(() -> call("klay_sendTransactionAsFeePayer", delegated(signature)))
        .hasMessageContaining("nonce: is missing");
    assertThatThrownBy(() -> call("klay_sendTransaction", delegated("")))
        .hasMessageContaining("a fee payer signs, too");
    assertThatThrownBy(
            () ->
                call(
                    "klay_signTransactionAsFeePayer",
                    delegated("").replace(payer.address().toHex(), BOB)))
        .hasMessageContaining("unknown account");
    assertThatThrownBy(
            () -> call("klay_signTransactionAsFeePayer", delegated("").replace(":9,", ":8,")))
        .hasMessageContaining("no type with a fee payer");
    assertThatThrownBy(() -> call("klay_signTransaction", delegated("").replace(":9,", ":10,")))
        .hasMessageContaining("feeRatio");
    assertThatThrownBy(() -> call("klay_signTransaction", delegated("").replace(":9,", ":99,")))
        .hasMessageContaining("no type of transaction");
  }

  @Test
  void allOfKlaytnsKindsAreSent() {
    String from = "[{\"from\":\"" + alice.address().toHex() + "\",\"typeInt\":";
    String to = ",\"to\":\"" + BOB + "\",\"value\":\"0x1\"";
    String[] kinds = {
      "8" + to,
      "16" + to + ",\"input\":\"0x6d656d6f\"",
      "40,\"input\":\"0x6a600160005260206000a000600052600b6015f3\"",
      "48,\"to\":\"%s\",\"input\":\"0x\"",
      "56",
      "72,\"input\":\"0xf8a6a00000000000000000000000000000000000000000000000000000000000000000\""
    };
    String contract = "";
    for (int i = 0; i < kinds.length - 1; i++) {
      String hash =
          call("klay_sendTransaction", from + kinds[i].replace("%s", contract) + "}]").asText();
      JsonNode receipt = receipt(hash);
      assertThat(receipt.get("status").asText()).as(kinds[i]).isEqualTo("0x1");
      contract = receipt.path("contractAddress").asText(contract);
    }
    JsonNode anchored =
        call("klay_signTransaction", from + kinds[5] + ",\"gas\":\"0x186a0\"}]").get("tx");
    assertThat(anchored.get("type").asText()).isEqualTo("TxTypeChainDataAnchoring");
    String key = call("klay_encodeAccountKey", "[{\"keyType\":3,\"key\":{}}]").asText();
    JsonNode update =
        call("klay_signTransaction", from + "32,\"gas\":\"0x186a0\",\"key\":\"" + key + "\"}]");
    assertThat(update.at("/tx/key").asText()).isEqualTo(key);
  }

  @Test
  void whatWaitsIsSentOnceMoreWhereThePoolAllowsIt() {
    call("evm_setAutomine", "[false]");
    String transfer =
        "{\"from\":\""
            + alice.address().toHex()
            + "\",\"to\":\""
            + BOB
            + "\",\"value\":\"0x1\",\"nonce\":\"0x0\",\"gas\":\"0x5208\"}";
    call("eth_sendTransaction", "[" + transfer + "]");
    assertThatThrownBy(() -> call("klay_resend", "[" + transfer + ",null,\"0x61a8\"]"))
        .as("the pool of a fixed price takes no other in its place")
        .hasMessageMatching("(?s).*(replace|known|already|underpriced|nonce).*");
    assertThatThrownBy(() -> call("eth_resend", "[" + transfer.replace("0x1", "0x2") + "]"))
        .hasMessageContaining("not found");
  }

  @Test
  void signersOfMessagesAreRecovered() {
    String account = "\"" + alice.address().toHex() + "\",\"" + MESSAGE + "\"";
    for (String method : List.of("klay_sign", "eth_sign")) {
      String signature = call(method, "[" + account + "]").asText();
      assertThat(
              call("klay_recoverFromMessage", "[" + account + ",\"" + signature + "\"]").asText())
          .isEqualTo(alice.address().toHex());
    }
    String others =
        call("klay_sign", "[\"" + payer.address().toHex() + "\",\"" + MESSAGE + "\"]").asText();
    assertThatThrownBy(
            () -> call("klay_recoverFromMessage", "[" + account + ",\"" + others + "\"]"))
        .hasMessageContaining("invalid signature");
    assertThatThrownBy(() -> call("klay_recoverFromMessage", "[" + account + ",\"0x00\"]"))
        .hasMessageContaining("invalid signature");
  }

  /** The example of EIP-712, with the digest that stands there. */
  private static final String MAIL =
      """
      {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
       {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
       "Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
       "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},{"name":"contents","type":"string"}]},
       "primaryType":"Mail",
       "domain":{"name":"Ether Mail","version":"1","chainId":1,
       "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
       "message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
       "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},"contents":"Hello, Bob!"}}
      """;

  private static TypedData typed(String json) throws JsonProcessingException {
    return TypedData.read(new RpcValue(0, "", JSON.readTree(json)));
  }

  @Test
  void structuredDataIsSignedAsEip712Says() throws JsonProcessingException {
    Hash digest = typed(MAIL).digest();
    assertThat(digest.toHex())
        .isEqualTo("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    String account = "\"" + alice.address().toHex() + "\",";
    String asText = JSON.writeValueAsString(MAIL);
    String signature = call("eth_signTypedData_v4", "[" + account + MAIL + "]").asText();
    assertThat(call("eth_signTypedData_v4", "[" + account + asText + "]").asText())
        .isEqualTo(signature);
    byte[] bytes = Bytes.fromHex(signature).toArray();
    bytes[64] -= 27;
    assertThat(Signature.decode(Bytes.wrap(bytes)).recoverAddress(digest))
        .isEqualTo(alice.address());
  }

  @Test
  void everyTypeOfStructuredDataIsAWord() throws JsonProcessingException {
    String types =
        """
        {"types":{"EIP712Domain":[],"Tree":[{"name":"at","type":"T[]"}],
         "T":[{"name":"v","type":"%s"},{"name":"next","type":"T"}]},
         "primaryType":"Tree","domain":{},"message":{"at":[{"v":%s}]}}
        """;
    String[][] same = {
      {"int8", "-1", "\"-0x1\""},
      {"uint256", "10", "\"0xa\""},
      {"uint64", "\"18446744073709551615\"", "\"0xffffffffffffffff\""},
      {"bytes4", "\"0x01020304\"", "\"0x01020304\""},
      {"bool[2]", "[true,false]", "[true,false]"}
    };
    for (String[] each : same) {
      assertThat(typed(types.formatted(each[0], each[1])).digest())
          .isEqualTo(typed(types.formatted(each[0], each[2])).digest());
    }
    String[][] wrong = {
      {"uint8", "256"}, {"uint8", "-1"}, {"int8", "128"}, {"bytes2", "\"0x010203\""},
      {"bool[2]", "[true]"}, {"fixed", "1"}, {"uint7", "1"}, {"uint256", "\"ten\""},
      {"address", "\"0x00\""}, {"string", "7"}
    };
    for (String[] each : wrong) {
      TypedData data = typed(types.formatted(each[0], each[1]));
      assertThatThrownBy(data::digest)
          .as(each[0] + " " + each[1])
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("invalid argument 0");
    }
  }

  @Test
  void whatIsLeftOpenIsFilledInForOthersToSign() {
    String open = "\"from\":\"" + alice.address().toHex() + "\",\"to\":\"" + BOB + "\"";
    JsonNode filled = call("eth_fillTransaction", "[{" + open + "}]");
    assertThat(filled.at("/tx/gas").asText()).isEqualTo("0x5208");
    assertThat(filled.at("/tx/gasPrice").asText()).isEqualTo("0x5d21dba00");
    assertThat(filled.at("/tx/nonce").asText()).isEqualTo("0x0");
    assertThat(filled.get("raw").asText()).endsWith("808080");
    JsonNode typed =
        call("eth_fillTransaction", "[{" + open + ",\"maxFeePerGas\":\"0x5d21dba00\"}]");
    assertThat(typed.get("raw").asText()).startsWith("0x02");
    assertThat(typed.at("/tx/type").asText()).isEqualTo("0x2");
    assertThat(call("eth_getStorageValues", "[{\"" + BOB + "\":[\"0x0\",\"0x1\"]}]").get(BOB))
        .hasSize(2);
    assertThatThrownBy(() -> call("eth_getStorageValues", "[{}]"))
        .hasMessageContaining("empty request");
  }
}
