"""Settings: environment variables, read once where a function is wired together."""

import os


class MissingSettingError(RuntimeError):
    """A variable that the function needs is not in its environment."""


def setting(name: str) -> str:
    """The value of an environment variable.

    Raises:
        MissingSettingError: it is not set, or empty.
    """
    value = os.environ.get(name, "")
    if not value:
        raise MissingSettingError(f"environment variable {name} is not set")
    return value


def optional_setting(name: str) -> str:
    """The value of a variable that may be empty: a template parameter cannot be absent.

    Raises:
        MissingSettingError: the template does not declare it.
    """
    if name not in os.environ:
        raise MissingSettingError(f"environment variable {name} is not declared")
    return os.environ[name]
