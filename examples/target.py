"""A target in plain Python: published Paillier encryption over the target protocol."""

import json
import math
import re
import sys

NAMES = ["paillier.encrypt"]
ABOUT = {"protocol": 1, "name": "example", "version": "1", "operations": NAMES, "profiles": ["published"]}
FIELDS = ["modulus", "plaintext", "randomness"]


def members(pairs):  # an object in which a member stands twice is none
    return dict(pairs) if len(dict(pairs)) == len(pairs) else None


def answer(operation, profile=None, input=None, **more):
    if operation == "describe":
        return {"output": ABOUT}
    if more or not isinstance(profile, str):
        return {"error": {"class": "malformed"}}
    if operation not in NAMES or profile != "published":
        return {"unsupported": {"reason": "only published paillier.encrypt"}}
    if not isinstance(input, dict) or sorted(input) != FIELDS:
        return {"error": {"class": "malformed"}}
    if not all(isinstance(v, str) and re.fullmatch("0|[1-9a-f][0-9a-f]*", v) for v in input.values()):
        return {"error": {"class": "malformed"}}
    n, m, r = (int(input[name], 16) for name in FIELDS)
    if not (15 <= n < 1 << 4096 and n % 2 and m < n and 1 <= r < n):
        return {"error": {"class": "range"}}
    if math.gcd(r, n) != 1:
        return {"error": {"class": "not-invertible"}}
    return {"output": {"ciphertext": f"{(1 + m * n) * pow(r, n, n * n) % (n * n):x}"}}


for line in sys.stdin:
    request = json.loads(line, object_pairs_hook=members)
    print(json.dumps({"id": request.pop("id"), **answer(**request)}), flush=True)
