/** Precompiled contracts: functions of their input, at fixed addresses. */
@NullMarked
package dev.klay.core.evm.precompile;

import org.jspecify.annotations.NullMarked;
