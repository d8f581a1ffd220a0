// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A multi-token: KIP-37 with metadata, hence ERC-1155.
contract Collection {
    event TransferSingle(
        address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value
    );
    event TransferBatch(
        address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values
    );
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);
    event URI(string value, uint256 indexed id);

    error InsufficientBalance(uint256 id, uint256 balance, uint256 needed);

    mapping(uint256 => mapping(address => uint256)) private balances;
    mapping(uint256 => uint256) public totalSupply;
    mapping(address => mapping(address => bool)) public isApprovedForAll;

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x6433ca1f || id == 0xd9b67a26 || id == 0x0e89341c;
    }

    function uri(uint256) external pure returns (string memory) {
        return "https://tokens.example/{id}.json";
    }

    function create(uint256 id, uint256 supply, string calldata value) external returns (bool) {
        require(totalSupply[id] == 0, "the token exists");
        totalSupply[id] = supply;
        balances[id][msg.sender] = supply;
        emit TransferSingle(msg.sender, address(0), msg.sender, id, supply);
        emit URI(value, id);
        return true;
    }

    function balanceOf(address owner, uint256 id) public view returns (uint256) {
        return balances[id][owner];
    }

    function balanceOfBatch(address[] calldata owners, uint256[] calldata ids)
        external
        view
        returns (uint256[] memory all)
    {
        require(owners.length == ids.length, "as many owners as ids");
        all = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; i++) {
            all[i] = balances[ids[i]][owners[i]];
        }
    }

    function setApprovalForAll(address operator, bool approved) external {
        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes calldata)
        external
    {
        _move(from, to, id, value);
        emit TransferSingle(msg.sender, from, to, id, value);
    }

    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata
    ) external {
        require(ids.length == values.length, "as many values as ids");
        for (uint256 i = 0; i < ids.length; i++) {
            _move(from, to, ids[i], values[i]);
        }
        emit TransferBatch(msg.sender, from, to, ids, values);
    }

    function _move(address from, address to, uint256 id, uint256 value) private {
        require(from == msg.sender || isApprovedForAll[from][msg.sender], "not allowed");
        require(to.code.length == 0, "contracts are not asked here");
        uint256 balance = balances[id][from];
        if (balance < value) {
            revert InsufficientBalance(id, balance, value);
        }
        balances[id][from] = balance - value;
        balances[id][to] += value;
    }
}
