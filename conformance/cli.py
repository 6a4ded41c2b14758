"""The command `meter-privacy`. Every subcommand is a thin function that calls its module."""

import sys
from pathlib import Path

import click
from meter_privacy.conformance.tables import TableError, load_tables

USAGE = 2


class Refused(click.ClickException):
    """A message for the user and exit code 2."""

    exit_code = USAGE


_operations_option = click.option(
    "--operations",
    "extra_tables",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further directory of operation tables (*.toml).",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="meter-privacy")
def main() -> None:
    """Privacy-preserving smart metering: specification, reference, vectors and conformance suite."""


@main.command()
@click.argument("module")
@_operations_option
def serve(module: str, extra_tables: tuple[Path, ...]) -> None:
    """Make MODULE a target: reference, native, a Python module or a .py file that lists OPERATIONS."""
    from meter_privacy.conformance.implementation import ImplementationError, load_implementation
    from meter_privacy.conformance.serve import serve as run

    try:
        implementation = load_implementation(module, load_tables(extra_tables))
    except (ImplementationError, TableError) as error:
        raise Refused(str(error)) from error
    run(implementation, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
