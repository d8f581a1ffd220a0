/** Headers, blocks, receipts, logs and blooms, in exactly Klaytn's encodings. */
@NullMarked
package dev.klay.core.block;

import org.jspecify.annotations.NullMarked;
