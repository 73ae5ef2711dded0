"""What can keep the local stack from starting, in words for the person who started it."""


class LocalStackError(Exception):
    """The stack cannot start; the message says why and what to do."""
