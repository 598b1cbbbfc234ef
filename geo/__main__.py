"""`python -m geo`, and the command `journey-map` of an installation."""

import gc
import io
import sys

MADE_BETWEEN_COLLECTIONS = 100_000
"""Objects; of the 700 that Python counts to, one large table would make it look through all again
and again, a fifth of the time that `check` takes."""


def run() -> None:
    """Run the command line under the name by which it was called."""
    gc.set_threshold(MADE_BETWEEN_COLLECTIONS)
    try:
        from geo.cli.main import main

        # A name that the terminal cannot show is written out instead of ending the command.
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        main()
    except KeyboardInterrupt:
        # Before there is a command to stop, while the libraries start.
        sys.exit(130)


if __name__ == "__main__":
    run()
