"""Import tickets: ``python -m operations.import_tickets STACK FILE [--dry] [--leave-out-files]`` (`make import`).

FILE has one ticket a line (docs/import.md). Breaking off loses nothing: running it again goes on, and what is here
already is passed over. Nobody is told of anything that happened elsewhere.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from helpdesk.actions.office import Office
from helpdesk.aws.uploads import FileStore
from helpdesk.edge.clock import present
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.errors import InvalidError
from helpdesk.model.identifiers import new_id
from helpdesk.store import imports
from operations.holdings import Holdings
from operations.importing.files import CheckedFile, check_files
from operations.importing.form import ImportedTicket
from operations.importing.people import People
from operations.importing.report import Report
from operations.importing.writing import Importer, import_ticket


class RefusedLineError(Exception):
    """A line is not imported; the text says why."""


def main() -> None:
    """Import, and report; end with 1 if a line was refused."""
    parser = argparse.ArgumentParser(description="Import tickets.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    parser.add_argument("file", type=Path, help="one ticket a line; files stand in or below its folder")
    parser.add_argument("--dry", action="store_true", help="write nothing, say what would be done")
    parser.add_argument("--leave-out-files", action="store_true", help="take tickets without refused files")
    options = parser.parse_args()
    importer = importer_of(Holdings.of(options.stack))
    report = import_file(importer, options.file, is_dry=options.dry, leaves_out=options.leave_out_files)
    print("\n".join(report.lines(is_dry=options.dry)))
    sys.exit(bool(report.refused))


def importer_of(holdings: Holdings) -> Importer:
    """What one run needs, with the staff directory as it stands."""
    office = Office(holdings.desk, load_rules(), load_sla(), holdings.shards)
    return Importer(office, FileStore(holdings.s3, holdings.files), People(holdings), new_id(present()))


def import_file(importer: Importer, path: Path, *, is_dry: bool = False, leaves_out: bool = False) -> Report:
    """Import every line; one that is refused does not hold up the others."""
    report = Report()
    for number, line in _lines(path):
        try:
            form = _form(importer, line)
            files, refused = check_files(form, path.parent, importer.office.rules.limits.attachment_bytes)
            if refused and not leaves_out:
                raise RefusedLineError("; ".join(refused))
        except RefusedLineError as error:
            report.refused.append((number, str(error)))
            continue
        if _take(importer, form, files, is_dry=is_dry):
            report.imported += 1
            report.messages += len(form.messages)
            report.files += len(files)
            report.left_out += [(number, reason) for reason in refused]
        else:
            report.known += 1
    return report


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, line


def _form(importer: Importer, line: bytes) -> ImportedTicket:
    """The ticket of a line, by the rules of the form and the operator's names."""
    try:
        form = ImportedTicket.model_validate_json(line)
        importer.office.rules.topic(form.topic)
        importer.office.rules.priority(form.priority)
        form.refuse_later_than(present())
    except ValidationError as error:
        raise RefusedLineError("; ".join(_places(error))) from error
    except InvalidError as error:
        raise RefusedLineError(f"{error.field}: {error.reason}") from error
    return form


def _places(error: ValidationError) -> Iterator[str]:
    for each in error.errors(include_url=False, include_input=False, include_context=False):
        place = ".".join(map(str, each["loc"]))
        yield f"{place or 'line'}: {each['msg']}"


def _take(importer: Importer, form: ImportedTicket, files: list[CheckedFile], *, is_dry: bool) -> bool:
    """Whether the ticket was, or would be, new."""
    if is_dry:
        earlier = imports.find(importer.office.desk, form.source, form.external_id)
        return earlier is None or not earlier.is_done
    return import_ticket(importer, form, files, present()) is not None


if __name__ == "__main__":
    main()
