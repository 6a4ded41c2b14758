"""The report as one self-contained HTML file."""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

import jinja2
import yaml

from meter_privacy.conformance.verdict import Verdict


def _pretty(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)


def _yaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)
    return text


def render(document: Mapping[str, Any]) -> bytes:
    """Fill the template with the JSON report."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters |= {"pretty": _pretty, "yaml": _yaml}
    template = resources.files("meter_privacy.conformance.reports") / "report.html"
    source = template.read_text(encoding="utf-8")
    verdicts = [str(verdict) for verdict in Verdict if str(verdict) in document["totals"]]
    return environment.from_string(source).render(report=document, verdicts=verdicts).encode()
