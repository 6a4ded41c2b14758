"""valgrind sees every secret of the C core as undefined: no branch and no address may depend on one.

One path, one input for each operation; a multiplication whose time depends on its operands is not seen.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "native"
LEVELS = ("-O0", "-O1", "-O2", "-O3", "-Os")
REPORTED = 99


def needs(compiler: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.needs(compiler, "valgrind")]


BUILDS = [
    pytest.param(compiler, level, limbs, marks=needs(compiler), id=f"{compiler}{level}-{limbs}")
    for compiler in ("gcc", "clang", "clang-19")
    for level in LEVELS
    for limbs in ("64", "32", "32-constant-time-multiply")
    if limbs == "64" or level in ("-O2", "-Os")
]


# Privacy power's and the batteries' solvers are given no secret, but the sampler is.
SOLVERS = ("batteries", "elementary", "privacy_power")
SAMPLER = "privacy_power_sample.c"


def build(directory: Path, compiler: str, *flags: str, sources: Path = NATIVE / "src") -> Path:
    program = directory / "taint"
    files = sorted(
        str(source) for source in sources.glob("*.c")
        if source.name == SAMPLER or not source.name.startswith(SOLVERS)
    )  # fmt: skip
    include = ["-I", str(NATIVE / "include"), "-I", str(sources)]
    command = [
        compiler,
        "-std=c11",
        "-gdwarf-4",
        "-DMPRIV_TAINT=1",
        *flags,
        *include,
        *files,
        str(NATIVE / "tests" / "taint.c"),
    ]
    subprocess.run([*command, "-o", str(program)], check=True)
    return program


def memcheck(program: Path, operation: str) -> subprocess.CompletedProcess[str]:
    command = ["valgrind", "--quiet", f"--error-exitcode={REPORTED}", str(program), operation]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("compiler", "level", "limbs"), BUILDS)
def test_secrets_reach_no_branch_and_no_address(
    tmp_path: Path, compiler: str, level: str, limbs: str
) -> None:
    bits, _, choice = limbs.partition("-")
    choices = ["-DMPRIV_CONSTANT_TIME_MULTIPLY=1"] if choice else []
    program = build(tmp_path, compiler, level, f"-DMPRIV_LIMB_BITS={bits}", *choices)
    report = memcheck(program, "all")
    assert report.returncode == 0, report.stderr
    for control in ("branch", "load"):
        assert memcheck(program, control).returncode == REPORTED, control


@pytest.mark.parametrize(
    ("compiler", "level"),
    [
        pytest.param(compiler, level, marks=needs(compiler), id=f"{compiler}{level}")
        for compiler in ("gcc", "clang", "clang-19")
        for level in ("-O2", "-Os")
    ],
)
@pytest.mark.parametrize("limbs", ["64", "32"])
def test_the_portable_barrier(tmp_path: Path, compiler: str, level: str, limbs: str) -> None:
    flags = ("-DMPRIV_PORTABLE_BARRIER=1", f"-DMPRIV_LIMB_BITS={limbs}", "-DMPRIV_CONSTANT_TIME_MULTIPLY=1")
    report = memcheck(build(tmp_path, compiler, level, *flags), "all")
    assert report.returncode == 0, report.stderr


def test_every_operation_that_takes_a_secret_is_followed() -> None:
    """Every function of the headers but those of public data, such as sizes, and what the vendor gives."""
    text = (NATIVE / "tests" / "taint.c").read_text(encoding="utf-8")
    # The solvers of privacy power and batteries see public data only, but for the sampler's draw.
    assert "mpriv_privacy_power_select(" in text
    headers = [
        path.read_text(encoding="utf-8")
        for path in (NATIVE / "include").glob("*.h")
        if path.name not in ("meter_privacy_power.h", "meter_privacy_batteries.h")
    ]
    functions = {
        name
        for header in headers
        for name in re.findall(r"^[a-zA-Z].*\b(mpriv_(?!external_)\w+)\(", header, re.M)
        if not name.endswith("_vartime")
    }
    public = {name for name in functions if re.search(r"_(scratch|element|scalar|random)_bytes$", name)}
    public |= {"mpriv_version", "mpriv_limb_bits", "mpriv_group_named"}
    assert len(functions - public) > 50
    assert {name for name in functions - public if f"{name}(" not in text} == {
        # Parts of mpriv_dream_authenticate and of every other function with a key.
        "mpriv_hmac_init",
        "mpriv_hmac_final",
        # Without a branch in any form.
        "mpriv_wipe",
    }
    # Each is run.
    for name in re.findall(r"^static int (\w+)\(void\)", text, re.M):
        assert re.search(rf'\{{"[a-z-]+", {name}\}}', text), name


LEAKS = {
    "draw kept by what it is": (
        "store.c",
        "if (mpriv_declassified(borrow & mpriv_barrier32((any + 0xFFU) >> 8)) != 0U) {",
        "if (borrow == 1U && bytes[length - 1U] != 3U && any != 0U) {",
    ),
    "table indexed by the exponent": (
        "modular.c",
        "mpriv_look_up(chosen, table, length, window,"
        " mpriv_digit(exponent, exponent_bits, position, window));",
        "memcpy(chosen, table + mpriv_digit(exponent, exponent_bits, position, window) * length,"
        " length * sizeof *chosen);",
    ),
    "subtraction only where needed": (
        "limbs.c",
        "const mpriv_limb borrow = mpriv_subtract_masked(z, m, n, mpriv_mask(bit));",
        "const mpriv_limb borrow = bit ? mpriv_subtract_masked(z, m, n, (mpriv_limb)-1) : 0;",
    ),
    "division steps until nothing is left": (
        "gcd.c",
        "for (done = 0; done < needed; done += BATCH) {\n        delta = steps(delta, f[0], g[0], &m);",
        "for (done = 0; mpriv_any(g, n + 1U); done += BATCH) {\n"
        "        delta = done < needed ? steps(delta, f[0], g[0], &m) : 0;",
    ),
    "early answer for a plaintext out of range": (
        "paillier.c",
        "shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);",
        "if (range) { return MPRIV_ERROR_RANGE; }\n"
        "    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);",
    ),
    "points added only for digits that are not 0": (
        "group.c",
        "add_points(room, z, z, room->chosen);",
        "if (mpriv_digit(scalar, room->q_bits, position, room->window)) {"
        " add_points(room, z, z, room->chosen); }",
    ),
    "signature's salt compared by branch": (
        "blind.c",
        "differs = (uint8_t)(differs | (expected[i] ^ digest[i]));",
        "if (expected[i] != digest[i]) { differs = 1; break; }",
    ),
    "reading cut by branch": (
        "noise.c",
        "*value_wh = cut(&changed, reading_wh, maximum_wh);",
        "*value_wh = reading_wh > maximum_wh ? maximum_wh : cut(&changed, reading_wh, maximum_wh);\n"
        '    changed = 0; __asm__ volatile("nop");',
    ),
    "search that stops at the first threshold above": (
        "noise.c",
        "share += reaches(first, thresholds[i]);",
        "if (first < thresholds[i]) { break; } share += reaches(first, thresholds[i]);",
    ),
    "dummy keys by branch": (
        "dream_meter.c",
        "*selected = below | everybody;",
        '*selected = 0; if (below | everybody) { *selected = 1; __asm__ volatile("nop"); }',
    ),
    "sum that ends at a word out of range": (
        "dream.c",
        "        bits |= words[i];",
        "        bits |= words[i];\n        if (bits >> 40) { break; }",
    ),
    "selection by branch": (
        "dream.c",
        "selected[i] = (uint8_t)(borrow | everybody);",
        'if (borrow | everybody) { selected[i] = 1; __asm__ volatile("nop"); } else { selected[i] = 0; }',
    ),
    "answer sent to its place alone": (
        "load_comparison.c",
        "for (place = 0; place < count; place++) {",
        "for (place = number; place == number && place < count; place++) {",
    ),
    "bit of a level by branch": (
        "load_comparison.c",
        "mpriv_move_masked(state->b, state->g, state->limbs, mpriv_mask(bit));",
        "if (bit) { memcpy(state->b, state->g, state->limbs * sizeof *state->b); }",
    ),
    "level cut by branch": (
        "load_comparison.c",
        "mask = mpriv_barrier32(0U - (uint32_t)mpriv_exceeds(quotient, most));",
        'mask = quotient > most ? UINT32_MAX : 0; if (mask) { __asm__ volatile("nop"); }',
    ),
}


@pytest.mark.needs("gcc", "valgrind")
@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_planted_in_the_library_is_seen(tmp_path: Path, leak: str) -> None:
    name, honest, leaking = LEAKS[leak]
    copy = tmp_path / "src"
    shutil.copytree(NATIVE / "src", copy)
    text = (copy / name).read_text(encoding="utf-8")
    assert honest in text
    (copy / name).write_text(text.replace(honest, leaking), encoding="utf-8")
    report = memcheck(build(tmp_path, "gcc", "-O1", sources=copy), "all")
    assert report.returncode == REPORTED, report.stderr
