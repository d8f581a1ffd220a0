/**
 * Contracts that a chain's own rules read: the registry of KIP-149, the keys of KIP-113, the
 * address book of stakers. They are asked as anybody would ask them, by a call that changes
 * nothing.
 */
@NullMarked
package dev.klay.core.system;

import org.jspecify.annotations.NullMarked;
