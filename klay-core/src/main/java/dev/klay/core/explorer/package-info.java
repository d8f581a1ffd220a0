/** What people look up on a chain, as Klaytnscope showed it. */
@NullMarked
package dev.klay.core.explorer;

import org.jspecify.annotations.NullMarked;
