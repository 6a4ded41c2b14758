"""One day of DREAM's masking protocol for real homes, run through a target over the target protocol.

Paper C, sections 4.2, 5.1, 5.2 and 5.3, without noise: every slot's total is exact, and so is not
differentially private; dream_private_day has the noise. The private keys come from a seed, so that a study
can be repeated; a real meter draws its own.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from meter_privacy.conformance import framing
from meter_privacy.conformance.studies.command import Progress
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.readings import Day, ReadingsFile, slot_time
from meter_privacy.conformance.tables import Field, Tables

LABEL = b"meter-privacy/study/dream-day/1/"
HARDENED_MODULUS = 1 << 64
METERS_MAXIMUM = 4096
# Dropping each meter in turn shows the spread of what comes out; more dots than this show nothing further.
DROPPED_MAXIMUM = 64

MASKING = ("dream.select_partners", "dream.keystream", "dream.dummy_key", "dream.mask", "dream.authenticate")

RULES = {
    "unit": "kWh become whole Wh, half to even, in exact decimal arithmetic",
    "negative": "a negative reading becomes 0 Wh, and is reported",
    "above the cap": "a reading above the cap becomes the cap, and is reported",
    "missing or not a number": "the home is left out of the day (its meter would not report), and reported",
    "wrong number of columns": "the home is left out of the day, and reported with its line",
    "a home twice": "two rows, or two values, for one home at one time: the file is refused",
}


class DayError(ValueError):
    """The day cannot be run as asked."""


@dataclass(frozen=True)
class Choice:
    """What is asked of a study of one day. None stands for the default, which `Result` tells.

    `missing` is a home and a slot, the one whose meter is taken away; `shown` is the home shown in full.
    """

    target: str
    profile: str
    maximum_wh: int
    seed: str
    partners: int | None = None
    missing: tuple[str, int] | None = None
    shown: str | None = None


@dataclass(frozen=True)
class Report:
    """What a meter sends in a slot."""

    ciphertext: int
    tag: bytes


@dataclass(frozen=True)
class Slot:
    """A slot's totals in Wh over the meters that reported in it."""

    slot: int
    time: str
    meters: int
    true_wh: int
    recovered_wh: int

    @property
    def equal(self) -> bool:
        """Whether the supplier recovered the true total."""
        return self.true_wh == self.recovered_wh


@dataclass(frozen=True)
class Meter:
    """What a day costs one meter: time and requests of masking, bytes of its reports.

    `seconds` is the time between sending the masking requests and their last answers. A payload is node,
    slot, ciphertext and tag in the binary framing; `frame_bytes` has the checksum and the stuffing too.
    """

    home: str
    node: int
    reports: int
    seconds: float
    requests: int
    payload_bytes: int
    frame_bytes: int


@dataclass(frozen=True)
class Missing:
    """A slot from which one meter's report is missing: what is recovered, and what the others consumed.

    `dropped` has the same for each meter (of the first 64) in turn: home and recovered total.
    """

    home: str
    slot: int
    time: str
    recovered_wh: int
    others_wh: int
    complete_wh: int
    dropped: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Result:
    """A day's run."""

    file: ReadingsFile
    day: Day
    choice: Choice
    partners: int
    modulus: int
    slots: tuple[Slot, ...]
    shown: str
    reports: Mapping[int, Report]
    silent: tuple[tuple[str, int], ...]
    missing: Missing
    meters: tuple[Meter, ...]
    answered: Mapping[str, str]
    described: Mapping[str, Mapping[str, Any]]
    roster: bytes

    @property
    def equal(self) -> bool:
        """Whether every slot's total was recovered."""
        return all(slot.equal for slot in self.slots)


def derive(seed: str, *parts: str | int) -> bytes:
    """32 bytes of a study, the same for the same seed and parts."""
    text = "/".join(str(part) for part in parts).encode()
    return hashlib.sha256(LABEL + len(seed.encode()).to_bytes(4, "big") + seed.encode() + text).digest()


def _decode_total(total: int, modulus: int) -> int:
    """The representative in [-T, m - T) of a centred total, with T = 0: there is no noise yet (DREAM-16)."""
    return total % modulus


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

    # ---- Set-up ----

    def partners(self) -> int:
        others = len(self.homes) - 1
        wanted = others if self.choice.partners is None else self.choice.partners
        if not 1 <= wanted <= others:
            raise DayError(
                f"{len(self.homes)} homes take part: a meter has 1 to {others} partners, not {wanted}"
            )
        if self.choice.profile == "hardened" and wanted != others:
            raise DayError(f"in the hardened profile all {others} others are partners, not {wanted}")
        return wanted

    def modulus(self) -> int:
        cluster = {"meters": len(self.homes), "maximum_wh": self.choice.maximum_wh, "tail_wh": 0}
        modulus: int = self.parties.ask("dream.modulus", [cluster])[0]
        if self.choice.profile == "hardened":
            modulus = max(modulus, HARDENED_MODULUS)
        rest = {"tolerated_failures": 0, "colluders": 0, "expected_partners": self.partners()}
        self.parties.ask("dream.check_parameters", [{**cluster, **rest, "modulus": modulus}])
        return modulus

    def agree(self) -> None:
        """Keys: every meter with every other and with the supplier, and the roster's digest."""
        seed, count = self.choice.seed, len(self.homes)
        cluster = derive(seed, "cluster", self.day.label)[:16]
        private = [derive(seed, "meter", node) for node in self.nodes]
        supplier_private = derive(seed, "supplier")
        self.progress("public keys", 0, count + 1)
        *public, supplier_public = self.parties.ask(
            "dream.public_key", [{"private_key": key} for key in (*private, supplier_private)]
        )
        pairs = [(low, high) for low in self.nodes for high in self.nodes if low < high]
        self.pairwise: dict[tuple[int, int], bytes] = {}
        for begin in range(0, len(pairs), 1000):
            self.progress("pairwise keys", begin, len(pairs))
            batch = pairs[begin : begin + 1000]
            keys = self.parties.ask(
                "dream.pairwise_key",
                [
                    {
                        "cluster": cluster,
                        "node": low,
                        "peer": high,
                        "private_key": private[low],
                        "peer_public_key": public[high],
                    }
                    for low, high in batch
                ],
            )
            self.pairwise.update(zip(batch, keys, strict=True))
        self.meter_keys, self.supplier_keys = (
            self.parties.ask(
                "dream.supplier_key",
                [
                    {"cluster": cluster, "node": node, "private_key": own, "peer_public_key": peer}
                    for node, own, peer in side
                ],
            )
            for side in (
                [(node, private[node], supplier_public) for node in self.nodes],
                [(node, supplier_private, public[node]) for node in self.nodes],
            )
        )
        if self.meter_keys != self.supplier_keys:
            raise WrongAnswer("a meter and the supplier do not agree on their key")
        members = [{"node": node, "public_key": public[node]} for node in self.nodes]
        self.roster: bytes = self.parties.ask(
            "dream.roster_digest", [{"cluster": cluster, "members": members}]
        )[0]

    # ---- A meter's day ----

    def mask_day(self, node: int, partners: int, modulus: int) -> tuple[dict[int, Report], list[int]]:
        """A meter's reports by slot of the day, and the slots in which, with no partner, it stays silent."""
        ask = self.parties.ask
        keys = {peer: self.pairwise[min(node, peer), max(node, peer)] for peer in self.nodes if peer != node}
        listed = [{"node": peer, "key": key} for peer, key in keys.items()]
        selections = self.parties.ask_each(
            "dream.select_partners",
            [
                {"node": node, "slot": self.first_slot + slot, "keys": listed, "expected_partners": partners}
                for slot in range(self.file.slots)
            ],
        )
        selected: dict[int, list[int]] = {}
        silent = []
        for slot, answer in enumerate(selections):
            if answer.output is not None:
                selected[slot] = list(answer.output["partners"])
                if not set(selected[slot]) <= keys.keys() or len(set(selected[slot])) != len(selected[slot]):
                    raise WrongAnswer(f"dream.select_partners selects for node {node} what is no other node")
            elif answer.error == "policy":
                silent.append(slot)
            else:
                raise WrongAnswer(f"dream.select_partners is refused: {answer.error}, {answer.detail}")
        dummies = iter(
            ask(
                "dream.dummy_key",
                [
                    {"key": keys[peer], "slot": self.first_slot + slot, "modulus": modulus}
                    for slot, peers in selected.items()
                    for peer in peers
                ],
            )
        )
        streams = self._keystreams(self.meter_keys, [(slot, node) for slot in selected], modulus)
        readings = self.day.readings[self.homes[node]]
        ciphertexts = ask(
            "dream.mask",
            [
                {
                    "modulus": modulus,
                    "node": node,
                    "value": readings[slot],
                    "keystream": stream,
                    "dummy_keys": [{"node": peer, "key": next(dummies)} for peer in peers],
                    "blind": 0,
                }
                for (slot, peers), stream in zip(selected.items(), streams, strict=True)
            ],
        )
        sent = list(zip(selected, ciphertexts, strict=True))
        tags = self._tags(self.meter_keys, [(slot, node, ciphertext) for slot, ciphertext in sent], modulus)
        return {slot: Report(c, tag) for (slot, c), tag in zip(sent, tags, strict=True)}, silent

    def _keystreams(
        self, keys: Sequence[bytes], places: Sequence[tuple[int, int]], modulus: int
    ) -> list[int]:
        return self.parties.ask(
            "dream.keystream",
            [
                {"key": keys[node], "slot": self.first_slot + slot, "modulus": modulus}
                for slot, node in places
            ],
        )

    def _tags(
        self, keys: Sequence[bytes], reports: Sequence[tuple[int, int, int]], modulus: int
    ) -> list[bytes]:
        return self.parties.ask(
            "dream.authenticate",
            [
                {
                    "key": keys[node],
                    "roster": self.roster,
                    "node": node,
                    "slot": self.first_slot + slot,
                    "modulus": modulus,
                    "ciphertext": ciphertext,
                }
                for slot, node, ciphertext in reports
            ],
        )

    def _meter(self, node: int, reports: Mapping[int, Report], seconds: float, requests: int) -> Meter:
        fields = _report_fields(self.parties.tables)
        payload = frame = 0
        for slot, report in reports.items():
            values = {"node": node, "slot": self.first_slot + slot, **vars(report)}
            body = framing.encode_payload(fields, values)
            payload += len(body)
            frame += len(framing.seal(body))
        return Meter(self.homes[node], node, len(reports), seconds, requests, payload, frame)

    # ---- The supplier's day ----

    def receive(self, sent: Sequence[Mapping[int, Report]], modulus: int) -> list[dict[int, int]]:
        """Check every report's tag with the supplier's keys; its keystreams by slot and node."""
        streams: list[dict[int, int]] = [{} for _ in range(self.file.slots)]
        for node in self.nodes:
            self.progress("supplier: keystreams and tags", node, len(self.nodes))
            reports = sent[node]
            tags = self._tags(
                self.supplier_keys,
                [(slot, node, report.ciphertext) for slot, report in reports.items()],
                modulus,
            )
            for (slot, report), tag in zip(reports.items(), tags, strict=True):
                if report.tag != tag:
                    raise WrongAnswer(f"the tag of node {node} in slot {slot} does not verify")
            values = self._keystreams(self.supplier_keys, [(slot, node) for slot in reports], modulus)
            for slot, value in zip(reports, values, strict=True):
                streams[slot][node] = value
        return streams

    def totals(
        self,
        sent: Sequence[Mapping[int, Report]],
        streams: Sequence[Mapping[int, int]],
        places: Sequence[tuple[int, Sequence[int]]],
        modulus: int,
    ) -> list[int]:
        """The totals in Wh that come of the reports of some nodes in some slots."""
        totals = self.parties.ask(
            "dream.aggregate",
            [
                {
                    "modulus": modulus,
                    "ciphertexts": [sent[node][slot].ciphertext for node in nodes],
                    "keystreams": [streams[slot][node] for node in nodes],
                    "recoveries": [],
                }
                for slot, nodes in places
            ],
        )
        return [_decode_total(total, modulus) for total in totals]

    def true_wh(self, slot: int, nodes: Sequence[int]) -> int:
        return sum(self.day.readings[self.homes[node]][slot] for node in nodes)

    # ---- What is shown ----

    def shown(self) -> str:
        """The home shown in full: by default the one of the median consumption of the day."""
        if self.choice.shown is not None:
            self._check_home(self.choice.shown)
            return self.choice.shown
        by_energy = sorted(self.homes, key=lambda home: (sum(self.day.readings[home]), home))
        return by_energy[len(by_energy) // 2]

    def _check_home(self, home: str) -> None:
        if home in self.day.left_out:
            raise DayError(f"home {home} is left out of the day {self.day.label}; see the rules")
        if home not in self.homes:
            raise DayError(f"home {home} does not take part in the day {self.day.label}")

    def check_missing(self) -> None:
        if self.choice.missing is not None:
            home, slot = self.choice.missing
            self._check_home(home)
            if not 0 <= slot < self.file.slots:
                raise DayError(f"a day has the slots 0 to {self.file.slots - 1}, not {slot}")

    def take_away(
        self,
        shown: str,
        sent: Sequence[Mapping[int, Report]],
        streams: Sequence[Mapping[int, int]],
        present: Sequence[Sequence[int]],
        modulus: int,
    ) -> Missing:
        if self.choice.missing is not None:
            home, slot = self.choice.missing
        else:
            home = shown
            reported = [slot for slot in sent[self.homes.index(shown)] if len(present[slot]) > 1]
            if not reported:
                raise DayError(f"home {shown} reports in no slot; say --missing")
            slot = max(reported, key=lambda slot: (self.true_wh(slot, present[slot]), -slot))
        node = self.homes.index(home)
        if node not in present[slot] or len(present[slot]) < 2:
            raise DayError(f"home {home} selected no partner in slot {slot} and does not report in it anyway")
        dropped = sorted({node, *present[slot][:DROPPED_MAXIMUM]})
        rests = [[other for other in present[slot] if other != gone] for gone in dropped]
        recovered = self.totals(sent, streams, [(slot, rest) for rest in rests], modulus)
        place = dropped.index(node)
        return Missing(
            home=home,
            slot=slot,
            time=slot_time(slot, self.file.slots),
            recovered_wh=recovered[place],
            others_wh=self.true_wh(slot, rests[place]),
            complete_wh=self.true_wh(slot, present[slot]),
            dropped=tuple((self.homes[gone], total) for gone, total in zip(dropped, recovered, strict=True)),
        )

    def run(self) -> Result:
        if len(self.homes) < 2:
            raise DayError(
                f"{len(self.homes)} homes can take part in the day {self.day.label}: a total needs two"
            )
        if len(self.homes) > METERS_MAXIMUM:
            raise DayError(f"a cluster has at most {METERS_MAXIMUM} meters, not {len(self.homes)}")
        shown = self.shown()
        self.check_missing()
        partners = self.partners()
        modulus = self.modulus()
        self.agree()
        sent: list[dict[int, Report]] = []
        silent: list[tuple[str, int]] = []
        meters = []
        for node in self.nodes:
            self.progress("meters: masking", node, len(self.nodes))
            seconds, requests = self.parties.seconds, self.parties.requests
            reports, quiet = self.mask_day(node, partners, modulus)
            silent += [(self.homes[node], slot) for slot in quiet]
            spent = self.parties.seconds - seconds, self.parties.requests - requests
            meters.append(self._meter(node, reports, *spent))
            sent.append(reports)
        streams = self.receive(sent, modulus)
        self.progress("supplier: totals", 0, self.file.slots)
        present = [[node for node in self.nodes if slot in sent[node]] for slot in range(self.file.slots)]
        heard = [slot for slot in range(self.file.slots) if present[slot]]
        totals = dict(
            zip(
                heard,
                self.totals(sent, streams, [(slot, present[slot]) for slot in heard], modulus),
                strict=True,
            )
        )
        return Result(
            file=self.file,
            day=self.day,
            choice=self.choice,
            partners=partners,
            modulus=modulus,
            slots=tuple(
                Slot(
                    slot=slot,
                    time=slot_time(slot, self.file.slots),
                    meters=len(present[slot]),
                    true_wh=self.true_wh(slot, present[slot]),
                    recovered_wh=totals.get(slot, 0),
                )
                for slot in range(self.file.slots)
            ),
            shown=shown,
            reports=sent[self.homes.index(shown)],
            silent=tuple(silent),
            missing=self.take_away(shown, sent, streams, present, modulus),
            meters=tuple(meters),
            answered=self.parties.answered,
            described=self.parties.described,
            roster=self.roster,
        )


def _report_fields(tables: Tables) -> list[Field]:
    """A report as it goes over the wire: node, slot, ciphertext, tag, each as the tables declare it."""
    declared = {item.name: item for item in tables.operations["dream.authenticate"].input}
    received = {item.name: item for item in tables.operations["dream.supplier_receive"].input}
    return [declared["node"], declared["slot"], received["ciphertext"], received["tag"]]


def requests_expected(homes: int, slots: int, partners: int) -> int:
    """About how many requests a day of `homes` meters makes."""
    return homes * (homes - 1) // 2 + homes * slots * (partners + 6) + slots


def run_day(
    tables: Tables, file: ReadingsFile, day: Day, choice: Choice, progress: Progress = lambda *_: None
) -> Result:
    """Run one day. Raises DayError, TargetError, CannotStart, TargetLost, WrongAnswer."""
    with Parties(tables, choice.target, choice.profile) as parties:
        return _Run(parties, file, day, choice, progress).run()


def as_json(result: Result) -> dict[str, Any]:
    """Everything of a run, for a machine. Bigints are lower-case hexadecimal, as in the protocol.

    A recovered total is a decimal text: without a meter it may be beyond the exact numbers of JSON readers.
    """
    missing = result.missing
    return {
        "study": "dream-day",
        "format": 1,
        "file": {
            "name": result.file.path.name,
            "sha256": result.file.sha256,
            "layout": result.file.layout,
            "days": len(result.file.days),
            "homes": len(result.file.homes),
        },
        "day": result.day.label,
        "slots_per_day": result.file.slots,
        "first_slot": result.day.position * result.file.slots,
        "profile": result.choice.profile,
        "target": result.choice.target,
        "answered_by": dict(sorted(result.answered.items())),
        "implementations": {
            target: {"name": described["name"], "version": described["version"]}
            for target, described in result.described.items()
        },
        "seed": result.choice.seed,
        "keys": "derived from the seed for this study; a meter draws its own",
        "noise": "none: the totals are exact and not differentially private",
        "maximum_wh": result.choice.maximum_wh,
        "partners": result.partners,
        "modulus": f"{result.modulus:x}",
        "roster": result.roster.hex(),
        "rules": RULES,
        "homes": [{"home": home, "node": node} for node, home in enumerate(result.day.homes)],
        "left_out": list(result.day.left_out),
        "handled": [asdict(item) for item in result.day.handled],
        "rounded_readings": result.day.rounded,
        "file_sum_wh": f"{result.day.unclamped_wh:f}",
        "reported_sum_wh": sum(sum(values) for values in result.day.readings.values()),
        "all_equal": result.equal,
        "slots": [
            {**asdict(slot), "recovered_wh": f"{slot.recovered_wh:d}", "equal": slot.equal}
            for slot in result.slots
        ],
        "silent": [{"home": home, "slot": slot} for home, slot in result.silent],
        "shown": {
            "home": result.shown,
            "readings_wh": result.day.readings[result.shown],
            "reports": [
                {"slot": slot, "ciphertext": f"{report.ciphertext:x}", "tag": report.tag.hex()}
                for slot, report in result.reports.items()
            ],
        },
        "missing": {
            "home": missing.home,
            "slot": missing.slot,
            "time": missing.time,
            "recovered_wh": str(missing.recovered_wh),
            "others_wh": missing.others_wh,
            "complete_wh": missing.complete_wh,
            "dropped": [{"home": home, "recovered_wh": str(total)} for home, total in missing.dropped],
        },
        "meters": [asdict(meter) for meter in result.meters],
    }
