#!/usr/bin/env python
"""Troupe's command line. With no servers configured or running, it starts the embedded pair for its own duration."""

import os
import sys

from config import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment is set

    if embedded.needed(sys.argv):
        with embedded.servers():
            execute_from_command_line(sys.argv)
    else:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
