"""One target under atheris: `python -m tests.fuzz.guided TARGET [options]`."""

import sys

import atheris

with atheris.instrument_imports(include=["wxr"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
