package dev.klay.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.Optional;

/**
 * The fields of an object that somebody else wrote. Every reader throws {@link DecodingException}
 * naming the field that is missing or of another form.
 */
record Fields(JsonNode json) {
  Fields {
    if (!json.isObject()) {
      throw new DecodingException("an object is wanted, not " + json.getNodeType());
    }
  }

  boolean has(String name) {
    return json.hasNonNull(name);
  }

  JsonNode node(String name) {
    JsonNode field = json.path(name);
    if (field.isMissingNode() || field.isNull()) {
      throw new DecodingException("there is no " + name);
    }
    return field;
  }

  Bytes bytes(String name) {
    JsonNode field = node(name);
    if (!field.isTextual()) {
      throw new DecodingException(name + " is no hexadecimal text: " + field);
    }
    return Bytes.fromHex(field.textValue());
  }

  Hash hash(String name) {
    return Hash.of(bytes(name).toArray());
  }

  Address address(String name) {
    return Address.of(bytes(name).toArray());
  }

  Optional<Address> optionalAddress(String name) {
    return has(name) ? Optional.of(address(name)) : Optional.empty();
  }

  UInt256 quantity(String name) {
    return Quantity.parse(node(name));
  }

  Amount amount(String name) {
    return Amount.peb(quantity(name));
  }

  /** May come out negative if it uses 64 bits. */
  long number(String name) {
    return Quantity.parseLong(node(name));
  }

  int small(String name, int max) {
    long number = number(name);
    if (number < 0 || number > max) {
      throw new DecodingException(name + " is 0 to " + max + ", not " + number);
    }
    return (int) number;
  }
}
