"""One day of DREAM as one would deploy it, for real homes: noise, missing meters, meters that collude.

Paper C, sections 5 and 6, in the form of spec/dream.md, parts Noise, The cluster and Recovery: certificates,
an epoch, shares of integer noise, reports with blinds, signed lists of missing meters, replies, totals.
Meters and supplier are sessions of a target. Keys, noise and who is missing come from a seed, so that a study
can be repeated; a real meter draws its own, and nobody knows what it drew.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import ceil
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.conformance import framing
from meter_privacy.conformance.studies.command import Progress
from meter_privacy.conformance.studies.dream_day import (
    HARDENED_MODULUS,
    METERS_MAXIMUM,
    RULES,
    DayError,
    derive,
)
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.readings import Day, ReadingsFile, slot_time
from meter_privacy.conformance.tables import Tables

MEMBER, COLLECTOR = "dream.member_", "dream.collector_"
TAIL_BITS = 64
# The tail that every cluster needs (DREAM-49), and the largest scale, in units, that a table always holds.
TAIL_SCALES, TABLE_SCALE = 50, 100
# As many slots as dream.account takes at once.
ACCOUNT_SLOTS = 1024


@dataclass(frozen=True)
class Choice:
    """What is asked of a private day. None stands for the default, which `PrivateDay` tells.

    `failing` meters are missing in each slot, `colluders` tell the supplier all that they know; `tolerated`
    is M, which covers both.
    """

    target: str
    profile: str
    maximum_wh: int
    seed: str
    epsilon: Fraction
    failing: int
    colluders: int
    tolerated: int | None = None
    partners: int | None = None
    shown: str | None = None


@dataclass(frozen=True)
class Parameters:
    """A cluster as it is announced, and its noise: n shares of scale lambda, drawn in units of so many Wh."""

    meters: int
    tolerated_failures: int
    colluders: int
    expected_partners: int
    maximum_wh: int
    tail_wh: int
    scale_wh: int
    modulus: int
    unit_wh: int
    thresholds: tuple[int, ...]
    list_limit: int

    @property
    def shares(self) -> int:
        """N - M."""
        return self.meters - self.tolerated_failures

    @property
    def scale_units(self) -> Fraction:
        """The scale in units."""
        return Fraction(self.scale_wh, self.unit_wh)

    @property
    def epsilon(self) -> Fraction:
        """What a slot costs at most: Xmax / lambda."""
        return Fraction(self.maximum_wh, self.scale_wh)

    def announced(self) -> dict[str, int]:
        """The fields of an announcement."""
        names = ("tolerated_failures", "colluders", "expected_partners", "maximum_wh", "tail_wh", "scale_wh")
        return {name: getattr(self, name) for name in (*names, "modulus")}


@dataclass(frozen=True)
class Slot:
    """A slot: who is missing, and of the others in Wh: readings, what is reported, noise, what is opened.

    `error` is |true - opened| / (true + 1).
    """

    slot: int
    time: str
    missing: tuple[int, ...]
    true_wh: int
    reported_wh: int
    noise_wh: int
    opened_wh: int
    error: float

    @property
    def equal(self) -> bool:
        """Whether what is opened is exactly what was reported and the noise."""
        return self.opened_wh == self.reported_wh + self.noise_wh


@dataclass(frozen=True)
class Refusal:
    """Something that meters or the supplier must not do, and the class with which it was refused."""

    what: str
    answered: str


@dataclass(frozen=True)
class Masks:
    """What a report is masked with: keystream, dummy keys by partner, blind."""

    keystream: int
    dummies: Mapping[int, int]
    blind: int


@dataclass(frozen=True)
class View:
    """One report of a home, and what is left of it when all that supplier and colluders know is taken off.

    `unknown` masks remain: the dummy keys of honest partners, and the blind.
    """

    home: str
    slot: int
    time: str
    value_wh: int
    ciphertext: int
    stripped: int
    partners: int
    unknown: int


@dataclass(frozen=True)
class Law:
    """What theory says: mean and deviation of |noise| in Wh, and the losses of a slot and a day in nats.

    `loss` is against a supplier that knows the colluders' shares; `delta_bits` is -log2 of the day's delta.
    """

    mean_wh: float
    deviation_wh: float
    loss: float
    day_epsilon: float
    delta_bits: float
    own_epsilon: float


@dataclass(frozen=True)
class PrivateDay:
    """A private day's run."""

    file: ReadingsFile
    day: Day
    choice: Choice
    parameters: Parameters
    slots: tuple[Slot, ...]
    shown: str
    values_wh: Mapping[int, int]
    ciphertexts: Mapping[int, int]
    view: View
    refusals: tuple[Refusal, ...]
    law: Law
    colluding: tuple[str, ...]
    seconds: Mapping[str, float]
    report_bytes: int
    reply_bytes: int
    digest: bytes
    answered: Mapping[str, str]
    described: Mapping[str, Mapping[str, Any]]

    @property
    def equal(self) -> bool:
        """Whether every slot was opened to what was reported in it and the noise."""
        return all(slot.equal for slot in self.slots)

    @property
    def mean_error_wh(self) -> float:
        """The mean of |noise|."""
        return sum(abs(slot.noise_wh) for slot in self.slots) / len(self.slots)


def register_units(readings_wh: Sequence[int], unit_wh: int) -> list[int]:
    """Readings as a register of whole units shows them: differences of the sum so far, in units (DREAM-41).

    No more than a reading's own units rounded up, and nothing is lost from slot to slot.
    """
    return [
        after - before for before, after in pairwise([0, *(s // unit_wh for s in accumulate(readings_wh))])
    ]


def drawn_share(thresholds: Sequence[int], random: bytes) -> int:
    """The share that 16 bytes draw from a table: thresholds reached by either half (DREAM-40)."""
    first, second = (int.from_bytes(half, "big") for half in (random[:8], random[8:16]))
    return bisect_right(thresholds, first) - bisect_right(thresholds, second)


def unit_for(maximum_wh: int, scale_wh: int) -> int:
    """The least divisor of Xmax in which the scale is at most 100 units. Raises DayError."""
    divisors = sorted(
        d for k in range(1, int(maximum_wh**0.5) + 1) if maximum_wh % k == 0 for d in (k, maximum_wh // k)
    )
    unit = next((d for d in divisors if scale_wh <= TABLE_SCALE * d), None)
    if unit is None:
        raise DayError(
            "epsilon is too small: a table holds a scale of at most 100 times Xmax, epsilon >= 0.01"
        )
    if scale_wh < unit:
        raise DayError(
            f"epsilon is too large for a cap of {maximum_wh} Wh: the scale of {scale_wh} Wh is below a unit"
            f" of {unit} Wh"
        )
    return unit


@dataclass
class _Run:
    parties: Parties
    file: ReadingsFile
    day: Day
    choice: Choice
    progress: Progress

    def __post_init__(self) -> None:
        self.homes = self.day.homes
        self.nodes = range(len(self.homes))
        self.first_slot = self.day.position * self.file.slots
        self.seconds = {"enrolment": 0.0, "report": 0.0, "reply": 0.0}
        self.collectors = len(self.homes)

    def one(self, name: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """One operation's output."""
        answer = self.parties.ask_each(name, [values])[0]
        if answer.output is None:
            whose = self.parties.answered[name]
            raise WrongAnswer(f"{whose} refuses {name}: {answer.error}, {answer.detail}")
        return answer.output

    def steps(self, role: str, name: str, steps: Mapping[int, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """One step of each of some sessions, none of which may be refused."""
        outputs = []
        for answer in self.parties.step(role, name, steps):
            if answer.output is None:
                raise WrongAnswer(
                    f"{self.parties.answered[name]} refuses {name}: {answer.error}, {answer.detail}"
                )
            outputs.append(answer.output)
        return outputs

    def refused(self, role: str, name: str, session: int, values: Mapping[str, Any]) -> str:
        """The error class of a step that must be refused."""
        answer = self.parties.step(role, name, {session: values})[0]
        if answer.error is None:
            raise WrongAnswer(f"{self.parties.answered[name]} does not refuse {name} where it must")
        return answer.error

    def true_wh(self, slot: int, nodes: Sequence[int]) -> int:
        return sum(self.day.readings[self.homes[node]][slot] for node in nodes)

    # ---- Set-up ----

    def parameters(self) -> Parameters:
        """N, M, c and w as asked; lambda, unit, table, tail and modulus that follow. Raises DayError."""
        choice, count = self.choice, len(self.homes)
        needed = choice.failing + choice.colluders
        tolerated = needed if choice.tolerated is None else choice.tolerated
        most = (count - choice.colluders + 1) // 2 - 1
        if not needed <= tolerated <= most:
            raise DayError(
                f"{count} homes, of which {choice.colluders} collude, tolerate M of at most {most}, below"
                f" half of the honest; {choice.failing} that fail and {choice.colluders} that collude need"
                f" M = {needed}: {tolerated} is not between"
            )
        partners = count - 1 if choice.partners is None else choice.partners
        if not 1 <= partners <= count - 1:
            raise DayError(f"{count} homes take part: a meter has 1 to {count - 1} partners, not {partners}")
        if choice.profile == "hardened" and partners != count - 1:
            raise DayError(f"in the hardened profile all {count - 1} others are partners, not {partners}")
        scale = ceil(choice.maximum_wh / choice.epsilon)
        unit = unit_for(choice.maximum_wh, scale)
        units = Fraction(scale, unit)
        table = self.one("dream.noise_table", {"shares": count - tolerated, "lambda_units": units})
        self.distance_bits: Fraction = table["distance_bits"]
        failures = {"meters": count, "tolerated_failures": tolerated}
        tail = self.one("dream.noise_tail", {**failures, "lambda_units": units, "bits": TAIL_BITS})[
            "tail_units"
        ]
        given: dict[str, int] = {
            "colluders": choice.colluders, "expected_partners": partners, "maximum_wh": choice.maximum_wh,
            "tail_wh": max(TAIL_SCALES * scale, unit * tail), "scale_wh": scale,
        }  # fmt: skip
        held = {"meters": count, "maximum_wh": choice.maximum_wh, "tail_wh": given["tail_wh"]}
        modulus = self.one("dream.modulus", held)["modulus"]
        if choice.profile == "hardened":
            modulus = max(modulus, HARDENED_MODULUS)
        answer = self.parties.ask_each("dream.check_cluster", [{**failures, **given, "modulus": modulus}])[0]
        if answer.output is None:
            raise DayError(f"these parameters are not safe: {answer.detail}")
        limit = answer.output["list_limit"]
        return Parameters(
            **failures,
            **given,
            modulus=modulus,
            unit_wh=unit,
            thresholds=tuple(table["thresholds"]),
            list_limit=limit,
        )

    def _epoch(self, given: Parameters) -> dict[str, Any]:
        """Keys, certificates and the announcement of one epoch that lasts for the day and one slot more."""
        seed, last = self.choice.seed, self.first_slot + self.file.slots
        self.cluster = derive(seed, "cluster", self.day.label)[:16]
        authority, self.signing = derive(seed, "authority"), derive(seed, "signing")
        self.private = [derive(seed, "meter", node) for node in self.nodes]
        self.supplier_private = derive(seed, "supplier")
        self.authority_public, signing_public = (
            Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
            for key in (authority, self.signing)
        )
        *self.public, supplier_public = self.parties.ask(
            "dream.public_key", [{"private_key": key} for key in (*self.private, self.supplier_private)]
        )
        certified = {"authority_private_key": authority, "cluster": self.cluster, "last_slot": last}
        signatures = self.parties.ask(
            "dream.certify",
            [{**certified, "node": node, "public_key": self.public[node]} for node in self.nodes],
        )
        identity = {"term": 0, "signing_key": signing_public, "public_key": supplier_public}
        signed = self.one("dream.certify_supplier", {**certified, **identity})
        members = [{"node": node, "public_key": self.public[node]} for node in self.nodes]
        roster = self.one("dream.roster_digest", {"cluster": self.cluster, "members": members})["digest"]
        begins = {"epoch": 0, "first_slot": self.first_slot}
        bound = {**begins, "supplier": signed["digest"], "roster": roster, "meters": given.meters}
        self.digest: bytes = self.one("dream.epoch_digest", {**bound, **given.announced()})["digest"]
        announced = {"signing_private_key": self.signing, "digest": self.digest}
        return {
            **begins,
            **given.announced(),
            "supplier": {**identity, "last_slot": last, "signature": signed["signature"]},
            "members": [
                {**member, "last_slot": last, "signature": signature}
                for member, signature in zip(members, signatures, strict=True)
            ],
            "signature": self.one("dream.announce", announced)["signature"],
        }

    def enrol(self, given: Parameters) -> None:
        """Start every meter's session, and let each check the announcement and derive its keys."""
        self.progress("keys and certificates", 0, len(self.homes))
        epoch = self._epoch(given)
        self.blind_keys = [derive(self.choice.seed, "blind", node) for node in self.nodes]
        starts = {
            node + 1: {
                "authority_public_key": self.authority_public, "cluster": self.cluster, "node": node,
                "private_key": self.private[node], "blind_key": self.blind_keys[node], "next_slot": 0,
                "next_epoch": 0, "term": 0,
            }
            for node in self.nodes
        }  # fmt: skip
        self.steps(MEMBER, "dream.member_start", starts)
        before = self.parties.seconds
        for node in self.nodes:
            self.progress("meters: enrolment", node, len(self.homes))
            if self.steps(MEMBER, "dream.member_enrol", {node + 1: epoch})[0]["digest"] != self.digest:
                raise WrongAnswer(f"node {node} enrols in another epoch than was announced")
        self.seconds["enrolment"] = self.parties.seconds - before
        agreed = self.parties.ask(
            "dream.supplier_key",
            [
                {
                    "cluster": self.cluster, "node": node, "private_key": self.supplier_private,
                    "peer_public_key": self.public[node],
                }
                for node in self.nodes
            ],
        )  # fmt: skip
        self.keys = self._epoch_keys(agreed)

    def _epoch_keys(self, keys: Sequence[bytes]) -> list[bytes]:
        return self.parties.ask("dream.epoch_key", [{"key": key, "digest": self.digest} for key in keys])

    # ---- A slot ----

    def chosen(self, what: str, count: int, among: Sequence[int]) -> tuple[int, ...]:
        """So many of some nodes, by the seed, in rising order."""
        ranked = sorted(among, key=lambda node: derive(self.choice.seed, "choose", what, node))
        return tuple(sorted(ranked[:count]))

    def collect(self, slot: int, given: Parameters) -> int:
        """A new session of the supplier for a slot; its number."""
        self.collectors += 1
        self.steps(
            COLLECTOR,
            "dream.collector_start",
            {
                self.collectors: {
                    "slot": slot, "modulus": given.modulus, "digest": self.digest,
                    "keys": [{"node": node, "key": key} for node, key in enumerate(self.keys)],
                    "tolerated_failures": given.tolerated_failures, "colluders": given.colluders,
                    "signing_private_key": self.signing,
                }
            },
        )  # fmt: skip
        return self.collectors

    def hand_in(self, session: int, name: str, messages: Mapping[int, Mapping[str, Any]], field: str) -> None:
        """Give a collector some meters' reports or replies, one after the other."""
        for node, message in messages.items():
            self.steps(
                COLLECTOR, name, {session: {"node": node, field: message[field], "tag": message["tag"]}}
            )

    def open(self, session: int) -> Mapping[str, Any]:
        """What the supplier's session answers as total."""
        return self.steps(COLLECTOR, "dream.collector_total", {session: {}})[0]

    def run_slot(
        self, slot: int, given: Parameters, units: Sequence[Sequence[int]]
    ) -> tuple[Slot, dict[int, Mapping[str, Any]], dict[int, Mapping[str, Any]]]:
        """The two rounds of a slot: the slot, the reports and the replies by node."""
        missing = self.missing[slot]
        present = [node for node in self.nodes if node not in missing]
        number, unit = self.first_slot + slot, given.unit_wh
        shares = {
            node: unit * drawn_share(given.thresholds, self.noise_bytes(slot, node)) for node in present
        }
        before = self.parties.seconds
        reports = self.steps(
            MEMBER,
            "dream.member_report",
            {
                node + 1: {"slot": number, "reading_wh": unit * units[node][slot], "share_wh": shares[node]}
                for node in present
            },
        )
        self.seconds["report"] += self.parties.seconds - before
        by_node = dict(zip(present, reports, strict=True))
        session = self.collect(number, given)
        self.hand_in(session, "dream.collector_receive", by_node, "ciphertext")
        signed = self.steps(COLLECTOR, "dream.collector_close", {session: {}})[0]
        if tuple(signed["missing"]) != missing:
            raise WrongAnswer(
                f"dream.collector_close lists {signed['missing']} as missing, and not {list(missing)}"
            )
        before = self.parties.seconds
        replies = dict(
            zip(
                present,
                self.steps(
                    MEMBER,
                    "dream.member_reply",
                    {node + 1: {"slot": number, **signed} for node in present},
                ),
                strict=True,
            )
        )
        self.seconds["reply"] += self.parties.seconds - before
        self.hand_in(session, "dream.collector_reply", replies, "recovery")
        answer = self.open(session)
        if answer["meters"] != len(present):
            raise WrongAnswer(
                f"dream.collector_total is of {answer['meters']} meters, and not of {len(present)}"
            )
        self.parties.close_session(COLLECTOR, session)
        opened = (answer["total"] + given.tail_wh) % given.modulus - given.tail_wh
        self.check_aggregate(number, given, by_node, replies, answer["total"])
        true = self.true_wh(slot, present)
        return (
            Slot(
                slot=slot,
                time=slot_time(slot, self.file.slots),
                missing=missing,
                true_wh=true,
                reported_wh=unit * sum(units[node][slot] for node in present),
                noise_wh=sum(shares.values()),
                opened_wh=opened,
                error=float(self.one("dream.error", {"total_wh": true, "noisy_wh": opened})["error"]),
            ),
            by_node,
            replies,
        )

    def noise_bytes(self, slot: int, node: int) -> bytes:
        return derive(self.choice.seed, "noise", self.day.label, slot, node)[:16]

    def check_aggregate(
        self,
        number: int,
        given: Parameters,
        reports: Mapping[int, Mapping[str, Any]],
        replies: Mapping[int, Mapping[str, Any]],
        total: int,
    ) -> None:
        """The supplier's total is the target's sum of ciphertexts less keystreams less replies."""
        streams = self.parties.ask(
            "dream.keystream",
            [{"key": self.keys[node], "slot": number, "modulus": given.modulus} for node in reports],
        )
        summed = self.one(
            "dream.aggregate",
            {
                "modulus": given.modulus, "keystreams": streams,
                "ciphertexts": [report["ciphertext"] for report in reports.values()],
                "recoveries": [reply["recovery"] for reply in replies.values()],
            },
        )["total"]  # fmt: skip
        if summed != total:
            raise WrongAnswer(f"dream.collector_total opens {total} where dream.aggregate sums {summed}")

    # ---- What must be refused ----

    def refuse_in_slot(
        self,
        slot: int,
        given: Parameters,
        reports: Mapping[int, Mapping[str, Any]],
        replies: Mapping[int, Mapping[str, Any]],
    ) -> list[Refusal]:
        """Three things that would open too much or nothing, tried on the slot in hand."""
        number, lost = self.first_slot + slot, given.list_limit + 1
        few = dict(list(reports.items())[: given.meters - lost])
        session = self.collect(number, given)
        self.hand_in(session, "dream.collector_receive", few, "ciphertext")
        closed = self.refused(COLLECTOR, "dream.collector_close", session, {})
        session = self.collect(number, given)
        self.hand_in(session, "dream.collector_receive", reports, "ciphertext")
        self.steps(COLLECTOR, "dream.collector_close", {session: {}})
        self.hand_in(session, "dream.collector_reply", dict(list(replies.items())[:-1]), "recovery")
        opened = self.refused(COLLECTOR, "dream.collector_total", session, {})
        victim, other, *_ = reports
        second = self._list(number, sorted({*self.missing[slot]} ^ {other}))
        answered = self.refused_list(victim, second)
        return [
            Refusal(f"the supplier closes a slot from which {lost} meters are missing", closed),
            Refusal("the supplier opens a slot without the last meter's reply", opened),
            Refusal("a meter answers a second list of a slot", answered),
        ]

    def refuse_long_list(self, given: Parameters, victim: int) -> Refusal:
        """A list of one meter more than M - c, in the slot after the day."""
        number, lost = self.first_slot + self.file.slots, given.list_limit + 1
        report = {"slot": number, "reading_wh": 0, "share_wh": 0}
        self.steps(MEMBER, "dream.member_report", {victim + 1: report})
        asked = self._list(number, [node for node in self.nodes if node != victim][:lost])
        answered = self.refused_list(victim, asked)
        return Refusal(f"a meter answers a list of {lost} meters", answered)

    def refused_list(self, victim: int, asked: Mapping[str, Any]) -> str:
        asked = {name: asked[name] for name in ("slot", "missing", "signature")}
        return self.refused(MEMBER, "dream.member_reply", victim + 1, asked)

    def _list(self, number: int, missing: Sequence[int]) -> dict[str, Any]:
        values = {"slot": number, "missing": list(missing)}
        signed = self.one(
            "dream.sign_missing", {"signing_private_key": self.signing, "digest": self.digest, **values}
        )
        return {**values, **signed}

    # ---- What is shown ----

    def shown(self, honest: Sequence[int]) -> str:
        """The home shown: by default the one of median consumption, of the honest that report at all."""
        reporting = [
            self.homes[node] for node in honest if any(node not in missing for missing in self.missing)
        ]
        if self.choice.shown is None:
            by_energy = sorted(reporting, key=lambda home: (sum(self.day.readings[home]), home))
            return by_energy[len(by_energy) // 2]
        if self.choice.shown not in reporting:
            raise DayError(f"home {self.choice.shown} is missing in every slot")
        return self.choice.shown

    def masks(self, node: int, slots: Sequence[int], given: Parameters) -> dict[int, Masks]:
        """What one home masks its reports with, by slot, from the operations that its session is made of."""
        peers = [peer for peer in self.nodes if peer != node]
        agreed = self.parties.ask(
            "dream.pairwise_key",
            [
                {
                    "cluster": self.cluster, "node": node, "peer": peer, "private_key": self.private[node],
                    "peer_public_key": self.public[peer],
                }
                for peer in peers
            ],
        )  # fmt: skip
        keys, own_key = self._epoch_keys(agreed), self._epoch_keys([self.blind_keys[node]])[0]
        places = [{"slot": self.first_slot + slot, "modulus": given.modulus} for slot in slots]
        streams = self.parties.ask("dream.keystream", [{"key": self.keys[node], **place} for place in places])
        blinds = self.parties.ask("dream.blind", [{"key": own_key, **place} for place in places])
        threshold = (given.expected_partners << 64) // (given.meters - 1)
        found = {}
        for slot, place, stream, blind in zip(slots, places, streams, blinds, strict=True):
            drawn = self.parties.ask_each("dream.pair_values", [{"key": key, **place} for key in keys])
            dummies = {
                peer: answer.output["dummy_key"]
                for peer, answer in zip(peers, drawn, strict=True)
                if answer.output is not None and answer.output["selection"] < threshold
            }
            found[slot] = Masks(stream, dummies, blind)
        return found

    def check_home(
        self, node: int, given: Parameters, masks: Mapping[int, Masks], values: Mapping[int, int]
    ) -> None:
        """All that one home sends is what the target's single operations make. Raises WrongAnswer."""

        def listed(dummies: Mapping[int, int]) -> list[dict[str, int]]:
            return [{"node": peer, "key": key} for peer, key in dummies.items()]

        def compare(name: str, field: str, sent: Sequence[Any], inputs: Sequence[Mapping[str, Any]]) -> None:
            for slot, message, value in zip(masks, sent, self.parties.ask(name, inputs), strict=True):
                if message[field] != value:
                    raise WrongAnswer(
                        f"node {node} sends another {field} in slot {slot} than {name} gives:"
                        f" {message[field]!r}, not {value!r}"
                    )

        reports = [self.sent[slot][0] for slot in masks]
        replies = [self.sent[slot][1] for slot in masks]
        modulus = {"modulus": given.modulus, "node": node}
        signed = [self._list(self.first_slot + slot, self.missing[slot]) for slot in masks]
        compare(
            "dream.mask", "ciphertext", reports,
            [
                {
                    **modulus, "value": values[slot], "keystream": own.keystream, "blind": own.blind,
                    "dummy_keys": listed(own.dummies),
                }
                for slot, own in masks.items()
            ],
        )  # fmt: skip
        compare(
            "dream.recover", "recovery", replies,
            [
                {
                    **modulus, "blind": own.blind,
                    "dummy_keys": listed({k: v for k, v in own.dummies.items() if k in self.missing[slot]}),
                }
                for slot, own in masks.items()
            ],
        )  # fmt: skip
        numbers = [self.first_slot + slot for slot in masks]
        authentic = {**modulus, "key": self.keys[node]}
        compare(
            "dream.authenticate", "tag", reports,
            [
                {**authentic, "roster": self.digest, "slot": number, "ciphertext": report["ciphertext"]}
                for number, report in zip(numbers, reports, strict=True)
            ],
        )  # fmt: skip
        compare(
            "dream.authenticate_reply", "tag", replies,
            [
                {
                    **authentic, "digest": self.digest, "slot": number, "list": one["list"],
                    "recovery": reply["recovery"],
                }
                for number, one, reply in zip(numbers, signed, replies, strict=True)
            ],
        )  # fmt: skip

    def view(
        self, node: int, slot: int, given: Parameters, colluding: Sequence[int], masks: Masks, value: int
    ) -> View:
        """Strip a report of all masks that supplier and colluders know."""
        dummies, ciphertext = masks.dummies, self.sent[slot][0]["ciphertext"]
        known = sum(
            (dummies[peer] if node > peer else -dummies[peer]) for peer in colluding if peer in dummies
        )
        honest = [peer for peer in dummies if peer not in colluding]
        return View(
            home=self.homes[node],
            slot=slot,
            time=slot_time(slot, self.file.slots),
            value_wh=value,
            ciphertext=ciphertext,
            stripped=(ciphertext - masks.keystream - known) % given.modulus,
            partners=len(dummies),
            unknown=len(honest) + 1,
        )

    def check_drawing(self, given: Parameters, node: int, slots: Sequence[int]) -> None:
        """The shares of one home are those that the target draws from the table."""
        drawn = self.parties.ask(
            "dream.table_share",
            [
                {"thresholds": list(given.thresholds), "random": self.noise_bytes(slot, node)}
                for slot in slots
            ],
        )
        for slot, share in zip(slots, drawn, strict=True):
            own = drawn_share(given.thresholds, self.noise_bytes(slot, node))
            if share != own:
                raise WrongAnswer(f"dream.table_share draws {share} in slot {slot} where the table has {own}")

    def payload(self, operation: str, number: int, node: int, message: Mapping[str, Any]) -> int:
        """Bytes of node, slot, ciphertext or recovery, and tag in the binary framing."""
        slot = next(f for f in self.parties.tables.operations["dream.authenticate"].input if f.name == "slot")
        fields = [slot, *self.parties.tables.operations[operation].input]
        return len(framing.encode_payload(fields, {"slot": number, "node": node, **message}))

    def law(self, given: Parameters, units: Sequence[int]) -> Law:
        """Error and loss of such a day, by the laws of the noise."""
        choice, slots, unit = self.choice, self.file.slots, given.unit_wh
        noise = {"shares": given.shares, "lambda_units": given.scale_units}
        error = self.one("dream.noise_error", {**noise, "participants": given.meters - choice.failing})
        honest = given.meters - choice.failing - choice.colluders
        loss = self.one(
            "dream.noise_loss",
            {**noise, "participants": honest, "sensitivity_units": given.maximum_wh // unit},
        )
        delta = self.one(
            "dream.table_delta",
            {
                "epsilon": given.epsilon, "shares": given.shares, "distance_bits": self.distance_bits,
                "slots": slots,
            },
        )  # fmt: skip
        own = Fraction(0)
        for begin in range(0, slots, ACCOUNT_SLOTS):
            counts = units[begin : begin + ACCOUNT_SLOTS]
            account = {
                "consumptions_wh": [unit * count for count in counts],
                "lambdas_wh": [Fraction(given.scale_wh)] * len(counts),
                "window": len(counts),
            }
            own += self.one("dream.account", account)["total_epsilon"]
        return Law(
            mean_wh=float(error["mean_units"]) * unit,
            deviation_wh=float(error["deviation_units"]) * unit,
            loss=float(loss["loss_nats"]),
            day_epsilon=float(delta["total_epsilon"]),
            delta_bits=float(delta["delta_bits"]),
            own_epsilon=float(own),
        )

    def run(self) -> PrivateDay:
        if not 2 <= len(self.homes) <= METERS_MAXIMUM:
            raise DayError(
                f"{len(self.homes)} homes can take part in the day {self.day.label}: a cluster has 2 to"
                f" {METERS_MAXIMUM}"
            )
        wanted = self.choice.shown
        if wanted is not None and wanted not in self.homes:
            raise DayError(f"home {wanted} does not take part in the day {self.day.label}")
        given = self.parameters()
        others = [node for node in self.nodes if self.homes[node] != wanted]
        colluding = self.chosen("colluders", self.choice.colluders, others)
        honest = [node for node in self.nodes if node not in colluding]
        self.missing = [
            self.chosen(f"missing/{self.day.label}/{slot}", self.choice.failing, honest)
            for slot in range(self.file.slots)
        ]
        shown = self.shown(honest)
        node = self.homes.index(shown)
        self.enrol(given)
        units = [register_units(self.day.readings[home], given.unit_wh) for home in self.homes]
        busiest = max(range(self.file.slots), key=lambda slot: (self.true_wh(slot, self.nodes), -slot))
        slots, refusals = [], list[Refusal]()
        values: dict[int, int] = {}
        self.sent: dict[int, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        report_bytes = reply_bytes = 0
        for slot in range(self.file.slots):
            self.progress("slots", slot, self.file.slots)
            result, reports, replies = self.run_slot(slot, given, units)
            slots.append(result)
            if node in reports:
                share = drawn_share(given.thresholds, self.noise_bytes(slot, node))
                values[slot] = given.unit_wh * (units[node][slot] + share)
                self.sent[slot] = reports[node], replies[node]
            if slot == busiest:
                refusals += self.refuse_in_slot(slot, given, reports, replies)
                first, number = next(iter(reports)), self.first_slot + slot
                report_bytes = self.payload("dream.collector_receive", number, first, reports[first])
                reply_bytes = self.payload("dream.collector_reply", number, first, replies[first])
        refusals.append(self.refuse_long_list(given, honest[0]))
        seen = max(values, key=lambda slot: (units[node][slot], -slot))
        self.progress("home shown: once more", 0, 1)
        self.check_drawing(given, node, list(values))
        masks = self.masks(node, list(values), given)
        self.check_home(node, given, masks, values)
        return PrivateDay(
            file=self.file, day=self.day, choice=self.choice, parameters=given, slots=tuple(slots),
            shown=shown, values_wh=values,
            ciphertexts={slot: report["ciphertext"] for slot, (report, _) in self.sent.items()},
            view=self.view(node, seen, given, colluding, masks[seen], values[seen]),
            refusals=tuple(refusals), law=self.law(given, units[node]),
            colluding=tuple(self.homes[n] for n in colluding), seconds=self.seconds,
            report_bytes=report_bytes, reply_bytes=reply_bytes, digest=self.digest,
            answered=self.parties.answered, described=self.parties.described,
        )  # fmt: skip


def requests_expected(homes: int, slots: int) -> int:
    """About how many requests a private day of so many meters makes."""
    return homes * (homes + 4) + slots * homes * 6


def run_private_day(
    tables: Tables, file: ReadingsFile, day: Day, choice: Choice, progress: Progress = lambda *_: None
) -> PrivateDay:
    """Run one day. Raises DayError, TargetError, CannotStart, TargetLost, WrongAnswer."""
    with Parties(tables, choice.target, choice.profile) as parties:
        return _Run(parties, file, day, choice, progress).run()


def as_json(result: PrivateDay) -> dict[str, Any]:
    """Everything of a run, for a machine. Bigints are lower-case hexadecimal, as in the protocol."""
    choice, given = result.choice, result.parameters
    return {
        "study": "dream-private-day",
        "format": 1,
        "file": {
            "name": result.file.path.name, "sha256": result.file.sha256, "layout": result.file.layout,
            "days": len(result.file.days), "homes": len(result.file.homes),
        },
        "day": result.day.label,
        "slots_per_day": result.file.slots,
        "profile": choice.profile,
        "target": choice.target,
        "answered_by": dict(sorted(result.answered.items())),
        "implementations": {
            target: {"name": described["name"], "version": described["version"]}
            for target, described in result.described.items()
        },
        "seed": choice.seed,
        "keys": "keys, noise and who is missing are derived from the seed; a meter draws its own",
        "epsilon_asked": str(choice.epsilon),
        "parameters": {
            **{name: value for name, value in asdict(given).items() if name not in ("modulus", "thresholds")},
            "modulus": f"{given.modulus:x}",
            "shares": given.shares,
            "epsilon": str(given.epsilon),
            "thresholds": len(given.thresholds),
        },
        "epoch": result.digest.hex(),
        "rules": RULES,
        "homes": [{"home": home, "node": node} for node, home in enumerate(result.day.homes)],
        "left_out": list(result.day.left_out),
        "handled": [asdict(item) for item in result.day.handled],
        "colluding": list(result.colluding),
        "all_equal": result.equal,
        "slots": [{**asdict(slot), "equal": slot.equal} for slot in result.slots],
        "mean_error_wh": result.mean_error_wh,
        "law": asdict(result.law),
        "shown": {
            "home": result.shown,
            "readings_wh": result.day.readings[result.shown],
            "values_wh": {str(slot): value for slot, value in result.values_wh.items()},
            "ciphertexts": {str(slot): f"{value:x}" for slot, value in result.ciphertexts.items()},
        },
        "view": {
            **asdict(result.view),
            "ciphertext": f"{result.view.ciphertext:x}",
            "stripped": f"{result.view.stripped:x}",
        },
        "refusals": [asdict(item) for item in result.refusals],
        "cost": {
            "key_bytes": 32 * (given.meters - 1),
            "report_bytes": result.report_bytes,
            "reply_bytes": result.reply_bytes,
            "seconds": dict(result.seconds),
        },
    }  # fmt: skip
