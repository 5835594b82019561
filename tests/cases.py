"""Case files: a title, the input and the expected output between lines of one dot."""

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One case of a file."""

    title: str
    input: str
    expected: str


def cases(folder: Path) -> list[Case]:
    """Give all cases of a folder's files, in order."""
    found: list[Case] = []
    for path in sorted(folder.glob("*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        dots = [number for number, line in enumerate(lines) if line == "."]
        for first, second, third in zip(*[iter(dots)] * 3, strict=True):
            title = next(line for line in reversed(lines[:first]) if line)
            given = "\n".join(lines[first + 1 : second])
            expected = "\n".join(lines[second + 1 : third])
            found.append(Case(f"{path.stem}: {title}", given, expected))
    return found
