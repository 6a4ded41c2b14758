"""A target in plain Python: published Paillier encryption over the target protocol."""

import json
import math
import re
import sys

FIELDS = ["modulus", "plaintext", "randomness"]
ABOUT = {"protocol": 1, "name": "example", "version": "1.0", "operations": ["paillier.encrypt"],
         "profiles": ["published"], "limits": {"input_bytes": 2000, "output_bytes": 2000}}  # fmt: skip


def members(pairs):  # None where a member stands twice
    return dict(pairs) if len(dict(pairs)) == len(pairs) else None


def answer(operation, given, profile=None):
    if operation == "describe":
        return {"output": ABOUT}
    if (operation, profile) != ("paillier.encrypt", "published"):
        return {"unsupported": {"reason": "only published paillier.encrypt"}}
    if not isinstance(given, dict) or sorted(given) != FIELDS:
        return {"error": {"class": "malformed", "detail": "other members than the three fields"}}
    if not all(isinstance(v, str) and re.fullmatch("0|[1-9a-f][0-9a-f]*", v) for v in given.values()):
        return {"error": {"class": "malformed", "detail": "a value is no bigint"}}
    n, m, r = (int(given[name], 16) for name in FIELDS)
    if not (15 <= n < 1 << 4096 and n % 2 and m < n and 1 <= r < n):
        return {"error": {"class": "range", "detail": "a value is out of its bounds"}}
    if math.gcd(r, n) != 1:
        return {"error": {"class": "not-invertible", "detail": "r shares a factor with n"}}
    return {"output": {"ciphertext": f"{(1 + m * n) * pow(r, n, n * n) % (n * n):x}"}}


for line in sys.stdin:
    request = json.loads(line, object_pairs_hook=members)
    result = answer(request["operation"], request.get("input"), request.get("profile"))
    print(json.dumps({"id": request["id"], **result}), flush=True)
