"""Progress that is written down."""

from dataclasses import dataclass, field


@dataclass
class Noted:
    """Each stage's name with its total and the steps done, and the notes."""

    stages: list[list] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def stage(self, name, total=None):
        self.stages.append([name, total, 0])

    def expect(self, total):
        self.stages[-1][1] = total

    def advance(self, steps=1):
        self.stages[-1][2] += steps

    def note(self, message):
        self.notes.append(message)

    def clear(self):
        pass
