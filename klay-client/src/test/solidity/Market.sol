// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// What wrapper generators have to cope with: structs in calls and events, several results, arrays, payments, errors.
contract Market {
    struct Item {
        string name;
        uint256 price;
        address seller;
    }

    event Offered(uint256 indexed id, address indexed seller, Item item);
    event Bought(uint256 indexed id, address indexed buyer, uint256 paid);

    error TooLittle(uint256 paid, uint256 price);

    string public name;
    Item[] private items;
    mapping(uint256 => address) public buyers;

    constructor(string memory name_) {
        name = name_;
    }

    function offer(Item calldata item) external returns (uint256 id) {
        id = items.length;
        items.push(item);
        emit Offered(id, msg.sender, item);
    }

    function buy(uint256 id) external payable {
        if (msg.value < items[id].price) {
            revert TooLittle(msg.value, items[id].price);
        }
        require(buyers[id] == address(0), "sold");
        buyers[id] = msg.sender;
        emit Bought(id, msg.sender, msg.value);
    }

    function itemOf(uint256 id) external view returns (Item memory) {
        return items[id];
    }

    function all() external view returns (Item[] memory) {
        return items;
    }

    function prices(uint256[] calldata ids) external view returns (uint256[] memory found) {
        found = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; i++) {
            found[i] = items[ids[i]].price;
        }
    }

    function summary() external view returns (string memory title, uint256 count, bool open) {
        return (name, items.length, true);
    }

    function echo(bytes32 word, bytes calldata data, int64 number)
        external
        pure
        returns (bytes32, bytes memory, int64)
    {
        return (word, data, number);
    }
}
