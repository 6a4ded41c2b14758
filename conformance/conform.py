"""The commands `conform` and `declare`: from what the command line says to a run and its reports."""

import contextlib
import fnmatch
import json
import os
import re
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from meter_privacy.conformance import declaration, known_failures
from meter_privacy.conformance.reports import bundle, html, json_report, junit, terminal
from meter_privacy.conformance.runner import (
    Driver,
    FilterError,
    Filters,
    Report,
    Result,
    Run,
    counted,
)
from meter_privacy.conformance.suite import Case, Json, SuiteError, load_suite, requirement_texts
from meter_privacy.conformance.tables import Operation, TableError, Tables, load_tables
from meter_privacy.conformance.targets import (
    CannotStart,
    Lost,
    MalformedAnswer,
    Options,
    StreamTarget,
    TargetError,
    make_target,
)

# How long the reference may take over one answer for a fresh test.
ORACLE_SECONDS = 120.0


class UsageError(ValueError):
    """The command line, or a file that it names, cannot be used."""


class Unfinished(Exception):
    """What was asked could not be done for reasons outside of the target's answers."""


# Everything that is the user's to put right before a run can begin.
USAGE = (
    UsageError, TargetError, TableError, SuiteError, FilterError, declaration.DeclarationError,
    known_failures.KnownFailuresError,
)  # fmt: skip


@dataclass(frozen=True)
class Outputs:
    """Where reports go; "-" is standard output."""

    json: str | None = None
    junit: str | None = None
    html: str | None = None
    bundle: str | None = None
    known_failures: str | None = None

    def files(self) -> list[str]:
        """Every name given."""
        names = (self.json, self.junit, self.html, self.bundle, self.known_failures)
        return [name for name in names if name is not None]


@dataclass(frozen=True)
class Settings:
    """What `conform` is asked."""

    target: str
    options: Options
    declaration: Path | None = None
    vectors: Path | None = None
    extra_tables: tuple[Path, ...] = ()
    filters: Filters = field(default_factory=Filters)
    timeout: float | None = None
    known_failures: Path | None = None
    fresh: int = 0
    seed: str | None = None
    outputs: Outputs = Outputs()
    progress: bool = True


def parse_shard(text: str) -> tuple[int, int]:
    """`i/n`, 1 <= i <= n. Raises UsageError."""
    match = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", text)
    if match is None or int(match[1]) > int(match[2]):
        raise UsageError(f"--shard {text}: it must be i/n with 1 <= i <= n")
    return int(match[1]), int(match[2])


class Oracle:
    """The reference as a target, asked one question at a time for the answers of fresh tests."""

    def __init__(self, tables: Tables, options: Options) -> None:
        self._target = make_target("reference", Options(extra_tables=options.extra_tables))
        self._tables = tables
        self._number = 0
        self._target.start()

    def ask(self, operation: str, profile: str, given: Json, session: int | None = None) -> Json:
        """The reference's answer in JSON form: output, error or unsupported."""
        self._number += 1
        request = {"id": self._number, "operation": operation, "input": given}
        if self._tables.operations[operation].profiles:
            request["profile"] = profile
        if session is not None:
            request["session"] = f"s{session}"
        self._target.send(json.dumps(request, separators=(",", ":")).encode() + b"\n")
        answer = json.loads(self._target.receive(ORACLE_SECONDS))
        if "error" in answer:
            return {"error": answer["error"]["class"]}
        if "unsupported" in answer:
            return {"unsupported": answer["unsupported"].get("reason", "")}
        return {"output": answer["output"]}

    def close(self) -> None:
        """End the reference."""
        self._target.close()


class LateOracle:
    """The reference as a judge of outputs that are not unique: started when the first one is to be judged."""

    def __init__(self, tables: Tables, options: Options) -> None:
        self._tables = tables
        self._options = options
        self._oracle: Oracle | None = None

    def ask(self, operation: str, profile: str, given: Json) -> Json:
        """The reference's answer in JSON form. Raises Unfinished where it gives none."""
        try:
            if self._oracle is None:
                self._oracle = Oracle(self._tables, self._options)
            return self._oracle.ask(operation, profile, given)
        except (Lost, CannotStart) as error:
            raise Unfinished(f"the reference did not judge {operation}: {error}") from error

    def close(self) -> None:
        """End the reference, where it was started."""
        if self._oracle is not None:
            self._oracle.close()


def _fresh_maker(
    settings: Settings, tables: Tables, seed: str, say: Callable[[str], None]
) -> Callable[[tuple[Operation, ...], tuple[str, ...]], Sequence[Case]] | None:
    if not settings.fresh:
        return None
    from meter_privacy.conformance import fresh

    def make(operations: tuple[Operation, ...], profiles: tuple[str, ...]) -> Sequence[Case]:
        operations, profiles = _filtered(settings.filters, operations, profiles)
        say(f"making {counted(settings.fresh, 'fresh test')}")
        oracle = Oracle(tables, settings.options)
        try:
            count, ask = settings.fresh, oracle.ask
            return list(fresh.cases(tables, operations, profiles, count, seed, ask, ask))
        except (Lost, fresh.FreshError) as error:
            raise Unfinished(f"the reference did not answer for the fresh tests: {error}") from error
        finally:
            oracle.close()

    return make


def _filtered(
    filters: Filters, operations: tuple[Operation, ...], profiles: tuple[str, ...]
) -> tuple[tuple[Operation, ...], tuple[str, ...]]:
    """What the filters by operation and profile leave of what is declared."""
    if filters.operations:
        patterns = filters.operations
        operations = tuple(
            operation
            for operation in operations
            if any(fnmatch.fnmatchcase(operation.name, p) for p in patterns)
        )
    if filters.profiles:
        profiles = tuple(profile for profile in profiles if profile in filters.profiles)
    return operations, profiles


class _Recorder:
    """The traffic of a run, timed, on disk."""

    def __init__(self, target: StreamTarget) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (as long as the run)
        self._lock = threading.Lock()
        self._readable = target.codec.readable
        target.traffic = self

    def __call__(self, direction: str, data: bytes) -> None:
        text = self._readable(data)
        with self._lock:
            entry = {"time": round(time.time(), 6), "direction": direction, "data": text}
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def text(self) -> TextIO:
        """All of it, from its start."""
        self._file.flush()
        self._file.seek(0)
        return self._file


def write_atomically(name: str, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; "-" is standard output. Raises Unfinished."""
    if name == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe is written to, not replaced
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(data)
                file.flush()
                temporary.chmod(0o666 & ~_umask())
                temporary.replace(path)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Unfinished(f"{name} cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_reports(
    settings: Settings, report: Report, document: Mapping[str, Any], recorder: _Recorder | None
) -> list[str]:
    wanted = settings.outputs
    made: list[tuple[str | None, Callable[[], bytes]]] = [
        (wanted.json, lambda: _json_bytes(document)),
        (wanted.junit, lambda: junit.render(report)),
        (wanted.html, lambda: html.render(document)),
        (wanted.known_failures, lambda: _known_failures(report).encode()),
    ]
    for name, render in made:
        if name is not None:
            write_atomically(name, render())
    if wanted.bundle is not None:
        assert recorder is not None
        given = settings.declaration.read_bytes() if settings.declaration is not None else None
        files = {
            "report.json": _json_bytes(document),
            "report.html": html.render(document),
            "junit.xml": junit.render(report),
            "versions.json": _json_bytes(json_report.versions(report)),
        }
        write_atomically(wanted.bundle, bundle.render(files, given, report, recorder.text()))
    return [name for name in wanted.files() if name != "-"]


def _json_bytes(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"


def _known_failures(report: Report) -> str:
    failing = [result for result in report.results if _recordable(result)]
    return known_failures.render(
        (result.case.id, f"{result.was or result.verdict}: {result.reason}") for result in failing
    )


def _recordable(result: Result) -> bool:
    return not result.fresh and (result.faulty or result.was is not None)


def conform(settings: Settings) -> int:
    """Run the suite and write the reports; the exit code.

    Raises ValueError subclasses for usage (exit code 2) and Unfinished (exit code 3).
    """
    if settings.outputs.files().count("-") > 1:
        raise UsageError("only one report can go to standard output")
    if settings.outputs.bundle == "-" and sys.stdout.isatty():
        raise UsageError("a bundle does not go to a terminal")
    tables = load_tables(settings.extra_tables)
    declared = None
    if settings.declaration is not None:
        declared = declaration.load_declaration(settings.declaration, tables)
    suite = load_suite(tables, settings.vectors)
    known = known_failures.read(settings.known_failures) if settings.known_failures is not None else ()
    seed = settings.seed or secrets.token_hex(8)
    target = make_target(settings.target, settings.options)
    recorder = _Recorder(target) if settings.outputs.bundle is not None else None
    to_stdout = "-" in settings.outputs.files()
    console = Console(stderr=to_stdout)
    judge = LateOracle(tables, settings.options)
    with (
        contextlib.closing(judge),
        terminal.live_progress(Console(stderr=True), settings.target, settings.progress) as live,
    ):
        report = Run(
            target=target,
            tables=tables,
            suite=suite,
            declaration=declared,
            filters=settings.filters,
            timeout=settings.timeout,
            known_failures=known,
            make_fresh=_fresh_maker(settings, tables, seed, live.say),
            seed=seed if settings.fresh else None,
            judge=judge.ask,
            on_total=live.total,
            on_result=live.result,
        )()
    texts = requirement_texts()
    written = _write_reports(settings, report, json_report.build(report, texts), recorder)
    terminal.show(console, report, texts)
    for name in written:
        console.print(f"report: {name}", highlight=False, soft_wrap=True, markup=False)
    return report.exit_code


def declare(name: str, options: Options, extra_tables: tuple[Path, ...]) -> str:
    """A declaration's form, filled in by what the target describes. Raises TargetError or Unfinished."""
    tables = load_tables(extra_tables)
    target = make_target(name, options)
    try:
        target.start()
        description = Driver(target, tables, {}).describe()
    except (CannotStart, Lost, MalformedAnswer) as error:
        raise Unfinished(f"{name} does not say what it is: {error}") from error
    finally:
        target.close()
    return declaration.form(description, target.default_seconds)
