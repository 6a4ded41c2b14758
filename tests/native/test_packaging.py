"""CMake and pkg-config: built, installed, used by a consumer. The Zephyr module: configured, not built.

No Zephyr tree is at hand: its Kconfig is read by kconfiglib, as Zephyr reads it, with the processors declared
here; what comes out is given to its CMake file, with recorders in the place of Zephyr's build functions.
"""

import re
import subprocess
from pathlib import Path

import kconfiglib
import pytest
import yaml

NATIVE = Path(__file__).resolve().parents[2] / "native"

CONSUMER = Path(__file__).with_name("consumer.c")
# Nothing chosen; and everything that the headers must know too, and that the vendor brings.
CHOICES = {
    "OFF": [
        "-DMPRIV_LIMB_BITS=32", "-DMPRIV_CONSTANT_TIME_MULTIPLY=1", "-DMPRIV_PORTABLE_ONLY=1",
        "-DMPRIV_PORTABLE_BARRIER=1", "-DMPRIV_EXTERNAL_SHA256=1", "-DMPRIV_EXTERNAL_RANDOM=1",
    ],
    "ON": [],
}  # fmt: skip

PROJECT = """
cmake_minimum_required(VERSION 3.16)
project(consumer LANGUAGES C)
find_package(meter_privacy 0.1 REQUIRED CONFIG)
add_executable(consumer main.c)
target_link_libraries(consumer PRIVATE meter_privacy::meter_privacy)
"""


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(params=["OFF", "ON"], ids=["static", "shared"])
def prefix(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    place = tmp_path / "prefix"
    run(
        "cmake", "-S", NATIVE, "-B", tmp_path / "build", f"-DCMAKE_INSTALL_PREFIX={place}",
        f"-DBUILD_SHARED_LIBS={request.param}", "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_INSTALL_LIBDIR=lib",
        *CHOICES[request.param],
    )  # fmt: skip
    run("cmake", "--build", tmp_path / "build", "--parallel", "2")
    run("cmake", "--install", tmp_path / "build")
    return place


@pytest.mark.needs("cmake", "make", "cc", "pkg-config")
def test_a_consumer_builds_with_pkg_config_and_with_cmake(prefix: Path, tmp_path: Path) -> None:
    source = tmp_path / "main.c"
    source.write_bytes(CONSUMER.read_bytes())
    installed = {path.name for path in (prefix / "include").iterdir()}
    assert installed == {path.name for path in (NATIVE / "include").glob("*.h")}
    search = {"PKG_CONFIG_PATH": str(prefix / "lib" / "pkgconfig")}
    flags = run("pkg-config", "--cflags", "--libs", "meter_privacy", **search).split()
    header = (NATIVE / "include" / "meter_privacy.h").read_text(encoding="utf-8")
    version = re.search(r'^#define MPRIV_VERSION "(.*)"$', header, re.M)
    assert version is not None
    assert run("pkg-config", "--modversion", "meter_privacy", **search).strip() == version[1]
    run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", source, "-o", tmp_path / "consumer", *flags)
    library_path = {"LD_LIBRARY_PATH": str(prefix / "lib")}
    run(tmp_path / "consumer", **library_path)

    (tmp_path / "CMakeLists.txt").write_text(PROJECT, encoding="utf-8")
    run("cmake", "-S", tmp_path, "-B", tmp_path / "use", f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", tmp_path / "use")
    run(tmp_path / "use" / "consumer", **library_path)


RECORDERS = """
function(zephyr_library_named name)
  message(STATUS "named ${name}")
endfunction()
function(zephyr_library_sources)
  message(STATUS "sources ${ARGN}")
endfunction()
function(zephyr_include_directories)
  message(STATUS "include ${ARGN}")
endfunction()
function(zephyr_compile_definitions)
  message(STATUS "define ${ARGN}")
endfunction()
include(${MODULE})
"""


# What Zephyr's own tree declares of a processor.
PROCESSORS = """
config 64BIT
	bool "64 bits"
config CPU_CORTEX_M3
	bool "Cortex-M3"
config CPU_CORTEX_M4
	bool "Cortex-M4"
config CPU_CORTEX_M23
	bool "Cortex-M23"
source "{module}"
"""


def configured(directory: Path, **values: str) -> dict[str, str]:
    """The .config that Kconfig makes of these values, the module's defaults and its own rules."""
    main = directory / "Kconfig"
    main.write_text(PROCESSORS.format(module=NATIVE / "zephyr" / "Kconfig"), encoding="utf-8")
    kconfig = kconfiglib.Kconfig(str(main), warn_to_stderr=False)
    for name, value in values.items():
        assert kconfig.syms[name].set_value(value), name
        assert kconfig.syms[name].str_value == value, name
    assert kconfig.warnings == []
    kconfig.write_config(str(directory / ".config"))
    lines = (directory / ".config").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line.startswith("CONFIG_"))


@pytest.mark.needs("cmake")
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"LIMB_BITS": "32"}),
        ({"64BIT": "y"}, {"LIMB_BITS": "64"}),
        ({"CPU_CORTEX_M4": "y"}, {"LIMB_BITS": "32"}),
        ({"CPU_CORTEX_M3": "y"}, {"LIMB_BITS": "32", "CONSTANT_TIME_MULTIPLY": "1"}),
        ({"CPU_CORTEX_M23": "y"}, {"LIMB_BITS": "32", "CONSTANT_TIME_MULTIPLY": "1"}),
        ({"CPU_CORTEX_M3": "y", "METER_PRIVACY_CONSTANT_TIME_MULTIPLY": "n"}, {"LIMB_BITS": "32"}),
        ({"METER_PRIVACY_LIMB_BITS": "16"}, {"LIMB_BITS": "16"}),
        *(
            ({f"METER_PRIVACY_{choice}": "y"}, {"LIMB_BITS": "32", choice: "1"})
            for choice in ("PORTABLE_ONLY", "PORTABLE_BARRIER", "EXTERNAL_SHA256", "EXTERNAL_RANDOM")
        ),
    ],
    ids=lambda values: "-".join(f"{name}={value}" for name, value in values.items()).lower() or "defaults",
)
def test_the_zephyr_module_gives_its_sources_and_choices(
    tmp_path: Path, values: dict[str, str], expected: dict[str, str]
) -> None:
    module = yaml.safe_load((NATIVE / "zephyr" / "module.yml").read_text(encoding="utf-8"))
    assert module.keys() == {"name", "build"}
    assert module["build"].keys() == {"cmake", "kconfig"}
    assert module["build"]["kconfig"] == "zephyr/Kconfig"
    listing = NATIVE / module["build"]["cmake"] / "CMakeLists.txt"
    script = tmp_path / "recorders.cmake"
    script.write_text(RECORDERS, encoding="utf-8")
    settings = configured(tmp_path, METER_PRIVACY="y", **values)
    said = run(
        "cmake", f"-DMODULE={listing}", *(f"-D{name}={value}" for name, value in settings.items()),
        "-P", script,
    )  # fmt: skip
    sources = re.search(r"sources (.*)", said)
    assert sources is not None
    given = {Path(path).resolve() for path in sources[1].split(";" if ";" in sources[1] else " ")}
    assert given == set((NATIVE / "src").glob("*.c"))
    include = re.search(r"include (.*)", said)
    assert include is not None
    assert Path(include[1]).resolve() == NATIVE / "include"
    defined = dict(re.findall(r"define MPRIV_(\w+)=(\w+)$", said, re.M))
    # The profiles are a choice of the device side, which the module has not.
    header = (NATIVE / "include" / "meter_privacy_config.h").read_text(encoding="utf-8")
    switches = set(re.findall(r"^#ifndef MPRIV_(\w+)$", header, re.M)) - {"PUBLISHED", "HARDENED"}
    assert defined == dict.fromkeys(switches, "0") | expected


@pytest.mark.needs("cmake")
def test_a_zephyr_module_that_is_not_chosen_gives_nothing(tmp_path: Path) -> None:
    script = tmp_path / "recorders.cmake"
    script.write_text(RECORDERS, encoding="utf-8")
    assert configured(tmp_path) == {}
    assert run("cmake", f"-DMODULE={NATIVE / 'zephyr' / 'CMakeLists.txt'}", "-P", script) == ""
