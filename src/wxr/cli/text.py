"""Text of strangers on a terminal."""


def printable(text: str) -> str:
    """Give text on one line that no terminal takes for a command.

    Titles and paths can hold escape sequences; direction marks can turn a line round.
    """
    return "".join(c if c.isprintable() else _shown(c) for c in text)


def _shown(character: str) -> str:
    """A space stays one: only its width may surprise, and French needs it."""
    return " " if character.isspace() else "\ufffd"
