// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A non-fungible token: KIP-17 with metadata, hence ERC-721.
contract Badge {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);

    error NotAllowed(address caller, uint256 tokenId);

    string public name = "Badge";
    string public symbol = "BDG";
    address public immutable minter = msg.sender;
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => address) private owners;
    mapping(uint256 => string) private uris;
    mapping(uint256 => address) private approvals;
    mapping(address => mapping(address => bool)) public isApprovedForAll;

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x80ac58cd || id == 0x5b5e139f;
    }

    function mintWithTokenURI(address to, uint256 tokenId, string calldata uri)
        external
        returns (bool)
    {
        if (msg.sender != minter || owners[tokenId] != address(0)) {
            revert NotAllowed(msg.sender, tokenId);
        }
        owners[tokenId] = to;
        uris[tokenId] = uri;
        balanceOf[to]++;
        emit Transfer(address(0), to, tokenId);
        return true;
    }

    function ownerOf(uint256 tokenId) public view returns (address owner) {
        owner = owners[tokenId];
        require(owner != address(0), "no such token");
    }

    function tokenURI(uint256 tokenId) external view returns (string memory) {
        ownerOf(tokenId);
        return uris[tokenId];
    }

    function approve(address to, uint256 tokenId) external {
        if (ownerOf(tokenId) != msg.sender) {
            revert NotAllowed(msg.sender, tokenId);
        }
        approvals[tokenId] = to;
        emit Approval(msg.sender, to, tokenId);
    }

    function getApproved(uint256 tokenId) external view returns (address) {
        return approvals[tokenId];
    }

    function setApprovalForAll(address operator, bool approved) external {
        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    function transferFrom(address from, address to, uint256 tokenId) public {
        address owner = ownerOf(tokenId);
        bool allowed = msg.sender == owner || approvals[tokenId] == msg.sender
            || isApprovedForAll[owner][msg.sender];
        if (owner != from || to == address(0) || !allowed) {
            revert NotAllowed(msg.sender, tokenId);
        }
        delete approvals[tokenId];
        owners[tokenId] = to;
        balanceOf[from]--;
        balanceOf[to]++;
        emit Transfer(from, to, tokenId);
    }

    function safeTransferFrom(address from, address to, uint256 tokenId) external {
        require(to.code.length == 0, "contracts are not asked here");
        transferFrom(from, to, tokenId);
    }

    function safeTransferFrom(address from, address to, uint256 tokenId, bytes calldata) external {
        require(to.code.length == 0, "contracts are not asked here");
        transferFrom(from, to, tokenId);
    }
}
