/**
 * Accounts as the state holds them, and the keys that control them. An address and its key are
 * independent of each other: an account update exchanges the key and keeps the address.
 */
@NullMarked
package dev.klay.core.account;

import org.jspecify.annotations.NullMarked;
