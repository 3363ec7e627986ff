"""The command line, one file a command; each calls a service. What is heavy to import is imported when it is used."""

from bot.cli.app import main

__all__ = ["main"]
