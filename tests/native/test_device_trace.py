"""The C core's machine code for each device, run on two sets of secrets: the same way through code and data.

The emulator hashes the address of every instruction and of every access between two marks. Two sets of
secrets are no proof for all; a branch and a table look-up that are planted are told apart.
"""

import random
import subprocess
import time
from math import gcd
from pathlib import Path

import pytest
from sympy import randprime

from meter_privacy.conformance import emulator
from tests.native.test_disassembly import DEVICES, SOURCES

NATIVE = Path(__file__).resolve().parents[2] / "native"
BOARDS = {
    "cortex-m0plus": ("mps2-an385", "startup_arm.c", "uart_cmsdk.c", []),
    "cortex-m3": ("mps2-an385", "startup_arm.c", "uart_cmsdk.c", []),
    "cortex-m4": ("mps2-an386", "startup_arm.c", "uart_cmsdk.c", []),
    "cortex-m33": (
        "mps2-an505", "startup_arm.c", "uart_cmsdk.c",
        ["-DUART_BASE=0x50200000U", "-DUART_LINES=3U", "-DUART_LINES_REGISTER=1U"],
    ),
    "riscv32": ("virt", "startup_riscv.c", "uart_16550.c", ["-misa-spec=2.2", "-mcmodel=medany"]),
}  # fmt: skip
CONTROLS = 2
QUICK = {("cortex-m3", "-O2"), ("riscv32", "-O2")}  # the others in the nightly run
SECONDS = 120


def prime(generator: random.Random, bits: int) -> int:
    """One of the largest primes of so many bits."""
    made: int = randprime((1 << bits) - generator.randrange(1, 1 << (bits - 2)), 1 << bits)
    return made


def initialiser(data: bytes) -> str:
    return "{" + ", ".join(f"0x{byte:02x}" for byte in data) + "}"


def secrets() -> str:
    """Two worlds of secrets, all in range, and a modulus that is public to both."""
    generator = random.Random("trace")
    public = prime(generator, 64) * prime(generator, 72)
    worlds = []
    for bit in range(2):
        p, q = prime(generator, 64), prime(generator, 72)
        n = p * q
        c, r, x = (generator.getrandbits(120) | 1 for _ in range(3))
        assert gcd(c * r * x, n * public) == 1 == gcd(n, (p - 1) * (q - 1))
        parts = b"".join(generator.getrandbits(120).to_bytes(17, "big") for _ in range(3))
        worlds.append([
            initialiser(p.to_bytes(8, "big")),
            initialiser(q.to_bytes(9, "big")),
            initialiser(generator.getrandbits(120).to_bytes(17, "big")),
            initialiser(r.to_bytes(17, "big")),
            initialiser(c.to_bytes(34, "big")),
            initialiser(pow(x, n, n * n).to_bytes(34, "big")),
            initialiser(parts),
            initialiser(generator.randbytes(32)),
            initialiser(generator.randbytes(32)),
            initialiser(generator.randrange(1, 500).to_bytes(2, "big")),
            initialiser(generator.randrange(520, 1000).to_bytes(2, "big")),
            initialiser(generator.randbytes(90)),
            str(generator.randrange(1, 1000)),
            str(generator.randrange(1, 101)),
            str(bit),
        ])  # fmt: skip
    values = ",\n".join("{" + ", ".join(world) + "}" for world in worlds)
    return f"""
typedef struct {{
    uint8_t p[8], q[9], m[17], r[17], c[34], b[34], record[51], key[32], another[32], secret[2], nonce[2];
    uint8_t random[90];
    uint32_t reading, multiplier;
    uint8_t bit;
}} world;
static const uint8_t public_n[17] = {initialiser(public.to_bytes(17, "big"))};
static const world worlds[2] = {{{values}}};
"""


def image(directory: Path, name: str, level: str) -> Path:
    """The image of native/tests/trace.c."""
    device, (board, startup, serial, options) = DEVICES[name], BOARDS[name]
    (directory / "secrets.h").write_text(secrets(), encoding="utf-8")
    firmware = NATIVE / "firmware"
    files = [NATIVE / "tests" / "trace.c", *SOURCES]
    files += [firmware / file for file in ("mark.c", "memory.c", startup, serial)]
    made = directory / "trace.elf"
    command = [f"{device.prefix}gcc", "-std=c11", *device.options, *options, level, "-ffreestanding"]
    command += ["-ffunction-sections", "-fdata-sections", "-fno-tree-loop-distribute-patterns", "-nostdlib"]
    command += ["-nostartfiles", "-Wl,--gc-sections", f"-Wl,-T,{firmware / board}.ld"]
    command += [f"-I{path}" for path in (directory, NATIVE / "include", NATIVE / "src", firmware)]
    subprocess.run([*command, *map(str, files), "-lgcc", "-o", str(made)], cwd=firmware, check=True)
    return made


def traced(directory: Path, name: str, level: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Of each operation the two codes; of each of its two runs the instructions and the hash of the way."""
    elf = image(directory, name, level)
    plugin = directory / "icount.so"
    source = NATIVE / "firmware" / "icount" / "icount.c"
    command = ["cc", "-std=c11", "-O2", "-shared", "-fPIC", "-fvisibility=hidden", str(source)]
    subprocess.run([*command, "-o", str(plugin)], check=True)
    symbols = subprocess.run(
        [f"{DEVICES[name].prefix}nm", str(elf)], capture_output=True, text=True, check=True
    ).stdout
    (address,) = [int(line.split()[0], 16) & ~1 for line in symbols.splitlines() if line.endswith(" T mark")]
    count = (NATIVE / "tests" / "trace.c").read_text(encoding="utf-8")
    count = count.split("operations[])(void) = {")[1].split("};")[0]
    operations = len(count.replace("\n", " ").strip().rstrip(",").split(","))
    marks = directory / "marks"
    arguments = [*emulator.MACHINES[name].command(elf), "-plugin"]
    process = subprocess.Popen(
        [*arguments, f"{plugin},mark={address:#x},out={marks},trace=on"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    assert process.stdout is not None
    answer, until = b"", time.monotonic() + SECONDS
    try:
        while len(answer) < 2 * operations and time.monotonic() < until:
            more = process.stdout.read(2 * operations - len(answer))
            assert more, "the emulator ended"
            answer += more
    finally:
        process.kill()
        process.wait()
    lines = [tuple(map(int, line.split())) for line in marks.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 4 * operations
    ways = [(end[0] - begin[0], end[2]) for begin, end in zip(lines[::2], lines[1::2], strict=True)]
    return list(zip(answer[::2], answer[1::2], strict=True)), ways


@pytest.mark.parametrize(
    ("name", "level"),
    [
        pytest.param(
            name, level, id=f"{name}{level}",
            marks=[
                pytest.mark.needs(f"{device.prefix}gcc", emulator.MACHINES[name].emulator, "cc"),
                *([] if (name, level) in QUICK else [pytest.mark.nightly]),
            ],
        )
        for name, device in DEVICES.items() if name in emulator.MACHINES for level in ("-O2", "-Os", "-O3")
    ],
)  # fmt: skip
def test_two_sets_of_secrets_go_the_same_way(tmp_path: Path, name: str, level: str) -> None:
    codes, ways = traced(tmp_path, name, level)
    first, second = ways[::2], ways[1::2]
    assert codes == [(0, 0)] * len(codes)
    assert all(instructions > 500 for instructions, _ in first[:-CONTROLS])
    assert first[:-CONTROLS] == second[:-CONTROLS]
    # The controls: another way, or as long a way to another address.
    branch, load = zip(first[-CONTROLS:], second[-CONTROLS:], strict=True)
    assert branch[0] != branch[1]
    assert load[0][0] == load[1][0]
    assert load[0][1] != load[1][1]
