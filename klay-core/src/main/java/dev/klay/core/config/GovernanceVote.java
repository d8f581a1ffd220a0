package dev.klay.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The vote that a header carries: RLP([validator, key, value]) ({@code
 * klaytn-genesis-governance.md} section 3).
 *
 * @param validator who votes
 * @param key in lower case on most chains, kept as it is
 * @param value raw bytes; of a list of addresses the RLP items
 * @param isList whether the value is an RLP list rather than a string
 */
public record GovernanceVote(Address validator, String key, Bytes value, boolean isList) {
  public static final String ADD_VALIDATOR = "governance.addvalidator";
  public static final String REMOVE_VALIDATOR = "governance.removevalidator";

  /**
   * Reads the header field.
   *
   * @throws DecodingException if it is no vote
   */
  public static GovernanceVote decode(Bytes field) {
    RlpReader fields = RlpReader.ofSingleList(field);
    Address validator = fields.readAddress();
    String key = new String(fields.readBytes().toArray(), StandardCharsets.UTF_8);
    boolean isList = fields.nextIsList();
    Bytes value = isList ? fields.readRaw() : fields.readBytes();
    fields.expectEnd();
    return new GovernanceVote(validator, key, value, isList);
  }

  public Bytes encode() {
    return RlpWriter.encodeList(
        w -> {
          w.address(validator).bytes(key.getBytes(StandardCharsets.UTF_8));
          if (isList) {
            w.raw(value);
          } else {
            w.bytes(value);
          }
        });
  }

  /** Whether it is about who validates, rather than about a parameter. */
  public boolean concernsValidators() {
    return isAddition() || normalisedKey().equals(REMOVE_VALIDATOR);
  }

  public boolean isAddition() {
    return normalisedKey().equals(ADD_VALIDATOR);
  }

  private String normalisedKey() {
    return key.toLowerCase(Locale.ROOT);
  }

  /**
   * The validators that are to come or go. Old votes hold an address as hex text, of which Klaytn's
   * decoder keeps the last 20 bytes, and so does this.
   *
   * @throws DecodingException if the value is none
   */
  public List<Address> targets() {
    List<Address> targets = new ArrayList<>();
    if (isList) {
      for (RlpReader list = RlpReader.ofSingleList(value); list.hasNext(); ) {
        targets.add(list.readAddress());
      }
    } else if (value.size() % Address.SIZE == 0) {
      for (int i = 0; i < value.size(); i += Address.SIZE) {
        targets.add(Address.wrap(value.slice(i, i + Address.SIZE).toArray()));
      }
    } else {
      targets.add((Address) ParameterType.ADDRESS.ofVote(value));
    }
    if (targets.isEmpty()) {
      throw new DecodingException("a vote on validators names none");
    }
    return targets;
  }

  /**
   * Refuses a value that is none of the key's.
   *
   * @throws DecodingException if it is malformed
   */
  public void ensureReadable() {
    if (concernsValidators()) {
      targets();
    } else if (parameter().isPresent()) {
      parameterValue();
    }
  }

  /** The parameter that is to change; empty if it is none. */
  public Optional<GovernanceKey> parameter() {
    return GovernanceKey.ofLabel(key);
  }

  /**
   * The wanted value of the parameter, as governance data has it.
   *
   * @throws DecodingException if it is malformed
   */
  public JsonNode parameterValue() {
    GovernanceKey parameter =
        parameter().orElseThrow(() -> new DecodingException("no parameter: " + key));
    return parameter.type().toJson(parameter.type().ofVote(value));
  }
}
