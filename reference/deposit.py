"""The reward as a Bitcoin deposit (spec/tasking.md): its script, its states, and what each side ends up with.

Paper E, section 2.3.2, "Using a Decentralized System". Nothing here needs a Bitcoin library; the module
deposit_transactions builds the transactions and has the scripts evaluated.
"""

from hashlib import sha256

from meter_privacy.reference.errors import (
    Malformed,
    NotInGroup,
    Policy,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)

# BIP 65: a lock time from here on is seconds since 1970, below it is a height.
TIME_THRESHOLD, TIME_END = 500_000_000, 1 << 32
AMOUNT_LIMIT = 1 << 52
FIELD = 2**256 - 2**32 - 977

OP_IF, OP_ELSE, OP_ENDIF, OP_DROP = 0x63, 0x67, 0x68, 0x75
OP_2, OP_CHECKSIG, OP_CHECKMULTISIG, OP_CHECKLOCKTIMEVERIFY = 0x52, 0xAC, 0xAE, 0xB1

OPEN, FUNDED, PAID, REFUNDED = range(4)
FUND, PAY, REFUND = range(3)
UTILITY, USER = 1, 2


# ---- The script ----------------------------------------------------------------------------------


def is_point(key: bytes) -> bool:
    """Whether 33 bytes are a compressed point of secp256k1: x^3 + 7 is a square. Source: SEC 1, section
    2.3.4.

    Implements TASK-20.
    """
    x = int.from_bytes(key[1:], "big")
    square = (x**3 + 7) % FIELD
    return key[0] in (2, 3) and x < FIELD and pow(square, (FIELD - 1) // 2, FIELD) == 1


def check_lock_time(lock_time: int) -> None:
    """A lock time is a time. Errors: Range. Implements TASK-20."""
    check(TIME_THRESHOLD <= lock_time < TIME_END, Range, "the lock time is no time")


def push(data: bytes) -> bytes:
    """Push at most 75 bytes."""
    return bytes([len(data)]) + data


def script_number(number: int) -> bytes:
    """A positive number as a script has it: little-endian, the highest bit free for the sign."""
    return number.to_bytes(number.bit_length() // 8 + 1, "little")


def deposit_script(utility_key: bytes, user_key: bytes, lock_time: int) -> dict[str, bytes]:
    """The witness script of a deposit, and the output script that pays to its SHA-256.

    Both keys together spend it at any time, the utility's alone once the lock time has passed. utility_key,
    user_key: compressed points, 33 bytes. lock_time: seconds since 1970, in [500 000 000, 2^32). Errors:
    Malformed, Range, NotInGroup, Policy where both keys are the same. Source: paper E, section 2.3.2; BIP 65;
    BIP 141. Implements TASK-20.
    """
    check(len(utility_key) == 33 and len(user_key) == 33, Malformed, "a key has not 33 bytes")
    check_lock_time(lock_time)
    check(is_point(utility_key) and is_point(user_key), NotInGroup, "a key is no point of the curve")
    check(utility_key[1:] != user_key[1:], Policy, "one signer has both keys")
    together = bytes([OP_2]) + push(utility_key) + push(user_key) + bytes([OP_2, OP_CHECKMULTISIG])
    after = push(script_number(lock_time)) + bytes([OP_CHECKLOCKTIMEVERIFY, OP_DROP])
    alone = after + push(utility_key) + bytes([OP_CHECKSIG])
    script = bytes([OP_IF]) + together + bytes([OP_ELSE]) + alone + bytes([OP_ENDIF])
    return {"script": script, "output_script": b"\x00" + push(sha256(script).digest())}


# ---- The states ----------------------------------------------------------------------------------


def deposit_next(state: int, event: int, signers: int, time: int, lock_time: int) -> int:
    """The state of a deposit after an event, if the block chain admits it.

    state: 0 open, 1 funded, 2 paid, 3 refunded. event: 0 fund, 1 pay (the branch of both keys), 2 refund (the
    branch of the utility's). signers: 1 the utility, 2 the user, 3 both. time: the median time of the chain's
    last blocks, in seconds, which a transaction's own lock time has to be earlier than. Errors: Range;
    Unauthentic where a signature that the branch wants is missing; Replayed where the deposit is spent;
    Policy for a refund before the lock time; State where it is not funded, or funded before. Source: paper E,
    section 2.3.2; BIP 65. Implements TASK-21.
    """
    check(OPEN <= state <= REFUNDED, Range, "there is no such state")
    check(FUND <= event <= REFUND, Range, "there is no such event")
    check(0 <= signers <= 3, Range, "there are no such signers")
    check(0 <= time < TIME_END, Range, "the time is out of range")
    check_lock_time(lock_time)
    wanted = (UTILITY, UTILITY | USER, UTILITY)[event]
    check(signers & wanted == wanted, Unauthentic, "a signature is missing")
    spent = state in (PAID, REFUNDED)
    check(not (spent and event != FUND), Replayed, "the deposit is spent")
    check(event != REFUND or time > lock_time, Policy, "the lock time is not passed")
    check(state == (OPEN if event == FUND else FUNDED), State, "the deposit is not in a state for this")
    return (FUNDED, PAID, REFUNDED)[event]


# ---- What each side ends up with -----------------------------------------------------------------


def deposit_payoffs(
    deposit: int, reward: int, value: int, cost: int, refundable: int
) -> list[dict[str, int]]:
    """What utility and user gain over doing nothing, for all that each can do.

    deposit: what is locked, of which the reward goes to the user where both sign and the rest back. value: of
    the work to the utility. cost: of the work to the user. refundable: 1 with the refund path, 0 as printed.
    Rows by worked (the user), offered (the utility signs the payment) and agreed (the user signs it too).
    Errors: Range. Source: paper E, section 2.3.2. Implements TASK-22.
    """
    check(1 <= deposit < AMOUNT_LIMIT, Range, "the deposit is out of range")
    check(1 <= reward <= deposit, Range, "the reward is above the deposit")
    check(0 <= value < AMOUNT_LIMIT and 0 <= cost < AMOUNT_LIMIT, Range, "value or cost is out of range")
    check(refundable in (0, 1), Range, "refundable is 0 or 1")
    rows = []
    for worked in (0, 1):
        for offered in (0, 1):
            for agreed in (0, 1):
                paid = offered and agreed
                lost = 0 if refundable else deposit
                rows.append(
                    {
                        "worked": worked,
                        "offered": offered,
                        "agreed": agreed,
                        "utility": worked * value - (reward if paid else lost),
                        "user": (reward if paid else 0) - worked * cost,
                    }
                )
    return rows
