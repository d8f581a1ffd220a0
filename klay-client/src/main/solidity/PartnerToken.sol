// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Asked by a safe transfer whether a contract takes tokens (KIP-7).
interface IKIP7Receiver {
    function onKIP7Received(address operator, address from, uint256 amount, bytes calldata data)
        external
        returns (bytes4);
}

/// A partner's token: KIP-7 with its metadata, burning and interface detection (KIP-13), hence
/// ERC-20, too. All units belong to the issuer at first; none are made later.
contract PartnerToken {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    error InsufficientBalance(address account, uint256 balance, uint256 needed);
    error InsufficientAllowance(address spender, uint256 allowance, uint256 needed);
    error InvalidRecipient(address recipient);
    error ReceiverRefused(address receiver);

    bytes4 private constant KIP13 = 0x01ffc9a7;
    bytes4 private constant KIP7 = 0x65787371;
    bytes4 private constant KIP7_METADATA = 0xa219a025;
    bytes4 private constant KIP7_BURNABLE = 0x3b5a0bf8;
    bytes4 private constant ERC20 = 0x36372b07;

    string public name;
    string public symbol;
    uint8 public immutable decimals;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    constructor(string memory name_, string memory symbol_, uint8 decimals_, uint256 supply) {
        name = name_;
        symbol = symbol_;
        decimals = decimals_;
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == KIP13 || id == KIP7 || id == KIP7_METADATA || id == KIP7_BURNABLE
            || id == ERC20;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, amount);
        _move(from, to, amount);
        return true;
    }

    function safeTransfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
        _ask(msg.sender, to, amount, "");
    }

    function safeTransfer(address to, uint256 amount, bytes calldata data) external {
        _move(msg.sender, to, amount);
        _ask(msg.sender, to, amount, data);
    }

    function safeTransferFrom(address from, address to, uint256 amount) external {
        _spend(from, amount);
        _move(from, to, amount);
        _ask(from, to, amount, "");
    }

    function safeTransferFrom(address from, address to, uint256 amount, bytes calldata data)
        external
    {
        _spend(from, amount);
        _move(from, to, amount);
        _ask(from, to, amount, data);
    }

    function burn(uint256 amount) external {
        _destroy(msg.sender, amount);
    }

    function burnFrom(address from, uint256 amount) external {
        _spend(from, amount);
        _destroy(from, amount);
    }

    /// An allowance of the largest number is never used up.
    function _spend(address owner, uint256 amount) private {
        uint256 allowed = allowance[owner][msg.sender];
        if (allowed == type(uint256).max) {
            return;
        }
        if (allowed < amount) {
            revert InsufficientAllowance(msg.sender, allowed, amount);
        }
        allowance[owner][msg.sender] = allowed - amount;
        emit Approval(owner, msg.sender, allowed - amount);
    }

    function _take(address from, uint256 amount) private {
        uint256 balance = balanceOf[from];
        if (balance < amount) {
            revert InsufficientBalance(from, balance, amount);
        }
        balanceOf[from] = balance - amount;
    }

    function _move(address from, address to, uint256 amount) private {
        if (to == address(0)) {
            revert InvalidRecipient(to);
        }
        _take(from, amount);
        balanceOf[to] += amount;
        emit Transfer(from, to, amount);
    }

    function _destroy(address from, uint256 amount) private {
        _take(from, amount);
        totalSupply -= amount;
        emit Transfer(from, address(0), amount);
    }

    function _ask(address from, address to, uint256 amount, bytes memory data) private {
        if (to.code.length == 0) {
            return;
        }
        if (
            IKIP7Receiver(to).onKIP7Received(msg.sender, from, amount, data)
                != IKIP7Receiver.onKIP7Received.selector
        ) {
            revert ReceiverRefused(to);
        }
    }
}
