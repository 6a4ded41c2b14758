"""The command `meter-privacy battery`: from files and options to the report and an exit code."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from meter_privacy.conformance.studies.batteries import (
    BATCHES,
    LONGEST_BLOCK,
    MAXIMUM_PAIRS,
    BatteryError,
    Choice,
    Controller,
    Result,
    as_json,
    best_policy,
    read_controller,
    read_load,
    run,
)
from meter_privacy.conformance.studies.batteries_report import draw, print_result
from meter_privacy.conformance.studies.command import DONE, Usage, check_outputs, exit_code, write_atomically
from meter_privacy.conformance.tables import Tables


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    capacity: int
    load: Path
    policy: Path | None
    block: int | None
    slots: int | None
    seed: str
    target: str
    profile: str
    plot: Path | None
    json: Path | None
    best: Path | None


def _check_paths(asked: Asked) -> None:
    check_outputs(plot=asked.plot, json=asked.json, best=asked.best)
    if asked.policy is None and (asked.block is not None or asked.slots is not None):
        raise Usage("--block and --slots are for a controller: give --policy")


def _controller(asked: Asked, load: Any) -> Controller | None:
    if asked.policy is None:
        return None
    controller = read_controller(asked.policy, load, asked.capacity)
    block = asked.block
    if block is not None and controller.pairs(block) > MAXIMUM_PAIRS:
        raise Usage(
            f"--block {block}: too long for {len(controller.initial_state)} states and {controller.outputs}"
            f" outputs; at most {min(LONGEST_BLOCK, controller.longest_block())}"
        )
    return controller


def _study(asked: Asked, tables: Tables) -> Result:
    _check_paths(asked)
    load = read_load(asked.load)
    controller = _controller(asked, load)
    slots = None if asked.slots is None else asked.slots // BATCHES * BATCHES
    choice = Choice(asked.capacity, asked.target, asked.profile, asked.block, slots, asked.seed)
    origin = {"load": asked.load.name}
    if asked.policy is not None:
        origin["controller"] = asked.policy.name
    progress = Console(stderr=True)
    if not progress.is_terminal:
        return run(tables, load, choice, controller, origin, lambda _: None)
    with progress.status("") as status:
        return run(tables, load, choice, controller, origin, status.update)


def _text(document: Any) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


@exit_code(BatteryError)
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    console = Console(highlight=False)
    result = _study(asked, tables)
    print_result(console, result)
    if asked.best is not None:
        write_atomically(asked.best, _text(best_policy(result)))
    if asked.json is not None:
        write_atomically(asked.json, _text(as_json(result)))
    if asked.plot is not None:
        write_atomically(asked.plot, draw(result, asked.plot.suffix.lower()[1:]))
    return DONE
