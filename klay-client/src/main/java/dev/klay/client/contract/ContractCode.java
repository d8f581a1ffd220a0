package dev.klay.client.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.client.abi.Abi;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A compiled contract.
 *
 * @param initCode that creates it, without the constructor's arguments
 */
public record ContractCode(Abi abi, Bytes initCode) {
  /**
   * Reads what a compiler writes into two files.
   *
   * @param abi JSON
   * @param bin hexadecimal, with or without 0x; blanks around it do not matter
   * @throws DecodingException if they are not; so where a library has still to be linked
   */
  public static ContractCode parse(String abi, String bin) {
    return new ContractCode(Abi.parseJson(abi), code(bin));
  }

  /**
   * Reads the artifact of Hardhat, Foundry or Truffle.
   *
   * @throws DecodingException if it has no {@code abi} or no {@code bytecode}
   */
  public static ContractCode parseArtifact(String json) {
    try {
      JsonNode bytecode = new JsonMapper().readTree(json).path("bytecode");
      JsonNode hex = bytecode.isObject() ? bytecode.path("object") : bytecode;
      if (!hex.isTextual()) {
        throw new DecodingException("the artifact has no bytecode");
      }
      return parse(json, hex.textValue());
    } catch (JsonProcessingException e) {
      throw new DecodingException("the artifact is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads NAME.abi and NAME.bin from beside a class, on its class path.
   *
   * @throws IllegalArgumentException if they are not there
   */
  public static ContractCode resource(Class<?> beside, String name) {
    return parse(text(beside, name + ".abi"), text(beside, name + ".bin"));
  }

  static String text(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + file + " beside " + beside.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes code(String bin) {
    String hex = bin.strip();
    if (hex.contains("__")) {
      throw new DecodingException("a library is not linked yet: there is __ in the code");
    }
    Bytes code = Bytes.fromHex(hex.startsWith("0x") ? hex : "0x" + hex);
    if (code.isEmpty()) {
      throw new DecodingException("there is no code: an interface or abstract contract");
    }
    return code;
  }
}
