"""What a private day shows: tables in the terminal, and a picture of four panels."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from meter_privacy.conformance.studies.dream_day_report import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    day_axis,
    facts,
    modulus_text,
    plain_table,
    print_handled,
    side_by_side,
)
from meter_privacy.conformance.studies.dream_private_day import PrivateDay
from meter_privacy.conformance.studies.pictures import picture, quiet

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _print_slots(console: Console, result: PrivateDay) -> None:
    names = ("start", "out", "true", "opened", "error")
    table = plain_table(
        "Wh of a slot: meters that are out, true total of the others, what is opened", *names, "  ", *names
    )
    rows = [
        (
            slot.time, str(len(slot.missing)), f"{slot.true_wh:,}", f"{slot.opened_wh:,}",
            f"{slot.error:.2f}" if slot.equal else "[bold red]WRONG[/]",
        )
        for slot in result.slots
    ]  # fmt: skip
    side_by_side(table, rows)
    console.print(table)
    console.print()


def _print_noise(console: Console, result: PrivateDay) -> None:
    given, law = result.parameters, result.law
    count = len(result.slots)
    day = f"epsilon = {law.day_epsilon:.4g} over {count} slots, and delta = 2^-{law.delta_bits:.1f}"
    spread = law.deviation_wh / count**0.5
    facts(
        console,
        "Noise and loss",
        [
            ("a slot costs", f"epsilon = {float(given.epsilon):.4g}: cap over lambda, {given.scale_wh} Wh"),
            ("the day costs", day),
            ("of that, this home", f"{law.own_epsilon:.4g}: what {result.shown} consumed, over lambda"),
            ("shares", f"for {given.shares} meters, N - M, in units of {given.unit_wh} Wh, from a table of"
                f" {len(given.thresholds)} thresholds"),
            ("mean |noise|", f"{result.mean_error_wh:,.0f} Wh in {count} slots; by the law {law.mean_wh:,.0f}"
                f" ± {spread:,.0f}"),
            ("readings", "clamped to the cap, and taken as differences of a register of whole units"),
        ],
    )  # fmt: skip


def _print_collusion(console: Console, result: PrivateDay) -> None:
    given, view = result.parameters, result.view
    digits = ((given.modulus - 1).bit_length() + 3) // 4
    who = ", ".join(result.colluding[:12]) + (", ..." if len(result.colluding) > 12 else "")
    participants = given.meters - result.choice.failing - given.colluders
    facts(
        console,
        "What supplier and colluders know together",
        [
            ("colluding", f"{given.colluders}: {who}" if result.colluding else "nobody"),
            (
                "noise they do not know",
                f"the shares of {participants} meters at least, made for {given.shares}: a slot costs"
                f" {result.law.loss:.4g}",
            ),
            ("a report", f"home {view.home}, slot {view.time}: reading and share {view.value_wh:,} Wh"),
            ("as it is sent", f"{view.ciphertext:0{digits}x}"),
            ("without known masks", f"{view.stripped:0{digits}x}: hidden by {view.unknown} masks more"),
        ],
    )


def _print_cost(console: Console, result: PrivateDay) -> None:
    given = result.parameters
    sent = sum(given.meters - len(slot.missing) for slot in result.slots)
    facts(
        console,
        "What it costs a meter",
        [
            ("keys", f"{32 * (given.meters - 1):,} bytes: {given.meters - 1} of 32"),
            (
                "a report",
                f"{given.meters + 1} pseudo-random functions and a tag; {result.report_bytes} bytes",
            ),
            ("a reply", f"a signature to verify and a tag; {result.reply_bytes} bytes"),
            (
                "time",
                f"{1000 * result.seconds['enrolment'] / given.meters:.1f} ms to enrol,"
                f" {1000 * result.seconds['report'] / sent:.1f} a report,"
                f" {1000 * result.seconds['reply'] / sent:.1f} a reply, protocol and pipe included",
            ),
        ],
    )


def print_private_day(console: Console, result: PrivateDay) -> None:
    """Everything of a run, for people."""
    by_target: dict[str, list[str]] = {}
    for operation, target in sorted(result.answered.items()):
        by_target.setdefault(target, []).append(operation)
    file, given, choice = result.file, result.parameters, result.choice
    facts(
        console,
        "One day of DREAM, with noise and recovery",
        [
            (
                "file",
                f"{file.path.name}, {file.layout} layout, {len(file.homes)} homes, {len(file.days)} days",
            ),
            ("day", f"{result.day.label}: {file.slots} slots, {given.meters} homes take part"),
            (
                "cluster",
                f"N = {given.meters}, M = {given.tolerated_failures}, c = {given.colluders},"
                f" w = {given.expected_partners}, Xmax = {given.maximum_wh} Wh, T = {given.tail_wh:,} Wh,"
                f" m = {modulus_text(given.modulus)}, {choice.profile} profile",
            ),
            (
                "in each slot",
                f"{choice.failing} of {given.meters} missing; up to {given.list_limit} may be",
            ),
            ("keys and noise", f"from the seed {choice.seed!r}, for this study; a real meter draws its own"),
            ("done twice", f"all that home {result.shown} draws and sends, by single operations too"),
            *((f"asked of {target}", ", ".join(names)) for target, names in by_target.items()),
        ],
    )
    print_handled(console, result.day)
    _print_slots(console, result)
    _print_noise(console, result)
    _print_collusion(console, result)
    facts(console, "What is refused", [(item.what, item.answered) for item in result.refusals])
    _print_cost(console, result)
    right = sum(slot.equal for slot in result.slots)
    verdict = f"{right} of {len(result.slots)} totals opened to exactly what was reported and its noise."
    console.print(Text(verdict, style="bold green" if result.equal else "bold red"))


# ---- The picture ---------------------------------------------------------------------------------


def _draw_totals(axes: "Axes", result: PrivateDay, edges: list[float]) -> None:
    scale = result.parameters.scale_wh / 1000
    true = [slot.true_wh / 1000 for slot in result.slots]
    low, high = ([value + sign * scale for value in true] for sign in (-1, 1))
    axes.stairs(high, edges, baseline=low, fill=True, color=GREY, alpha=0.35, label="true total ± lambda")
    axes.stairs(true, edges, baseline=None, color=GREY, linewidth=2.5, label="true total of who reported")
    opened = [slot.opened_wh / 1000 for slot in result.slots]
    axes.stairs(opened, edges, baseline=None, color=BLUE, linewidth=1.3, label="what the supplier opens")
    axes.set_ylabel("energy of the slot (kWh)")
    right = sum(slot.equal for slot in result.slots)
    axes.set_title(f"The supplier's totals: {right} of {len(result.slots)} are total and noise exactly")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=3, frameon=False, fontsize=8.5)
    day_axis(axes)


def _draw_noise(axes: "Axes", result: PrivateDay) -> None:
    noise = sorted(abs(slot.noise_wh) / 1000 for slot in result.slots)
    shares = [(index + 1) / len(noise) for index in range(len(noise))]
    axes.step([0, *noise], [0, *shares], where="post", color=BLUE, linewidth=1.6, label="slots of the day")
    axes.axvline(result.mean_error_wh / 1000, color=BLUE, linestyle=":", label="their mean")
    axes.axvline(result.law.mean_wh / 1000, color=ORANGE, linewidth=1.6, label="mean by the law")
    axes.set_ylim(0, 1.02)
    axes.set_xlim(0, None)
    axes.set_xlabel("magnitude of the noise (kWh)")
    axes.set_ylabel("share of slots at or below")
    axes.set_title(f"The noise: lambda = {result.parameters.scale_wh} Wh")
    axes.legend(loc="lower right", frameon=False)


def _draw_home(axes: "Axes", result: PrivateDay, edges: list[float]) -> None:
    readings = result.day.readings[result.shown]
    axes.stairs(readings, edges, color=ORANGE, fill=True, alpha=0.3, label="reading")
    hours = [slot * 24 / result.file.slots for slot in result.ciphertexts]
    axes.set_ylabel("reading (Wh)")
    axes.set_ylim(0, max(1, *readings) * 1.08)
    other = axes.twinx()
    heights = [value / result.parameters.modulus for value in result.ciphertexts.values()]
    other.scatter(hours, heights, s=14, color=GREEN, linewidths=0, label="ciphertext / m")
    other.set_ylim(0, 1)
    other.set_ylabel("ciphertext / m")
    axes.set_title(f"Home {result.shown}: its readings (bars), and what it sends (dots)")
    day_axis(axes)


def _draw_missing(axes: "Axes", result: PrivateDay) -> None:
    width = 24 / result.file.slots
    places = [(slot.slot * width, node) for slot in result.slots for node in slot.missing]
    axes.barh([node for _, node in places], width, 1.0, left=[hour for hour, _ in places], color=ORANGE)
    for home in result.colluding:
        axes.axhspan(
            result.day.homes.index(home) - 0.5,
            result.day.homes.index(home) + 0.5,
            color=GREY,
            alpha=0.5,
            linewidth=0,
        )
    axes.set_ylim(-0.5, result.parameters.meters - 0.5)
    axes.set_ylabel("node")
    given = result.parameters
    axes.set_title(
        f"Missing: {result.choice.failing} in each slot (orange). Colluding: {given.colluders} (grey)"
    )
    day_axis(axes)


def draw_private_day(result: PrivateDay, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (13, 9.2), (0.15, 0.15)) as (figure, out):
        grid = figure.subplots(2, 2)
        edges = [slot * 24 / result.file.slots for slot in range(result.file.slots + 1)]
        _draw_totals(grid[0][0], result, edges)
        _draw_noise(grid[0][1], result)
        _draw_home(grid[1][0], result, edges)
        _draw_missing(grid[1][1], result)
        quiet(grid.flat)
        given, choice = result.parameters, result.choice
        figure.suptitle(
            f"DREAM with noise and recovery: {given.meters} homes on day {result.day.label}"
            f" ({choice.profile} profile, target {choice.target})",
            fontsize=14,
        )
        figure.supxlabel(
            f"A slot costs epsilon = {float(given.epsilon):.4g}, the day {result.law.day_epsilon:.4g}."
            f" M = {given.tolerated_failures} covers the missing and the colluding. Readings:"
            f" {result.file.path.name}, clamped at {given.maximum_wh} Wh.",
            fontsize=9,
            color="#444444",
        )
    return out.getvalue()
