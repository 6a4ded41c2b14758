"""The JSON side of the door: one answer a line, in order, with the right member and class."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance.implementation import Implementation, ImplementationError, load_implementation
from meter_privacy.conformance.serve import answer_line, serve
from meter_privacy.conformance.tables import ERROR_CLASSES, load_tables

TABLES = load_tables()
ENCRYPT = {
    "operation": "paillier.encrypt",
    "profile": "published",
    "input": {"modulus": "23", "plaintext": "3", "randomness": "2"},
}


@pytest.fixture
def reference() -> Implementation:
    """The reference behind the door."""
    return load_implementation("reference", TABLES)


def ask(implementation: Implementation, request: Any) -> dict[str, Any]:
    """One request, in Python or as text."""
    text = request if isinstance(request, str) else json.dumps(request)
    return answer_line(implementation, text.encode("utf-8", "surrogateescape"))


def test_encrypts(reference: Implementation) -> None:
    """TARGET-3, TARGET-4: the id comes back beside one output."""
    c = (1 + 3 * 35) * pow(2, 35, 35 * 35) % (35 * 35)
    assert ask(reference, {"id": 7, **ENCRYPT}) == {"id": 7, "output": {"ciphertext": f"{c:x}"}}


def test_answers_come_in_order(reference: Implementation) -> None:
    """TARGET-1: as many answers as requests, in their order, whatever the requests hold."""
    lines = [{"id": number, **ENCRYPT} for number in range(50)]
    lines[10] = {"id": 10, "operation": "no.such", "profile": "published", "input": {}}
    lines[20] = {"id": 20, "operation": "paillier.encrypt", "profile": "published", "input": {}}
    answers = io.BytesIO()
    serve(reference, io.BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in lines)), answers)
    got = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert [answer["id"] for answer in got] == list(range(50))
    assert "unsupported" in got[10]
    assert got[20]["error"]["class"] == "malformed"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "[]",
        "1",
        "null",
        '"x"',
        '{"id": 1',
        '{"id": "1"}',
        '{"id": 1.0}',
        '{"id": true}',
        "{}",
        '{"id": 1, "id": 1}',
        f'{{"id": {2**53}, "operation": "describe"}}',
        f'{{"id": {-(2**53)}, "operation": "describe"}}',
        f'{{"id": {2**53}, "operation": "describe", "input": 1.0}}',
        '{"id": ' + "9" * 5000 + ', "operation": "describe"}',
        "\udcff",
    ],
)
def test_lines_without_an_id_are_malformed(reference: Implementation, line: str) -> None:
    """TARGET-3: the answer to what has no id carries null."""
    answer = ask(reference, line)
    assert answer["id"] is None
    assert answer["error"]["class"] == "malformed"


@pytest.mark.parametrize("number", [2**53 - 1, 1 - 2**53, 0])
def test_ids_go_up_to_the_bound_of_integers(reference: Implementation, number: int) -> None:
    """TARGET-2, CONV-3: the largest and the smallest id come back, from a good request and a broken one."""
    assert ask(reference, {"id": number, **ENCRYPT})["id"] == number
    broken = ask(reference, f'{{"id": {number}, "operation": 1.5}}')
    assert broken["id"] == number
    assert broken["error"]["class"] == "malformed"


def test_a_line_of_white_space_is_no_request(reference: Implementation) -> None:
    """TARGET-1: empty lines between requests get no answer and do not disturb the order."""
    line = json.dumps({"id": 1, **ENCRYPT}).encode()
    answers = io.BytesIO()
    serve(reference, io.BytesIO(b"\n \t\r\n" + line + b"\n\n" + line + b"\n   "), answers)
    assert [json.loads(answer)["id"] for answer in answers.getvalue().splitlines()] == [1, 1]


@pytest.mark.parametrize(
    "given",
    [
        '{"meters": 2.0, "maximum_wh": 1, "tail_wh": 0}',
        '{"meters": 2, "maximum_wh": 1, "tail_wh": -0}',
        '{"meters": NaN, "maximum_wh": 1, "tail_wh": 0}',
        '{"meters": 2, "meters": 2, "maximum_wh": 1, "tail_wh": 0}',
        '{"meters": ' + "9" * 10000 + ', "maximum_wh": 1, "tail_wh": 0}',
        '{"id": 8, "meters": 2.0, "maximum_wh": 1, "tail_wh": 0}',
    ],
)
def test_the_id_comes_back_beside_a_fault(reference: Implementation, given: str) -> None:
    """TARGET-3: a JSON object with an integer id is answered with it, whatever its input breaks."""
    answer = ask(
        reference, f'{{"operation": "dream.modulus", "profile": "published", "input": {given}, "id": 7}}'
    )
    assert answer["id"] == 7
    assert answer["error"]["class"] == "malformed"


@pytest.mark.parametrize(
    "change",
    [
        {"profile": None},
        {"profile": 1},
        {"operation": None},
        {"operation": 5},
        {"input": None},
        {"input": []},
        {"session": "s"},
        {"extra": 1},
        {"input": {"modulus": "23", "plaintext": "3"}},
        {"input": {"modulus": "23", "plaintext": "3", "randomness": "2", "more": "1"}},
        {"input": {"modulus": 35, "plaintext": "3", "randomness": "2"}},
    ],
)
def test_requests_that_break_the_grammar(reference: Implementation, change: dict[str, Any]) -> None:
    """TARGET-2: members missing, besides, or of another type are malformed, with the request's id."""
    answer = ask(reference, {"id": 3, **ENCRYPT, **change})
    assert answer["id"] == 3
    assert answer["error"]["class"] == "malformed"


@pytest.mark.parametrize("missing", ["operation", "profile", "input"])
def test_missing_members(reference: Implementation, missing: str) -> None:
    """TARGET-2: profile and input are mandatory where an operation has them."""
    request = {"id": 3, **{key: value for key, value in ENCRYPT.items() if key != missing}}
    assert ask(reference, request)["error"]["class"] == "malformed"


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "no.such"},
        {"profile": "draft"},
        {"operation": "paillier.key_with_generator", "profile": "hardened"},
    ],
)
def test_unsupported_comes_first(reference: Implementation, change: dict[str, Any]) -> None:
    """TARGET-5: what a target lacks is unsupported, whatever the input holds."""
    answer = ask(reference, {"id": 3, **ENCRYPT, **change, "input": {"wrong": 1}})
    assert set(answer) == {"id", "unsupported"}
    assert answer["unsupported"]["reason"]


def test_checks_come_in_the_order_of_the_classes(reference: Implementation) -> None:
    """TARGET-6, CONV-2: malformed before range, range before not-invertible."""
    request = {"id": 1, **ENCRYPT}
    wrong = {"modulus": "23", "plaintext": "23", "randomness": "5"}
    assert ask(reference, {**request, "input": wrong})["error"]["class"] == "range"
    assert ask(reference, {**request, "input": {**wrong, "modulus": "023"}})["error"]["class"] == "malformed"
    assert (
        ask(reference, {**request, "input": {**wrong, "plaintext": "22"}})["error"]["class"]
        == "not-invertible"
    )


def test_describe(reference: Implementation) -> None:
    """TARGET-7: every operation with a function is listed, in the tables' order."""
    output = ask(reference, {"id": 1, "operation": "describe"})["output"]
    assert output["protocol"] == 1
    assert output["operations"] == [name for name in TABLES.operations if name in reference.functions]
    assert output["profiles"] == ["published", "hardened"]
    assert (
        ask(reference, {"id": 1, "operation": "describe", "profile": "published"})["error"]["class"]
        == "malformed"
    )


class Late(Exception):
    """Any exception with an error class is a refusal."""

    error_class = "expired"


def counting(**state: Any) -> Implementation:
    """A session that counts, refuses once and fails once."""

    def report(value: int, session: dict[str, Any], **_: int) -> dict[str, Any]:
        session["count"] = session.get("count", 0) + 1
        if value == -1:
            raise Late("too late")
        if value == -2:
            raise RuntimeError("lost its footing")
        return {"ciphertext": session["count"], "tag": bytes(32)}

    return Implementation(TABLES, {"dream.meter_report": report}, "counting", "1", **state)


def report(session: str, value: int) -> dict[str, Any]:
    """A step of a session."""
    return {
        "id": 1,
        "operation": "dream.meter_report",
        "profile": "published",
        "session": session,
        "input": {"slot": 1, "value": value},
    }


def test_sessions_keep_their_own_state() -> None:
    """TARGET-8, TARGET-9, TARGET-11: sessions are apart, a refused step changes nothing, closing forgets."""
    target = counting()
    assert ask(target, report("a", 0))["output"]["ciphertext"] == "1"
    assert ask(target, report("b", 0))["output"]["ciphertext"] == "1"
    assert ask(target, report("a", -1))["error"]["class"] == "expired"
    assert ask(target, report("a", 0))["output"]["ciphertext"] == "2"
    close = {"id": 2, "operation": "session.close", "session": "a"}
    assert ask(target, close) == {"id": 2, "output": {}}
    assert ask(target, close) == {"id": 2, "output": {}}
    assert ask(target, report("a", 0))["output"]["ciphertext"] == "1"
    assert ask(target, {**report("a", 0), "session": 5})["error"]["class"] == "malformed"
    without = report("a", 0)
    del without["session"]
    assert ask(target, without)["error"]["class"] == "malformed"


def test_sessions_of_one_name_under_two_profiles() -> None:
    """TARGET-8, TARGET-11: what one profile began is no state of the other; closing forgets both."""
    target = counting()
    hardened = {**report("a", 0), "profile": "hardened"}
    assert ask(target, report("a", 0))["output"]["ciphertext"] == "1"
    assert ask(target, hardened)["output"]["ciphertext"] == "1"
    assert ask(target, report("a", 0))["output"]["ciphertext"] == "2"
    assert ask(target, hardened)["output"]["ciphertext"] == "2"
    ask(target, {"id": 2, "operation": "session.close", "session": "a"})
    assert ask(target, hardened)["output"]["ciphertext"] == "1"
    assert ask(target, report("a", 0))["output"]["ciphertext"] == "1"


@pytest.mark.parametrize("name", ["", "s" * 100, "\u00e9" * 50])
def test_names_of_sessions(name: str) -> None:
    """TARGET-2, CONV-7: a session's name has up to 100 bytes of UTF-8."""
    assert ask(counting(), report(name, 0))["output"]["ciphertext"] == "1"


@pytest.mark.parametrize("name", ["\ud800", "a\udfffb", "s" * 101, "\u00e9" * 50 + "s"])
@pytest.mark.parametrize("operation", ["dream.meter_report", "session.close"])
def test_names_that_no_session_has(operation: str, name: str) -> None:
    """TARGET-2, CONV-7: half a surrogate pair is no text, and more than 100 bytes are too many."""
    request = report(name, 0) if operation != "session.close" else {"id": 1, "session": name}
    target = counting()
    answer = ask(target, {**request, "operation": operation})
    assert answer["id"] == 1
    assert answer["error"]["class"] == "malformed"
    assert not target.sessions


def test_a_function_that_fails_ends_the_target(capsys: pytest.CaptureFixture[str]) -> None:
    """TARGET-10: no answer is made up, and the trace is on standard error."""
    answers = io.BytesIO()
    lines = b"".join(json.dumps(report("a", value)).encode() + b"\n" for value in (0, -2, 0))
    with pytest.raises(SystemExit) as caught:
        serve(counting(), io.BytesIO(lines), answers)
    assert caught.value.code == 70
    assert len(answers.getvalue().splitlines()) == 1
    assert "lost its footing" in capsys.readouterr().err


def test_error_classes_are_those_of_the_text() -> None:
    """CONV-2: the list in the text is the list in the code, in its order."""
    text = Path("spec/conventions.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert tuple(row for row in rows if row in ERROR_CLASSES) == ERROR_CLASSES


MODULE = """
def encrypt(modulus, plaintext, randomness):
    return (1 + plaintext * modulus) * pow(randomness, modulus, modulus**2) % modulus**2

NAME, VERSION = "four lines", "1"
OPERATIONS = {"paillier.encrypt": encrypt}
"""


def test_the_command_serves_a_file(tmp_path: Path) -> None:
    """TARGET-1: a module of a few lines is a target, through the command itself."""
    file = tmp_path / "vendor.py"
    file.write_text(MODULE)
    lines = [{"id": 1, "operation": "describe"}, {"id": 2, **ENCRYPT}]
    done = subprocess.run(
        [sys.executable, "-m", "meter_privacy.conformance", "serve", str(file)],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["output"]["operations"] == ["paillier.encrypt"]
    assert second["output"]["ciphertext"] == f"{(1 + 3 * 35) * pow(2, 35, 35 * 35) % (35 * 35):x}"


@pytest.mark.parametrize("content", ["", "OPERATIONS = []", "OPERATIONS = {'paillier.sing': len}"])
def test_modules_that_cannot_be_served(tmp_path: Path, content: str) -> None:
    """TARGET-7: a module without known operations is refused with what is wrong."""
    file = tmp_path / "vendor_wrong.py"
    file.write_text(content)
    with pytest.raises(ImplementationError, match=r"OPERATIONS|no table"):
        load_implementation(str(file), TABLES)
    with pytest.raises(ImplementationError, match="no module"):
        load_implementation(str(tmp_path / "missing.py"), TABLES)
