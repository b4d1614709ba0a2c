"""The formats there are: every file in the package `formats`, found by listing it."""

import importlib
import pkgutil
from pathlib import Path

from pipelines.reading import formats
from pipelines.reading.format import Format


def load_formats(more_folders: tuple[Path, ...] = ()) -> tuple[Format, ...]:
    """Import every file of the package, and of further folders, and return their formats in order of rank."""
    formats.__path__.extend(str(folder) for folder in more_folders)
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    found: list[Format] = []
    for name in names:
        found.extend(importlib.import_module(f"{formats.__name__}.{name}").FORMATS)
    return tuple(sorted(found, key=lambda kind: kind.rank))
