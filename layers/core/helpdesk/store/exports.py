"""Exports: what was asked for, and how far it is."""

from helpdesk.model.errors import BusyError
from helpdesk.model.export import LIFETIME, Export, ExportState
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, epoch, from_item, to_item
from helpdesk.store.table import Table, Write


class ExportSettledError(Exception):
    """It is done already, or gone."""


def creation(desk: Table, export: Export) -> Write:
    """A new export; the worker hears of it by the table's stream."""
    return desk.put(_item(export), refusal=lambda _: BusyError())


def settlement(desk: Table, export: Export) -> Write:
    """The export is done, once."""
    return desk.put(
        _item(export),
        condition="#state = :waiting",
        values={":waiting": encode(ExportState.WAITING)},
        names={"#state": "state"},
        refusal=lambda _: ExportSettledError(),
    )


def find(desk: Table, export_id: str) -> Export | None:
    """The export of this id, as it stands now."""
    item = desk.get(keys.export(export_id))
    return from_item(Export, item) if item else None


def from_image(image: Item) -> Export:
    """The export that an item of the stream holds."""
    return from_item(Export, image)


def _item(export: Export) -> Item:
    return {**keys.export(export.id), **to_item(export), "expires_at": epoch(export.asked_at + LIFETIME)}
