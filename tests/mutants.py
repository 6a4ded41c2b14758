"""How many planted faults the vectors catch: `python -m tests.mutants native` or `reference`.

A mutant is an implementation with one token changed or one statement taken out. Those that do not compile, or
compile to what was there before, are no mutants. Each of a sample is held to every vector that the
implementation answers without the door; the report lists the survivors, for whoever reads them to say what
vector is missing or why nothing can be seen. What no vector can reach (misuse of the C functions, short
scratch memory) survives here and is for tests/native.
"""

import argparse
import ast
import copy
import importlib
import importlib.util
import io
import json
import marshal
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from meter_privacy.conformance.implementation import Implementation, load_implementation
from meter_privacy.conformance.suite import Case, load_suite
from meter_privacy.conformance.tables import ERROR_CLASSES, Tables, load_tables
from meter_privacy.conformance.targets import Answer
from meter_privacy.conformance.values import Refusal, decode_fields, decode_input, encode_fields
from meter_privacy.conformance.verdict import compare

ROOT = Path(__file__).resolve().parents[1]

OPERATORS: Mapping[str, tuple[str, ...]] = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "+": ("-",), "-": ("+",), "*": ("+",), "/": ("*",), "//": ("*",), "%": ("/",), "**": ("*",),
    "&": ("|",), "|": ("&",), "^": ("|",), "<<": (">>",), ">>": ("<<",), "!": ("",), "~": ("",),
    "&&": ("||",), "||": ("&&",), "and": ("or",), "or": ("and",), "not": ("",), "is": ("is not",),
    "in": ("not in",), "True": ("False",), "False": ("True",), "max": ("min",), "min": ("max",),
    "+=": ("-=",), "-=": ("+=",), "*=": ("+=",), "|=": ("&=",), "&=": ("|=",), "^=": ("|=",), "//=": ("*=",),
    "<<=": (">>=",), ">>=": ("<<=",), "++": ("--",), "--": ("++",), "any": ("all",), "all": ("any",),
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the text from `start` to `end` of a file becomes `after`."""

    file: Path
    start: int
    end: int
    after: str

    def source(self) -> str:
        text = self.file.read_text(encoding="utf-8")
        return text[: self.start] + self.after + text[self.end :]

    def place(self) -> str:
        """The line in which the change stands, and the change."""
        text = self.file.read_text(encoding="utf-8")
        line = text.count("\n", 0, self.start) + 1
        whole = text.splitlines()[line - 1].strip()
        before = text[self.start : self.end].strip()
        change = f"`{before}` -> `{self.after}`" if before != whole else "taken out"
        return f"{self.file.name}:{line}: {whole}    {change}"


def changes(token: str) -> Sequence[str]:
    """What a token becomes, each for itself."""
    if number := re.fullmatch(r"([0-9]+)([uUlL]*)", token):
        value = int(number[1])
        return tuple(f"{other}{number[2]}" for other in sorted({0, value + 1} - {value}))
    return OPERATORS.get(token, ())


C_TOKENS = re.compile(
    r"(?P<skip>/\*.*?\*/|//[^\n]*|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
    r"|(?P<token>[A-Za-z_]\w*|0[xX][0-9a-fA-F]+[uUlL]*|[0-9.]+(?:[eE][-+]?[0-9]+)?[uUlLfF]*"
    r"|<<=|>>=|[-+*/%&|^<>=!]=|&&|\|\||<<|>>|\+\+|--|->|[-+*/%&|^<>=!~])",
    re.S | re.M,
)
C_STATEMENT = re.compile(
    r"^[ \t]+(?:\(void\))?[a-z_][\w.\[\]>*-]*(?: [-+*/%&|^<>]*= |\(|\+\+|--)[^;{}]*;$", re.M
)


def mutants_of_c(file: Path) -> Iterator[Mutant]:
    """The mutants of a C file. Strings (with the assembly in them), comments and macros are left alone."""
    text = file.read_text(encoding="utf-8")
    for found in C_TOKENS.finditer(text):
        if found["token"]:
            for after in changes(found["token"]):
                yield Mutant(file, found.start(), found.end(), after)
    for found in C_STATEMENT.finditer(text):
        yield Mutant(file, found.start(), found.end(), ";")


def mutants_of_python(file: Path) -> Iterator[Mutant]:
    """The mutants of a Python file. Annotations, decorators and texts are left alone."""
    text = file.read_text(encoding="utf-8")
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int, in_bytes: bool) -> int:
        whole = text[starts[line - 1] : starts[line]]
        return starts[line - 1] + (len(whole.encode()[:column].decode()) if in_bytes else column)

    def span(node: ast.expr | ast.stmt) -> range:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return range(
            offset(node.lineno, node.col_offset, True), offset(node.end_lineno, node.end_col_offset, True)
        )

    quiet: list[range] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            quiet += map(span, node.decorator_list)
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            quiet.append(span(node.returns))
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            quiet.append(span(node.annotation))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Raise) or (
            isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
        ):
            whole = span(node)
            yield Mutant(file, whole.start, whole.stop, "pass")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.OP, tokenize.NUMBER, tokenize.NAME):
            start = offset(*token.start, False)
            if not any(start in part for part in quiet):
                for after in changes(token.string):
                    yield Mutant(file, start, offset(*token.end, False), after)


class Vectors:
    """The suite as direct calls: every step of a case, its inputs decoded once."""

    def __init__(self, tables: Tables, implementation: Implementation) -> None:
        self.tables = tables
        self.judge = load_implementation("reference", tables).functions
        own = implementation.functions
        self.cases = [
            (case, [decode(tables, step.operation, step.input) for step in case.steps])
            for case in load_suite(tables).cases
            if all(step.operation in own and step.input is not None for step in case.steps)
        ]
        self.cases = [(case, values) for case, values in self.cases if None not in values]
        # Left out as well: what only the door refuses, sizes that are too small for a profile.
        kept, self.seconds = [], list[float]()
        for entry in self.cases:
            began = time.process_time()
            if self.passes(own, *entry):
                kept.append(entry)
                self.seconds.append(time.process_time() - began)
        self.cases = kept
        self.kills: Counter[tuple[Path, int]] = Counter()

    def order(self, file: Path, rng: random.Random) -> list[int]:
        """The cases, those first that caught something in this file, the others anyhow."""
        return sorted(range(len(self.cases)), key=lambda index: (-self.kills[file, index], rng.random()))

    def ask_judge(self, name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        values = decode_input(self.tables.operations[name], given)
        answer = called(self.judge[name], values, {})
        return {"error": answer} if isinstance(answer, str) else {"output": {}}

    def passes(
        self, functions: Mapping[str, Callable[..., Any]], case: Case, values: Sequence[Mapping[str, Any]]
    ) -> bool:
        """Whether every step of a case is answered as it must be."""
        states: dict[tuple[str, str], dict[str, Any]] = {}
        for step, given in zip(case.steps, values, strict=True):
            operation = self.tables.operations[step.operation]
            extra = {}
            key = (step.session or "", case.profile)
            if step.session is not None:
                extra["session"] = copy.deepcopy(states.get(key, {}))
            result = called(functions[step.operation], given, extra)
            if isinstance(result, str):
                answer = Answer(error=result)
            else:
                names = [item.name for item in operation.output]
                single = len(names) == 1 and not (isinstance(result[0], Mapping) and names[0] in result[0])
                outputs = {names[0]: result[0]} if single else dict(result[0] or {})
                answer = Answer(
                    output=decode_fields(operation.output, encode_fields(operation.output, outputs))
                )
                states[key] = extra.get("session", {})
            if compare(step, operation, answer, self.ask_judge) is not None:
                return False
        return True


def decode(tables: Tables, name: str, given: Any) -> Any:
    """A step's inputs; None where they break the grammar, which functions do not see."""
    try:
        return decode_input(tables.operations[name], given)
    except Refusal:
        return None


def called(function: Callable[..., Any], values: Mapping[str, Any], extra: Mapping[str, Any]) -> Any:
    """The class of an error, or the result in a list. Whatever else is raised goes through."""
    try:
        return [function(**copy.deepcopy(dict(values)), **extra)]
    except Exception as error:
        if (error_class := getattr(error, "error_class", None)) in ERROR_CLASSES:
            return str(error_class)
        raise


def forget(package: str) -> None:
    """Takes a package out of the modules, so that its next import is of another one."""
    for name in [name for name in sys.modules if name == package or name.startswith(package + ".")]:
        del sys.modules[name]


def put(name: str, path: Path, **options: Any) -> Any:
    """A module from a file in the place of the one of that name."""
    spec = importlib.util.spec_from_file_location(name, path, **options)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Native:
    """The C core in three forms; a mutant is tried in the first one that it changes."""

    package = "meter_privacy.native"
    # How the compiler is told, and how much longer than the installed one it may take.
    forms: Mapping[str, tuple[int, tuple[str, ...]]] = {
        "64-portable": (
            10, ("-DMPRIV_LIMB_BITS=64", "-DMPRIV_PORTABLE_ONLY=1", "-DMPRIV_PORTABLE_BARRIER=1"),
        ),
        "host": (10, ()),
        "32-constant-time-multiply": (
            200, ("-DMPRIV_LIMB_BITS=32", "-DMPRIV_PORTABLE_ONLY=1", "-DMPRIV_CONSTANT_TIME_MULTIPLY=1"),
        ),
    }  # fmt: skip

    def __init__(self, directory: Path) -> None:
        from meter_privacy.native import build_core

        self.directory = directory
        self.files = sorted((ROOT / "native" / "src").glob("*.c"))
        binding = directory / "_core.c"
        build_core.builder().emit_c_code(str(binding))
        for form in self.forms:
            (directory / form).mkdir()
            for source in (binding, *self.files):
                made = self.compiled(source, form, directory / form / f"{source.stem}.o")
                assert made, source

    def compiled(self, source: Path, form: str, to: Path) -> bool:
        command = ["cc", "-std=c11", "-O1", "-w", "-fPIC", "-fno-trapping-math", "-fvisibility=hidden"]
        command += [f"-I{ROOT / 'native' / 'include'}", f"-I{ROOT / 'native' / 'src'}"]
        command += [f"-I{sysconfig.get_paths()['include']}", "-DPy_LIMITED_API=0x03090000"]
        command += [*self.forms[form][1], "-c", str(source), "-o", str(to)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def linked(self, form: str, without: str = "") -> tuple[Path, int]:
        place = self.directory / form
        objects = [str(file) for file in place.glob("*.o") if file.name != without]
        subprocess.run(["cc", "-shared", *objects, "-o", str(place / "_core.so")], check=True)
        return place / "_core.so", self.forms[form][0]

    def honest(self) -> Iterator[tuple[Path, int]]:
        return map(self.linked, self.forms)

    def mutants(self, file: Path) -> Iterator[Mutant]:
        return mutants_of_c(file)

    def build(self, mutant: Mutant) -> tuple[Path, int] | None:
        source = self.directory / mutant.file.name
        source.write_text(mutant.source(), encoding="utf-8")
        for form in self.forms:
            made, honest = (self.directory / form / f"{name}.o" for name in ("mutant", mutant.file.stem))
            try:
                if self.compiled(source, form, made) and made.read_bytes() != honest.read_bytes():
                    return self.linked(form, honest.name)
            finally:
                made.unlink(missing_ok=True)
        return None

    def enter(self, made: Path) -> None:
        """In the child: the extension in the place of the installed one."""
        forget(self.package)
        package = importlib.import_module(self.package)
        package.__dict__["_core"] = put(f"{self.package}._core", made)


class Reference:
    """The reference, from a copy in which one file is another one."""

    package = "meter_privacy.reference"

    def __init__(self, directory: Path) -> None:
        self.copy = directory / "reference"
        self.files = sorted(
            file for file in (ROOT / "reference").glob("*.py") if file.name != "operations.py"
        )

    def honest(self) -> Iterator[tuple[Path, int]]:
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(ROOT / "reference", self.copy, ignore=shutil.ignore_patterns("__pycache__"))
        yield self.copy, 10

    def mutants(self, file: Path) -> Iterator[Mutant]:
        return mutants_of_python(file)

    def build(self, mutant: Mutant) -> tuple[Path, int] | None:
        source = mutant.source()
        try:
            code = [compile(text, "", "exec") for text in (source, mutant.file.read_text(encoding="utf-8"))]
        except SyntaxError:
            return None
        if marshal.dumps(code[0]) == marshal.dumps(code[1]):
            return None
        (made,) = self.honest()
        (self.copy / mutant.file.name).write_text(source, encoding="utf-8")
        return made

    def enter(self, made: Path) -> None:
        """In the child: the copy in the place of the installed one."""
        forget(self.package)
        sys.dont_write_bytecode = True
        put(self.package, made / "__init__.py", submodule_search_locations=[str(made)])


SIDES: Mapping[str, Callable[[Path], Native | Reference]] = {"native": Native, "reference": Reference}
SURVIVED = -1
BROKEN = -2


def tried(side: Native | Reference, made: Path, slower: int, vectors: Vectors, order: Sequence[int]) -> int:
    """The index of the case that a build fails; BROKEN where it dies, hangs or cannot be loaded; SURVIVED.

    It hangs where a case takes two seconds of the processor and `slower` times what the installed one took.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        verdict = BROKEN
        try:
            os.close(reading)
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            signal.setitimer(signal.ITIMER_PROF, 30)
            side.enter(made)
            functions = importlib.import_module(f"{side.package}.operations").OPERATIONS
            for index in order:
                signal.setitimer(signal.ITIMER_PROF, 2 + slower * vectors.seconds[index])
                try:
                    passed = vectors.passes(functions, *vectors.cases[index])
                except Exception:
                    passed = False
                if not passed:
                    verdict = index
                    break
            else:
                verdict = SURVIVED
        finally:
            os.write(writing, str(verdict).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return int(said) if said else BROKEN


def campaign(name: str, count: int, seed: int, only: str, console: Console) -> dict[str, Any]:
    """Tries a sample of mutants; the report as written to a file."""
    rng = random.Random(seed)
    tables = load_tables()
    with tempfile.TemporaryDirectory() as temporary:
        side = SIDES[name](Path(temporary))
        vectors = Vectors(tables, load_implementation(name, tables))
        rows = {file.name: [0, 0] for file in side.files}
        drawn = [mutant for file in side.files if re.search(only, file.name) for mutant in side.mutants(file)]
        rng.shuffle(drawn)
        for made, slower in side.honest():
            control = tried(side, made, slower, vectors, range(len(vectors.cases)))
            if control != SURVIVED:
                raise SystemExit(f"{made} is as it was, and fails the case {control}")
        survivors: list[str] = []
        done = 0
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("mutants", total=count)
            for mutant in drawn:
                built = side.build(mutant)
                if built is None:
                    continue
                verdict = tried(side, *built, vectors, vectors.order(mutant.file, rng))
                done += 1
                progress.advance(task)
                rows[mutant.file.name][0] += 1
                if verdict == SURVIVED:
                    survivors.append(mutant.place())
                    line = f"survived: {survivors[-1]}"
                    console.print(line, highlight=False, markup=False, soft_wrap=True)
                else:
                    rows[mutant.file.name][1] += 1
                    vectors.kills[mutant.file, verdict] += 1
                if done == count:
                    break
    return {
        "implementation": name, "seed": seed, "cases": len(vectors.cases), "possible": len(drawn),
        "mutants": done, "killed": done - len(survivors),
        "files": {file: {"mutants": row[0], "killed": row[1]} for file, row in rows.items() if row[0]},
        "survivors": sorted(survivors),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("implementation", choices=sorted(SIDES))
    parser.add_argument("--count", type=int, default=200, help="how many mutants are drawn (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a regular expression that the file's name must match")
    parser.add_argument("--json", type=Path, help="where the report goes")
    given = parser.parse_args()
    console = Console()
    report = campaign(given.implementation, given.count, given.seed, given.only, console)
    if given.json is not None:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for file, row in report["files"].items():
        console.print(f"{file:40} {row['killed']:4} of {row['mutants']:4}", highlight=False)
    share = 100 * report["killed"] / max(1, report["mutants"])
    console.print(
        f"{report['killed']} of {report['mutants']} mutants of {given.implementation} caught by "
        f"{report['cases']} vectors: {share:.1f} %  (seed {given.seed}, {report['possible']} possible)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
