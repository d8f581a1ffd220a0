package dev.klay.core.evm;

import dev.klay.core.evm.precompile.Bn254Add;
import dev.klay.core.evm.precompile.Bn254Mul;
import dev.klay.core.evm.precompile.Bn254Pairing;
import dev.klay.core.evm.precompile.Precompile;
import dev.klay.core.evm.precompile.Precompiles;
import dev.klay.crypto.primitive.Address;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which precompiled contract is at which address. Immutable. */
public final class PrecompileSet {
  private static final int SMALL = 1024;

  static final PrecompileSet NONE = new PrecompileSet(new TreeMap<>());

  static final PrecompileSet FRONTIER =
      NONE.with(0x01, Precompiles.EC_RECOVER)
          .with(0x02, Precompiles.SHA256)
          .with(0x03, Precompiles.RIPEMD160)
          .with(0x04, Precompiles.IDENTITY);

  /** EIP-196, 197, 198. */
  static final PrecompileSet BYZANTIUM =
      FRONTIER
          .with(0x05, Precompiles.MODEXP_BYZANTIUM)
          .with(0x06, Bn254Add.BYZANTIUM)
          .with(0x07, Bn254Mul.BYZANTIUM)
          .with(0x08, Bn254Pairing.BYZANTIUM);

  /** EIP-152, 1108. */
  static final PrecompileSet ISTANBUL =
      BYZANTIUM
          .with(0x06, Bn254Add.ISTANBUL)
          .with(0x07, Bn254Mul.ISTANBUL)
          .with(0x08, Bn254Pairing.ISTANBUL)
          .with(0x09, Precompiles.BLAKE2_F);

  /** EIP-2565. */
  static final PrecompileSet BERLIN = ISTANBUL.with(0x05, Precompiles.MODEXP_BERLIN);

  /** EIP-4844. */
  static final PrecompileSet CANCUN = BERLIN.with(0x0a, Precompiles.POINT_EVALUATION);

  /** EIP-2537. */
  static final PrecompileSet PRAGUE =
      CANCUN
          .with(0x0b, Precompiles.BLS_G1_ADD)
          .with(0x0c, Precompiles.BLS_G1_MSM)
          .with(0x0d, Precompiles.BLS_G2_ADD)
          .with(0x0e, Precompiles.BLS_G2_MSM)
          .with(0x0f, Precompiles.BLS_PAIRING)
          .with(0x10, Precompiles.BLS_MAP_FP_TO_G1)
          .with(0x11, Precompiles.BLS_MAP_FP2_TO_G2);

  /** EIP-7823, 7883, 7951. */
  static final PrecompileSet OSAKA =
      PRAGUE.with(0x05, Precompiles.MODEXP_OSAKA).with(0x100, Precompiles.P256_VERIFY);

  static final PrecompileSet KLAYTN =
      BYZANTIUM
          .with(0x09, KlaytnPrecompile.VM_LOG)
          .with(0x0a, KlaytnPrecompile.FEE_PAYER)
          .with(0x0b, KlaytnPrecompile.VALIDATE_SENDER);

  static final PrecompileSet KLAYTN_ISTANBUL = ISTANBUL.withKlaytns();
  static final PrecompileSet KLAYTN_KORE = BERLIN.withKlaytns();
  static final PrecompileSet KLAYTN_CANCUN = CANCUN.withKlaytns();
  static final PrecompileSet KLAYTN_PRAGUE = PRAGUE.withKlaytns();
  static final PrecompileSet KLAYTN_OSAKA = OSAKA.withKlaytns();

  private final NavigableMap<Integer, Precompile> byNumber;
  private final Optional<Precompile>[] table;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private PrecompileSet(NavigableMap<Integer, Precompile> byNumber) {
    this.byNumber = Collections.unmodifiableNavigableMap(byNumber);
    table = new Optional[SMALL];
    for (int i = 0; i < SMALL; i++) {
      table[i] = Optional.ofNullable(byNumber.get(i));
    }
  }

  /** The same with another contract at an address below 0x400. */
  PrecompileSet with(int number, Precompile precompile) {
    NavigableMap<Integer, Precompile> changed = new TreeMap<>(byNumber);
    changed.put(number, precompile);
    return new PrecompileSet(changed);
  }

  /** The same with Klaytn's own, where they are from Istanbul on. */
  private PrecompileSet withKlaytns() {
    return with(0x3fd, KlaytnPrecompile.VM_LOG)
        .with(0x3fe, KlaytnPrecompile.FEE_PAYER)
        .with(0x3ff, KlaytnPrecompile.VALIDATE_SENDER);
  }

  Optional<Precompile> at(Address address) {
    int number = number(address);
    return number < SMALL ? table[number] : Optional.empty();
  }

  /** The addresses, ascending. */
  public List<Address> addresses() {
    return byNumber.keySet().stream().map(PrecompileSet::address).toList();
  }

  static Address address(int number) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[Address.SIZE - 2] = (byte) (number >> 8);
    bytes[Address.SIZE - 1] = (byte) number;
    return Address.wrap(bytes);
  }

  /** The address as a number, or the largest one if it is not small. */
  static int number(Address address) {
    byte[] bytes = address.unsafeArray();
    for (int i = 0; i < Address.SIZE - 2; i++) {
      if (bytes[i] != 0) {
        return Integer.MAX_VALUE;
      }
    }
    return (bytes[Address.SIZE - 2] & 0xff) << 8 | bytes[Address.SIZE - 1] & 0xff;
  }
}
