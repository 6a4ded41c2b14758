"""The command `meter-privacy`. Every subcommand is a thin function that calls its module."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meter_privacy.conformance.tables import PROFILES, TableError, load_tables

if TYPE_CHECKING:
    from meter_privacy.conformance.targets import Options

USAGE = 2


class Refused(click.ClickException):
    """A message for the user and exit code 2."""

    exit_code = USAGE


class NotFinished(click.ClickException):
    """A message for the user and exit code 3."""

    exit_code = 3


_operations_option = click.option(
    "--operations",
    "extra_tables",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further directory of operation tables (*.toml).",
)

Command = Callable[..., None]
Decorator = Callable[[Command], Command]


def _together(*options: Decorator) -> Decorator:
    """Several options as one decorator, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


# What several commands take.
_file_argument = click.argument("file", type=click.Path(path_type=Path))
_native_target = click.option(
    "--target", default="native", show_default=True, help="Who computes; the reference does the rest."
)
_reference_target = click.option("--target", default="reference", show_default=True, help="Who computes.")
_slots_option = click.option(
    "--slots-per-day", "slots", type=click.IntRange(1, 1440), default=96, show_default=True
)
_day_option = click.option(
    "--day", metavar="N|LABEL", help="The N-th day of the file, or its label: w50:3, 2020-12-09. [the first]"
)
_cap_option = click.option(
    "--maximum-wh", type=click.IntRange(1, 2**32 - 1), metavar="X",
    help="The public cap of a slot's reading. [25 kW for the length of a slot: 6250]",
)  # fmt: skip
_plot_option = click.option(
    "--plot", type=click.Path(path_type=Path), metavar="FILE.svg|png", help="Draw four panels."
)
_json_option = click.option(
    "--json", type=click.Path(path_type=Path), metavar="FILE", help="Write everything."
)
_number_seed = click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True)
_season_options = _together(
    click.option("--month", type=click.IntRange(1, 12), default=1, show_default=True),
    click.option("--weekend", is_flag=True, help="A weekend day instead of a weekday."),
)
_progress_option = click.option(
    "--progress/--no-progress", default=True, help="Show a progress bar on a terminal."
)


def _profile_option(default: str) -> Decorator:
    return click.option("--profile", type=click.Choice(PROFILES), default=default, show_default=True)


def _picture_options(folder: str, target: Decorator = _native_target, profiles: bool = True) -> Decorator:
    """The options of a command that redraws a paper's figures."""
    return _together(
        click.option(
            "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("figures") / folder,
            show_default=True, metavar="DIRECTORY", help="Where the pictures and their captions are written.",
        ),
        target,
        *([_profile_option("published")] if profiles else []),
        click.option(
            "--format", "kind", type=click.Choice(["svg", "png"]), default="svg", show_default=True,
            help="The kind of picture.",
        ),
    )  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="meter-privacy")
def main() -> None:
    """Privacy-preserving smart metering: specification, reference, vectors and conformance suite."""


@main.command()
@click.argument("module")
@_operations_option
def serve(module: str, extra_tables: tuple[Path, ...]) -> None:
    """Make MODULE a target: reference, native, a Python module or a .py file that lists OPERATIONS."""
    from meter_privacy.conformance.implementation import ImplementationError, load_implementation
    from meter_privacy.conformance.serve import serve as run

    try:
        implementation = load_implementation(module, load_tables(extra_tables))
    except (ImplementationError, TableError) as error:
        raise Refused(str(error)) from error
    run(implementation, sys.stdin.buffer, sys.stdout.buffer)


@main.command("dream-day")
@_file_argument
@_day_option
@click.option(
    "--homes", type=click.IntRange(2, 4096), default=40, show_default=True,
    help="Take the first N homes of the file. Work grows with the square of N.",
)  # fmt: skip
@click.option("--target", default="native", show_default=True, help="Who masks; the reference does the rest.")
@_profile_option("hardened")
@click.option("--partners", type=click.IntRange(1), metavar="W", help="Expected partners w. [all others]")
@_cap_option
@click.option("--missing", metavar="HOME:SLOT", help="Whose report is taken away; SLOT from 0, or HH:MM.")
@click.option("--home", metavar="HOME", help="The home shown in full. [the one of median consumption]")
@_slots_option
@_plot_option
@_json_option
@click.option("--seed", default="1", show_default=True, help="What the study's keys are derived from.")
@click.option(
    "--epsilon",
    metavar="E",
    help="Add noise for a loss of E a slot: 1, 0.5, 1/3. [1 with any of the next]",
)
@click.option(
    "--fail", type=click.IntRange(0), metavar="N", help="So many meters are missing in each slot. [0]"
)
@click.option(
    "--collude", type=click.IntRange(0), metavar="C", help="So many meters tell the supplier all. [0]"
)
@click.option(
    "--tolerate",
    type=click.IntRange(0),
    metavar="M",
    help="Make noise that suffices without M. [N + C]",
)
def dream_day(**options: Any) -> None:
    """Run one day of real readings in FILE through DREAM's masking, and show what the supplier learns.

    FILE is a CSV, plain or gzip, with a header line and kWh per slot, in one of two layouts. Wide: a column
    named home (or VID, meter, household, id), optionally week, day or date, then one column per slot, for
    one day or several. Long: three columns, home, time (ISO 8601, the slot's start) and kwh. Blank means
    missing.

    Rules. kWh become whole Wh, half to even, exactly. Negative: set to 0. Above the cap: the cap. Missing,
    not a number, or a row of the wrong number of columns: the home is left out of the day. All are reported,
    by home and time. Two rows or values for one home and time: the file is refused.

    By default no noise is added: the totals are exact and not differentially private. With --epsilon, --fail,
    --collude or --tolerate it is the protocol to deploy: certified meters and an epoch, clamped readings with
    shares of noise, two rounds with a signed list of the missing meters, and what must be refused is tried.
    M must be below half of the meters that do not collude.

    Exit codes: 0 all totals recovered, 1 the implementation failed, 2 the file or the options, 3 the target
    cannot be started or a result cannot be written.
    """
    from meter_privacy.conformance.studies.dream_day_command import Asked, run

    sys.exit(run(Asked(**options), load_tables()))


@main.group()
def dream() -> None:
    """Paper C's tables on simulated homes, and the homes themselves."""


@dream.command("tables")
@click.option(
    "--homes", type=click.IntRange(300, 20_000), default=3000, show_default=True, help="Simulated homes."
)
@_number_seed
@_season_options
@click.option(
    "--clusters", type=click.IntRange(2, 10_000), default=200, show_default=True,
    help="Random clusters of each size, for table 1.",
)  # fmt: skip
@click.option(
    "--readings", type=click.Path(path_type=Path), metavar="FILE",
    help="Real homes for table 1, a file as for dream-day. [40 Swiss homes, an excerpt that is installed]",
)  # fmt: skip
@click.option(
    "--slots-per-day", "slots", type=click.IntRange(1, 1440), default=96, show_default=True,
    help="Of the real homes.",
)  # fmt: skip
@_native_target
@_profile_option("hardened")
@_plot_option
@_json_option
def dream_tables(**options: Any) -> None:
    """Make tables 1 to 3 of paper C on simulated homes, beside the paper's own, and say what holds.

    Needs the extra meter-privacy[households]. Before any table the simulator passes a gate: each of its 33
    appliances consumes in a year what its table says, within 30 %.

    Exit codes: 0 the tables are made, whatever reproduces; 1 the gate or the implementation failed; 2 the
    options, a file, or the extra is missing; 3 the target cannot be started or a result cannot be written.
    """
    from meter_privacy.conformance.studies.dream_tables_command import Asked, run

    sys.exit(run(Asked(**options), load_tables()))


@dream.command("homes")
@_file_argument
@click.option(
    "--homes", type=click.IntRange(1, 20_000), default=100, show_default=True, help="How many to simulate."
)
@_number_seed
@_season_options
@click.option(
    "--minutes", type=click.IntRange(1, 1440), default=15, show_default=True, help="Length of a slot."
)
def dream_homes(**options: Any) -> None:
    """Write a day of simulated homes to FILE, a CSV of kWh per slot that dream-day and leakage read.

    Needs the extra meter-privacy[households]. Exit codes are those of dream tables.
    """
    from meter_privacy.conformance.studies.dream_tables_command import AskedHomes, run_homes

    sys.exit(run_homes(AskedHomes(**options)))


@main.command()
@_file_argument
@click.option(
    "--tariff",
    type=click.Path(path_type=Path),
    metavar="TARIFF.yaml",
    help="The tariff. [the package's example]",
)
@click.option(
    "--homes", type=click.IntRange(3, 1024), default=30, show_default=True,
    help="Take the first N homes of the file that have every reading of the days.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(1, 31), default=30, show_default=True, help="The month's days.")
@click.option("--start", metavar="N|LABEL", help="The month's first day in the file. [the first]")
@_native_target
@click.option(
    "--profile", type=click.Choice(PROFILES), default="published", show_default=True,
    help="hardened: sealed hops, only the bill is opened, 3072-bit keys.",
)  # fmt: skip
@click.option("--keys", type=click.Path(path_type=Path), metavar="KEYS.json", help="Keys from month-keys.")
@click.option(
    "--key-bits", type=click.IntRange(256, 4096), metavar="B", help="Make keys of B bits now, from the seed."
)
@click.option(
    "--processes", type=click.IntRange(1, 64), metavar="P", help="Processes of the target. [the cores]"
)
@_slots_option
@click.option(
    "--tamper", type=click.Choice(("bill", "counter", "ring-hop", "key")), multiple=True,
    help="After the month, try to cheat with it, and show the refusals. May stand several times.",
)  # fmt: skip
@_plot_option
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write the report as one page.")
@_json_option
@click.option(
    "--seed", default="1", show_default=True, help="What randomness and signing keys are derived from."
)
def month(**options: Any) -> None:
    """Run thirty days of real readings in FILE through paper D's load management: sums, peaks, bills.

    FILE is a CSV of readings as dream-day takes it. A file of fewer days than the month is taken again from
    its start. Each interval (the tariff says how long) the homes' readings are summed in the ring, and in a
    peak each home is compared once with the threshold; each day each home's two counters are encrypted; at
    the end each bill is opened, and verified by the utility and by the meter.

    Only keys are made beforehand. Without --keys and --key-bits the package's TEST KEYS are taken: 2048 bits
    (published) or 3072 (hardened), for up to 40 homes, and not secret.

    Exit codes: 0 everything verified and every tampering refused, 1 not so, or the implementation failed,
    2 the files or the options, 3 the target cannot be started or a result cannot be written.
    """
    from meter_privacy.conformance.studies.month_command import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@main.command("month-keys")
@click.argument("out", type=click.Path(path_type=Path), metavar="KEYS.json")
@click.option("--homes", type=click.IntRange(1, 1024), default=30, show_default=True)
@click.option("--key-bits", "bits", type=click.IntRange(256, 4096), default=2048, show_default=True)
@click.option("--seed", default="1", show_default=True, help="What the keys are derived from.")
@click.option("--target", default="native", show_default=True, help="Who makes the primes.")
def month_keys(out: Path, homes: int, bits: int, seed: str, target: str) -> None:
    """Make the keys of a study of a month beforehand: the utility's, and one for each home.

    They follow from the seed and stand open in the file: for studies only.
    """
    from meter_privacy.conformance.studies.month_command import run_keys

    sys.exit(run_keys(out, homes, bits, seed, target, load_tables()))


@main.command()
@_file_argument
@_day_option
@click.option(
    "--homes", type=click.IntRange(4, 64), default=12, show_default=True, help="Take the first N homes."
)
@click.option("--sellers", type=click.IntRange(0, 64), metavar="N", help="How many sell energy. [a quarter]")
@click.option(
    "--target", default="reference", show_default=True, help="Who computes; the reference the rest."
)
@_profile_option("hardened")
@_cap_option
@click.option(
    "--cheat",
    type=click.Choice(("double-spend", "relay-spend", "replay-report", "selective-task", "bad-share")),
    help="Let one party cheat, and show what comes of it.",
)  # fmt: skip
@click.option("--slots-per-day", "slots", type=click.IntRange(1, 256), default=96, show_default=True)
@_plot_option
@_json_option
@click.option("--seed", default="1", show_default=True, help="What keys and randomness are derived from.")
def market(**options: Any) -> None:
    """Let the homes in FILE report, be tasked, earn, buy, sell and pay for a day, and show who saw what.

    FILE is a CSV of readings, as for dream-day. Reports are signed as one of a ring, the peak is added up
    from shares as well, a task goes through the task server and its reward through the bank, and energy is
    paid for in blindly signed tokens. The file has no production: what some homes sell is assumed.

    Exit codes: 0 totals right, energy paid for, a cheat caught; 1 not so, or the implementation failed; 2 the
    file or the options; 3 the target cannot be started or a result cannot be written.
    """
    from meter_privacy.conformance.studies.market_command import Asked, run

    sys.exit(run(Asked(**options), load_tables()))


@main.command()
@_file_argument
@click.option(
    "--levels", type=click.IntRange(2, 64), default=21, show_default=True,
    help="How many levels readings are rounded down to.",
)  # fmt: skip
@click.option(
    "--spacing", type=click.Choice(["equal", "quantiles"]), default="equal", show_default=True,
    help="Levels in equal steps from 0 to the largest reading, or at quantiles of the readings.",
)  # fmt: skip
@click.option(
    "--power", metavar="SHARE", help="Average power of the source as a share of the mean load. [0.3]"
)
@click.option(
    "--power-absolute", metavar="X", help="The same in the load's own unit: Wh a slot for readings."
)
@click.option("--home", metavar="HOME", help="Whose readings. [the home of the median mean load]")
@_native_target
@_profile_option("hardened")
@click.option(
    "--maximum-wh", type=click.IntRange(1, 2**32 - 1), metavar="X",
    help="The cap of a slot's reading. [25 kW for the length of a slot: 6250]",
)  # fmt: skip
@_slots_option
@_plot_option
@_json_option
@click.option(
    "--seed", type=int, default=1, show_default=True, help="For the slots that show the policy at work."
)
def leakage(**options: Any) -> None:
    """Show what a slot's reading gives away, and what an alternative source of some power can hide of it.

    FILE is a CSV of readings, as for dream-day, or a JSON object with loads and probabilities (and perhaps
    unit). All readings of one home are rounded down to levels; their frequencies are the load.

    Shown are the leakage without protection, the exact privacy-power curve, the best policy at the power
    asked for, and beside it two heuristics: time division, and a limit on the grid load.

    Exit codes: 0 done, 1 the implementation failed, 2 the file or the options, 3 the target cannot be
    started or a result cannot be written.
    """
    from meter_privacy.conformance.studies.leakage_command import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@main.command()
@click.option(
    "--capacity",
    type=click.IntRange(1, 64),
    required=True,
    help="What the battery holds, in the load's units.",
)
@click.option(
    "--load", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help="The law of the load of a slot, JSON.",
)  # fmt: skip
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A controller whose leakage is audited, JSON.",
)
@click.option(
    "--block",
    type=click.IntRange(1, 12),
    help="Longest block of outputs for its bounds. [the longest possible]",
)
@click.option(
    "--slots", type=click.IntRange(64, 2**20),
    help="How long it is simulated. [1000000; 32768 where the reference simulates]",
)  # fmt: skip
@click.option(
    "--seed", default="1", show_default=True, help="What the simulation's numbers are derived from."
)
@_native_target
@_profile_option("hardened")
@click.option("--plot", type=click.Path(path_type=Path), metavar="FILE.svg|png", help="Draw two panels.")
@_json_option
@click.option(
    "--best",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the best policy, as --policy reads it.",
)
def battery(**options: Any) -> None:
    """Show the least that a meter can give away behind a battery, and what a given controller of it does.

    Energy is in whole units. The load is an object with probabilities of 0, 1, ... units a slot, or of the
    whole numbers in loads, and perhaps unit: {"probabilities": [0.5, 0.5], "unit": "kWh"}.

    The policy is an object with policy, q[state][load][output] (the state before the slot, from 0 to the
    capacity; the state after it is state - load + output), or with controller, a list of states with memory:
    {"charge", "moves": [{"load", "output", "next", "probability"}]}; and perhaps initial_state, the law of
    the state at the start. Numbers may be texts such as "1/3".

    Shown are the least leakage of any controller, bounds on that of the given one that draw together with the
    length of the blocks, its closed classes, a simulation, and beside it best effort and holding the mean.

    Exit codes: 0 done, 1 the implementation failed, 2 a file or the options, 3 the target cannot be started
    or a result cannot be written.
    """
    from meter_privacy.conformance.studies.batteries_command import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@main.group()
def figures() -> None:
    """Redraw the papers' figures."""


@figures.command("privacy-power")
@_picture_options("privacy-power", _reference_target)
def figures_privacy_power(**options: Any) -> None:
    """Redraw figures 2 to 8 of paper A, each beside what the paper shows and what it gets wrong.

    Where the paper gives no parameters (figures 2, 3, 7, 8) the captions say ours.

    Exit codes: 0 done, 1 the implementation failed, 2 the options, 3 the target cannot be started or a
    picture cannot be written.
    """
    from meter_privacy.conformance.studies.privacy_power_figures import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@figures.command("dream")
@_picture_options("dream")
@_number_seed
def figures_dream(**options: Any) -> None:
    """Redraw figures 1 and 2 of paper C, beside what is wrong with them.

    Needs the extra meter-privacy[households]. Exit codes: 0 done, 1 the gate or the implementation failed,
    2 the options, or the extra is missing, 3 the target cannot be started or a picture cannot be written.
    """
    from meter_privacy.conformance.studies.dream_figures import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@figures.command("batteries")
@_picture_options("batteries")
@click.option(
    "--starts", type=click.IntRange(1, 64), default=4, show_default=True,
    help="Random starts of the search for curve 2.",
)  # fmt: skip
def figures_batteries(**options: Any) -> None:
    """Redraw figure 2 of paper B, both panels with all five curves, beside what it shows and gets wrong.

    Exit codes: 0 done, 1 the implementation failed, 2 the options, 3 the target cannot be started or a
    picture cannot be written.
    """
    from meter_privacy.conformance.studies.batteries_figures import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@figures.command("load-management")
@_picture_options("load-management")
def figures_load_management(**options: Any) -> None:
    """Redraw figure 1 of paper D on simulated homes: what a trace tells, and what this chapter leaves of it.

    Exit codes: 0 done, 1 the implementation failed, 2 the options, 3 the target cannot be started or a
    picture cannot be written.
    """
    from meter_privacy.conformance.studies.load_figures import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


@figures.command("tasking")
@_picture_options("tasking", _reference_target, profiles=False)
@click.option("--deposit", type=click.IntRange(1, 2**52 - 1), default=1000, show_default=True)
@click.option("--reward", type=click.IntRange(1, 2**52 - 1), default=600, show_default=True)
@click.option(
    "--value", type=click.IntRange(0, 2**52 - 1), default=900, show_default=True,
    help="What the work is worth to the utility.",
)  # fmt: skip
@click.option(
    "--cost", type=click.IntRange(0, 2**52 - 1), default=200, show_default=True,
    help="What the work costs the user.",
)  # fmt: skip
def figures_tasking(**options: Any) -> None:
    """Draw figure 2 of paper E, and what its Bitcoin deposit is worth to whom; print the payoffs.

    Exit codes: 0 done, 1 the implementation failed, 2 the options, 3 the target cannot be started or a
    picture cannot be written.
    """
    from meter_privacy.conformance.studies.tasking_figures import Asked, run_command

    sys.exit(run_command(Asked(**options), load_tables()))


# How a target is reached.
_target_options = _together(
    _operations_option,
    click.option("--window", type=click.IntRange(1, 10000), help="Most requests in flight."),
    click.option("--reset-command", metavar="COMMAND", help="Restarts a target behind tcp: or serial:."),
    click.option("--framing", type=click.Choice(["json", "binary"]), help="Encoding for exec: and tcp:."),
)


@main.command()
@click.argument("target")
@_target_options
@click.option(
    "--declaration",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The supplier's declaration (YAML) that the target is held to.",
)
@click.option(
    "--vectors",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take the vectors from this directory.",
)
@click.option("--only", multiple=True, metavar="GLOB", help="Only tests whose id matches (partial run).")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(PROFILES),
    help="Only this profile (partial run).",
)
@click.option(
    "--operation", "names", multiple=True, metavar="GLOB", help="Only these operations (partial run)."
)
@click.option("--shard", metavar="I/N", help="Only the I-th of N parts (partial run).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Time limit of every operation, in place of the declaration's.",
)
@click.option(
    "--fresh", type=click.IntRange(min=0), default=0, metavar="N", help="Add N tests made on the spot."
)
@click.option("--seed", metavar="S", help="The seed of the fresh tests; drawn and printed if not given.")
@click.option(
    "--known-failures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ids of tests that must keep failing. Such a run exits with 0 and certifies nothing.",
)
@click.option("--write-known-failures", "failures_out", metavar="FILE", help="Write the ids that fail now.")
@click.option("--json", "json_out", metavar="FILE", help="Write the report as JSON; - is standard output.")
@click.option("--junit", "junit_out", metavar="FILE", help="Write the report as JUnit XML.")
@click.option("--html", "html_out", metavar="FILE", help="Write the report as one HTML file.")
@click.option(
    "--bundle", "bundle_out", metavar="FILE.zip", help="Write declaration, reports and traffic as a zip."
)
@_progress_option
def conform(
    target: str, framing: str | None, reset_command: str | None, window: int | None,
    extra_tables: tuple[Path, ...], declaration: Path | None, vectors: Path | None, only: tuple[str, ...],
    profiles: tuple[str, ...], names: tuple[str, ...], shard: str | None, timeout: float | None, fresh: int,
    seed: str | None, known_failures: Path | None, failures_out: str | None, json_out: str | None,
    junit_out: str | None, html_out: str | None, bundle_out: str | None, progress: bool,
) -> None:  # fmt: skip
    """Run the suite against TARGET and give a verdict.

    TARGET is reference, native, serve:MODULE, exec:COMMAND, tcp:HOST:PORT, serial:DEVICE[,BAUD] or
    emulator:CORE[,IMAGE].

    Exit code 0: certified, or all that was run has passed; 1: the implementation failed; 2: usage; 3: the run
    could not be finished.
    """
    from meter_privacy.conformance import conform as command
    from meter_privacy.conformance.runner import Filters

    try:
        settings = command.Settings(
            target=target, options=_options(framing, reset_command, window, extra_tables),
            declaration=declaration, vectors=vectors, extra_tables=extra_tables,
            filters=Filters(only, profiles, names, command.parse_shard(shard) if shard else None),
            timeout=timeout, known_failures=known_failures, fresh=fresh, seed=seed, progress=progress,
            outputs=command.Outputs(json_out, junit_out, html_out, bundle_out, failures_out),
        )  # fmt: skip
        code = command.conform(settings)
    except command.USAGE as error:
        raise Refused(str(error)) from error
    except command.Unfinished as error:
        raise NotFinished(str(error)) from error
    sys.exit(code)


@main.command()
@click.argument("target")
@_target_options
def declare(
    target: str, framing: str | None, reset_command: str | None, window: int | None,
    extra_tables: tuple[Path, ...],
) -> None:  # fmt: skip
    """Write TARGET's declaration (YAML) to standard output, filled in by what it describes."""
    from meter_privacy.conformance import conform as command

    try:
        text = command.declare(target, _options(framing, reset_command, window, extra_tables), extra_tables)
    except command.USAGE as error:
        raise Refused(str(error)) from error
    except command.Unfinished as error:
        raise NotFinished(str(error)) from error
    click.echo(text, nl=False)


def _options(
    framing: str | None, reset_command: str | None, window: int | None, extra_tables: tuple[Path, ...]
) -> "Options":
    from meter_privacy.conformance.targets import Options

    return Options(framing, reset_command, window, tuple(map(str, extra_tables)))


@main.command()
@click.argument("first")
@click.argument("second")
@_target_options
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True,
    help="How long to fuzz.",
)  # fmt: skip
@click.option("--seed", type=int, help="The seed; drawn and printed if not given.")
@click.option(
    "--operation", "wanted", default="*", show_default=True, metavar="GLOB", help="Only these operations."
)
@click.option("--profile", type=click.Choice(PROFILES), help="Only this profile.")
@click.option(
    "--bits", type=click.IntRange(16, 4096), default=512, show_default=True,
    help="Largest size of a modulus where the profile asks for none.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
    help="Time limit of an answer. [10, frames 120]",
)  # fmt: skip
@click.option(
    "--save", type=click.Path(file_okay=False, path_type=Path), default=Path("candidates"),
    show_default=True, metavar="DIRECTORY", help="Where candidates for vectors are written.",
)  # fmt: skip
@_progress_option
def fuzz(
    first: str, second: str, framing: str | None, reset_command: str | None, window: int | None,
    extra_tables: tuple[Path, ...], seconds: float, seed: int | None, wanted: str, profile: str | None,
    bits: int, timeout: float | None, save: Path, progress: bool,
) -> None:  # fmt: skip
    """Ask the targets FIRST and SECOND the same, and save every request that they answer differently.

    Targets are named as for conform. Exit code 0: they agreed on everything; 1: they did not; 2: usage;
    3: a target could not be started or restarted.
    """
    from meter_privacy.conformance import fuzz_command
    from meter_privacy.conformance.fuzz import FuzzError
    from meter_privacy.conformance.targets import CannotStart, TargetError

    asked = fuzz_command.Asked(
        (first, second), _options(framing, reset_command, window, extra_tables), extra_tables, seconds, seed,
        wanted, profile, bits, timeout, save, progress,
    )  # fmt: skip
    try:
        code = fuzz_command.run(asked)
    except (TargetError, TableError, FuzzError) as error:
        raise Refused(str(error)) from error
    except CannotStart as error:
        raise NotFinished(str(error)) from error
    sys.exit(code)


@main.command()
@click.argument("operation", required=False)
@_operations_option
def schemas(operation: str | None, extra_tables: tuple[Path, ...]) -> None:
    """Print the JSON Schemas of vectors, by file name; with OPERATION, also those of its messages."""
    import json

    from meter_privacy.conformance import schemas as derived

    try:
        tables = load_tables(extra_tables)
    except TableError as error:
        raise Refused(str(error)) from error
    documents = derived.vector_schemas(tables)
    if operation is not None:
        if operation not in tables.operations:
            raise Refused(f"no operation is named {operation}")
        documents = derived.operation_schemas(tables.operations[operation])
    click.echo(json.dumps(documents, indent=1))


@main.command("generate-c")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@_operations_option
def generate_c_files(directory: Path, extra_tables: tuple[Path, ...]) -> None:
    """Write the C decoder of the binary framing, operations.h and operations.c, into DIRECTORY."""
    from meter_privacy.conformance import generate_c

    try:
        written = generate_c.write(load_tables(extra_tables), directory)
    except OSError as error:
        raise NotFinished(f"{directory} cannot be written: {error.strerror}") from error
    except (TableError, generate_c.NotExpressible) as error:
        raise Refused(str(error)) from error
    for path in written:
        click.echo(path)


@main.group()
def vectors() -> None:
    """The test vectors in other forms."""


@vectors.command("export")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["c-header"]), required=True)
@click.option("--limit-input-bytes", type=click.IntRange(0, 2**32 - 1), help="The longest request's payload.")
@click.option("--limit-output-bytes", type=click.IntRange(0, 65535), help="The longest answer's payload.")
@click.option("--operation", "pattern", default="*", metavar="GLOB", help="Only operations of such a name.")
@click.option(
    "--vectors", "place", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A directory of vectors instead of the package's.",
)  # fmt: skip
@_operations_option
def vectors_export(
    directory: Path, form: str, limit_input_bytes: int | None, limit_output_bytes: int | None, pattern: str,
    place: Path | None, extra_tables: tuple[Path, ...],
) -> None:  # fmt: skip
    """Write the vectors into DIRECTORY as meter_privacy_vectors.h, for a device that tests itself."""
    from meter_privacy.conformance.export import export
    from meter_privacy.conformance.suite import Limits, SuiteError, load_suite

    del form
    limits = Limits(
        2**32 - 1 if limit_input_bytes is None else limit_input_bytes,
        65535 if limit_output_bytes is None else limit_output_bytes,
    )
    try:
        tables = load_tables(extra_tables)
        path, count, left = export(tables, load_suite(tables, place), directory, limits, pattern)
    except OSError as error:
        raise NotFinished(f"{directory} cannot be written: {error.strerror}") from error
    except (TableError, SuiteError, ValueError) as error:
        raise Refused(str(error)) from error
    click.echo(f"{path}: {count} vectors")
    for reason, number in sorted(left.items()):
        click.echo(f"left out: {number} ({reason})")


@main.group()
def spec() -> None:
    """The specification: trace its requirements, derive what its text shows."""


_root_argument = click.argument(
    "root", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)


def _checkout() -> Path | None:
    here = Path.cwd()
    return here if all((here / room).is_dir() for room in ("spec", "reference", "vectors", "tests")) else None


@spec.command("check")
@click.argument("root", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def spec_check(root: Path | None) -> None:
    """Report every loose end between papers, requirements, operations, vectors and tests.

    ROOT is a checkout, by default this folder if it is one; elsewhere the installed package is checked,
    which has no tests.
    """
    from meter_privacy.conformance.spec_check import check

    problems = check(root or _checkout())
    for problem in problems:
        click.echo(f"{'' if problem.severity == 'error' else problem.severity + ': '}{problem}")
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(f"{errors} loose ends" if errors else "every requirement is traced")
    sys.exit(1 if errors else 0)


@spec.command("matrix")
@click.option("--markdown", is_flag=True, help="As Markdown.")
@click.argument("root", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def spec_matrix(root: Path | None, markdown: bool) -> None:
    """Show each requirement's evidence: vectors and scripts in both polarities, tests, proofs."""
    from rich.console import Console

    from meter_privacy.conformance.spec_check import matrix_markdown, matrix_table

    if markdown:
        click.echo(matrix_markdown(root or _checkout()))
    else:
        Console().print(matrix_table(root or _checkout()))


@spec.command("splice")
@_root_argument
def spec_splice(root: Path) -> None:
    """Rewrite the code shown in the checkout ROOT's text from the reference."""
    from meter_privacy.conformance.spec_check import splice

    for path in splice(root):
        click.echo(path)


@spec.command("tables")
@_root_argument
def spec_tables(root: Path) -> None:
    """Rewrite the tables in the checkout ROOT's text from operations and papers."""
    from meter_privacy.conformance.spec_check import write_tables

    for path in write_tables(root):
        click.echo(path)


if __name__ == "__main__":
    main()
