"""mypy, taught what a `msgspec.Struct` is: declared as a dataclass, and none.

What `dataclasses` offers takes no struct, yet mypy would let one pass, to fail when it runs. And `replaced`
of `monitor/model/values.py` takes the fields of the struct it is given, with their types, as
`dataclasses.replace` does. tests/house/test_structs.py tries both.
"""

from collections.abc import Callable

from mypy.plugin import FunctionContext, FunctionSigContext, Plugin
from mypy.plugins.dataclasses import replace_function_sig_callback
from mypy.types import CallableType, Instance, Type, TypeType, TypeVarType, UnionType, get_proper_type

STRUCT = "msgspec.Struct"
FOR_DATACLASSES = {f"dataclasses.{name}" for name in ("replace", "fields", "asdict", "astuple")}
FOR_STRUCTS = {"monitor.model.values.replaced", "msgspec.structs.replace"}


def may_be_a_struct(found: Type) -> bool:
    """Tell whether a value of this type may be a struct, or a class of structs."""
    match get_proper_type(found):
        case UnionType(items=items):
            return any(map(may_be_a_struct, items))
        case TypeType(item=item):
            return may_be_a_struct(item)
        case TypeVarType(upper_bound=bound):
            return may_be_a_struct(bound)
        case CallableType() as made if made.is_type_obj():
            return may_be_a_struct(made.ret_type)
        case Instance(type=cls):
            return cls.has_base(STRUCT)
        case _:
            return False


def refuse_structs(context: FunctionContext) -> Type:
    """Report a struct where only a dataclass serves."""
    if may_be_a_struct(context.arg_types[0][0]):
        context.api.fail("A struct is no dataclass: see monitor/model/values.py", context.context)
    return context.default_return_type


def refuse_others(context: FunctionContext) -> Type:
    """Report a value that is surely no struct where only a struct serves."""
    given = get_proper_type(context.arg_types[0][0])
    if isinstance(given, Instance) and not may_be_a_struct(given):
        context.api.fail("No struct: dataclasses.replace is for it", context.context)
    return context.default_return_type


class Structs(Plugin):
    """Hooks of mypy, by the full name of the function that is called."""

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Look at what a call is given."""
        if fullname in FOR_DATACLASSES:
            return refuse_structs
        return refuse_others if fullname in FOR_STRUCTS else None

    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], CallableType] | None:
        """Give what replaces fields of a struct the signature of that struct."""
        return replace_function_sig_callback if fullname in FOR_STRUCTS else None


def plugin(_version: str) -> type[Structs]:
    """Return the plugin, as mypy asks for it."""
    return Structs
