"""What phe, another library, computes for the same Paillier inputs.

phe is a development tool only: the values it computed are kept in
vectors/generators/data/paillier_phe.json and serve as vectors; here they are computed again.
`python tests/reference/test_paillier_phe.py` writes the file. phe's raw functions are used: they take
n, m and r (and p, q) as the formulas do, with g = n + 1. Its own random source, its signed and its
fractional coding stay out.
"""

import json
from pathlib import Path
from typing import Any

import phe

from meter_privacy.vectors.generators.common import draw_below
from meter_privacy.vectors.generators.paillier_primes import factors

DATA = Path(__file__).resolve().parents[2] / "vectors" / "generators" / "data" / "paillier_phe.json"
SIZES = ("512", "1024", "2048", "3072")


def cases() -> list[dict[str, Any]]:
    """Every case of the file, computed by phe."""
    made: list[dict[str, Any]] = []
    for size in SIZES:
        p, q = factors(size)
        n = p * q
        public = phe.PaillierPublicKey(n)
        private = phe.PaillierPrivateKey(public, p, q)
        plaintexts = {
            "zero": 0,
            "one": 1,
            "reading": 13577,
            "half": n // 2,
            "largest": n - 1,
            "random": draw_below(f"phe/{size}/plaintext", n),
        }
        ciphertexts = []
        for name, m in plaintexts.items():
            r = 2 + draw_below(f"phe/{size}/{name}", n - 2)
            c = public.raw_encrypt(m, r_value=r)
            ciphertexts.append(c)
            made.append(
                {
                    "operation": "encrypt",
                    "size": size,
                    "slug": f"phe-{name}",
                    "comment": f"phe's raw_encrypt, m: {name}",
                    "input": {"modulus": f"{n:x}", "plaintext": f"{m:x}", "randomness": f"{r:x}"},
                    "output": {"ciphertext": f"{c:x}"},
                }
            )
            if size != "3072" or name in ("half", "random"):
                made.append(
                    {
                        "operation": "decrypt",
                        "size": size,
                        "slug": f"phe-{name}",
                        "comment": f"phe's raw_decrypt, m: {name}",
                        "input": {"p": f"{p:x}", "q": f"{q:x}", "ciphertext": f"{c:x}"},
                        "output": {"plaintext": f"{private.raw_decrypt(c):x}"},
                    }
                )
        encrypted = [phe.EncryptedNumber(public, c) for c in ciphertexts]
        if size == "512":
            total = encrypted[0]
            for number in encrypted[1:]:
                total = total + number
            made.append(
                {
                    "operation": "add",
                    "size": size,
                    "slug": "phe-six",
                    "comment": "the sum of six of phe's EncryptedNumbers",
                    "input": {"modulus": f"{n:x}", "ciphertexts": [f"{c:x}" for c in ciphertexts]},
                    "output": {"ciphertext": f"{total.ciphertext(be_secure=False):x}"},
                }
            )
        scaled = encrypted[2] * 29
        made.append(
            {
                "operation": "scale",
                "size": size,
                "slug": "phe-29",
                "comment": "phe's EncryptedNumber times 29",
                "input": {"modulus": f"{n:x}", "ciphertext": f"{ciphertexts[2]:x}", "scalar": f"{29:x}"},
                "output": {"ciphertext": f"{scaled.ciphertext(be_secure=False):x}"},
            }
        )
    return made


def document() -> dict[str, Any]:
    """The file's content."""
    return {
        "library": "phe (python-paillier), from PyPI, GPL-3.0-or-later; its values only, none of its text",
        "version": phe.__version__,
        "how": "tests/reference/test_paillier_phe.py: raw_encrypt, raw_decrypt, EncryptedNumber + and *",
        "cases": cases(),
    }


def test_the_kept_values_are_what_phe_computes() -> None:
    kept = json.loads(DATA.read_text(encoding="utf-8"))
    assert kept["cases"] == cases()


if __name__ == "__main__":
    DATA.write_text(json.dumps(document(), indent=1) + "\n", encoding="utf-8")
