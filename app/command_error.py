"""The error that the command line prints without a traceback."""


class CommandError(Exception):
    """A failure that a user can repair; its text says what failed and what to do."""
