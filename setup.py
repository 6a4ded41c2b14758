"""The C extension and the wheel's stable-ABI tag; everything else stands in pyproject.toml."""

from setuptools import setup

setup(
    cffi_modules=["native/build_core.py:ffibuilder"],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
