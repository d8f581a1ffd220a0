/**
 * How blocks, transactions, receipts, logs, accounts and account keys look in JSON-RPC, in Klaytn's
 * own shape ({@code klay_}) and in Ethereum's ({@code eth_}); {@code klaytn-rpc.md} section 4.
 */
@NullMarked
package dev.klay.core.json;

import org.jspecify.annotations.NullMarked;
