package dev.klay.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.keystore.KeyRole;
import dev.klay.crypto.keystore.Keystore;
import dev.klay.crypto.keystore.KeystoreCost;
import dev.klay.crypto.keystore.WalletKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.KlayUnit;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.FinalityProof;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.SealedHeader;
import dev.klay.crypto.proof.TrustedCouncil;
import dev.klay.crypto.rlp.RlpReader;
import dev.klay.crypto.rlp.RlpWriter;
import dev.klay.crypto.secp256k1.InvalidKeyException;
import dev.klay.crypto.secp256k1.PrivateKey;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What klay-crypto reads. */
public enum CryptoTargets implements FuzzTarget {
  RLP {
    @Override
    boolean read(Bytes input) {
      RlpWriter copy = new RlpWriter();
      copyItems(RlpReader.of(input), copy, 0);
      assertThat(copy.toBytes()).isEqualTo(input);
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          RlpWriter.encodeList(
                  w ->
                      w.integer(1024)
                          .bytes(new byte[60])
                          .list(l -> l.integer(0).list(m -> m.bytes(new byte[300]))))
              .toArray());
    }
  },

  EXTRA_DATA {
    @Override
    boolean read(Bytes input) {
      ExtraData extra = ExtraData.decode(input);
      assertThat(extra.encode()).isEqualTo(input);
      for (SealRule rule : SealRule.values()) {
        assertThat(extra.withRound(rule, extra.round(rule))).isEqualTo(extra);
      }
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          ProofSamples.extra(List.of()).encode().toArray(),
          ProofSamples.SEALED.extra().encode().toArray());
    }
  },

  SEALED_HEADER {
    @Override
    boolean read(Bytes input) {
      SealedHeader header = SealedHeader.decode(input);
      assertThat(header.encode()).isEqualTo(input);
      assertThat(header.hash(SealRule.KLAY_QBFT)).isEqualTo(header.certificate().blockHash());
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(ProofSamples.SEALED.encode().toArray());
    }
  },

  /** RLP([header, [epoch headers]]); whatever it is, nothing else is proven than was sealed. */
  FINALITY_PROOF {
    @Override
    boolean read(Bytes input) {
      RlpReader fields = RlpReader.ofSingleList(input);
      Bytes header = fields.readRaw();
      List<Bytes> epochs = new ArrayList<>();
      for (RlpReader list = fields.readList(); list.hasNext(); ) {
        epochs.add(list.readRaw());
      }
      fields.expectEnd();
      FinalityProof proof = new FinalityProof(ProofSamples.GENESIS, header, epochs);
      TrustedCouncil council = TrustedCouncil.ofGenesis(ProofSamples.VALIDATORS, 600);
      boolean proven = proof.findFault(council).isEmpty();
      if (proven) {
        assertThat(proof.blockHash()).isEqualTo(ProofSamples.SEALED.hash(SealRule.KLAY_QBFT));
      }
      return proven;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          RlpWriter.encodeList(w -> w.raw(ProofSamples.SEALED.encode()).list(l -> {})).toArray());
    }
  },

  /** Never unlocked: how much work a file may ask for is limited when it is read. */
  KEYSTORE {
    @Override
    boolean read(Bytes input) {
      Keystore keystore = Keystore.parse(text(input));
      if (keystore.version() != 1) {
        assertThat(Keystore.parse(keystore.toJson())).isEqualTo(keystore);
      }
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      SecureRandom random = new SecureRandom();
      PrivateKey key = ProofSamples.KEYS.get(0);
      char[] password = "a password of a test".toCharArray();
      String light = Keystore.encrypt(key, password, KeystoreCost.LIGHT, random).toJson();
      String keyring =
          Keystore.encrypt(
                  key.address(),
                  Map.of(KeyRole.values()[0], List.of(key)),
                  password,
                  KeystoreCost.LIGHT,
                  random)
              .toJson();
      return List.of(utf8(light), utf8(keyring));
    }
  },

  WALLET_KEY {
    @Override
    boolean read(Bytes input) {
      try (WalletKey key = WalletKey.parse(text(input).toCharArray())) {
        String again = new String(key.format());
        assertThat(again).endsWith(text(input).toLowerCase(Locale.ROOT));
      }
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      String secret = "0x" + "5a".repeat(32);
      return List.of(utf8(secret + "0x00" + "0x" + "1b".repeat(20)));
    }
  },

  /** Whatever people type: hexadecimal, addresses, amounts, paths, words. */
  TEXT {
    @Override
    boolean read(Bytes input) {
      String text = text(input);
      boolean any = accepted(() -> Bytes.fromHex(text).toHex(), CryptoTargets::sameHex, text);
      any |= accepted(() -> Address.parse(text).toHex(), CryptoTargets::sameHex, text);
      any |= accepted(() -> UInt256.fromHex(text).toString(), t -> t, "");
      any |= accepted(() -> Amount.parse(text, KlayUnit.KLAY).toString(), t -> t, "");
      any |= accepted(() -> HdPath.parse(text).toString(), t -> t, "");
      any |= accepted(() -> words(text), t -> t, "");
      return any;
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(
          utf8("0x27b1fdb04752bbc536007a920d24acb045561c26"),
          utf8("115792089237316195423570985008687907853269984665640564039457.584007913129639935"),
          utf8("m/44'/8217'/0'/0/0"),
          utf8("test test test test test test test test test test test junk"));
    }
  },

  /** 65 bytes of a signature and 32 of a digest. */
  SIGNATURE {
    @Override
    boolean read(Bytes input) {
      if (input.size() < 97) {
        return false;
      }
      Signature signature = Signature.decode(input.slice(0, 65));
      assertThat(signature.encode()).isEqualTo(input.slice(0, 65));
      Hash digest = Hash.wrap(input.slice(65, 97).toArray());
      PublicKey key = signature.recover(digest);
      assertThat(signature.verify(digest, key)).isTrue();
      return true;
    }

    @Override
    public List<byte[]> seeds() {
      Hash digest = Hash.wrap("a digest has thirty-two bytes...".getBytes(StandardCharsets.UTF_8));
      byte[] seed = Arrays.copyOf(ProofSamples.KEYS.get(0).sign(digest).encode().toArray(), 97);
      System.arraycopy(digest.toBytes().toArray(), 0, seed, 65, 32);
      return List.of(seed);
    }
  },

  PUBLIC_KEY {
    @Override
    boolean read(Bytes input) {
      try {
        PublicKey key = PublicKey.decode(input);
        assertThat(input).isIn(key.toBytes(), key.toCompressed(), prefixed(key));
        return true;
      } catch (InvalidKeyException refused) {
        return false;
      }
    }

    private static Bytes prefixed(PublicKey key) {
      return new RlpWriter().raw(new byte[] {4}).raw(key.toBytes()).toBytes();
    }

    @Override
    public List<byte[]> seeds() {
      PublicKey key = ProofSamples.KEYS.get(0).publicKey();
      return List.of(key.toBytes().toArray(), key.toCompressed().toArray());
    }
  };

  private static final int DEPTH_MAX = 200;

  abstract boolean read(Bytes input);

  @Override
  public boolean accepts(byte[] input) {
    try {
      return read(Bytes.wrap(input));
    } catch (DecodingException refused) {
      return false;
    }
  }

  private static void copyItems(RlpReader reader, RlpWriter copy, int depth) {
    while (reader.hasNext()) {
      if (depth == DEPTH_MAX) {
        copy.raw(reader.readRaw()); // the reader does not mind how deep, this test would
      } else if (reader.nextIsList()) {
        copy.beginList();
        copyItems(reader.readList(), copy, depth + 1);
        copy.endList();
      } else {
        copy.bytes(reader.readBytes());
      }
    }
  }

  private interface Reading {
    String read();
  }

  private static boolean accepted(Reading reading, Function<String, String> form, String text) {
    try {
      String read = reading.read();
      if (!text.isEmpty()) {
        assertThat(form.apply(read)).isEqualTo(form.apply(text));
      }
      return true;
    } catch (DecodingException refused) {
      return false;
    }
  }

  private static String sameHex(String hex) {
    String lower = hex.toLowerCase(Locale.ROOT);
    return lower.startsWith("0x") ? lower.substring(2) : lower;
  }

  private static String words(String text) {
    try (Mnemonic mnemonic = Mnemonic.parse(text.toCharArray())) {
      return mnemonic.toString();
    }
  }

  /** One character for each byte, so that nothing is lost on the way. */
  private static String text(Bytes input) {
    return new String(input.unsafeArray(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
