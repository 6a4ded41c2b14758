"""A target in plain Python: published Paillier encryption over the target protocol."""

import json
import math
import re
import sys

NAME, PROFILE = "paillier.encrypt", "published"
ABOUT = {"protocol": 1, "name": "example", "version": "1", "operations": [NAME], "profiles": [PROFILE]}
MALFORMED = {"error": {"class": "malformed"}}


def members(pairs):  # an object in which a member stands twice is none
    return dict(pairs) if len(dict(pairs)) == len(pairs) else None


def encrypt(modulus=None, plaintext=None, randomness=None, **more):
    texts = (modulus, plaintext, randomness)
    if more or not all(isinstance(v, str) and re.fullmatch("0|[1-9a-f][0-9a-f]*", v) for v in texts):
        return MALFORMED
    n, m, r = (int(v, 16) for v in texts)
    if not (15 <= n < 1 << 4096 and n % 2 and m < n and 1 <= r < n):
        return {"error": {"class": "range"}}
    if math.gcd(r, n) != 1:
        return {"error": {"class": "not-invertible"}}
    return {"output": {"ciphertext": f"{(1 + m * n) * pow(r, n, n * n) % (n * n):x}"}}


def answer(operation=None, **rest):
    if operation == "describe":
        return {"output": ABOUT} if rest in ({}, {"input": {}}) else MALFORMED
    if rest.keys() - {"profile", "input"} or {str} != {type(operation), type(rest.get("profile"))}:
        return MALFORMED
    if (operation, rest["profile"]) != (NAME, PROFILE):
        return {"unsupported": {"reason": f"only {NAME}, {PROFILE}"}}
    return encrypt(**rest["input"]) if isinstance(rest.get("input"), dict) else MALFORMED


for line in sys.stdin.buffer:
    try:
        request = json.loads(line, object_pairs_hook=members)
    except (ValueError, RecursionError):
        request = None
    number = request.pop("id", None) if isinstance(request, dict) else None
    known = type(number) is int and abs(number) < 1 << 53
    reply = {"id": number, **answer(**request)} if known else {"id": None, **MALFORMED}
    print(json.dumps(reply), flush=True)
