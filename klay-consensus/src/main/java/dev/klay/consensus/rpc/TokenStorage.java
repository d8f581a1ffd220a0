package dev.klay.consensus.rpc;

import dev.klay.core.call.AccountOverride;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallResult;
import dev.klay.core.call.Overrides;
import dev.klay.core.service.BlockRef;
import dev.klay.core.service.ChainService;
import dev.klay.core.transaction.AccessList;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.util.Map;

/**
 * Finds where a token keeps a number: of the slots that are read to answer for it, the one whose
 * change shows in the answer.
 */
final class TokenStorage {
  private static final String BALANCE_OF = "0x70a08231";
  private static final String ALLOWANCE = "0xdd62ed3e";

  /** Small, as some tokens keep flags above the number; and hardly anybody's number. */
  private static final UInt256 PROBE = UInt256.of(0x5eed_cafe_77L);

  private final ChainService chain;

  TokenStorage(ChainService chain) {
    this.chain = chain;
  }

  /** A word in the storage of an account, the token's own or one that it runs the code of. */
  record Place(Address account, UInt256 slot) {}

  /** Where the balance of an owner is. */
  Place balance(Address token, Address owner) {
    return find(token, BALANCE_OF + argument(owner));
  }

  /** Where it is kept how much a spender may take of an owner. */
  Place allowance(Address token, Address owner, Address spender) {
    return find(token, ALLOWANCE + argument(owner) + argument(spender));
  }

  private static String argument(Address account) {
    return "0".repeat(24) + account.toHex().substring(2);
  }

  private Place find(Address token, String question) {
    Call call = Call.to(token).input(Bytes.fromHex(question)).build();
    AccessList read = chain.createAccessList(call, BlockRef.LATEST).join().accessList();
    for (AccessList.Entry entry : read.entries()) {
      for (Hash key : entry.storageKeys()) {
        Place place = new Place(entry.address(), UInt256.fromBytes(key.toArray()));
        if (shows(place, call)) {
          return place;
        }
      }
    }
    throw RpcException.refused(
        "no slot of " + token + " is this number alone; use setStorageAt if you know where it is");
  }

  private boolean shows(Place place, Call call) {
    AccountOverride probe = AccountOverride.NONE.withStorageChanges(Map.of(place.slot(), PROBE));
    CallResult answer =
        chain.call(call, BlockRef.LATEST, Overrides.NONE.with(place.account(), probe)).join();
    return answer.isSuccess() && answer.output().equals(Bytes.wrap(PROBE.toBytes32()));
  }
}
