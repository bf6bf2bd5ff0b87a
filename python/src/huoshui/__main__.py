"""`python -m huoshui` is the command line."""

from __future__ import annotations

from huoshui.cli import main

if __name__ == "__main__":
    main()
