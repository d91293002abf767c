"""The columns of a table: whether their names say what the cells below hold, and which cell has which."""

from msgspec import Struct, field

from monitor.extract.layouts.fields import all_telling, telling
from monitor.extract.passage import Builder

_MOST_COLUMNS = 200


class TableColumns(Struct):
    """Follows one table cell by cell; `names` are the heads seen, `telling` that they name fields."""

    names: list[str] = field(default_factory=list)
    telling: bool = False
    row: int = 0
    column: int = -1
    headed: int | None = None
    """Where in the builder's parts the text of a head begins; None in a plain cell."""

    @property
    def in_named_cell(self) -> bool:
        """Tell whether a cell of a telling table is open."""
        return self.column >= 0 and self.telling

    @property
    def may_name_row(self) -> bool:
        """Tell whether a head here may name its row, the columns being named already."""
        return self.telling and self.row > 1

    def begin_cell(self, builder: Builder, *, heads: bool) -> str | None:
        """Begin a cell; return its column's name where that says what the cell holds."""
        self.column += 1
        if heads and self.column == 0:
            self.names, self.telling = [], False
        self.headed = len(builder.parts) if heads or self.row == 1 else None
        if heads or not self.telling or self.column >= len(self.names):
            return None
        return self.names[self.column] or "-"

    def end_cell(self, builder: Builder, *, heads: bool) -> None:
        """End a cell: a head's text is its column's name."""
        if self.headed is not None and len(self.names) < _MOST_COLUMNS:
            shown = "".join(builder.parts[self.headed :])
            self.names.append(" ".join(shown.split()))
            self.telling = self.telling or (heads and telling(self.names[-1:]))
        self.headed = None

    def next_row(self) -> None:
        """Begin a row; a first row of plain cells is a heading if its cells all name what lies below."""
        self.column = -1
        self.row += 1
        if self.row == 2 and self.names and not self.telling:
            self.telling = len(self.names) > 1 and all_telling(self.names)
            self.names = self.names if self.telling else []
