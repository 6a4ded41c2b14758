"""Thirty days of paper D's load management for real homes, run through a target over the target protocol.

Each interval: the ring's sum, the group's state, in a peak one comparison a home; each day: two encrypted
counters a home; at the month's end: the bill, verified by the utility and by the meter. Keys are made
beforehand. Everything else is computed when it is needed: no power r^n is stored.

Keys for signing, randomness and noise-free readings come from a seed, so that a study can be repeated; a real
meter draws its own.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from meter_privacy.conformance.primes import expand
from meter_privacy.conformance.studies.command import Progress
from meter_privacy.conformance.studies.crew import Crew, Inputs
from meter_privacy.conformance.studies.month_keys import Keys, material
from meter_privacy.conformance.studies.month_readings import MonthReadings
from meter_privacy.conformance.studies.parties import WrongAnswer
from meter_privacy.conformance.studies.readings import ReadingsFile
from meter_privacy.conformance.studies.tariff import Tariff
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import Answer

PREFIX = "load_management."
PROOF_ROUNDS = 8
DAY, STATEMENT, FIGURE, VERDICT = 2, 3, 4, 5
USER = tuple(PREFIX + name for name in ("user_start", "user_reading", "user_settle", "user_month"))
METER = tuple(
    PREFIX + name for name in ("meter_start", "meter_day", "meter_bill", "meter_totals", "meter_verdict")
)
UTILITY = tuple(PREFIX + name for name in ("utility_start", "utility_total", "utility_outcome"))


class MonthError(ValueError):
    """The month cannot be run as asked."""


@dataclass(frozen=True)
class Choice:
    """What is asked of a study of a month."""

    target: str
    profile: str
    seed: str
    processes: int


@dataclass(frozen=True)
class Interval:
    """An interval of the group. Energies in Wh; `high` are the nodes above the user threshold."""

    number: int
    day: int
    place: int
    true_wh: int
    total_wh: int
    peak: bool
    threshold_wh: int | None
    high: frozenset[int]


@dataclass(frozen=True)
class Opening:
    """A value and the randomness of a ciphertext that holds it."""

    value: int
    randomness: int


@dataclass
class Home:
    """A home's month: what its meter counted, and who has verified its bill.

    `records` are the ciphertexts that the utility keeps, `openings` what the meter keeps of them. `verified`
    is empty where the verification was refused; `refused` says by whom and why.
    """

    name: str
    node: int
    modulus: int
    days: list[tuple[int, int]] = field(default_factory=list)
    records: list[dict[str, int]] = field(default_factory=list)
    openings: list[tuple[Opening, Opening]] = field(default_factory=list)
    bill: int = 0
    statement: dict[str, Opening] = field(default_factory=dict)
    figure: int = 0
    verified: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def normal_wh(self) -> int:
        """The month's energy at the normal price."""
        return sum(normal for normal, _ in self.days)

    @property
    def high_wh(self) -> int:
        """The month's energy at the high price."""
        return sum(high for _, high in self.days)


@dataclass(frozen=True)
class Overheard:
    """What the holder of the key reads of two neighbouring messages of the ring: erratum D-ERRATUM-6."""

    home: str
    interval: int
    read_wh: int
    true_wh: int


@dataclass
class Result:
    """A month's run.

    `capped` counts the uses of an interval above the tariff's greatest, which were taken at that.
    `messages` and `sizes` count what goes over the wire, `seconds` and `counted` the work, by kind.
    """

    file: ReadingsFile
    readings: MonthReadings
    tariff: Tariff
    keys: Keys
    choice: Choice
    homes: list[Home]
    intervals: list[Interval] = field(default_factory=list)
    capped: int = 0
    disagreements: int = 0
    lapsed: int = 0
    overheard: Overheard | None = None
    messages: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counted: Counter[str] = field(default_factory=Counter)
    answered: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    requests: int = 0
    elapsed: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether every sum, comparison and bill came out right, and each bill was verified by both."""
        return (
            self.disagreements == 0
            and all(interval.true_wh == interval.total_wh for interval in self.intervals)
            and all(len(home.verified) == 2 for home in self.homes)
        )


def least_operations(homes: int, intervals: int, days: int) -> dict[str, int]:
    """How many of the costly steps a month takes before its peaks are known; comparisons come on top."""
    return {
        "ring encryptions": homes * intervals,
        "signed hops": homes * intervals,
        "counter encryptions": 2 * homes * days,
        "modulus proofs": homes,
        "bills": homes,
    }


@dataclass
class Month:
    """A month as it runs. Its methods are its phases; after `run` it keeps what a tampering needs."""

    crew: Crew
    file: ReadingsFile
    readings: MonthReadings
    tariff: Tariff
    keys: Keys
    choice: Choice
    progress: Progress

    def __post_init__(self) -> None:
        tariff, count = self.tariff, len(self.readings.homes)
        self.nodes = range(count)
        self.days = len(self.readings.labels)
        self.slots = self.file.slots * tariff.interval_minutes // (24 * 60)
        if self.slots * 24 * 60 != self.file.slots * tariff.interval_minutes:
            raise MonthError(
                f"an interval of {tariff.interval_minutes} minutes is no whole number of the file's"
                f" {self.file.slots} slots a day"
            )
        if count < tariff.least_members:
            raise MonthError(
                f"{count} homes are fewer than the tariff's least_members, {tariff.least_members}"
            )
        if count > len(self.keys.homes):
            raise MonthError(
                f"{self.keys.source} has keys for {len(self.keys.homes)} homes, not {count};"
                " meter-privacy month-keys makes more"
            )
        if self.choice.profile == "hardened" and tariff.policy == 0:
            raise MonthError("the hardened profile takes no average as the user threshold; see LOAD-48")
        p, q = self.keys.utility
        self.modulus = p * q
        self.width = (self.modulus.bit_length() + 7) // 8
        self.done = 0
        self.sealed = self.choice.profile == "hardened"
        homes = [
            Home(name, node, self.keys.homes[node][0] * self.keys.homes[node][1])
            for node, name in enumerate(self.readings.homes)
        ]
        self.result = Result(self.file, self.readings, tariff, self.keys, self.choice, homes)
        self.result.capped = sum(
            self.energy(node, day, place) > tariff.maximum_wh
            for node in self.nodes
            for day in range(self.days)
            for place in range(tariff.intervals)
        )

    # ---- Helpers ----

    def secret(self, *parts: str | int) -> bytes:
        """32 bytes that the seed gives."""
        return expand(material(self.choice.seed, *parts), 32)

    def residue(self, modulus: int, *parts: str | int) -> int:
        """A number of [2, n) that the seed gives, uniform to within 2^-128."""
        drawn = expand(material(self.choice.seed, *parts), (modulus.bit_length() + 7) // 8 + 16)
        return int.from_bytes(drawn, "big") % (modulus - 2) + 2

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """Add the time of a block to a kind of work."""
        begun = time.perf_counter()
        yield
        self.result.seconds[kind] += time.perf_counter() - begun

    def ask(self, name: str, inputs: Inputs) -> list[Mapping[str, Any]]:
        """Ask one operation of the chapter with many inputs, none of which may be refused."""
        return self.crew.ask(PREFIX + name, inputs)

    def ask_each(self, name: str, inputs: Inputs) -> list[Answer]:
        """Ask one operation of the chapter with many inputs."""
        return self.crew.ask_each(PREFIX + name, inputs)

    def sent(self, kind: str, size: int, count: int = 1) -> None:
        """Count messages of a kind, `size` bytes together."""
        self.result.messages[kind] += count
        self.result.sizes[kind] += size

    def energy(self, node: int, day: int, place: int) -> int:
        """A home's energy of an interval by the file, Wh."""
        slots = self.readings.readings[self.readings.homes[node]][day]
        return sum(slots[place * self.slots : (place + 1) * self.slots])

    def usage(self, node: int, day: int, place: int) -> int:
        """A home's energy of an interval as its meter takes it, Wh: at most the tariff's greatest use."""
        return min(self.tariff.maximum_wh, self.energy(node, day, place))

    def step(self, what: str) -> None:
        """Say how far it is."""
        self.progress(what, self.done, self.days * (len(self.nodes) + self.tariff.intervals) + 2)
        self.done += 1

    def user_steps(self, name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """A step of every home's session."""
        steps = [(node + 2, values) for node, values in zip(self.nodes, inputs, strict=True)]
        return self.crew.ask_sessions(PREFIX + name, steps, USER)

    def meter_steps(self, name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """A step of every meter's session."""
        steps = [(self.meter(node), values) for node, values in zip(self.nodes, inputs, strict=True)]
        return self.crew.ask_sessions(PREFIX + name, steps, METER)

    def ask_meter(self, name: str, node: int, values: Mapping[str, Any]) -> Answer:
        """A step of one meter's session, whatever comes of it."""
        return self.crew.ask_session(PREFIX + name, self.meter(node), values, METER)

    def meter(self, node: int) -> int:
        """The number of a meter's session."""
        return len(self.nodes) + 2 + node

    def utility_step(self, name: str, **values: Any) -> Mapping[str, Any]:
        """A step of the utility's session."""
        return self.crew.ask_sessions(PREFIX + name, [(1, values)], UTILITY)[0]

    def message(self, kind: int, node: int, sequence: int, members: Mapping[int, Any]) -> dict[str, Any]:
        """A request to sign a message of a home under its contract."""
        body = {1: self.contracts[node], 2: node, 3: sequence, **members}
        encoded = cbor2.dumps(body, canonical=True)
        return {"private_key": self.signing[node], "type": kind, "body": encoded}

    def exchange(
        self, kind: int, name: str, sequence: int, requests: Sequence[Mapping[str, Any]], by_utility: bool
    ) -> list[bytes]:
        """Sign one message of a type for every home, send it, and take it in; answers the messages."""
        if by_utility:
            requests = [{**request, "private_key": self.utility_signing} for request in requests]
        messages = [answer["message"] for answer in self.ask("sign_message", requests)]
        self.sent(name, sum(map(len, messages)), len(messages))
        self.ask(
            "check_message",
            [
                {
                    "public_key": self.utility_public if by_utility else self.public[node],
                    "type": kind,
                    "scope": self.contracts[node],
                    "next_sequence": sequence,
                    "message": message,
                }
                for node, message in zip(self.nodes, messages, strict=True)
            ],
        )
        return messages

    # ---- Set-up ----

    def set_up(self) -> None:
        """Keys, roster, proofs of the homes' moduli, and the sessions."""
        self.step("keys and proofs")
        self.signing = [self.secret("signing", node) for node in self.nodes]
        self.utility_signing = self.secret("signing", "utility")
        self.sealing = [self.secret("sealing", node) for node in self.nodes]
        self.utility_sealing = self.secret("sealing", "utility")
        self.contracts = [self.secret("contract", node) for node in self.nodes]
        self.public = [ed25519_public(key) for key in self.signing]
        self.utility_public = ed25519_public(self.utility_signing)
        self.sealing_public = [x25519_public(key) for key in self.sealing]
        self.utility_sealing_public = x25519_public(self.utility_sealing)
        tariff = self.tariff
        members = [
            {"node": node, "signing_key": self.public[node], "sealing_key": self.sealing_public[node]}
            for node in self.nodes
        ]
        self.roster: bytes = self.ask(
            "ring_roster",
            [
                {
                    "group": self.secret("group")[:16],
                    "modulus": self.modulus,
                    "members": members,
                    "least_members": tariff.least_members,
                    "maximum_wh": tariff.maximum_wh,
                }
            ],
        )[0]["digest"]
        self.comparison = dict(self.keys.comparison)
        self.comparison_public = self.ask("dgk_key", [self.comparison])[0]
        with self.timed("proofs of the homes' keys"):
            proofs = self.ask(
                "prove_modulus",
                [
                    {"p": p, "q": q, "context": self.contracts[node], "rounds": PROOF_ROUNDS}
                    for node, (p, q) in zip(self.nodes, self.keys.homes, strict=False)
                ],
            )
            self.proofs: list[list[int]] = [list(proof["roots"]) for proof in proofs]
            self.ask(
                "verify_modulus",
                [
                    {"modulus": home.modulus, "context": self.contracts[home.node], "roots": proof}
                    for home, proof in zip(self.result.homes, self.proofs, strict=True)
                ],
            )
        self.result.counted["modulus proofs"] += len(self.proofs)
        for home in self.result.homes:
            self.sent("proof of a key", (PROOF_ROUNDS + 1) * ((home.modulus.bit_length() + 7) // 8))
        ladder = {"maximum_wh": tariff.maximum_wh, "unit_wh": tariff.unit_wh, "levels": tariff.levels}
        self.user_steps(
            "user_start",
            [
                {
                    "utility_key": self.utility_public,
                    "scope": self.roster,
                    "node": node,
                    **ladder,
                    "allowance_wh": tariff.allowance_wh,
                    "normal_price": tariff.price_normal,
                    "high_price": tariff.price_high,
                    "month": 0,
                    "deferrable": [],
                }
                for node in self.nodes
            ],
        )
        self.meter_steps(
            "meter_start",
            [
                {"p": p, "q": q, "maximum_wh": tariff.maximum_wh * tariff.intervals, "days": self.days}
                for p, q in self.keys.homes[: len(self.nodes)]
            ],
        )
        self.utility_step(
            "utility_start",
            scope=self.roster,
            members=list(self.nodes),
            **ladder,
            group_threshold_wh=tariff.threshold_wh(len(self.nodes)),
            threshold_policy=tariff.policy,
            parameter_wh=tariff.parameter_wh,
        )

    # ---- The ring ----

    def ring(self, day: int) -> list[int]:
        """The totals of a day's intervals, Wh. The intervals' rings run side by side."""
        places = range(self.tariff.intervals)
        numbers = [day * self.tariff.intervals + place for place in places]
        self.hops: list[list[bytes]] = [[] for _ in places]
        fixed = {"modulus": self.modulus, "maximum_wh": self.tariff.maximum_wh}
        ciphertexts: list[int] = []
        for node in self.nodes:
            self.step(f"day {day + 1} of {self.days}: the ring")
            given = [
                {
                    **fixed,
                    "reading_wh": self.usage(node, day, place),
                    "randomness": self.residue(self.modulus, "ring", node, number),
                }
                for place, number in zip(places, numbers, strict=True)
            ]
            with self.timed("ring encryptions"):
                if node == 0:
                    answers = self.ask("ring_start", given)
                else:
                    answers = self.ask(
                        "ring_add",
                        [
                            {**values, "previous": previous}
                            for values, previous in zip(given, ciphertexts, strict=True)
                        ],
                    )
            ciphertexts = [answer["ciphertext"] for answer in answers]
            with self.timed("signed hops"):
                ciphertexts = self._hop(node, numbers, ciphertexts)
        self.result.counted["ring encryptions"] += len(self.nodes) * len(numbers)
        self.result.counted["signed hops"] += len(self.nodes) * len(numbers)
        p, q = self.keys.utility
        with self.timed("totals opened"):
            answers = self.ask(
                "ring_stop",
                [
                    {
                        "p": p,
                        "q": q,
                        "members": len(self.nodes),
                        "maximum_wh": self.tariff.maximum_wh,
                        "ciphertext": ciphertext,
                    }
                    for ciphertext in ciphertexts
                ],
            )
        return [answer["total_wh"] for answer in answers]

    def _hop(self, node: int, numbers: Sequence[int], ciphertexts: Sequence[int]) -> list[int]:
        """A member passes its messages of several intervals on; what the next one takes in."""
        place = {"roster": self.roster, "node": node, "position": node + 1, "modulus": self.modulus}
        signed = self.ask(
            "sign_hop",
            [
                {**place, "private_key": self.signing[node], "interval": number, "ciphertext": ciphertext}
                for number, ciphertext in zip(numbers, ciphertexts, strict=True)
            ],
        )
        messages = [answer["message"] for answer in signed]
        for hops, message in zip(self.hops, messages, strict=True):
            hops.append(message)
        sizes = [len(message) for message in messages]
        if self.sealed:
            messages, sizes = self._sealed(node, numbers, messages)
        self.sent("hop of the ring", sum(sizes), len(sizes))
        taken = self.ask(
            "check_hop",
            [
                {
                    **place,
                    "public_key": self.public[node],
                    "interval": number,
                    "next_interval": number,
                    "message": message,
                }
                for number, message in zip(numbers, messages, strict=True)
            ],
        )
        return [answer["ciphertext"] for answer in taken]

    def _sealed(
        self, node: int, numbers: Sequence[int], messages: Sequence[bytes]
    ) -> tuple[list[bytes], list[int]]:
        """Messages sealed to the next member, or to the utility, and opened there; and the sealed sizes."""
        last = node + 1 == len(self.nodes)
        public = self.utility_sealing_public if last else self.sealing_public[node + 1]
        private = self.utility_sealing if last else self.sealing[node + 1]
        place = {"roster": self.roster, "position": node + 1}
        sealed = self.ask(
            "seal_hop",
            [
                {
                    **place,
                    "ephemeral_private_key": self.secret("ephemeral", node, number),
                    "sealing_key": public,
                    "interval": number,
                    "message": message,
                }
                for number, message in zip(numbers, messages, strict=True)
            ],
        )
        boxes = [answer["sealed"] for answer in sealed]
        opened = self.ask(
            "open_hop",
            [
                {**place, "private_key": private, "interval": number, "sealed": box}
                for number, box in zip(numbers, boxes, strict=True)
            ],
        )
        return [answer["message"] for answer in opened], [len(box) for box in boxes]

    # ---- The plan ----

    def interval(self, day: int, place: int, total_wh: int) -> list[tuple[int, int]]:
        """An interval's group state, charges and comparisons; each home's normal and high Wh."""
        number = day * self.tariff.intervals + place
        self.step(f"day {day + 1} of {self.days}: the plan")
        readings = [self.usage(node, day, place) for node in self.nodes]
        with self.timed("plan"):
            state = self.utility_step(
                "utility_total", private_key=self.utility_signing, interval=number, total_wh=total_wh
            )
            self.sent("group state, to all", len(state["message"]))
            self.user_steps(
                "user_reading", [{"interval": number, "usage_wh": reading} for reading in readings]
            )
            charges = self.user_steps("user_settle", [{"message": state["message"]} for _ in self.nodes])
        high = frozenset(node for node in self.nodes if charges[node]["high"])
        if state["peak"]:
            outcomes = self.compare(number, readings, state["threshold_wh"])
            self.result.disagreements += sum(
                outcome != (node in high) for node, outcome in zip(self.nodes, outcomes, strict=True)
            )
            with self.timed("plan"):
                for node, outcome in zip(self.nodes, outcomes, strict=True):
                    self.utility_step("utility_outcome", node=node, interval=number, at_least=int(outcome))
        elif high:
            raise WrongAnswer("load_management.user_settle charges a home as high outside a peak")
        self.result.intervals.append(
            Interval(
                number=number,
                day=day,
                place=place,
                true_wh=sum(readings),
                total_wh=total_wh,
                peak=bool(state["peak"]),
                threshold_wh=state["threshold_wh"],
                high=high,
            )
        )
        return [(charge["normal_wh"], charge["high_wh"]) for charge in charges]

    def compare(self, number: int, readings: Sequence[int], threshold_wh: int) -> list[bool]:
        """Every home's one comparison of an interval, on encrypted bits, and its opening.

        The utility's encrypted bits are one message to all: the threshold is one for all.
        """
        tariff, key, public = self.tariff, self.comparison, self.comparison_public
        ladder = {"unit_wh": tariff.unit_wh, "levels": tariff.levels}
        bits = (tariff.levels - 1).bit_length()
        length = -(-5 * max(key["v_p"].bit_length(), key["v_q"].bit_length()) // 2)
        group = {"modulus": public["modulus"], "g": public["g"], "h": public["h"], "u": key["u"]}
        with self.timed("comparisons"):
            level = self.ask("threshold_level", [{"threshold_wh": threshold_wh, **ladder}])[0]["level"]
            own = [self._short(length, "bit", number, bit) for bit in range(bits)]
            sent = self.ask("dgk_request", [{**group, "randomness": own, "threshold_level": level}])[0][
                "bits"
            ]
            levels = self.ask("reading_level", [{"value_wh": value, **ladder} for value in readings])
            answers = self.ask(
                "dgk_response",
                [
                    {
                        **group,
                        "bits": sent,
                        "reading_level": levels[node]["level"],
                        **self._blinds(number, node),
                    }
                    for node in self.nodes
                ],
            )
            private = {name: key[name] for name in ("p", "q", "u", "v_p", "v_q")}
            outcomes = self.ask(
                "dgk_outcome",
                [
                    {**private, "levels": tariff.levels, "ciphertexts": answer["ciphertexts"]}
                    for answer in answers
                ],
            )
        with self.timed("comparisons opened"):
            # All meters were sent the same bits and are shown the same opening: one check is every meter's.
            self.ask("dgk_audit", [{**group, "randomness": own, "threshold_level": level, "bits": sent}])
        width = (public["modulus"].bit_length() + 7) // 8
        self.sent("threshold's bits, to all", bits * width)
        self.sent("answer to a comparison", bits * width * len(answers), len(answers))
        self.sent("opening, to all", bits * ((length + 7) // 8))
        self.result.counted["comparisons"] += len(answers)
        return [bool(outcome["at_least"]) for outcome in outcomes]

    def _short(self, length: int, *parts: str | int) -> int:
        """A number of [2^128, 2^length), or of [1, 2^length) where that is no range."""
        least = 1 << 128 if length > 256 else 1
        drawn = int.from_bytes(expand(material(self.choice.seed, *parts), (length + 7) // 8 + 16), "big")
        return drawn % ((1 << length) - least) + least

    def _blinds(self, number: int, node: int) -> dict[str, list[int]]:
        """A home's multipliers, randomness and order of one comparison."""
        bits = (self.tariff.levels - 1).bit_length()
        key = self.comparison
        length = -(-5 * max(key["v_p"].bit_length(), key["v_q"].bit_length()) // 2)
        stream = expand(material(self.choice.seed, "blinds", number, node), 48 * bits)
        drawn = [int.from_bytes(stream[24 * i : 24 * i + 24], "big") for i in range(2 * bits)]
        order = list(range(bits))
        for i in range(bits - 1, 0, -1):
            j = drawn[i] % (i + 1)
            order[i], order[j] = order[j], order[i]
        return {
            "multipliers": [value % (key["u"] - 1) + 1 for value in drawn[bits:]],
            "randomness": [self._short(length, "answer", number, node, bit) for bit in range(bits)],
            "order": order,
        }

    # ---- Billing ----

    def close_day(self, day: int, charges: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Every home's two encrypted counters of a day, signed, sent and kept."""
        inputs = []
        for home in self.result.homes:
            normal = sum(charge[home.node][0] for charge in charges)
            high = sum(charge[home.node][1] for charge in charges)
            openings = (
                Opening(normal, self.residue(home.modulus, "counter", home.node, day, "normal")),
                Opening(high, self.residue(home.modulus, "counter", home.node, day, "high")),
            )
            home.days.append((normal, high))
            home.openings.append(openings)
            inputs.append(
                {
                    "day": day + 1,
                    "normal_wh": normal,
                    "high_wh": high,
                    "normal_randomness": openings[0].randomness,
                    "high_randomness": openings[1].randomness,
                }
            )
        with self.timed("counter encryptions"):
            records = self.meter_steps("meter_day", inputs)
        self.result.counted["counter encryptions"] += 2 * len(records)
        requests = []
        for home, record in zip(self.result.homes, records, strict=True):
            kept = {"normal": record["normal"], "high": record["high"]}
            home.records.append(kept)
            requests.append(
                self.message(DAY, home.node, day, {4: natural(kept["normal"]), 5: natural(kept["high"])})
            )
        with self.timed("records signed"):
            self.day_messages = self.exchange(DAY, "day's record", day, requests, by_utility=False)

    def tariff_fields(self) -> dict[str, int]:
        """What the operations of a month's aggregate take of the tariff."""
        return {
            "days": self.days,
            "maximum_wh": self.tariff.maximum_wh * self.tariff.intervals,
            "price_normal": self.tariff.price_normal,
            "price_high": self.tariff.price_high,
        }

    def statements(self) -> None:
        """Every meter's bill with its combined randomness; in the published profile both totals too."""
        prices = {"price_normal": self.tariff.price_normal, "price_high": self.tariff.price_high}
        with self.timed("bills"):
            bills = self.meter_steps("meter_bill", [prices for _ in self.nodes])
            totals = [] if self.sealed else self.meter_steps("meter_totals", [{} for _ in self.nodes])
        for home in self.result.homes:
            for name in ("normal", "high") if totals else ():
                told_total = totals[home.node]
                home.statement[name] = Opening(told_total[name], told_total[f"{name}_randomness"])
            home.bill = bills[home.node]["bill"]
            home.statement["bill"] = Opening(home.bill, bills[home.node]["randomness"])
        requests = []
        for home in self.result.homes:
            members: dict[int, Any] = {4: self.tariff.price_normal, 5: self.tariff.price_high}
            for place, name in enumerate(("bill", "normal", "high") if totals else ("bill",)):
                opening = home.statement[name]
                members |= {
                    6 + 2 * place: natural(opening.value),
                    7 + 2 * place: natural(opening.randomness),
                }
            requests.append(self.message(STATEMENT, home.node, 0, members))
        self.exchange(STATEMENT, "statement of a bill", 0, requests, by_utility=False)

    def statement_fields(self, home: Home, **changed: Any) -> dict[str, Any]:
        """A home's statement, as the operation of its verification takes it."""
        given: dict[str, Any] = {"modulus": home.modulus, "counters": home.records, **self.tariff_fields()}
        for name, opening in home.statement.items():
            given |= {name: opening.value, f"{name}_randomness": opening.randomness}
        return given | changed

    @property
    def verification(self) -> str:
        """The operation by which the utility verifies a statement."""
        return "verify_bill" if self.sealed else "verify_statement"

    def verify(self) -> None:
        """The utility verifies each statement, the meter the utility's figure."""
        homes = self.result.homes
        with self.timed("bills"):
            verdicts = self.ask_each(self.verification, [self.statement_fields(home) for home in homes])
            for home, verdict in zip(homes, verdicts, strict=True):
                told(home, "utility", verdict)
            aggregates = self.ask(
                "aggregate_month",
                [
                    {"modulus": home.modulus, "counters": home.records, **self.tariff_fields()}
                    for home in homes
                ],
            )
        for home, aggregate in zip(homes, aggregates, strict=True):
            home.figure = aggregate["bill"]
        figures = [
            self.message(FIGURE, home.node, 0, {4: natural(home.figure), 5: natural(home.bill)})
            for home in homes
        ]
        self.exchange(FIGURE, "utility's figure", 0, figures, by_utility=True)
        with self.timed("bills"):
            accepted = self.meter_steps(
                "meter_verdict", [{"ciphertext": home.figure, "bill": home.bill} for home in homes]
            )
        for home, answer in zip(homes, accepted, strict=True):
            if answer["accepted"]:
                home.verified.append("meter")
            else:
                home.refused.append("meter: the utility's figure is not its own")
        said = [self.message(VERDICT, home.node, 0, {4: "meter" in home.verified}) for home in homes]
        self.exchange(VERDICT, "meter's verdict", 0, said, by_utility=False)
        self.result.counted["bills"] += len(homes)

    # ---- What can be overheard ----

    def overhear(self, node: int, day: int, place: int) -> None:
        """What a listener with the utility's key reads of a home: M_i / M_(i-1), decrypted."""
        if self.sealed:
            return
        n2 = self.modulus**2
        mine, before = (hop_ciphertext(self.hops[place][index]) for index in (node, node - 1))
        p, q = self.keys.utility
        quotient = mine * pow(before, -1, n2) % n2
        read = self.crew.ask_one("paillier.decrypt", p=p, q=q, ciphertext=quotient)["plaintext"]
        self.result.overheard = Overheard(
            self.readings.homes[node],
            day * self.tariff.intervals + place,
            read,
            self.usage(node, day, place),
        )

    # ---- All of it ----

    def run(self) -> Result:
        """The whole month. Raises MonthError, WrongAnswer, TargetLost."""
        begun = time.perf_counter()
        self.set_up()
        for day in range(self.days):
            totals = self.ring(day)
            charges = [self.interval(day, place, total) for place, total in enumerate(totals)]
            self.close_day(day, charges)
        self.overhear(len(self.nodes) // 2, self.days - 1, self.tariff.intervals - 1)
        self.step("bills")
        self.statements()
        self.verify()
        self._settle()
        result = self.result
        result.elapsed = time.perf_counter() - begun
        result.answered, result.described = self.crew.answered, self.crew.described
        result.requests = self.crew.requests
        return result

    def _settle(self) -> None:
        """The sessions' own month must be the counters'."""
        months = self.user_steps("user_month", [{"month": 0} for _ in self.nodes])
        for home, month in zip(self.result.homes, months, strict=True):
            own = (home.normal_wh, home.high_wh, home.bill)
            if own != (month["normal_wh"], month["high_wh"], month["bill"]):
                raise WrongAnswer(f"home {home.name}: the session's month is not that of its daily counters")
            self.result.lapsed += month["lapsed"]


def told(home: Home, who: str, verdict: Answer) -> None:
    """Keep a verdict on a home's bill."""
    if verdict.error is None:
        home.verified.append(who)
    else:
        home.refused.append(f"{who}: {verdict.error}, {verdict.detail}")


def natural(number: int) -> bytes:
    """A natural number as a message carries it."""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def hop_ciphertext(message: bytes) -> int:
    """The ciphertext that a hop carries, for whoever listens."""
    return int.from_bytes(cbor2.loads(message)[2][5], "big")


def ed25519_public(private: bytes) -> bytes:
    """The public key of a signing key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def x25519_public(private: bytes) -> bytes:
    """The public key of a sealing key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def crew_of(tables: Tables, choice: Choice) -> Crew:
    """The processes that compute a month."""
    return Crew(tables, choice.target, choice.profile, choice.processes)
