"""Reading the rooms of the house as text: requirements, papers, operations, vectors, functions, tests.

Nothing here judges; `conformance.spec_check` does. Python files are read with ast and never imported, so that
a reference under repair can still be traced.
"""

import ast
import importlib.util
import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

EVIDENCE = ("vector", "script", "distribution", "derivation", "proof", "test", "inspection")
PROFILES = ("published", "hardened")
PAPERS = ("a", "b", "c", "d", "e")
KINDS = ("item", "remark", "figure", "table", "erratum")

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_REQUIREMENT_HEADING = re.compile(r"^([A-Z]+)-(\d+)\b[\s.:]*(.*)$")
_METADATA = re.compile(r"\*(?P<name>[A-Z][A-Za-z ]*):\*\s*(?P<value>.*?)(?=\s*\*[A-Z][A-Za-z ]*:\*|$)", re.S)
_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$")
_SPLICE = re.compile(r"^python\s+splice=(\S+)$")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_CODE_SPAN = re.compile(r"(`+)(?:.*?[^`])?\1(?!`)")
_CLAIM = re.compile(r"(?P<before>[^\s]*(?:[ \u00a0\u202f]\d{3})*)\s*<!--\s*=\s*(?P<expression>.*?)\s*-->")
_NUMBER = re.compile(r"(?<![\w.])[-+−]?\d[\d \u00a0\u202f,_]*(?:\.\d+)?(?:[eE][-+]?\d+)?$")


class TextError(ValueError):
    """A file of the house cannot be read as what it should be."""


# ---------------------------------------------------------------- rooms


@dataclass(frozen=True)
class Rooms:
    """Where the rooms are; `tests` is None where they are not installed."""

    root: Path
    spec: Path
    vectors: Path
    reference: Path
    tests: Path | None

    def show(self, path: Path) -> str:
        """The path as a reader of the repository knows it."""
        for room, name in ((self.spec, "spec"), (self.vectors, "vectors"), (self.reference, "reference")):
            if path.is_relative_to(room):
                return f"{name}/{path.relative_to(room).as_posix()}".removesuffix("/.")
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name


def rooms_of(root: Path) -> Rooms:
    """The rooms of a checkout whose top folder is `root`."""
    tests = root / "tests"
    return Rooms(root, root / "spec", root / "vectors", root / "reference", tests if tests.is_dir() else None)


def _package_folder(name: str) -> Path:
    # find_spec imports the parent only: the reference is looked at, never run.
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise TextError(f"{name} is not installed")
    return Path(next(iter(found.submodule_search_locations)))


def installed_rooms() -> Rooms:
    """The rooms of the installed package; tests only where it runs from a checkout (an editable install)."""
    spec, vectors, reference = (
        _package_folder(f"meter_privacy.{room}") for room in ("spec", "vectors", "reference")
    )
    root = spec.parent
    checkout = (root / "pyproject.toml").is_file() and (root / "tests").is_dir()
    return Rooms(root, spec, vectors, reference, root / "tests" if checkout else None)


# ---------------------------------------------------------------- Markdown


@dataclass(frozen=True)
class Fence:
    """A fenced block: the line of its opening, its info string and its content lines."""

    line: int
    info: str
    content: tuple[str, ...]
    indent: str = ""

    @property
    def splice(self) -> str | None:
        """The function whose source the block shows, if it shows one."""
        match = _SPLICE.match(self.info)
        return match.group(1) if match else None


@dataclass(frozen=True)
class Page:
    """A Markdown file, split into prose lines (code blanked) and fences."""

    path: Path
    text: str
    prose: tuple[str, ...]
    fences: tuple[Fence, ...]
    unclosed: int | None

    def headings(self) -> Iterator[tuple[int, int, str]]:
        """(line, level, text) of every heading outside code."""
        for number, line in enumerate(self.prose, 1):
            match = _HEADING.match(line)
            if match:
                yield number, len(match.group(1)), match.group(2)

    def anchors(self) -> set[str]:
        """The anchors that a link may name: headings as GitHub slugs them, and explicit ones."""
        seen: dict[str, int] = {}
        anchors: set[str] = set()
        for _, _, text in self.headings():
            slug = slug_of(text)
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            anchors.add(f"{slug}-{count}" if count else slug)
        for line in self.prose:
            anchors.update(re.findall(r"<a\s+(?:id|name)=\"([^\"]+)\"", line))
        return anchors

    def links(self) -> Iterator[tuple[int, str]]:
        """(line, target) of every link outside code."""
        # A link's words may go over the end of a line.
        text = "\n".join(self.prose)
        for match in _LINK.finditer(_CODE_SPAN.sub(lambda m: re.sub(r"[^\n]", "x", m.group(0)), text)):
            yield text.count("\n", 0, match.start(1)) + 1, match.group(1)

    def claims(self) -> Iterator[tuple[int, str, str]]:
        """(line, the number before, the expression) of every computed number."""
        for number, line in enumerate(self.prose, 1):
            for match in _CLAIM.finditer(line):
                before = line[: match.start("expression")].rsplit("<!--", 1)[0].rstrip().rstrip("`*$}")
                found = _NUMBER.search(before)
                yield number, found.group(0).strip() if found else "", match.group("expression")

    def block(self, name: str) -> tuple[int, str] | None:
        """(line, text) between `<!-- name -->` and `<!-- /name -->`, or None where there is no such block."""
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        lines = self.text.split("\n")
        if start not in lines:
            return None
        first = lines.index(start)
        if end not in lines[first:]:
            raise TextError(f"line {first + 1}: {start} is never closed")
        last = lines.index(end, first)
        return first + 1, "\n".join(lines[first + 1 : last])


def slug_of(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    text = re.sub(r"\*+", "", text).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def read_page(path: Path) -> Page:
    """Read a Markdown file."""
    text = path.read_text(encoding="utf-8")
    prose: list[str] = []
    fences: list[Fence] = []
    opened: tuple[int, str, str, str] | None = None
    content: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _FENCE.match(line)
        if opened is None and match:
            opened = (number, match.group(2), match.group(3), match.group(1))
            content = []
            prose.append("")
        elif opened is not None:
            closes = match and match.group(2).startswith(opened[1]) and not match.group(3)
            if closes:
                fences.append(Fence(opened[0], opened[2], tuple(content), opened[3]))
                opened = None
            else:
                content.append(line)
            prose.append("")
        else:
            prose.append(line)
    return Page(path, text, tuple(prose), tuple(fences), opened[0] if opened else None)


# ---------------------------------------------------------------- requirements


@dataclass(frozen=True)
class Requirement:
    """One requirement as its chapter states it."""

    id: str
    prefix: str
    number: int
    chapter: str
    path: Path
    line: int
    title: str
    metadata: Mapping[str, str]
    evidence: Mapping[str, str]
    text: str

    @property
    def source(self) -> str:
        """What the requirement rests on."""
        return self.metadata.get("Source", "").strip(" .")

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that the requirement binds."""
        return tuple(p.strip() for p in self.metadata.get("Profiles", "").strip(" .").split(",") if p.strip())

    @property
    def living(self) -> bool:
        """Whether the requirement binds; a retired one keeps its heading and its reason."""
        return "Retired" not in self.metadata

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that the source names."""
        found: list[str] = []
        for names in re.findall(r"\b[Pp]apers?\s+((?:[A-E]\b(?:\s*,\s*|\s+and\s+)?)+)", self.source):
            found.extend(letter.lower() for letter in re.findall(r"[A-E]", names))
        return tuple(dict.fromkeys(found))


def _split_outside_brackets(text: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in [*parts, current] if part.strip()]


def evidence_of(text: str) -> dict[str, str]:
    """`vector, test, inspection (a reason)` as a mapping from kind to reason, empty where none is given."""
    kinds: dict[str, str] = {}
    for part in _split_outside_brackets(text.strip().removesuffix(".")):
        match = re.match(r"^([A-Za-z]+)\s*(?:\((.*)\))?$", part, re.S)
        if match is None:
            raise TextError(f"{part!r} is no kind of evidence")
        kinds[match.group(1)] = (match.group(2) or "").strip()
    return kinds


def requirements_of(page: Page, prefixes: Sequence[str]) -> tuple[list[Requirement], list[tuple[int, str]]]:
    """The requirements of a page, and (line, complaint) for headings that are not quite one."""
    found: list[Requirement] = []
    complaints: list[tuple[int, str]] = []
    headings = list(page.headings())
    for position, (line, level, text) in enumerate(headings):
        match = _REQUIREMENT_HEADING.match(text)
        if match is None or match.group(1) not in prefixes:
            continue
        identifier = f"{match.group(1)}-{int(match.group(2))}"
        if level != 3 or match.group(2) != str(int(match.group(2))):
            complaints.append((line, f"{identifier} is not a level-3 heading with a plain number"))
        following = (later for later, deep, _ in headings[position + 1 :] if deep <= 3)
        end = next(following, len(page.prose) + 1)
        body = list(page.prose[line : end - 1])
        while body and not body[0].strip():
            body.pop(0)
        head: list[str] = []
        while body and body[0].strip():
            head.append(body.pop(0))
        metadata = {
            item.group("name"): item.group("value").strip() for item in _METADATA.finditer(" ".join(head))
        }
        if not metadata:
            complaints.append((line, f"{identifier} has no line of metadata"))
            body = [*head, *body]
        evidence: dict[str, str] = {}
        try:
            evidence = evidence_of(metadata.get("Evidence", ""))
        except TextError as error:
            complaints.append((line, f"{identifier}: {error}"))
        found.append(
            Requirement(
                identifier, match.group(1), int(match.group(2)), page.path.stem, page.path, line,
                match.group(3), metadata, evidence, "\n".join(body).strip(),
            )
        )  # fmt: skip
    return found, complaints


def requirement_pattern(prefixes: Sequence[str]) -> re.Pattern[str]:
    """Matches any requirement id of the given prefixes."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, prefixes))})-\d+(?![\w-])")


def ids_in(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The requirement ids in a text; `X-2 to X-5` and `X-2..X-5` mean every id from the first to the last."""
    found: list[str] = []
    previous: tuple[int, str] | None = None
    for match in pattern.finditer(text):
        identifier = match.group(0)
        prefix, number = identifier.rsplit("-", 1)
        if previous and re.fullmatch(r"\s*(?:to|\.\.|–)\s*", text[previous[0] : match.start()]):
            first_prefix, first = previous[1].rsplit("-", 1)
            if first_prefix == prefix:
                found.extend(f"{prefix}-{i}" for i in range(int(first) + 1, int(number)))
        found.append(identifier)
        previous = (match.end(), identifier)
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------- papers


@dataclass(frozen=True)
class Entry:
    """One entry of spec/papers.toml."""

    id: str
    paper: str
    kind: str
    chapter: str
    where: str
    title: str
    covers: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    open: bool = False
    part: str = ""
    severity: str = ""
    counterexample: str = ""
    correction: str = ""
    tests: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number in the id."""
        return int(self.id.rsplit("-", 1)[1])


@dataclass(frozen=True)
class Papers:
    """spec/papers.toml: the chapters' prefixes, what each paper holds, the entries."""

    chapters: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    papers: Mapping[str, Mapping[str, Any]]
    entries: tuple[Entry, ...]


_ENTRY_KEYS = {
    "id", "paper", "kind", "chapter", "where", "title", "covers", "requirements", "status", "part",
    "severity", "counterexample", "correction", "tests",
}  # fmt: skip


def read_papers(path: Path) -> Papers:
    """Read spec/papers.toml. Raises TextError where an entry has not the members of one."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = []
    for place, item in enumerate(raw.get("entries", []), 1):
        unknown = set(item) - _ENTRY_KEYS
        missing = {"id", "paper", "kind", "chapter", "where", "title"} - set(item)
        name = item.get("id", f"entry {place}")
        if unknown or missing:
            raise TextError(f"{name}: unknown members {sorted(unknown)}, missing {sorted(missing)}")
        if item.get("status", "open") != "open":
            raise TextError(f"{name}: the only status is open")
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in item.items()
        }
        entries.append(Entry(open=values.pop("status", "") == "open", **values))
    return Papers(
        raw.get("chapters", {}),
        {chapter: tuple(parts) for chapter, parts in raw.get("parts", {}).items()},
        raw.get("papers", {}),
        tuple(entries),
    )


def numbers_of(text: str) -> list[str]:
    """`1-3, 5, 7.1` as ["1", "2", "3", "5", "7.1"]."""
    numbers: list[str] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        first, dash, last = part.partition("-")
        numbers.extend(map(str, range(int(first), int(last) + 1)) if dash else [first])
    return numbers


# ---------------------------------------------------------------- operations and vectors


@dataclass(frozen=True)
class OperationTable:
    """One file of spec/operations, as it stands."""

    path: Path
    chapter: str
    prefix: str
    operations: tuple[Mapping[str, Any], ...]


def read_operations(folder: Path) -> list[OperationTable]:
    """The operation tables of a folder, one for each chapter; its files in the order of their names."""
    tables: dict[str, OperationTable] = {}
    for path in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        before = tables.get(raw["chapter"])
        operations = (*(before.operations if before else ()), *raw["operations"])
        operations = tuple(sorted(operations, key=lambda operation: int(operation["opcode"])))
        tables[raw["chapter"]] = OperationTable(path, raw["chapter"], raw["prefix"], operations)
    return list(tables.values())


@dataclass(frozen=True)
class VectorTest:
    """One test of a vector file: a plain one, a step script or a distribution."""

    id: str
    path: Path
    profile: str
    kind: str
    negative: bool
    positive: bool
    requirements: tuple[str, ...]
    flags: tuple[str, ...]
    operations: tuple[str, ...]


@dataclass(frozen=True)
class VectorFile:
    """One vector file."""

    path: Path
    notes: tuple[str, ...]
    tests: tuple[VectorTest, ...]


def _expects(item: Mapping[str, Any], member: str) -> bool:
    expect = item.get("expect")
    return isinstance(expect, Mapping) and member in expect


def read_vectors(folder: Path) -> list[VectorFile]:
    """The vector files of a folder: every JSON file in a chapter's folder that has `tests`."""
    files = []
    for path in sorted(folder.glob("*/*.json")):
        if path.parent.name in {"schemas", "generators"}:
            continue
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise TextError(f"{path.parent.name}/{path.name}: {error}") from error
        if not isinstance(raw, Mapping) or "tests" not in raw:
            continue
        tests = []
        for item in raw["tests"]:
            steps = item.get("steps")
            if steps is not None:
                kind = "script"
                negative = any(_expects(step, "error") for step in steps)
                positive = not negative and bool(steps)
                operations = tuple(dict.fromkeys(step["operation"] for step in steps))
            else:
                kind = "distribution" if path.name.startswith("distribution-") else "vector"
                negative = _expects(item, "error")
                positive = kind == "distribution" or _expects(item, "output") or _expects(item, "judged")
                operations = (raw["operation"],) if "operation" in raw else ()
            tests.append(
                VectorTest(
                    item["id"], path, raw.get("profile", ""), kind, negative, positive,
                    tuple(item.get("requirements", ())), tuple(item.get("flags", ())), operations,
                )
            )  # fmt: skip
        files.append(VectorFile(path, tuple(raw.get("notes", {})), tuple(tests)))
    return files


# ---------------------------------------------------------------- Python files


@dataclass(frozen=True)
class Function:
    """A function as its source states it."""

    module: str
    name: str
    path: Path
    line: int
    source: str
    docstring: str


def functions_of(path: Path, module: str) -> dict[str, Function]:
    """The top-level functions and classes of a Python file, and the classes' methods as `Class.method`."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    found: dict[str, Function] = {}

    def add(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, name: str) -> None:
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        source = lines[first - 1 : node.end_lineno]
        indent = node.col_offset
        dedented = "\n".join(line[indent:] if line.strip() else "" for line in source)
        found[name] = Function(module, name, path, first, dedented, ast.get_docstring(node) or "")
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    add(inner, f"{name}.{inner.name}")

    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            add(node, node.name)
    return found


def find_function(folder: Path, dotted: str) -> Function | None:
    """`paillier.encrypt` as a function of a folder of modules; the module may itself be dotted."""
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        path = folder.joinpath(*parts[:cut]).with_suffix(".py")
        if path.is_file():
            return functions_of(path, ".".join(parts[:cut])).get(".".join(parts[cut:]))
    return None


def bindings_of(path: Path) -> dict[str, str]:
    """The dictionary OPERATIONS of an operations module: operation name -> `module.function`.

    Follows imports, names of other dictionaries, `**` and `|`. Raises TextError for anything it cannot
    follow: a binding that cannot be read cannot be traced.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    values: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            package = "" if node.level else (node.module or "").split("reference", 1)[-1].strip(".")
            prefix = (node.module or "") if node.level else package
            for alias in node.names:
                names[alias.asname or alias.name] = f"{prefix}.{alias.name}".strip(".")
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    values[target.id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            values[node.target.id] = node.value

    def dotted(node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return names.get(node.id, f"operations.{node.id}")
        if isinstance(node, ast.Attribute):
            return f"{dotted(node.value)}.{node.attr}"
        raise TextError(f"line {node.lineno}: {ast.unparse(node)} names no function")

    def read(node: ast.expr) -> dict[str, str]:
        if isinstance(node, ast.Name) and node.id in values:
            return read(values[node.id])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return {**read(node.left), **read(node.right)}
        if isinstance(node, ast.Dict):
            merged: dict[str, str] = {}
            for key, value in zip(node.keys, node.values, strict=True):
                if key is None:
                    merged.update(read(value))
                elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                    merged[key.value] = dotted(value)
                else:
                    raise TextError(f"line {key.lineno}: {ast.unparse(key)} is no plain name")
            return merged
        raise TextError(f"line {node.lineno}: {ast.unparse(node)} is no dictionary that can be read")

    if "OPERATIONS" not in values:
        raise TextError("OPERATIONS is not assigned")
    return read(values["OPERATIONS"])


@dataclass(frozen=True)
class TestFunction:
    """A test: where it is, what its docstrings and markers say, and its source."""

    __test__ = False

    path: Path
    name: str
    line: int
    says: str
    source: str

    def node_id(self, root: Path) -> str:
        """The test as pytest names it."""
        return f"{self.path.relative_to(root).as_posix()}::{self.name}"


def tests_of(folder: Path) -> list[TestFunction]:
    """Every test function below a folder."""
    found: list[TestFunction] = []
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        marks = " ".join(
            ast.unparse(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        )
        _collect(tree.body, "", marks, text, path, found)
    return found


def _collect(
    body: Sequence[ast.stmt], prefix: str, outer: str, text: str, path: Path, found: list[TestFunction]
) -> None:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        says = "\n".join(
            [outer, ast.get_docstring(node) or "", *(ast.unparse(item) for item in node.decorator_list)]
        )
        if isinstance(node, ast.ClassDef):
            if node.name.startswith("Test"):
                _collect(node.body, f"{prefix}{node.name}::", says, text, path, found)
        elif node.name.startswith("test"):
            source = ast.get_source_segment(text, node) or ""
            found.append(TestFunction(path, f"{prefix}{node.name}", node.lineno, says, source))


@dataclass(frozen=True)
class Proof:
    """One entry of tests/proofs/prove_list.toml."""

    function: str
    requirements: tuple[str, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)


def read_proofs(path: Path) -> list[Proof]:
    """The prove-list; an absent file is an empty list."""
    if not path.is_file():
        return []
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = [entry for value in raw.values() if isinstance(value, list) for entry in value]
    for entry in entries:
        if not isinstance(entry, Mapping) or not {"function", "requirements"} <= set(entry):
            raise TextError(f"an entry needs function and requirements: {entry!r}")
    return [Proof(entry["function"], tuple(entry["requirements"]), entry) for entry in entries]


# ---------------------------------------------------------------- numbers


def printed_number(text: str) -> tuple[Fraction, int]:
    """A printed number and how many digits stand behind its point; spaces, commas and _ group digits."""
    plain = re.sub(r"[ \u00a0\u202f,_]", "", text).replace("−", "-")
    try:
        value = Fraction(plain)
    except ValueError as error:
        raise TextError(f"{text!r} is no number") from error
    mantissa, _, exponent = plain.lower().partition("e")
    return value, len(mantissa.partition(".")[2]) - int(exponent or 0)


_BINARY: Mapping[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
}  # fmt: skip
_LARGEST_BITS = 1 << 16


def evaluate_claim(expression: str) -> Fraction | float:
    """Evaluate + - * / // % ** of integers and decimals, and min, max, log2, ceil, floor, gcd, bits.

    Exact except for log2. Raises TextError for anything else and for powers that nobody would print.
    """
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError as error:
        raise TextError(f"{expression!r} is no expression") from error

    def value(node: ast.expr) -> Fraction | float:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return Fraction(ast.get_source_segment(expression, node) or str(node.value))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
            return _apply(_BINARY[type(node.op)], value(node.left), value(node.right))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return _call(node.func.id, [value(argument) for argument in node.args])
        raise TextError(f"{ast.unparse(node)!r} may not stand in a claim")

    try:
        return value(tree)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise TextError(f"{expression!r} does not evaluate: {error}") from error


def _apply(sign: str, left: Fraction | float, right: Fraction | float) -> Fraction | float:
    if sign == "**":
        if not isinstance(right, Fraction) or right.denominator != 1:
            return float(pow(float(left), float(right)))
        size = max(abs(Fraction(left).numerator), Fraction(left).denominator).bit_length()
        if abs(right) * size > _LARGEST_BITS:
            raise TextError("the power is too large")
        power: Fraction | float = left ** int(right)
        return power
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right
    return Fraction(left // right) if sign == "//" else left % right


def _call(name: str, arguments: Sequence[Fraction | float]) -> Fraction | float:
    if name in ("min", "max") and arguments:
        return min(arguments) if name == "min" else max(arguments)
    if name == "gcd" and arguments:
        return Fraction(math.gcd(*(int(argument) for argument in arguments)))
    if len(arguments) != 1:
        raise TextError(f"{name} is not called so")
    (argument,) = arguments
    if name == "log2":
        exact = Fraction(argument)
        # Powers of two are exact, so that ceil(log2(2^k)) is k for every k.
        if exact.denominator == 1 and exact.numerator > 0 and exact.numerator.bit_count() == 1:
            return Fraction(exact.numerator.bit_length() - 1)
        return math.log2(exact.numerator) - math.log2(exact.denominator)
    if name == "ceil":
        return Fraction(math.ceil(argument))
    if name == "floor":
        return Fraction(math.floor(argument))
    if name == "bits":
        return Fraction(int(argument).bit_length())
    raise TextError(f"{name} is not a function of claims")
