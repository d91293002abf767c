"""The parser's state while it reads blocks, with lighter tokens; loaded with the first Markdown document."""

from typing import TYPE_CHECKING, Literal, cast

from markdown_it.rules_block import StateBlock
from msgspec import Struct, field

if TYPE_CHECKING:
    from markdown_it.token import Token


class Block(Struct, dict=True):
    """What a rule notes of a block: the parser's own `Token`, made in a fifth of the time.

    Rules set more of a token than is read here; what they set beyond these fields is kept, too.
    """

    type: str
    tag: str
    nesting: int
    level: int
    map: list[int] | None = None
    content: str = ""
    markup: str = ""
    info: str = ""
    attrs: dict[str, str | int | float] = field(default_factory=dict)
    hidden: bool = False
    block: bool = True


class LightState(StateBlock):
    """Notes blocks as `Block`."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> "Token":
        """Note the beginning or end of a block, or a whole one, as rules do."""
        if nesting < 0:
            self.level -= 1
        token = cast("Token", Block(ttype, tag, nesting, self.level))
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token
