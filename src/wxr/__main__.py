"""`python -m wxr` is `wxr`."""

from wxr.cli import main

main()
