// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Values of every shape, given back as they came; events with all kinds of topics; ways to fail.
contract Shapes {
    struct Item {
        string name;
        uint256[] amounts;
        address owner;
    }

    struct Order {
        uint64 id;
        Item[] items;
        bytes4[2] tags;
        bool open;
    }

    event Placed(uint64 indexed id, string indexed label, uint256[] indexed amounts, Order order);
    event Plain(address indexed who, bytes data);
    event Hidden(uint256 indexed a, uint256 b) anonymous;

    error TooPoor(address buyer, uint256 balance, uint256 price);
    error BadOrder(Order order);
    error Silent();

    uint256 public paid;
    int256 public temperature;

    function order(Order calldata o) external pure returns (Order memory) {
        return o;
    }

    function orders(Order[] calldata o) external pure returns (Order[] memory, uint256) {
        return (o, o.length);
    }

    function grid(int16[3][] calldata g, string[][2] calldata names)
        external
        pure
        returns (int16[3][] memory, string[][2] memory)
    {
        return (g, names);
    }

    function mixed(bool a, bytes32 b, bytes calldata c, int256 d)
        external
        pure
        returns (bool, bytes32, bytes memory, int256)
    {
        return (a, b, c, d);
    }

    function place(Order calldata o, string calldata label) external {
        emit Placed(o.id, label, o.items[0].amounts, o);
        emit Plain(msg.sender, bytes(label));
        emit Hidden(1, 2);
    }

    function buy(uint256 price) external payable returns (uint256) {
        if (msg.value < price) {
            revert TooPoor(msg.sender, msg.value, price);
        }
        paid += msg.value;
        return paid;
    }

    function warm(int256 by) external returns (int256) {
        temperature += by;
        return temperature;
    }

    function refuse(Order calldata o) external pure {
        revert BadOrder(o);
    }

    function fail(uint256 how) external view returns (uint256) {
        if (how == 0) {
            revert Silent();
        }
        require(how != 1, "one is refused");
        uint256[] memory empty;
        if (how == 2) {
            return empty[how];
        }
        if (how == 3) {
            revert();
        }
        return paid - how;
    }

    function overloaded(uint256 a) external pure returns (uint256) {
        return a;
    }

    function overloaded(uint256 a, uint256 b) external pure returns (uint256) {
        return a + b;
    }

    receive() external payable {
        paid += msg.value;
    }
}
