package dev.klay.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class TransactionVectorsTest {
  @Test
  void validTransactionsOfAllTypesRoundTrip() {
    JsonNode file = Vectors.json("klaytn/transactions.json");
    try (Tally tally = new Tally("klaytn-transactions")) {
      for (JsonNode vector : file.get("transactions")) {
        if (TxType.ofCode(vector.get("typeInt").asInt()).isEmpty()) {
          tally.skip(); // 0x7803 (blobs: refused) and 0x7804 (Prague: not activated yet)
          continue;
        }
        tally.run(vector.get("id").asText(), () -> check(vector));
      }
      for (JsonNode vector : file.get("invalid")) {
        if (vector.get("stage").asText().equals("decode")) {
          tally.run(vector.get("id").asText(), () -> refuse(vector));
        } else {
          tally.skip(); // state and pool rules are tested where they live
        }
      }
    }
  }

  private static void check(JsonNode vector) {
    SignedTx tx = SignedTx.decode(bytes(vector, "rawTx"));
    assertThat(tx.type().label()).isEqualTo(vector.get("type").asText());
    assertThat(tx.encode()).isEqualTo(bytes(vector, "rawTx"));
    assertThat(tx.hash().toHex()).isEqualTo(vector.get("txHash").asText());
    assertThat(tx.senderTxHash().toHex()).isEqualTo(vector.get("senderTxHash").asText());
    long chainId = UInt256.fromHex(vector.get("chainId").asText()).toLong();
    assertThat(tx.tx().signingPayload(tx.chainId().orElse(0L))).isEqualTo(bytes(vector, "sigRLP"));
    assertThat(addresses(tx.signers())).isEqualTo(texts(vector, "recoveredSender"));

    if (tx.type().isFeeDelegated()) {
      KlaytnTx klaytn = (KlaytnTx) tx.tx();
      assertThat(klaytn.feePayerSigningPayload(tx.feePayer().orElseThrow(), chainId))
          .isEqualTo(bytes(vector, "sigRLPFeePayer"));
      assertThat(addresses(tx.feePayerSigners())).isEqualTo(texts(vector, "recoveredFeePayer"));
    }
    if (reproducible(vector)) {
      assertThat(signAgain(tx, vector).encode()).isEqualTo(tx.encode());
    }
  }

  private static boolean reproducible(JsonNode vector) {
    boolean sender = vector.path("senderSignatureReproducible").asBoolean();
    boolean payer =
        !vector.has("feePayer") || vector.path("feePayerSignatureReproducible").asBoolean();
    return sender && payer;
  }

  private static SignedTx signAgain(SignedTx tx, JsonNode vector) {
    List<PrivateKey> keys = keys(vector, "senderPrivateKeys");
    long chainId = tx.chainId().orElseThrow();
    Optional<dev.klay.crypto.primitive.Address> payer = tx.feePayer();
    if (payer.isEmpty()) {
      return SignedTx.sign(tx.tx(), chainId, keys.toArray(PrivateKey[]::new));
    }
    return SignedTx.signDelegated(
        (KlaytnTx) tx.tx(), chainId, keys, payer.get(), keys(vector, "feePayerPrivateKeys"));
  }

  private static void refuse(JsonNode vector) {
    assertThatThrownBy(() -> SignedTx.decode(bytes(vector, "rawTx")))
        .isInstanceOf(DecodingException.class);
  }

  private static Bytes bytes(JsonNode vector, String field) {
    return Bytes.fromHex(vector.get(field).asText());
  }

  private static List<String> addresses(List<PublicKey> keys) {
    return keys.stream().map(key -> key.toAddress().toHex()).toList();
  }

  private static List<String> texts(JsonNode vector, String field) {
    List<String> texts = new ArrayList<>();
    vector.get(field).forEach(node -> texts.add(node.asText().toLowerCase(java.util.Locale.ROOT)));
    return texts;
  }

  private static List<PrivateKey> keys(JsonNode vector, String field) {
    List<PrivateKey> keys = new ArrayList<>();
    vector.get(field).forEach(node -> keys.add(PrivateKey.fromHex(node.asText())));
    return keys;
  }
}
