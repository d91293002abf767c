"""SQLAlchemy's engine for asyncio without its sessions: they bring the whole ORM, which nobody here has.

That is a quarter of what opening the store takes to import. The package is entered here without its own
module, which is carried out for whoever asks for a name of it.
"""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

import sqlalchemy.ext

_NAME = "sqlalchemy.ext.asyncio"


class _Package(ModuleType):
    def __getattr__(self, name: str) -> Any:
        """Carry the package's own module out for a name that is no submodule's."""
        if self.__class__ is ModuleType or name.startswith("__") or find_spec(f"{_NAME}.{name}"):
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        if self.__spec__ is not None and self.__spec__.loader is not None:
            self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def _enter() -> None:
    spec = find_spec(_NAME)
    if _NAME not in sys.modules and spec is not None:
        package = module_from_spec(spec)
        package.__class__ = _Package
        sys.modules[_NAME] = package
        sqlalchemy.ext.asyncio = package


_enter()

from sqlalchemy.ext.asyncio.engine import (  # noqa: E402 - the package is entered first
    AsyncConnection,
    AsyncEngine,
    create_async_engine,
)

__all__ = ["AsyncConnection", "AsyncEngine", "create_async_engine"]
