"""The staff directory: who works here, on which topics."""

from helpdesk.model.errors import ForbiddenError
from helpdesk.model.people import Role, StaffMember
from helpdesk.store import keys
from helpdesk.store.codec import encode, from_item, to_item
from helpdesk.store.table import Table, Write


class StaffExistsError(Exception):
    """There is an entry of this id."""


def creation(desk: Table, member: StaffMember) -> Write:
    """A new entry."""
    return desk.put({**keys.staff_member(member.id), **to_item(member)}, refusal=lambda _: StaffExistsError())


def change(desk: Table, member: StaffMember) -> Write:
    """The entry as it is from now on; the version of the credentials written beside it guards against two at once."""
    item = {**keys.staff_member(member.id), **to_item(member)}
    return desk.put(item, condition="attribute_exists(pk)", refusal=lambda _: StaffExistsError())


def admin_check(desk: Table, staff_id: str, refusal: Exception | None = None) -> Write:
    """This member is an administrator at the moment of the transaction: of two who remove each other one stays."""
    return desk.check(
        keys.staff_member(staff_id),
        "#role = :admin AND enabled = :yes",
        values={":admin": encode(Role.ADMIN), ":yes": encode(value=True)},
        names={"#role": "role"},
        refusal=lambda _: refusal or ForbiddenError(),
    )


def find(desk: Table, staff_id: str) -> StaffMember | None:
    """The entry of this id, as it stands now."""
    item = desk.get(keys.staff_member(staff_id))
    return from_item(StaffMember, item) if item else None


def list_all(desk: Table) -> list[StaffMember]:
    """The whole directory in the order of joining."""
    items = desk.query_whole("pk = :directory", {":directory": keys.STAFF_PARTITION})
    return [from_item(StaffMember, item) for item in items]
