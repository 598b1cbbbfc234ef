"""`python -m geo`."""

import io
import sys

try:
    from geo.cli.main import main

    # A name that the terminal cannot show is written out instead of ending the command.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    main(prog_name="python -m geo")
except KeyboardInterrupt:
    # Before there is a command to stop, while the libraries start.
    sys.exit(130)
