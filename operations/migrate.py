"""Bring old items into a new form: ``python -m operations.migrate STACK NAME [--dry] [--again] [--pace N]``
(`make migrate`).

docs/migrations.md says how old and new code live side by side meanwhile.
"""

import argparse
import time

from helpdesk.edge.clock import present
from operations.migrating import notification_subjects
from operations.migrating.runner import Progress, Step, count, find_progress, migrate
from operations.stack import desk

MIGRATIONS: dict[str, Step] = {"notification-subjects": notification_subjects.step}
_PACE = 50.0


def main() -> None:
    """Run it, or go on where it broke off, with a line for each page."""
    parser = argparse.ArgumentParser(description="Bring old items into a new form.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    parser.add_argument("name", choices=MIGRATIONS)
    parser.add_argument("--dry", action="store_true", help="only count what would be changed")
    parser.add_argument("--again", action="store_true", help="from the beginning, though it was done")
    parser.add_argument("--pace", type=float, default=_PACE, help="read capacity units a second (%(default)s)")
    options = parser.parse_args()
    table, step = desk(options.stack), MIGRATIONS[options.name]
    if options.dry:
        print(f"{count(table, step, options.pace, time.sleep)} items would be changed")
        return
    earlier = None if options.again else find_progress(table, options.name)
    progress = begun = earlier or Progress(present())
    for progress in migrate(table, options.name, step, begun, options.pace, present, time.sleep):
        print(f"{progress.seen} items seen, {progress.changed} changed", flush=True)
    print(f"{options.name} is done since {progress.done_at:%Y-%m-%d %H:%M} UTC")


if __name__ == "__main__":
    main()
