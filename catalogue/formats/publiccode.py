"""publiccode.yml (https://yml.publiccode.tools, 0.5) of a solution whose code is open, from what its sheet says."""

from collections.abc import Iterator
from typing import Any

import yaml
from django.utils.text import Truncator

from metropole.contributions.prose import to_text
from metropole.organisations.models import Organisation

from ..enums import Licensing, SolutionKind, SolutionStatus
from ..models import SolutionPage

VERSION = "0.5.0"
SHORTEST, SHORT, LONG = 150, 150, 10_000
MANDATORY = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "description/[lang]/shortDescription",
    "description/[lang]/longDescription",
    "description/[lang]/features",
    "legal/license",
    "maintenance/type",
    "maintenance/contacts",
    "localisation/localisationReady",
    "localisation/availableLanguages",
)
_STATUS = {
    SolutionStatus.RESEARCH: "development",
    SolutionStatus.TRIAL: "beta",
    SolutionStatus.IN_SERVICE: "stable",
    SolutionStatus.STOPPED: "obsolete",
}


def is_open_source(page: SolutionPage) -> bool:
    return page.licensing in (Licensing.OPEN, Licensing.MIXED) and page.kind != SolutionKind.HARDWARE


def publiccode(page: SolutionPage, versions: dict[str, SolutionPage], users: list[Organisation]) -> dict[str, Any]:
    """The keys of which something is known. ``versions``: the sheet in each of its languages."""
    known = {
        "publiccodeYmlVersion": VERSION,
        "name": page.title,
        "url": page.repository,
        "landingURL": page.website,
        "usedBy": [str(user) for user in users],
        "developmentStatus": _STATUS.get(page.status, ""),
        "description": {language: dict(_description(version)) for language, version in versions.items()},
        "legal": {"license": page.spdx} if page.spdx else {},
    }
    return {key: value for key, value in known.items() if value}


def publiccode_text(document: dict[str, Any], page: SolutionPage) -> str:
    """The file, which says where it comes from, under which licence, and what it lacks."""
    missing = ", ".join(key for key in MANDATORY if not _has(document, key.split("/")))
    lines = [
        f"Drawn from the sheet {page.full_url}",
        f"SPDX-License-Identifier: {page.licence}",
        "Not the publisher's own file, which lies with the source code if there is one.",
        *([f"Nobody has given these keys, which the standard asks for: {missing}"] if missing else []),
    ]
    comment = "".join(f"# {line}\n" for line in lines)
    return comment + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def _description(page: SolutionPage) -> Iterator[tuple[str, str]]:
    yield "localisedName", page.title
    yield "shortDescription", Truncator(" ".join(page.summary.split())).chars(SHORT)
    long = to_text(page.problem_and_use)
    if len(long) >= SHORTEST:
        yield "longDescription", Truncator(long).chars(LONG)


def _has(document: dict[str, Any], path: list[str]) -> bool:
    """Whether a key is there; "[lang]" stands for any of the languages."""
    if not path:
        return True
    first, *rest = path
    inner = list(document.values()) if first == "[lang]" else [document[first]] if first in document else []
    return any(_has(value, rest) if isinstance(value, dict) else not rest for value in inner)
