"""CMake and pkg-config: built, installed, used by a consumer. The Zephyr module: read as far as it is plain.

No Zephyr tree is at hand: its build functions are replaced by recorders, Kconfig is read by its keywords.
"""

import re
import subprocess
from pathlib import Path

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


@pytest.mark.needs("cmake")
@pytest.mark.parametrize("chosen", ["", "CONSTANT_TIME_MULTIPLY", "EXTERNAL_SHA256"])
def test_the_zephyr_module_gives_its_sources(tmp_path: Path, chosen: str) -> None:
    module = yaml.safe_load((NATIVE / "zephyr" / "module.yml").read_text(encoding="utf-8"))
    assert module.keys() == {"name", "build"}
    assert module["build"].keys() == {"cmake", "kconfig"}
    assert (NATIVE / module["build"]["kconfig"]).is_file()
    listing = NATIVE / module["build"]["cmake"] / "CMakeLists.txt"
    script = tmp_path / "recorders.cmake"
    script.write_text(RECORDERS, encoding="utf-8")
    options = [f"-DMODULE={listing}", "-DCONFIG_METER_PRIVACY=y"]
    options += [f"-DCONFIG_METER_PRIVACY_{chosen}=y"] if chosen else []
    said = run("cmake", *options, "-P", script)
    sources = re.search(r"sources (.*)", said)
    assert sources is not None
    given = {Path(path).resolve() for path in sources[1].split(";" if ";" in sources[1] else " ")}
    assert given == set((NATIVE / "src").glob("*.c"))
    include = re.search(r"include (.*)", said)
    assert include is not None
    assert Path(include[1]).resolve() == NATIVE / "include"
    defined = dict(re.findall(r"define MPRIV_(\w+)=([01])$", said, re.M))
    # In Zephyr the choice of limbs is the compiler's, that of the profiles the device's.
    header = (NATIVE / "include" / "meter_privacy_config.h").read_text(encoding="utf-8")
    switches = set(re.findall(r"^#ifndef MPRIV_(\w+)$", header, re.M))
    assert set(defined) == switches - {"LIMB_BITS", "PUBLISHED", "HARDENED"}
    assert {name for name, value in defined.items() if value == "1"} == ({chosen} if chosen else set())
    assert run("cmake", f"-DMODULE={listing}", "-P", script) == ""


def test_kconfig_declares_what_cmake_asks() -> None:
    kconfig = (NATIVE / "zephyr" / "Kconfig").read_text(encoding="utf-8")
    listing = (NATIVE / "zephyr" / "CMakeLists.txt").read_text(encoding="utf-8")
    declared = set(re.findall(r"^config (\w+)$", kconfig, re.M))
    (choices,) = re.findall(r"foreach\(choice ([A-Z0-9_ ]+)\)", listing)
    asked = {f"METER_PRIVACY_{choice}" for choice in choices.split()}
    assert declared == {"METER_PRIVACY", *asked}
    assert len(re.findall(r"^if ", kconfig, re.M)) == len(re.findall(r"^endif$", kconfig, re.M))
    words = ("config ", "\tbool ", "\thelp", "\tdefault ", "\t  ", "if ", "endif")
    assert all(not line or line.startswith(words) for line in kconfig.splitlines())
