"""Customer profiles: what the desk needs to talk to them."""

from collections.abc import Iterator

from helpdesk.model.errors import NotFoundError
from helpdesk.model.people import Customer
from helpdesk.model.ticket import Ticket
from helpdesk.store import keys
from helpdesk.store.codec import Attribute, Item, encode, from_item, to_item
from helpdesk.store.table import Table, Write


class CustomerExistsError(Exception):
    """There is a profile of this id."""


def creation(desk: Table, customer: Customer) -> Write:
    """A new profile."""
    return desk.put(_item(customer), refusal=lambda _: CustomerExistsError())


def phone_entry(desk: Table, customer: Customer) -> Write:
    """Under the phone number, whose it is: by it staff find a customer."""
    entry = {**keys.customer_phone(customer.phone), "customer_id": encode(customer.id)}
    return desk.put(entry, refusal=lambda _: CustomerExistsError())


def phone_end(desk: Table, phone: str) -> Write:
    """The phone number leads to nobody any more."""
    return desk.delete(keys.customer_phone(phone))


def removal(desk: Table, customer_id: str) -> Write:
    """The end of a profile; nothing happens if it is gone."""
    return desk.delete(keys.customer(customer_id))


def list_belongings(desk: Table, customer_id: str) -> Iterator[Item]:
    """Everything that stands under a customer: profile, notifications and their summary."""
    return desk.query_whole("pk = :customer", {":customer": keys.customer_partition(customer_id)})


def change(desk: Table, customer: Customer) -> Write:
    """What a customer may change of the profile: name, language, preferences; never the number or the address."""
    chosen = {"name": customer.name, "language": customer.language, "sms": customer.sms, "by_email": customer.by_email}
    names = {f"#{name}": name for name in chosen}
    values = {f":{name}": encode(value) for name, value in chosen.items()}
    assignments = ", ".join(f"#{name} = :{name}" for name in chosen)
    return _existing(desk, customer.id, f"SET {assignments}", values, names)


def phone_change(desk: Table, customer_id: str, phone: str) -> Write:
    """The profile with another number."""
    return _existing(desk, customer_id, "SET phone = :phone", {":phone": encode(phone)}, None)


def email_change(desk: Table, customer_id: str, email: str) -> Write:
    """The profile with an address that was proven just now."""
    values = {":email": encode(email), ":yes": encode(True)}
    return _existing(desk, customer_id, "SET email = :email, email_proven = :yes", values, None)


def email_end(desk: Table, customer_id: str) -> Write:
    """The profile without an address."""
    return _existing(desk, customer_id, "REMOVE email, email_proven", {}, None)


def _existing(
    desk: Table, customer_id: str, expression: str, values: dict[str, Attribute], names: dict[str, str] | None
) -> Write:
    return desk.update(
        keys.customer(customer_id),
        expression,
        condition="attribute_exists(pk)",
        values=values,
        names=names,
        refusal=lambda _: NotFoundError(),
    )


def find(desk: Table, customer_id: str) -> Customer | None:
    """The profile of this customer, as it stands now."""
    item = desk.get(keys.customer(customer_id))
    return from_item(Customer, item) if item else None


def find_id(desk: Table, phone: str) -> str | None:
    """The id of the customer who has this phone number."""
    item = desk.get(keys.customer_phone(phone))
    return item["customer_id"]["S"] if item else None


def find_with_tickets(
    desk: Table, customer_id: str, limit: int, start: Item | None
) -> tuple[Customer | None, list[Ticket], Item | None]:
    """A page of a customer's tickets, last activity first; the first page brings the profile, by the same Query."""
    items, end = desk.query(
        "gsi1pk = :customer",
        {":customer": keys.customer_tickets(customer_id)},
        index="gsi1",
        limit=limit if start else limit + 1,
        newest_first=True,
        start=start,
    )
    profile = from_item(Customer, items.pop(0)) if items and items[0]["sk"]["S"] == keys.PROFILE_SORT else None
    return profile, [from_item(Ticket, item) for item in items], end


def _item(customer: Customer) -> Item:
    """The profile, which stands before the customer's tickets in their index."""
    places = {"gsi1pk": encode(keys.customer_tickets(customer.id)), "gsi1sk": encode(keys.PROFILE_SORT)}
    return {**keys.customer(customer.id), **to_item(customer), **places}
