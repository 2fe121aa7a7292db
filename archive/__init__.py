"""The archive: keeps bytes true. Its front door is `__init__.pyi`; inner rooms may move.

A room is opened when one of its names is first asked for: who reads a page needs the words of the
model, and no database.
"""

import ast
from importlib import import_module
from pathlib import Path


def _doors() -> dict[str, tuple[str, str]]:
    """Each public name, its module and what it is called there: told once, in the stub."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_bytes())
    return {
        one.asname or one.name: (room.module or "", one.name)
        for room in stub.body
        if isinstance(room, ast.ImportFrom)
        for one in room.names
    }


_DOORS = _doors()
__all__ = list(_DOORS)


def __getattr__(name: str) -> object:
    """A public name, which opens its room. Source: PEP 562."""
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room, inner = _DOORS[name]
    found = globals()[name] = getattr(import_module(room), inner)
    return found


def __dir__() -> list[str]:
    return __all__
