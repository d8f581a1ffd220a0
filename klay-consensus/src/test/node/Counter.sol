// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Counts, tells so, and fails in every way a tool should be able to read.
contract Counter {
    event Increased(address indexed by, uint256 to);

    error TooMuch(uint256 asked, uint256 allowed);

    uint256 public count;

    constructor(uint256 start) payable {
        count = start;
    }

    function increase(uint256 by) external payable returns (uint256) {
        if (by > 100) {
            revert TooMuch(by, 100);
        }
        require(by != 13, "unlucky");
        count += by;
        emit Increased(msg.sender, count);
        return count;
    }

    function ratio(uint256 by) external view returns (uint256) {
        return count / by;
    }
}
