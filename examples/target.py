"""A target in plain Python: Paillier encryption, answered over the target protocol."""

import json
import math
import re
import sys

DESCRIBE = {
    "protocol": 1, "name": "example", "version": "1.0", "operations": ["paillier.encrypt"],
    "profiles": ["published"], "limits": {"input_bytes": 2000, "output_bytes": 2000},
}  # fmt: skip


def encrypt(n, m, r):
    if not (15 <= n < 1 << 4096 and n % 2 and m < n and 1 <= r < n):
        return {"error": {"class": "range", "detail": "a value is out of bounds"}}
    if math.gcd(r, n) != 1:
        return {"error": {"class": "not-invertible", "detail": "r shares a factor with n"}}
    return {"output": {"ciphertext": f"{(1 + m * n) * pow(r, n, n * n) % (n * n):x}"}}


def answer(request):
    if request["operation"] == "describe":
        return {"output": DESCRIBE}
    if request["operation"] != "paillier.encrypt" or request["profile"] != "published":
        return {"unsupported": {"reason": "only published paillier.encrypt"}}
    values = [request["input"].get(name, "?") for name in ("modulus", "plaintext", "randomness")]
    if len(request["input"]) != 3 or not all(re.fullmatch("0|[1-9a-f][0-9a-f]*", str(v)) for v in values):
        return {"error": {"class": "malformed", "detail": "the input breaks the grammar"}}
    return encrypt(*(int(value, 16) for value in values))


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
