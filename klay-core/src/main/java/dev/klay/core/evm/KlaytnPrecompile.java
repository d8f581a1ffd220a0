package dev.klay.core.evm;

import dev.klay.core.account.Role;
import dev.klay.core.evm.precompile.CallData;
import dev.klay.core.evm.precompile.Precompile;
import dev.klay.core.state.StateView;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.secp256k1.InvalidSignatureException;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Klaytn's own precompiled contracts, which look at the transaction or at an account's key. */
enum KlaytnPrecompile implements Precompile {
  /** Writes to a node's log on Klaytn; here it only costs. */
  VM_LOG {
    @Override
    public long gas(CallData input) {
      return 100 + 20L * input.size();
    }

    @Override
    public long computationCost(CallData input) {
      return 10;
    }

    @Override
    byte[] run(byte[] input, TxContext tx, StateView state) {
      return Frame.NO_DATA;
    }
  },

  /** The 20 bytes of who pays the fee. */
  FEE_PAYER {
    @Override
    public int used(CallData input) {
      return 0;
    }

    @Override
    public long gas(CallData input) {
      return 300;
    }

    @Override
    public long computationCost(CallData input) {
      return 10;
    }

    @Override
    byte[] run(byte[] input, TxContext tx, StateView state) {
      return tx.feePayer().toArray();
    }
  },

  /** Whether signatures of a hash are those of an account: address, hash, 65 bytes each. */
  VALIDATE_SENDER {
    @Override
    public long gas(CallData input) {
      return 5_000L * (input.size() / SIGNATURE);
    }

    @Override
    public long computationCost(CallData input) {
      return 10_000 + 180_000L * (input.size() / SIGNATURE);
    }

    @Override
    byte[] run(byte[] input, TxContext tx, StateView state) {
      return new byte[] {(byte) (isValid(input, state) ? 1 : 0)};
    }
  };

  private static final int SIGNATURE = 65;
  private static final int HEAD = Address.SIZE + Hash.SIZE;

  abstract byte[] run(byte[] input, TxContext tx, StateView state);

  @Override
  public byte @Nullable [] run(byte[] input) {
    throw new AssertionError("this contract needs the transaction: " + this);
  }

  private static boolean isValid(byte[] input, StateView state) {
    if (input.length <= HEAD || (input.length - HEAD) % SIGNATURE != 0) {
      return false;
    }
    Address address = Address.wrap(Arrays.copyOf(input, Address.SIZE));
    Hash hash = Hash.wrap(Arrays.copyOfRange(input, Address.SIZE, HEAD));
    List<PublicKey> signers = new ArrayList<>();
    try {
      for (int i = HEAD; i < input.length; i += SIGNATURE) {
        Bytes signature = Bytes.wrap(Arrays.copyOfRange(input, i, i + SIGNATURE));
        signers.add(Signature.decode(signature).recover(hash));
      }
    } catch (InvalidSignatureException e) {
      return false;
    } catch (DecodingException e) {
      return false;
    }
    return state
        .key(address)
        .forRole(Role.TRANSACTION)
        .isSatisfiedBy(signers, address, Role.TRANSACTION, true);
  }
}
