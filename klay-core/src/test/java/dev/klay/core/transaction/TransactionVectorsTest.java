package dev.klay.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.core.conformance.SkippedVectors;
import dev.klay.core.transaction.MalformedTransactionException.Reason;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class TransactionVectorsTest {
  private static final String CATEGORY = "klaytn-transactions";

  /** Our reasons by a node's words; where it has one text for several faults, all of them. */
  private static final Map<String, Set<Reason>> REASONS =
      Map.of(
          "invalid transaction v, r, s values",
          EnumSet.of(Reason.SIGNATURE_VALUES, Reason.NO_SIGNATURE, Reason.DIFFERENT_CHAINS),
          "undefined tx type",
          EnumSet.of(Reason.UNDEFINED_TYPE),
          "rlp: input contains more than one value",
          EnumSet.of(Reason.TRAILING_BYTES),
          "rlp: canonical integer error",
          EnumSet.of(Reason.INTEGER_NOT_CANONICAL),
          "rlp: input string too short for common.Address",
          EnumSet.of(Reason.WRONG_LENGTH),
          "rlp: too few elements",
          EnumSet.of(Reason.TOO_FEW_FIELDS),
          "rlp: input list has too many elements",
          EnumSet.of(Reason.TOO_MANY_FIELDS));

  @Test
  void transactionsOfAllTypesRoundTrip() {
    try (Tally tally = new Tally(CATEGORY)) {
      for (JsonNode file : Vectors.topic("klaytn", "transactions").values()) {
        for (JsonNode vector : file.path("transactions")) {
          if (SkippedVectors.reason(CATEGORY, vector.get("type").asText()).isPresent()) {
            tally.run(vector.get("id").asText() + " is refused", () -> refuse(vector));
          } else {
            tally.run(vector.get("id").asText(), () -> check(vector));
          }
        }
        for (JsonNode vector : file.path("partiallySigned")) {
          tally.run(vector.get("id").asText(), () -> checkPartial(vector));
        }
        for (JsonNode body : file.path("blockBody")) {
          tally.run(body.get("id").asText(), () -> checkBody(body, hashes(file, body)));
        }
        for (JsonNode vector : file.path("invalid")) {
          if (vector.get("stage").asText().equals("decode")) {
            tally.run(vector.get("id").asText(), () -> refuseForItsReason(vector));
          } // the other stages are the pool's: InvalidTransactionVectorsTest
        }
      }
    }
  }

  /** Half-signed by the sender: read, its hash is final; written in either SDK's form. */
  private static void checkPartial(JsonNode vector) {
    Bytes raw = bytes(vector, "rawTx");
    assertThatThrownBy(() -> SignedTx.decode(raw)).isInstanceOf(DecodingException.class);
    PartialTx partial = PartialTx.decode(raw);
    assertThat(partial.encode()).isEqualTo(raw);
    assertThat(partial.tx().type().label()).isEqualTo(vector.get("type").asText());
    assertThat(partial.senderTxHash().toHex()).isEqualTo(vector.get("senderTxHash").asText());
    assertThat(partial.signatures()).hasSize(vector.get("signatures").size());
    assertThat(partial.isComplete()).isFalse();
    String hex = raw.toHex();
    assertThat(hex).endsWith("80c4c3018080");
    PartialTx ofCaverJs = PartialTx.decode(withZeroPayer(raw));
    assertThat(ofCaverJs).isEqualTo(partial);
    assertThat(partial.combine(ofCaverJs)).isEqualTo(partial);
  }

  /** The same with 20 zero bytes where the fee payer is empty. */
  private static Bytes withZeroPayer(Bytes raw) {
    RlpReader items = RlpReader.of(raw);
    int type = items.readInt(0xff);
    RlpReader fields = items.readList();
    RlpWriter writer = new RlpWriter().integer(type).beginList();
    while (fields.hasNext()) {
      boolean payer = fields.nextIsEmptyString();
      Bytes item = fields.readRaw();
      if (payer && fields.hasNext() && fields.nextIsList()) {
        writer.address(Address.ZERO);
      } else {
        writer.raw(item);
      }
    }
    return writer.endList().toBytes();
  }

  private static List<String> hashes(JsonNode file, JsonNode body) {
    Map<String, String> byId = new HashMap<>();
    file.get("transactions").forEach(v -> byId.put(v.get("id").asText(), v.get("txHash").asText()));
    List<String> hashes = new ArrayList<>();
    body.get("transactions").forEach(id -> hashes.add(byId.get(id.asText())));
    return hashes;
  }

  /** A body's list has more items than transactions. */
  private static void checkBody(JsonNode vector, List<String> hashes) {
    Bytes list = bytes(vector, "rlpList");
    List<SignedTx> transactions = new ArrayList<>();
    for (RlpReader items = RlpReader.ofSingleList(list); items.hasNext(); ) {
      transactions.add(SignedTx.read(items));
    }
    assertThat(transactions.stream().map(tx -> tx.hash().toHex())).isEqualTo(hashes);
    assertThat(RlpWriter.encodeList(w -> transactions.forEach(tx -> w.raw(tx.encode()))))
        .isEqualTo(list);
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
    if (tx.tx() instanceof SetCodeTx setCode) {
      checkAuthorizations(setCode, vector);
    }
    if (reproducible(vector)) {
      assertThat(signAgain(tx, vector).encode()).isEqualTo(tx.encode());
    }
  }

  private static void checkAuthorizations(SetCodeTx tx, JsonNode vector) {
    assertThat(tx.authorizations()).isNotEmpty().allMatch(a -> a.authority().isPresent());
    if (vector.has("authorizationSigHash")) {
      assertThat(tx.authorizations().stream().map(a -> a.signingHash().toHex()))
          .isEqualTo(texts(vector, "authorizationSigHash"));
    }
    if (vector.has("authorityAddresses")) {
      assertThat(tx.authorizations().stream().map(a -> a.authority().orElseThrow().toHex()))
          .isEqualTo(texts(vector, "authorityAddresses"));
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
    Optional<Address> payer = tx.feePayer();
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

  private static void refuseForItsReason(JsonNode vector) {
    assertThatThrownBy(() -> SignedTx.decode(bytes(vector, "rawTx")))
        .isInstanceOfSatisfying(
            MalformedTransactionException.class, e -> assertThat(e.reason()).isIn(reasons(vector)));
  }

  private static Set<Reason> reasons(JsonNode vector) {
    return REASONS.getOrDefault(vector.get("expectedError").asText(), EnumSet.allOf(Reason.class));
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
