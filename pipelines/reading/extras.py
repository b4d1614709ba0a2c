"""Libraries that only an extra installs."""

import importlib
from types import ModuleType

from pipelines.items import Reason
from pipelines.reading.budget import UnreadableError


def extra(name: str, reason: Reason) -> ModuleType:
    """Import a library at the moment it is needed; UnreadableError with `reason` when its extra is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UnreadableError(reason) from None
