"""docs/import.md says the form that `make import` takes."""

import re

from operations.importing.form import ImportedMessage, ImportedTicket
from tests.support.template import ROOT

PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


def _fields(heading: str) -> set[str]:
    """The names in the first column of the table with this heading."""
    _, _, behind = PAGE.partition(f"| {heading} |")
    rows = behind.partition("\n\n")[0].splitlines()[2:]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_the_page_names_every_field_of_a_ticket_and_of_a_message() -> None:
    assert _fields("Field") == set(ImportedTicket.model_fields)
    assert _fields("Of a message") == set(ImportedMessage.model_fields)


def test_the_example_of_the_page_is_taken() -> None:
    (example,) = re.findall(r"```json\n(.*)\n```", PAGE)
    assert len(ImportedTicket.model_validate_json(example).messages) == 2
