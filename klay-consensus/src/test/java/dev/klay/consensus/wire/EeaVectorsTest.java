package dev.klay.consensus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.conformance.Tally;
import dev.klay.crypto.conformance.Vectors;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Extra data and messages of Istanbul and of EEA QBFT, whose protocol ours descends from: read with
 * our RLP reader, each field compared, and written again byte for byte. The messages are not ours,
 * so their codec lives here.
 */
@Tag("conformance")
class EeaVectorsTest {
  @Test
  void extraDataAndMessages() {
    try (Tally tally = new Tally("consensus-eea")) {
      for (Path file : Vectors.files("consensus", ".json")) {
        for (JsonNode vector : Vectors.read(file).get("cases")) {
          String name = file.getFileName() + " " + vector.get("name").asText();
          if (vector.has("qbft_extra_data")) {
            tally.run(name, () -> checkQbftExtra(vector));
          } else if (vector.has("message")) {
            tally.run(name, () -> checkMessage(vector));
          } else if (vector.has("vanity")) {
            tally.run(name, () -> checkIstanbulExtra(vector));
          }
        }
      }
      assertThat(tally.passed()).isPositive();
    }
  }

  private static Bytes hex(JsonNode node) {
    return Bytes.fromHex(node.asText());
  }

  private static void checkIstanbulExtra(JsonNode vector) {
    Bytes vanity = hex(vector.get("vanity"));
    if (vector.hasNonNull("expect_error")) {
      assertThatThrownBy(() -> ExtraData.decode(vanity)).isInstanceOf(DecodingException.class);
      return;
    }
    Bytes encoded = new RlpWriter().raw(vanity).raw(hex(vector.get("rlp"))).toBytes();
    ExtraData extra = ExtraData.decode(encoded);
    List<Address> validators = new ArrayList<>();
    vector.get("validators").forEach(v -> validators.add(Address.parse(v.asText())));
    List<Bytes> seals = new ArrayList<>();
    vector.get("committed_seals").forEach(s -> seals.add(hex(s)));
    assertThat(extra.validators()).isEqualTo(validators);
    assertThat(extra.proposerSeal()).isEqualTo(hex(vector.get("proposer_seal")));
    assertThat(extra.committedSeals()).isEqualTo(seals);
    assertThat(extra.encode()).isEqualTo(encoded);
  }

  /** [vanity, [validators], [recipient, type] or empty, round in 4 bytes, [seals]]. */
  private static void checkQbftExtra(JsonNode vector) {
    JsonNode data = vector.get("qbft_extra_data");
    Bytes written =
        RlpWriter.encodeList(
            w -> {
              w.bytes(hex(data.get("vanityData")));
              w.list(l -> data.get("validators").forEach(v -> l.bytes(hex(v))));
              JsonNode vote = data.get("vote");
              if (vote.isNull()) {
                w.bytes(Bytes.EMPTY);
              } else {
                w.list(l -> l.bytes(hex(vote.get("recipient"))).bytes(hex(vote.get("voteType"))));
              }
              int round = data.get("round").asInt();
              w.bytes(
                  new byte[] {
                    (byte) (round >> 24), (byte) (round >> 16), (byte) (round >> 8), (byte) round
                  });
              w.list(l -> data.get("seals").forEach(s -> l.bytes(hex(s))));
            });
    assertThat(written).isEqualTo(hex(vector.get("rlp")));
  }

  private static void checkMessage(JsonNode vector) {
    Bytes rlp = hex(vector.get("rlp"));
    assertThat(rewritten(RlpReader.of(rlp), new RlpWriter()).toBytes()).isEqualTo(rlp);
    RlpReader head = RlpReader.ofSingleList(rlp).readList();
    JsonNode message = vector.get("message");
    if (head.nextIsList()) {
      head = head.readList(); // [[payload, signature], attachments...]
    }
    JsonNode unsigned = findUnsigned(message);
    assertThat(head.readLong()).isEqualTo(unsigned.get("sequence").asLong());
    assertThat(head.readInt(Integer.MAX_VALUE)).isEqualTo(unsigned.get("round").asInt());
    if (unsigned.has("digest")) {
      List<Bytes> rest = new ArrayList<>();
      while (head.hasNext()) {
        rest.add(head.readBytes());
      }
      assertThat(rest).contains(hex(unsigned.get("digest")));
    }
  }

  private static JsonNode findUnsigned(JsonNode message) {
    for (JsonNode child : message) {
      if (child.has("sequence")) {
        return child;
      }
      if (child.isObject()) {
        return findUnsigned(child);
      }
    }
    throw new AssertionError("no payload in " + message);
  }

  /** Every item read and written again, lists as lists. */
  private static RlpWriter rewritten(RlpReader from, RlpWriter to) {
    while (from.hasNext()) {
      if (from.nextIsList()) {
        to.beginList();
        rewritten(from.readList(), to);
        to.endList();
      } else {
        to.bytes(from.readBytes());
      }
    }
    return to;
  }
}
