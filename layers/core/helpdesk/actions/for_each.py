"""Work on many things of which none may stop the others."""

from collections.abc import Callable, Iterable


def for_each[Thing](things: Iterable[Thing], work: Callable[[Thing], object]) -> int:
    """Do the work for each, whatever becomes of the others, and count how often it was done.

    Raises:
        ExceptionGroup: all that went wrong, after the last of them; each notes its thing, by the id if it has one.
    """
    done, failures = 0, []
    for thing in things:
        try:
            work(thing)
        except Exception as error:  # noqa: BLE001  (nothing is swallowed: it is raised below)
            error.add_note(f"while at {getattr(thing, 'id', thing)}")  # an id tells nothing of people
            failures.append(error)
        else:
            done += 1
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {done + len(failures)} failed", failures)
    return done
