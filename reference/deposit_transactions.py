"""The deposit's transactions, built and evaluated by a Bitcoin library, without a network (spec/tasking.md).

Needs the extra `meter-privacy[deposit]`: btclib, MIT licence. Transactions go in and out as bytes. Signatures
are made here, by the library that makes all others, so that the one that evaluates them has not made them.
"""

from collections.abc import Mapping, Sequence

from btclib.exceptions import BTClibException
from btclib.hashes import hash160
from btclib.script.engine import ALL_FLAGS, verify_transaction
from btclib.script.script_pub_key import ScriptPubKey
from btclib.script.sig_hash import segwit_v0
from btclib.script.witness import Witness
from btclib.tx.out_point import OutPoint
from btclib.tx.tx import Tx
from btclib.tx.tx_in import TxIn
from btclib.tx.tx_out import TxOut
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
SIGHASH_ALL = 1
# Any sequence below the last: else the lock time means nothing (BIP 65).
NOT_FINAL, FINAL = 0xFFFFFFFE, 0xFFFFFFFF


def public_key(private_key: int) -> bytes:
    """The compressed point of a secret exponent. Implements TASK-20."""
    point = ec.derive_private_key(private_key, ec.SECP256K1()).public_key()
    return point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def sign(private_key: int, digest: bytes) -> bytes:
    """ECDSA over a digest, DER with the lower s, and the hash type. Source: BIP 62, BIP 66, RFC 6979.

    Implements TASK-20.
    """
    key = ec.derive_private_key(private_key, ec.SECP256K1())
    made = key.sign(digest, ec.ECDSA(Prehashed(SHA256()), deterministic_signing=True))
    r, s = decode_dss_signature(made)
    return encode_dss_signature(r, min(s, ORDER - s)) + bytes([SIGHASH_ALL])


def unsigned(previous: tuple[bytes, int], outputs: Mapping[bytes, int], lock_time: int, sequence: int) -> Tx:
    """A transaction of one input, not signed yet; outputs by script, in satoshi. Implements TASK-20."""
    spent = TxIn(OutPoint(*previous), b"", sequence)
    made = [TxOut(amount, ScriptPubKey(script)) for script, amount in outputs.items()]
    return Tx(2, lock_time, [spent], made)


def payment(
    previous: tuple[bytes, int], amount: int, script: bytes, outputs: Mapping[bytes, int], keys: Sequence[int]
) -> bytes:
    """Spend a deposit by the branch of both keys. keys: the secret exponents that sign, in the script's
    order.

    previous: transaction id and index of the deposit. amount: of the deposit, in satoshi. Source: paper E,
    section 2.3.2; BIP 143. Implements TASK-20.
    """
    made = unsigned(previous, outputs, 0, FINAL)
    digest = segwit_v0(script, made, 0, SIGHASH_ALL, amount)
    # The empty element stands before the signatures for CHECKMULTISIG, 01 chooses the branch.
    made.vin[0].script_witness = Witness([b"", *(sign(key, digest) for key in keys), b"\x01", script])
    return made.serialize(include_witness=True)


def refund(
    previous: tuple[bytes, int],
    amount: int,
    script: bytes,
    outputs: Mapping[bytes, int],
    key: int,
    lock_time: int,
    sequence: int = NOT_FINAL,
) -> bytes:
    """Spend a deposit by the branch of the utility's key. lock_time: the transaction's own.

    Source: BIP 65, BIP 143. Implements TASK-20.
    """
    made = unsigned(previous, outputs, lock_time, sequence)
    digest = segwit_v0(script, made, 0, SIGHASH_ALL, amount)
    made.vin[0].script_witness = Witness([sign(key, digest), b"", script])
    return made.serialize(include_witness=True)


def funding(previous: tuple[bytes, int], amount: int, outputs: Mapping[bytes, int], key: int) -> bytes:
    """Pay from an output of the utility's key (P2WPKH) to the deposit and the change. Source: BIP 143.

    Implements TASK-20.
    """
    made = unsigned(previous, outputs, 0, FINAL)
    own = key_hash_script(public_key(key))
    code = b"\x76\xa9\x14" + own[2:] + b"\x88\xac"
    digest = segwit_v0(code, made, 0, SIGHASH_ALL, amount)
    made.vin[0].script_witness = Witness([sign(key, digest), public_key(key)])
    return made.serialize(include_witness=True)


def key_hash_script(key: bytes) -> bytes:
    """The output script that pays to the hash of a key. Source: BIP 141. Implements TASK-20."""
    return b"\x00\x14" + hash160(key)


def transaction_id(transaction: bytes) -> bytes:
    """What a further transaction names this one by. Implements TASK-20."""
    return Tx.parse(transaction).id


def is_valid(transaction: bytes, output_script: bytes, amount: int) -> bool:
    """Whether the script of the output that a transaction spends lets it, by all of the consensus rules.

    Implements TASK-20, TASK-21.
    """
    try:
        verify_transaction([TxOut(amount, ScriptPubKey(output_script))], Tx.parse(transaction), ALL_FLAGS)
    except BTClibException:
        return False
    return True


def is_final(transaction: bytes, time: int) -> bool:
    """Whether a block may hold a transaction when the median time of those before it is `time`.

    Source: BIP 113. Implements TASK-21.
    """
    parsed = Tx.parse(transaction)
    return parsed.lock_time < time or all(spent.sequence == FINAL for spent in parsed.vin)
