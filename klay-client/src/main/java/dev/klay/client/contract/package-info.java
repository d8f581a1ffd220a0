/**
 * Contracts: deploy, call, send, follow events; proxies of annotated Java interfaces; the token
 * standards of Klaytn and Ethereum.
 */
@NullMarked
package dev.klay.client.contract;

import org.jspecify.annotations.NullMarked;
