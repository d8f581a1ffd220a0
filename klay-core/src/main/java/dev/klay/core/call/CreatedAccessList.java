package dev.klay.core.call;

import dev.klay.core.transaction.AccessList;

/**
 * What a call touches.
 *
 * @param accessList accounts and slots in the order of their first use. Without the accounts that
 *     are warm anyway (sender, recipient, precompiled contracts and, where the fork warms it, the
 *     coinbase) unless slots of theirs are used
 * @param result of the call with this list, the gas for the list included
 */
public record CreatedAccessList(AccessList accessList, CallResult result) {}
