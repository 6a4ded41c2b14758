"""The report on the terminal: progress while it runs, then tables, failures and the verdict."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape as escape_markup
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from meter_privacy.conformance.reports.json_report import message_text
from meter_privacy.conformance.runner import LOG_LINES, Outcome, Report, Result, counted
from meter_privacy.conformance.suite import RequirementText, Step
from meter_privacy.conformance.verdict import Verdict

MOST_FAILURES = 20
MOST_OF_A_KIND = 2
_WHY_LENGTH = 200
# What a reason says of one request only: numbers, and what a target wrote.
_PARTICULAR = re.compile(r"""'.*'|".*"|[0-9]+""", re.DOTALL)
ORDER = "CONV-2"
LOG = "log"
LEGEND = {
    Verdict.UNSUPPORTED: "tests of operations or profiles that the target does not describe, or beyond its "
    "limits",
    Verdict.NOT_APPLICABLE: "the test has no form in this encoding",
}
_VALUE_LENGTH = 600
_COLOURS = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.CRASHED: "red",
    Verdict.TIMED_OUT: "red",
    Verdict.UNSUPPORTED: "yellow",
    Verdict.KNOWN_FAILURE: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.NOT_RUN: "yellow",
}


class LiveProgress:
    """A bar that moves with each result and counts the failures."""

    def __init__(self, progress: Progress, task: TaskID, console: Console) -> None:
        self._progress = progress
        self._task = task
        self._console = console
        self._wrong = 0

    def say(self, text: str) -> None:
        """One line before slow work, where no bar is shown."""
        if self._progress.disable:
            self._console.print(text, highlight=False, markup=False)

    def total(self, count: int) -> None:
        """How many tests there will be."""
        self.say(counted(count, "test"))
        self._progress.update(self._task, total=count)

    def result(self, result: Result) -> None:
        """One more test is done."""
        self._wrong += result.faulty
        wrong = f"[red]{self._wrong} wrong[/red]" if self._wrong else "[green]none wrong[/green]"
        self._progress.update(self._task, advance=1, wrong=wrong)


@contextmanager
def live_progress(console: Console, name: str, enabled: bool) -> Iterator[LiveProgress]:
    """Show a bar on the console, where that is a terminal."""
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[wrong]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not enabled or not console.is_terminal,
    )
    with progress:
        yield LiveProgress(progress, progress.add_task(name, total=None, wrong=""), console)


def escape(text: str) -> str:
    """Text that a target may have written: no markup, and no control of the terminal that it is shown on."""
    shown = (c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return escape_markup("".join(shown))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _VALUE_LENGTH else f"{text[:_VALUE_LENGTH]}... ({len(text)} characters)"


def _given(step: Step, whole: bool = False) -> str:
    if step.input is not None:
        return json.dumps(step.input) if whole else _short(step.input)
    if step.message is not None:
        return message_text(step.message.data)
    return step.raw_json if step.raw_json is not None else (step.raw_frame or b"").hex()


def _table(title: str, key: str, totals: Mapping[str, Counter[Verdict]]) -> Table:
    used = [verdict for verdict in Verdict if any(counts[verdict] for counts in totals.values())]
    table = Table(title=title, title_justify="left", header_style="bold", pad_edge=False)
    table.add_column(key)
    for verdict in used:
        table.add_column(str(verdict), justify="right")
    for name, counts in totals.items():
        cells = [
            f"[{_COLOURS[verdict]}]{counts[verdict]}[/]" if counts[verdict] else "[dim]·[/dim]"
            for verdict in used
        ]
        table.add_row(escape(name), *cells)
    return table


def _failure(
    console: Console, result: Result, texts: Mapping[str, RequirementText], quoted: set[str]
) -> None:
    """One failure; a requirement's text and a note are quoted the first time only."""

    def line(label: str, text: str) -> None:
        console.print(f"  [dim]{label:<12}[/dim]{escape(text)}", highlight=False, soft_wrap=True)

    case = result.case
    console.print(
        f"[red]{str(result.verdict).upper()}[/red] [bold]{escape(case.id)}[/bold]",
        highlight=False,
        soft_wrap=True,
    )
    line("why", result.reason)
    line("request", f"{result.request.operation} ({case.profile}) {_given(result.request)}")
    line("expected", _short(result.expected))
    if result.actual is not None:
        line("actual", _short(result.actual))
    if case.comment:
        line("test", case.comment)
    for name in case.requirements:
        text = texts.get(name)
        if text is None or name in quoted:
            line("requirement", name if text is None else f"{name} {text.title}")
        else:
            line("requirement", f"{name} {text.title}. {text.text}")
        quoted.add(name)
    if result.against:
        title = texts[result.against].title if result.against in texts else ""
        label = "the order of the checks: " if result.against == ORDER else ""
        line("against", f"{label}{result.against} {title}")
    for flag in result.caught:
        note = case.notes.get(flag, {})
        told = f"written to catch {flag}: {note.get('bug', '')}; {note.get('effect', '')}"
        line("note", f"written to catch {flag}" if flag in quoted else told)
        quoted.add(flag)
    if result.log and LOG not in quoted:
        quoted.add(LOG)
        console.print("  [dim]the end of the target's standard error:[/dim]", highlight=False)
        for logged in result.log.splitlines():
            console.print(f"    [dim]{escape(logged)}[/dim]", highlight=False, soft_wrap=True)
    console.print()


def _heading(report: Report) -> list[str]:
    lines = [f"target      {report.target} ({report.encoding})"]
    if report.declaration is not None:
        lines.append(f"product     {report.declaration.product}, version {report.declaration.version}")
        lines.append(f"held to     {report.declaration.source or 'its own description'}")
    lines.append(
        f"suite       {report.suite.version}, {len(report.suite.cases)} tests, SHA-256 {report.suite.sha256}"
    )
    if report.fresh:
        lines.append(f"fresh       {report.fresh} tests, --seed {report.seed}")
    if report.probed:
        lines.append(f"messages    {report.probes()} probes of the message level")
    else:
        lines.append("messages    message-level probes run with --declaration")
    return lines


def _kind(result: Result) -> tuple[str, str]:
    """The operation and the reason without what differs from one request to the next."""
    return result.request.operation, _PARTICULAR.sub("…", result.reason)


def _size(result: Result) -> int:
    return len(_given(result.request, whole=True))


def _tables(console: Console, report: Report) -> None:
    console.print()
    console.print(_table("By chapter", "chapter", report.totals(lambda case: (case.chapter,))))
    by_requirement = report.totals(lambda case: case.requirements)
    touched = {
        name: counts for name, counts in by_requirement.items() if set(counts) != {Verdict.UNSUPPORTED}
    }
    if touched:
        console.print(_table("By requirement", "requirement", touched))
    if len(touched) < len(by_requirement):
        rest = counted(len(by_requirement) - len(touched), "requirement")
        console.print(f"[dim]and {rest} with tests only of what is not supported[/dim]", highlight=False)
    console.print(_table("By profile", "profile", report.totals(lambda case: (case.profile,))))
    counts = report.counts()
    legend = "; ".join(f"{verdict}: {text}" for verdict, text in LEGEND.items() if counts[verdict])
    if legend:
        console.print(f"[dim]{escape(legend)}[/dim]", highlight=False, soft_wrap=True)


def _failures(console: Console, report: Report, texts: Mapping[str, RequirementText]) -> set[str]:
    """The failures with the smallest requests, a few of each kind, and how many there are of each."""
    failures = sorted(report.failures(), key=_size)
    quoted: set[str] = set()
    kinds: Counter[tuple[str, str]] = Counter()
    shown = 0
    for result in failures:
        kinds[_kind(result)] += 1
        if kinds[_kind(result)] <= MOST_OF_A_KIND and shown < MOST_FAILURES:
            shown += 1
            _failure(console, result, texts, quoted)
    if len(failures) > shown:
        rest = len(failures) - shown
        console.print(f"... and {rest} more that failed: --json or --html lists them all", highlight=False)
    if failures:
        table = Table(title="What failed", title_justify="left", header_style="bold", pad_edge=False)
        table.add_column("operation", overflow="fold")
        table.add_column("why", overflow="fold")
        table.add_column("tests", justify="right")
        for (operation, why), count in kinds.most_common(MOST_FAILURES):
            table.add_row(escape(operation), escape(why[:_WHY_LENGTH]), str(count))
        console.print(table)
        if len(kinds) > MOST_FAILURES:
            console.print(f"[dim]and {counted(len(kinds) - MOST_FAILURES, 'kind')} more[/dim]")
        console.print()
    return quoted


def show(console: Console, report: Report, texts: Mapping[str, RequirementText]) -> None:
    """Print the whole report."""
    for line in _heading(report):
        console.print(escape(line), highlight=False, soft_wrap=True)
    if any(result.verdict != Verdict.NOT_RUN for result in report.results):
        _tables(console, report)
    console.print()
    quoted = _failures(console, report, texts)
    for finding in report.findings:
        console.print(f"[red]FINDING[/red] {escape(finding)}", highlight=False, soft_wrap=True)
    # The verdict of an incomplete run gives the reason itself.
    if report.stopped and report.outcome != Outcome.INCOMPLETE and report.stopped not in report.findings:
        stopped = f"[red]STOPPED[/red] {escape(report.stopped)}"
        console.print(stopped, highlight=False, soft_wrap=True)
    if report.log.strip() and LOG not in quoted and (quoted or report.stopped or report.findings):
        console.print("[dim]the end of the target's standard error (a log, never a verdict):[/dim]")
        for text in report.log.strip().splitlines()[-LOG_LINES:]:
            console.print(f"  [dim]{escape(text[:300])}[/dim]", highlight=False, soft_wrap=True)
    good = report.outcome in (Outcome.CERTIFIED, Outcome.PARTIAL, Outcome.KNOWN_FAILURES)
    colour = "green" if report.outcome == Outcome.CERTIFIED else "yellow" if good else "red"
    verdict = f"[bold {colour}]{escape(report.verdict_line())}[/]"
    console.print(f"{verdict}  [dim]({report.seconds:.1f} s)[/dim]", highlight=False, soft_wrap=True)
