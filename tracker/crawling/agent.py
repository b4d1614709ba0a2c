"""The name under which this program asks."""

import re
from importlib import metadata

_DISTRIBUTION = "republication-tracker"


def user_agent(contact: str | None) -> str:
    """Return the honest user agent, with the case's contact when it has one."""
    try:
        version = metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        version = "0"
    shown = re.sub(r"[^!-'*-~ ]", "", contact or "").strip()[:200]
    return f"{_DISTRIBUTION}/{version} (+{shown})" if shown else f"{_DISTRIBUTION}/{version}"
