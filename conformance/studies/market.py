"""One day of paper E for real homes, over the target protocol: they report, are tasked, earn, buy, sell, pay.

Reports are signed as one of a ring, a task goes through the task server, its reward is claimed at a bank by a
mark, and energy is paid for in blindly signed tokens. One party may cheat; what shows it is kept. Keys and
randomness come from a seed, so that a study can be repeated.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.conformance.studies.command import Progress
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.readings import Day, ReadingsFile
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import Answer

LABEL = b"meter-privacy/study/market/1/"
CHEATS = ("double-spend", "relay-spend", "replay-report", "selective-task", "bad-share")
PUBLISHED = "published"
EPOCH_DAY = 20000  # the day that the file's first one is taken for, since 1970: times only have to rise
DAY_SECONDS = 86400
GROUP = "P-256"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
DENOMINATIONS = (500, 2000, 8000, 32000)
BANDS = ((0, 11), (360, 29), (1320, 11))
STANDING = 1250
REWARD = 40
SERVERS, THRESHOLD = 3, 2
HOMES_MAXIMUM = 64
NODE = 100

# Sessions, by number: the parties', and then one for each trade, purse and meter.
REPORTS, TASKS, REWARDS, TOKENS, FIRST_FREE = 1, 2, 3, 4, 5


class MarketError(ValueError):
    """The day cannot be run as asked."""


@dataclass(frozen=True)
class Choice:
    """What is asked of a day of the market."""

    target: str
    profile: str
    maximum_wh: int
    seed: str
    sellers: int
    cheat: str | None = None


@dataclass
class Home:
    """A home's day, in watt-hours, tokens and the tariff's smallest unit of money."""

    name: str
    used_wh: int = 0
    fee: int = 0
    sold_wh: int = 0
    bought_wh: int = 0
    paid_wh: int = 0
    change_wh: int = 0
    tokens: int = 0
    reward: int = 0


@dataclass(frozen=True)
class Slot:
    """A slot's total in watt-hours, as the homes used it and as the utility was told."""

    slot: int
    meters: int
    true_wh: int
    told_wh: int


@dataclass(frozen=True)
class Hidden:
    """What hides among how many."""

    what: str
    among: str
    size: int


@dataclass(frozen=True)
class Step:
    """A step of a cheat: who does what, and what comes of it; `refused` has the error class."""

    who: str
    what: str
    refused: str | None
    note: str


@dataclass(frozen=True)
class Caught:
    """A cheat: who cheats, how, the steps, and whether the evidence convinces as it should."""

    cheat: str
    who: str
    how: str
    steps: tuple[Step, ...]
    evidence: tuple[tuple[str, str], ...]
    holds: bool


@dataclass(frozen=True)
class Result:
    """A day's run."""

    file: ReadingsFile
    day: Day
    choice: Choice
    homes: tuple[Home, ...]
    slots: tuple[Slot, ...]
    seen: Mapping[str, Mapping[str, int]]
    hidden: tuple[Hidden, ...]
    shared: tuple[int, int, int]
    caught: Caught | None
    answered: Mapping[str, str]
    described: Mapping[str, Mapping[str, Any]]
    seconds: float
    requests: int

    @property
    def sound(self) -> bool:
        """Whether all totals are right, the energy is paid for, and a cheat was caught."""
        totals = all(slot.true_wh == slot.told_wh for slot in self.slots)
        paid = all(home.paid_wh >= home.used_wh for home in self.homes)
        return (
            totals
            and paid
            and self.shared[0] == self.shared[1]
            and (self.caught is None or self.caught.holds)
        )


@dataclass
class Token:
    """A token with its secrets, in a home's hands."""

    value_wh: int
    secret: int
    nonce: int
    encoding: bytes


@dataclass
class Wallet:
    """The tokens of a home, by value."""

    tokens: list[Token] = field(default_factory=list)

    def counts(self) -> list[int]:
        """How many of each denomination."""
        return [sum(token.value_wh == value for token in self.tokens) for value in DENOMINATIONS]

    def take(self, counts: Sequence[int]) -> list[Token]:
        """Tokens out of the wallet, so many of each denomination."""
        taken = []
        for value, number in zip(DENOMINATIONS, counts, strict=True):
            of_value = [token for token in self.tokens if token.value_wh == value][:number]
            taken += of_value
        self.tokens = [token for token in self.tokens if token not in taken]
        return taken


def ed25519_public(private_key: bytes) -> bytes:
    """The public key that a private one has."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def dumps(item: Any) -> bytes:
    """Deterministic CBOR."""
    return cbor2.dumps(item, canonical=True)


@dataclass
class _Run:
    parties: Parties
    file: ReadingsFile
    day: Day
    choice: Choice
    progress: Progress

    def __post_init__(self) -> None:
        self.names = self.day.homes
        self.nodes = range(len(self.names))
        self.homes = [Home(name, sum(self.day.readings[name])) for name in self.names]
        self.slot_seconds = DAY_SECONDS // self.file.slots
        self.midnight = (EPOCH_DAY + self.day.position) * DAY_SECONDS
        self.evening = self.midnight + DAY_SECONDS
        self.first_slot = self.midnight // self.slot_seconds
        self.least = 3 if self.choice.profile == PUBLISHED else 8
        self.seen: dict[str, Counter[str]] = {}
        self.hidden: list[Hidden] = []
        self.steps: list[Step] = []
        self.evidence: list[tuple[str, str]] = []
        self.issued: Counter[int] = Counter()
        self.spent: Counter[int] = Counter()
        self.sessions = FIRST_FREE
        self.wallets = [Wallet() for _ in self.names]
        self.server_key = self.secret("report-server")
        self.utility_key = self.secret("utility")
        self.tariff, self.area = self.secret("tariff"), self.secret("utility-name")[:16]
        self.signed: dict[int, bytes] = {}
        self.handed: dict[int, dict[str, Any]] = {}

    # ---- What everything is made of ----

    def secret(self, *parts: str | int) -> bytes:
        """32 bytes of the seed."""
        text = "/".join(str(part) for part in (self.day.label, *parts)).encode()
        seed = self.choice.seed.encode()
        return hashlib.sha256(LABEL + len(seed).to_bytes(4, "big") + seed + text).digest()

    def scalar(self, *parts: str | int) -> int:
        """A number in [1, q), of 512 bits of the seed."""
        wide = self.secret(*parts, "high") + self.secret(*parts, "low")
        return 1 + int.from_bytes(wide, "big") % (ORDER - 1)

    def long(self, length: int, *parts: str | int) -> bytes:
        """Many bytes of the seed."""
        blocks = (self.secret(*parts, place) for place in range(-(-length // 32)))
        return b"".join(blocks)[:length]

    def saw(self, party: str, what: str, count: int = 1) -> None:
        """A party is shown something."""
        self.seen.setdefault(party, Counter())[what] += count

    def session(self) -> int:
        """A session of its own."""
        self.sessions += 1
        return self.sessions - 1

    def asked(self, name: str, values: Mapping[str, Any], session: int | None) -> Answer:
        """Ask one operation, in a session or without; the sessions of a chapter are of one target."""
        if session is None:
            return self.parties.ask_each(name, [values])[0]
        operations = self.parties.tables.operations
        chapter = operations[name].chapter
        family = [other.name for other in operations.values() if other.session and other.chapter == chapter]
        return self.parties.ask_each(name, [values], [session], family)[0]

    def must(self, name: str, values: Mapping[str, Any], session: int | None = None) -> dict[str, Any]:
        """Ask what must be answered. Raises WrongAnswer."""
        answer = self.asked(name, values, session)
        if answer.output is None:
            raise WrongAnswer(
                f"{self.parties.answered[name]} refuses {name}: {answer.error}, {answer.detail}"
            )
        return dict(answer.output)

    def one(self, name: str, values: Mapping[str, Any], session: int | None = None) -> Any:
        """The single value of what must be answered."""
        [value] = self.must(name, values, session).values()
        return value

    def tried(
        self, who: str, what: str, note: str, name: str, values: Mapping[str, Any], session: int | None = None
    ) -> dict[str, Any] | None:
        """A step of a cheat, written down; its output, or None where it is refused."""
        answer = self.asked(name, values, session)
        self.steps.append(
            Step(who, what, answer.error, note if answer.error is None else answer.detail or "")
        )
        return None if answer.output is None else dict(answer.output)

    # ---- Prices and reports ----

    def prices(self) -> None:
        """The utility's prices, which every meter takes in."""
        bands = [{"start_minute": minute, "price": price} for minute, price in BANDS]
        given = {"private_key": self.utility_key, "tariff": self.tariff, "sequence": self.day.position}
        given |= {"effective_from": self.midnight, "standing": STANDING, "bands": bands}
        self.policy = self.one("reporting.sign_policy", given)
        public = ed25519_public(self.utility_key)
        check = {"public_key": public, "tariff": self.tariff, "next_sequence": 0, "message": self.policy}
        for _ in self.nodes:
            self.must("reporting.check_policy", check)

    def measured(self, node: int) -> list[dict[str, int]]:
        """A home's measurements; in an anonymous report a counter is the number of its slot."""
        return [
            {
                "counter": self.first_slot + slot,
                "consumption_wh": wh,
                "timestamp": self.midnight + slot * self.slot_seconds,
            }
            for slot, wh in enumerate(self.day.readings[self.names[node]])
        ]

    def form_ring(self) -> None:
        """Every home's key, and the ring of them in the order of the keys."""
        self.ring_secrets = [self.scalar("ring", node) for node in self.nodes]
        keys = [self.one("reporting.ring_key", {"group": GROUP, "private_key": x}) for x in self.ring_secrets]
        self.ring = {"group": GROUP, "keys": sorted(keys), "least_meters": self.least}
        self.ring_digest = self.one("reporting.ring_digest", self.ring)
        self.hidden.append(Hidden("a report", "the homes of the ring", len(keys)))

    def start_server(self) -> None:
        """The report server begins its day."""
        given = {**self.ring, "private_key": self.server_key, "period": self.day.position}
        given |= {"slot_seconds": self.slot_seconds, "maximum_wh": self.choice.maximum_wh}
        given |= {"stale_seconds": DAY_SECONDS, "early_seconds": 60, "next_sequence": 0}
        self.must("reporting.anonymous_server_start", given, REPORTS)

    def sign_report(self, node: int, label: str, measured: Sequence[Mapping[str, int]]) -> dict[str, Any]:
        """A home's report as one of the ring."""
        period = self.day.position
        body = {"ring": self.ring_digest, "period": period, "time": self.evening, "measurements": measured}
        signed = self.one("reporting.anonymous_body", body)
        others = [self.scalar(label, node, place) for place in range(len(self.names) - 1)]
        given = {**self.ring, "private_key": self.ring_secrets[node], "period": period, "message": signed}
        given |= {"nonce": self.scalar(label, node), "responses": others}
        return {"signed": signed, **self.must("reporting.ring_sign", given), "now": self.evening}

    def report(self) -> list[Slot]:
        """Every home reports its day; the server closes all slots, and the utility takes the summary in."""
        for node in self.nodes:
            self.progress("reports", node, len(self.names))
            self.handed[node] = self.sign_report(node, "report", self.measured(node))
            self.must("reporting.anonymous_server_receive", self.handed[node], REPORTS)
            self.saw("report server", "a home's readings, without its name", self.file.slots)
            # What a payment is bound to: a digest that the report server and nobody else can tie to a report.
            self.signed[node] = hashlib.sha256(self.handed[node]["signed"]).digest()
        if self.choice.cheat == "replay-report":
            self.replay()
        message = self.one(
            "reporting.report_server_close",
            {"first_slot": self.first_slot, "slots": self.file.slots},
            REPORTS,
        )
        given = {
            "public_key": ed25519_public(self.server_key),
            "roster": self.ring_digest,
            "next_sequence": 0,
        }
        given |= {"least_meters": self.least, "meters": len(self.names)}
        given |= {"maximum_wh": self.choice.maximum_wh, "message": message}
        told = self.must("reporting.check_summary", given)
        self.saw("utility", "totals of slots", len(told["totals_wh"]))
        self.hidden.append(
            Hidden("a reading in a slot's total", "the homes of the slot", min(told["counts"]))
        )
        return [
            Slot(slot, count, sum(self.day.readings[name][slot] for name in self.names), total)
            for slot, (total, count) in enumerate(zip(told["totals_wh"], told["counts"], strict=True))
        ]

    def fees(self) -> None:
        """Every meter works out its fee."""
        public = ed25519_public(self.utility_key)
        for node in self.nodes:
            given = {"public_key": public, "tariff": self.tariff, "policies": [self.policy]}
            self.homes[node].fee = self.one("reporting.fee", {**given, "measurements": self.measured(node)})

    # ---- Shares of one slot ----

    def peak(self) -> int:
        """The slot of the greatest consumption."""
        return max(range(self.file.slots), key=lambda slot: self.told(slot))

    def told(self, slot: int) -> int:
        """What all homes use in a slot."""
        return sum(self.day.readings[name][slot] for name in self.names)

    def form_servers(self) -> None:
        """Homes choose whom among them to trust with shares: by how they served before."""
        candidates = [{"node": NODE + n, "good": 3 + n % 5, "bad": n % 2} for n in self.nodes]
        given = {"aggregators": SERVERS, "threshold": THRESHOLD, "least_score": 500, "candidates": candidates}
        chosen = self.one("reporting.choose_aggregators", {**given, "seed": self.secret("lot")})
        self.share_secrets = {index: self.scalar("share", node) for index, node in enumerate(chosen, 1)}
        servers = [
            {
                "index": index,
                "public_key": self.one("reporting.server_key", {"group": GROUP, "private_key": x}),
            }
            for index, x in self.share_secrets.items()
        ]
        self.sharing: dict[str, Any] = {
            "group": GROUP,
            "threshold": THRESHOLD,
            "servers": servers,
            "least": self.least,
        }
        self.sharing["maximum_wh"] = self.choice.maximum_wh
        self.share_roster = self.one("reporting.sharing_roster", self.sharing)

    def deal(self, node: int, slot: int) -> dict[str, Any]:
        """A home's reading of a slot, in shares."""
        place = {**self.sharing, "node": node, "slot": self.first_slot + slot}
        reading = self.day.readings[self.names[node]][slot]
        randomness = self.long(1024, "dealing", node)
        dealt = self.must("reporting.deal", {**place, "reading_wh": reading, "randomness": randomness})
        return {**place, **dealt}

    def share(self) -> tuple[int, int, int]:
        """The peak's total by shares: what was opened, what was used, and the slot."""
        slot = self.peak()
        dealings = []
        for node in self.nodes:
            self.progress("shares of the peak", node, len(self.names))
            dealing = self.deal(node, slot)
            self.must("reporting.verify_dealing", dealing)
            kept = ("node", "slot", "commitments", "masked", "encrypted")
            dealings.append({name: dealing[name] for name in kept})
            self.saw("each share server", "an encrypted share of one reading")
        place = {"group": GROUP, "roster": self.share_roster, "least": self.least}
        total = self.must("reporting.sum_dealings", {**place, "dealings": dealings})
        shares = []
        for server in self.sharing["servers"][:THRESHOLD]:
            index = server["index"]
            encrypted = total["encrypted"][index - 1]
            given = {"group": GROUP, "context": total["context"], "index": index, "encrypted": encrypted}
            given |= {"private_key": self.share_secrets[index], "randomness": self.long(256, "open", index)}
            opened = self.must("reporting.decrypt_share", given)
            shares.append({"index": index, **opened})
        told = self.open_sum(total, shares)
        self.saw("utility", "total of the peak, from shares")
        return told, self.told(slot), slot

    def open_sum(self, total: Mapping[str, Any], shares: Sequence[Mapping[str, Any]]) -> int:
        """What the utility makes of t shares of a sum."""
        servers = [
            {**server, "encrypted": encrypted}
            for server, encrypted in zip(self.sharing["servers"], total["encrypted"], strict=True)
        ]
        given = {"group": GROUP, "threshold": THRESHOLD, "context": total["context"], "servers": servers}
        given |= {"masked": total["masked"], "shares": shares}
        given["bound_wh"] = len(self.names) * self.choice.maximum_wh
        told: int = self.one("reporting.open_sum", given)
        return told

    # ---- A task and its reward ----

    def cells(self) -> list[int]:
        """The cell of each home: two halves, the last of them without the last home, which stands alone."""
        half = len(self.names) // 2
        return [0 if node < half else 1 if node < len(self.names) - 1 else 2 for node in self.nodes]

    def task_body(self, label: str, region: Sequence[int]) -> dict[int, Any]:
        """A task: measure more for an hour of the day's evening."""
        task = self.secret("task", label)[:16]
        issued = self.evening + 60
        return {
            1: self.area, 2: task, 3: issued, 4: issued + DAY_SECONDS, 5: list(region),
            6: issued, 7: 900, 8: 3600, 9: 1,
        }  # fmt: skip

    def sign(self, key: bytes, kind: int, body: Mapping[int, Any]) -> bytes:
        """A message of the tasking chapter."""
        given = {"private_key": key, "type": kind, "body": dumps(body)}
        message: bytes = self.one("tasking.sign_message", given)
        return message

    def start_task_server(self) -> None:
        """The task server begins, with the homes of each cell."""
        counts = Counter(self.cells())
        self.area_cells = [{"cell": cell, "meters": counts[cell]} for cell in sorted(counts)]
        given = {
            "utility_key": ed25519_public(self.utility_key), "utility": self.area, "least_meters": self.least,
            "cells": self.area_cells, "minimum_period_s": 60, "maximum_duration_s": DAY_SECONDS,
            "budget_s": DAY_SECONDS, "quantities": 255, "lifetime_s": 7 * DAY_SECONDS, "region_policy": 1,
            "limits_policy": 1, "capacity": 8,
        }  # fmt: skip
        self.must("tasking.server_start", given, TASKS)

    def task(self) -> None:
        """A task of the whole area: advertised, agreed to, executed, released, and its reward claimed."""
        now = self.evening + 120
        region = [cell["cell"] for cell in self.area_cells]
        body = self.task_body("honest", region)
        message = self.sign(self.utility_key, 3, body)
        self.must("tasking.server_register", {"now": now, "message": message}, TASKS)
        self.saw("task server", "tasks")
        advertised = self.one("tasking.server_tasks", {"now": now}, TASKS)
        self.saw("task server", "requests for the list of tasks", len(self.names))
        sealing = self.secret("sealing")
        sealing_public = self.one("dream.public_key", {"private_key": sealing})
        account = {"utility_key": ed25519_public(self.utility_key), "utility": self.area, "capacity": 1024}
        self.must("tasking.bank_start", account, REWARDS)
        results = []
        for node in self.nodes:
            self.progress("task and reward", node, len(self.names))
            agreed = self.session()
            consent = {
                "utility_key": ed25519_public(self.utility_key), "utility": self.area,
                "cell": self.cells()[node], "types": 7, "flags": 0, "minimum_period_s": 60,
                "maximum_duration_s": DAY_SECONDS, "quantities": 255, "lifetime_s": 7 * DAY_SECONDS,
            }  # fmt: skip
            self.must("tasking.meter_start", consent, agreed)
            for offered in advertised:
                self.must("tasking.meter_task", {"now": now, **offered}, agreed)
            peak = self.peak()
            readings = self.day.readings[self.names[node]][max(0, peak - 3) : peak + 1]
            salt, nonce = self.secret("salt", node), self.secret("nonce", node)
            of_task = {"task": body[2], "readings": readings}
            made = self.must("tasking.mark", {**of_task, "salt": salt, "nonce": nonce})
            seal = {"ephemeral_private_key": self.secret("ephemeral", node), "sealing_key": sealing_public}
            box = self.one("tasking.seal_mark", {**seal, "task": body[2], "salt": salt, **made})
            self.saw("report server", "a result of a task, and whose it is; its mark is sealed")
            results.append((node, readings, box, nonce))
        counts = Counter(self.cells())
        present = [{"cell": cell, "meters": counts[cell]} for cell in sorted(counts)]
        released = self.must("tasking.server_release", {"task": body[2], "counts": present}, TASKS)
        self.hidden.append(
            Hidden("a task's result", "the homes whose results are released", released["meters"])
        )
        claims = []
        for sequence, (node, readings, box, nonce) in enumerate(results):
            if self.cells()[node] not in released["cells"]:
                continue
            opened = {"private_key": sealing, "task": body[2], "readings": readings, "box": box}
            made = self.must("tasking.open_mark", opened)
            self.saw("utility", "a result and its mark, without a name")
            paid = {1: self.area, 2: sequence, 3: made["mark"], 4: now + 7 * DAY_SECONDS, 5: REWARD}
            payment = self.sign(self.utility_key, 4, paid)
            self.must("tasking.bank_payment", {"now": now, "message": payment}, REWARDS)
            self.saw("bank", "a mark and an amount")
            claims.append((node, made, nonce))
        for node, made, nonce in claims:
            claim = {"now": now + 60, **made, "nonce": nonce}
            self.homes[node].reward = self.one("tasking.bank_claim", claim, REWARDS)
            self.saw("bank", "a claim by an unknown caller")
        self.hidden.append(Hidden("a reward's claim", "the marks of one amount", len(claims)))

    # ---- Tokens ----

    @property
    def scheme(self) -> int:
        """Full-domain hash in the published profile, RFC 9474 in the hardened one."""
        return 1 if self.choice.profile == PUBLISHED else 2

    def token_keys(self) -> None:
        """A key for each denomination of the day, announced and checked by every home."""
        bits = 1024 if self.choice.profile == PUBLISHED else 1536
        self.factors: dict[int, tuple[int, int]] = {}
        self.keys: dict[int, dict[str, Any]] = {}
        for place, value in enumerate(DENOMINATIONS):
            self.progress("keys of the tokens", place, len(DENOMINATIONS))
            p, q = (
                self.one(
                    "load_management.generate_prime",
                    {"bits": bits, "seed": self.secret("prime", value, side)},
                )
                for side in (0, 1)
            )
            self.factors[value] = (p, q)
            given = {"private_key": self.utility_key, "scheme": self.scheme, "value_wh": value}
            given |= {
                "epoch": self.day.position,
                "first_slot": self.first_slot,
                "group": GROUP,
                "p": p,
                "q": q,
            }
            given |= {"last_slot": self.first_slot + 31 * self.file.slots}
            announcement = self.one("energy_tokens.announce", given)
            check = {"public_key": ed25519_public(self.utility_key), "scheme": self.scheme, "group": GROUP}
            check |= {"modulus_bits": 2 * bits, "announcement": announcement}
            told = self.must("energy_tokens.check_announcement", check)
            self.keys[value] = {name: held for name, held in told.items() if name != "key_id"}
        bank = {"private_key": self.utility_key, "server_key": ed25519_public(self.server_key)}
        self.must("energy_tokens.bank_start", {**bank, "keys": list(self.keys.values())}, TOKENS)

    def issue(self, node: int, label: str, counts: Sequence[int]) -> None:
        """Let the utility sign so many tokens blindly, and put them into a home's wallet."""
        for value, number in zip(DENOMINATIONS, counts, strict=True):
            for place in range(number):
                self.wallets[node].tokens.append(self.issue_one(node, f"{label}/{value}/{place}", value))
                self.issued[value] += 1
                self.homes[node].tokens += 1
                self.saw("utility", f"a blinded token of {value} Wh to sign")

    def issue_one(self, node: int, label: str, value: int) -> Token:
        """One token: its secrets, the blinded message, the utility's answer, the signature."""
        key, (p, q) = self.keys[value], self.factors[value]
        secret, nonce = self.scalar("token-s", node, label), self.scalar("token-r", node, label)
        made = self.must("energy_tokens.identity", {"group": GROUP, "secret": secret, "nonce": nonce})
        of_token = {"scheme": self.scheme, "value_wh": value, "epoch": key["epoch"], "group": GROUP, **made}
        message = self.one("energy_tokens.token_message", of_token)
        public = {"modulus": key["modulus"], "exponent": key["exponent"]}
        blinding = 2 + int.from_bytes(self.long(400, "blinding", node, label), "big") % (key["modulus"] - 3)
        prefix = b""
        if self.scheme == 1:
            subject: dict[str, Any] = {"message": message}
            blinded = self.must("energy_tokens.fdh_blind", {**public, **subject, "blinding": blinding})
        else:
            prefix = self.secret("prefix", node, label)
            prepared = {"variant": 1, "message": message, "prefix": prefix}
            subject = {"variant": 1, "input_message": self.one("energy_tokens.blind_prepare", prepared)}
            salt = self.long(48, "salt", node, label)
            blinded = self.must(
                "energy_tokens.blind", {**public, **subject, "salt": salt, "blinding": blinding}
            )
        given = {"p": p, "q": q, "exponent": key["exponent"], "blinded_message": blinded["blinded_message"]}
        blind_signature = self.one("energy_tokens.blind_sign", given)
        finish = "energy_tokens.fdh_finalize" if self.scheme == 1 else "energy_tokens.blind_finalize"
        answer = {"blind_signature": blind_signature, "inverse": blinded["inverse"]}
        signature = self.one(finish, {**public, **subject, **answer})
        encoding = self.one(
            "energy_tokens.token", {"key": key, **made, "prefix": prefix, "signature": signature}
        )
        return Token(value, secret, nonce, encoding)

    def trade(self, node: int, direction: int, energy_wh: int, asked: int, offered: int, agreed: int) -> None:
        """A trade that is negotiated through the report server: asked, offered, agreed, delivered, issued."""
        session = self.session()
        given = {"direction": direction, "energy_wh": energy_wh, "denominations": list(DENOMINATIONS)}
        given |= {"least_wh": DENOMINATIONS[0], "most_wh": max(asked, offered, agreed)}
        self.must("energy_tokens.trade_start", given, session)
        self.saw("report server", "a trade that it relays")
        self.saw("utility", "a trade with an unknown home")
        for party, value in ((0, asked), (1, offered), (0, agreed)):
            self.must("energy_tokens.trade_offer", {"party": party, "value_wh": value}, session)
        counts = self.one("energy_tokens.trade_accept", {"party": 1, "value_wh": agreed}, session)
        delivered = energy_wh if direction == 1 else agreed
        self.must("energy_tokens.trade_deliver", {"amount_wh": delivered}, session)
        self.must("energy_tokens.trade_issue", {"counts": counts}, session)
        self.issue(node, f"trade/{session}", counts)

    def sell(self) -> None:
        """Some homes sell what they do not use; of the file nobody does, so that an amount is assumed."""
        for node in list(self.nodes)[: self.choice.sellers]:
            self.progress("sales", node, self.choice.sellers)
            surplus = DENOMINATIONS[1] + DENOMINATIONS[0] * (node % 3)
            self.trade(node, 1, surplus, surplus, DENOMINATIONS[1], max(DENOMINATIONS[1], surplus - 500))
            self.homes[node].sold_wh = surplus

    def due(self, node: int) -> int:
        """What a home pays for, rounded up to what tokens make."""
        least = DENOMINATIONS[0]
        return max(least, -(-self.homes[node].used_wh // least) * least)

    def buy(self) -> None:
        """Every home buys the tokens that it lacks."""
        for node in self.nodes:
            self.progress("purchases", node, len(self.names))
            held = sum(token.value_wh for token in self.wallets[node].tokens)
            lacking = self.due(node) - held
            if lacking > 0:
                self.trade(node, 0, lacking, lacking, lacking, lacking)
                self.homes[node].bought_wh = lacking

    def spend(self) -> None:
        """Every home pays for its day, the payment bound to its report; change comes in new tokens."""
        for node in self.nodes:
            self.progress("payments", node, len(self.names))
            wallet, home = self.wallets[node], self.homes[node]
            given = {
                "denominations": list(DENOMINATIONS),
                "held": wallet.counts(),
                "amount_wh": self.due(node),
            }
            plan = self.must("energy_tokens.pay", given)
            for place, token in enumerate(wallet.take(plan["used"])):
                self.spend_one(node, place, token)
                home.paid_wh += token.value_wh
            self.issue(node, "change", plan["change"])
            home.change_wh = plan["change_wh"]
        if self.spent:
            value, number = min(((v, self.issued[v]) for v in self.spent), key=lambda pair: pair[1])
            what = f"a token of {value} Wh that is spent"
            self.hidden.append(Hidden(what, "those issued of its value and epoch", number))
        # The tokens of one report are spent together, so that their sum is seen.
        alike = min(Counter(home.paid_wh for home in self.homes).values())
        self.hidden.append(Hidden("a day's payment, by its amount", "the homes that pay as much", alike))

    def spend_one(self, node: int, place: int, token: Token) -> bytes:
        """One token: the utility's nonce, the purse's answer, the server's transcript, the receipt."""
        purse = self.session()
        secrets = {"secret": token.secret, "nonce": token.nonce}
        self.must("energy_tokens.purse_start", {"group": GROUP, **secrets, "token": token.encoding}, purse)
        nonce = self.secret("utility-nonce", node, place)
        self.must("energy_tokens.bank_nonce", {"utility_nonce": nonce}, TOKENS)
        bound = {"report": self.signed[node], "utility_nonce": nonce}
        response = self.must("energy_tokens.purse_spend", bound, purse)["response"]
        sent = {"private_key": self.server_key, "token": token.encoding, **bound, "response": response}
        transcript: bytes = self.one("energy_tokens.forward", sent)
        self.saw("report server", "a token that it relays, and with which report")
        taken = self.must("energy_tokens.bank_spend", {"slot": self.late, "transcript": transcript}, TOKENS)
        if taken["outcome"] != 0:
            raise WrongAnswer("a token that was not spent is called spent")
        public = ed25519_public(self.utility_key)
        receipt = {"public_key": public, "transcript": transcript, "receipt": taken["receipt"]}
        self.must("energy_tokens.check_receipt", receipt)
        self.spent[token.value_wh] += 1
        self.saw("utility", f"a spent token of {token.value_wh} Wh")
        self.last_spent = (node, token, transcript)
        return transcript

    @property
    def late(self) -> int:
        """The slot in which payments are taken: the day's last."""
        return self.first_slot + self.file.slots - 1

    # ---- Cheating ----

    def double_spend(self) -> Caught:
        """A home spends a token a second time, round its purse."""
        node, token, first = self.last_spent
        who = f"home {self.names[node]}"
        nonce, report = self.secret("second-nonce"), self.secret("another-report")
        self.must("energy_tokens.bank_nonce", {"utility_nonce": nonce}, TOKENS)
        bound = {"report": report, "utility_nonce": nonce}
        challenge = self.one("energy_tokens.challenge", {"group": GROUP, "token": token.encoding, **bound})
        secrets = {"group": GROUP, "secret": token.secret, "nonce": token.nonce}
        response = self.one("energy_tokens.respond", {**secrets, "challenge": challenge})
        sent = {"private_key": self.server_key, "token": token.encoding, **bound, "response": response}
        second = self.one("energy_tokens.forward", sent)
        taken = self.tried(
            who, f"spends the same token of {token.value_wh} Wh again, with another report",
            "the store has the token: double spent", "energy_tokens.bank_spend",
            {"slot": self.late, "transcript": second}, TOKENS,
        ) or {}  # fmt: skip
        found = taken.get("outcome") == 1 and (taken["secret"], taken["nonce"]) == (token.secret, token.nonce)
        case = {"server_key": ed25519_public(self.server_key), "key": self.keys[token.value_wh]}
        case |= {"transcript_1": first, "transcript_2": second}
        convicted = self.tried(
            "a third party", "is shown both transcripts and the secrets s and r",
            "it is convinced: v = g^-s, x = g^r, and both responses verify", "energy_tokens.check_evidence",
            {**case, "secret": token.secret, "nonce": token.nonce},
        )  # fmt: skip
        accused = self.tried(
            "utility", "shows the first transcript twice, as evidence against an honest home", "",
            "energy_tokens.check_evidence",
            {**case, "transcript_2": first, "secret": token.secret, "nonce": token.nonce},
        )  # fmt: skip
        self.evidence += [
            ("secret s, extracted", f"{taken.get('secret') or 0:x}"),
            ("nonce r, extracted", f"{taken.get('nonce') or 0:x}"),
            ("first transcript, SHA-256", hashlib.sha256(first).hexdigest()),
            ("second transcript, SHA-256", hashlib.sha256(second).hexdigest()),
        ]
        return self.caught(
            who, "spends a token twice", bool(found and convicted is not None and accused is None)
        )

    def relay_spend(self) -> Caught:
        """The report server keeps a token that it relays, and pays for another report with it."""
        node, token = self.unspent()
        nonce = self.secret("relay-nonce")
        self.must("energy_tokens.bank_nonce", {"utility_nonce": nonce}, TOKENS)
        purse = self.session()
        secrets = {"secret": token.secret, "nonce": token.nonce}
        self.must("energy_tokens.purse_start", {"group": GROUP, **secrets, "token": token.encoding}, purse)
        bound = {"report": self.signed[node], "utility_nonce": nonce}
        response = self.must("energy_tokens.purse_spend", bound, purse)["response"]
        own = {**bound, "report": self.secret("the-servers-own-report")}
        stolen = {"private_key": self.server_key, "token": token.encoding, **own, "response": response}
        transcript = self.one("energy_tokens.forward", stolen)
        refused = self.tried(
            "report server", f"relays the token of home {self.names[node]} with a report of its own", "",
            "energy_tokens.bank_spend", {"slot": self.late, "transcript": transcript}, TOKENS,
        )  # fmt: skip
        honest = {"private_key": self.server_key, "token": token.encoding, **bound, "response": response}
        taken = self.tried(
            f"home {self.names[node]}", "has the same token relayed with its own report",
            "accepted: the attempt took nothing from it", "energy_tokens.bank_spend",
            {"slot": self.late, "transcript": self.one("energy_tokens.forward", honest)}, TOKENS,
        )  # fmt: skip
        self.evidence += [
            (
                "the server's own signature on the false transcript, SHA-256",
                hashlib.sha256(transcript).hexdigest(),
            ),
            ("the report that the response answers", self.signed[node].hex()),
            ("the report that the server put in", own["report"].hex()),
        ]
        done = refused is None and taken is not None and taken["outcome"] == 0
        return self.caught("report server", "spends a token that it relays", done)

    def unspent(self) -> tuple[int, Token]:
        """A token that a home still has; a new one where none is left."""
        for node in self.nodes:
            if self.wallets[node].tokens:
                return node, self.wallets[node].tokens.pop()
        self.issue(0, "extra", [1, *([0] * (len(DENOMINATIONS) - 1))])
        return 0, self.wallets[0].tokens.pop()

    def replay(self) -> None:
        """Before the slots are closed a home hands its report in again, and then another reading."""
        who = f"home {self.names[0]}"
        receive = "reporting.anonymous_server_receive"
        self.tried(who, "hands its report in a second time", "", receive, self.handed[0], REPORTS)
        measured = self.measured(0)[:1]
        measured[0]["consumption_wh"] = 0
        self.another = self.sign_report(0, "replay", measured)
        self.tried(who, "hands in 0 Wh for a slot, signed anew", "", receive, self.another, REPORTS)

    def replay_report(self) -> Caught:
        """What shows that one home reported twice, and not which."""
        refused = [step.refused for step in self.steps]
        for report in (self.handed[0], self.another):
            kept = {name: report[name] for name in ("image", "challenge", "responses")}
            given = {**self.ring, "period": self.day.position, "message": report["signed"], **kept}
            note = "of one of the ring, with the image below"
            self.tried("a third party", "verifies the signature", note, "reporting.ring_verify", given)
        self.evidence += [
            ("key image of the first report", self.handed[0]["image"].hex()),
            ("key image of the second", self.another["image"].hex()),
            ("what they say", "one key of the ring signed both; which one, they do not say"),
        ]
        verified = all(step.refused is None for step in self.steps[-2:])
        one_image = self.handed[0]["image"] == self.another["image"]
        holds = refused == ["replayed", "replayed"] and verified and one_image
        return self.caught(f"home {self.names[0]}", "reports twice", holds)

    def selective_task(self) -> Caught:
        """The utility tasks a home that stands alone, and then all homes but that one."""
        now = self.evening + 180
        tried = []
        for label, region in (("alone", [2]), ("all-but-one", [0, 1])):
            message = self.sign(self.utility_key, 3, self.task_body(label, region))
            what = "the one home of cell 2" if region == [2] else "all homes but the one of cell 2"
            tried.append(
                self.tried(
                    "utility",
                    f"registers a task for {what}",
                    "",
                    "tasking.server_register",
                    {"now": now, "message": message},
                    TASKS,
                )
            )
            self.evidence.append((f"the task for {what}, SHA-256", hashlib.sha256(message).hexdigest()))
        whole = [cell["cell"] for cell in self.area_cells]
        regions = [{"cells": whole}, {"cells": [2]}, {"cells": [0, 1]}]
        given = {"least_meters": self.least, "cells": self.area_cells, "regions": regions}
        flags = self.one("tasking.region_verdict", given)
        self.evidence.append(("what is found against them, of 1 too few and 2 a difference", str(flags[1:])))
        refused = all(answer is None for answer in tried)
        return self.caught("utility", "tasks one home alone", refused and all(flag > 0 for flag in flags[1:]))

    def bad_share(self) -> Caught:
        """A home deals a share that is not the one it committed to, and signs it."""
        node, slot = 0, self.peak()
        who = f"home {self.names[node]}"
        right = self.deal(node, slot)
        wrong = {
            **right,
            "encrypted": [right["encrypted"][1], right["encrypted"][0], *right["encrypted"][2:]],
        }
        refused = self.tried(
            who, "deals two servers each other's share", "", "reporting.verify_dealing", wrong
        )
        key = self.secret("dealer", node)
        kept = ("node", "slot", "commitments", "masked", "encrypted", "challenge", "responses")
        verdicts = []
        for dealing, name in ((wrong, "wrong"), (right, "right")):
            given = {"private_key": key, "roster": self.share_roster}
            given |= {part: dealing[part] for part in kept}
            signature = self.one("reporting.sign_dealing", given)
            case = {**dealing, "signing_key": ed25519_public(key), "signature": signature}
            verdicts.append(
                self.tried(
                    "a third party",
                    f"judges the {name} dealing that the home signed",
                    "it is convinced: the home signed a dealing that is wrong",
                    "reporting.judge_dealing",
                    case,
                )
            )
            self.evidence.append((f"the home's signature on the {name} dealing", signature.hex()))
        convicted = verdicts[0] is not None and verdicts[1] is None
        return self.caught(who, "deals false shares", refused is None and convicted)

    def caught(self, who: str, how: str, holds: bool) -> Caught:
        """What came of a cheat."""
        assert self.choice.cheat is not None
        return Caught(self.choice.cheat, who, how, tuple(self.steps), tuple(self.evidence), holds)

    def run(self) -> Result:
        """The day, and then the cheat."""
        self.prices()
        self.form_ring()
        self.start_server()
        slots = self.report()
        self.fees()
        self.form_servers()
        shared = self.share()
        self.start_task_server()
        self.task()
        self.token_keys()
        self.sell()
        self.buy()
        self.spend()
        cheats = {
            "double-spend": self.double_spend,
            "relay-spend": self.relay_spend,
            "replay-report": self.replay_report,
            "selective-task": self.selective_task,
            "bad-share": self.bad_share,
        }
        caught = None if self.choice.cheat is None else cheats[self.choice.cheat]()
        return Result(
            file=self.file,
            day=self.day,
            choice=self.choice,
            homes=tuple(self.homes),
            slots=tuple(slots),
            seen={party: dict(kinds) for party, kinds in self.seen.items()},
            hidden=tuple(self.hidden),
            shared=shared,
            caught=caught,
            answered=self.parties.answered,
            described=self.parties.described,
            seconds=self.parties.seconds,
            requests=self.parties.requests,
        )


def run_market(
    tables: Tables, file: ReadingsFile, day: Day, choice: Choice, progress: Progress = lambda *_: None
) -> Result:
    """Run one day. Raises MarketError, TargetError, CannotStart, TargetLost, WrongAnswer."""
    least = 4 if choice.profile == PUBLISHED else 9
    if not least <= len(day.homes) <= HOMES_MAXIMUM:
        raise MarketError(
            f"{len(day.homes)} homes can take part in the day {day.label}: in the {choice.profile} profile a"
            f" day of the market is for {least} to {HOMES_MAXIMUM}"
        )
    if file.slots > 256 or DAY_SECONDS // file.slots < 60:
        raise MarketError(f"a report holds at most 256 slots, not {file.slots}")
    if not 0 <= choice.sellers <= len(day.homes):
        raise MarketError(f"{choice.sellers} homes cannot sell: {len(day.homes)} take part")
    # Primes of a hardened key take the reference some seconds, on a busy machine many.
    with Parties(tables, choice.target, choice.profile, patience=120) as parties:
        return _Run(parties, file, day, choice, progress).run()


def as_json(result: Result) -> dict[str, Any]:
    """Everything of a run, for a machine."""
    caught = result.caught
    return {
        "study": "market",
        "format": 1,
        "file": {"name": result.file.path.name, "sha256": result.file.sha256},
        "day": result.day.label,
        "profile": result.choice.profile,
        "target": result.choice.target,
        "answered_by": dict(sorted(result.answered.items())),
        "seed": result.choice.seed,
        "keys": "derived from the seed for this study; a meter draws its own",
        "sales": "assumed: the file has no production",
        "sound": result.sound,
        "homes": [asdict(home) for home in result.homes],
        "slots": [asdict(slot) for slot in result.slots],
        "peak": dict(zip(("told_wh", "true_wh", "slot"), result.shared, strict=True)),
        "seen": result.seen,
        "hidden": [asdict(item) for item in result.hidden],
        "cheat": None if caught is None else asdict(caught),
    }
