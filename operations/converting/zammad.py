"""Zammad's API answers as tickets to import: ``python -m operations.converting.zammad FOLDER OUT``
(`make convert-zammad`).

The folder holds what `GET /api/v1/tickets`, `/api/v1/users` and, for each ticket,
`/api/v1/ticket_articles/by_ticket/ID` answered with `expand=true`, in `tickets.json`, `users.json` and `articles.json`,
and the bytes of `/api/v1/ticket_attachment/TICKET/ARTICLE/ID` in `files/ARTICLE/ID` (docs/import.md; Zammad 6).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from operations.converting.command import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    Record,
    convert_by,
    records,
    without_nothing,
)
from operations.converting.names import Names
from operations.converting.plain_text import safe_line, safe_text, text_of_html

PRIORITIES = {"1 low": "low", "2 normal": "normal", "3 high": "high"}
STATUSES = {
    "new": "open",
    "open": "open",
    "pending reminder": "pending",
    "pending close": "resolved",
    "closed": "closed",
    "merged": "closed",
    "removed": "closed",
}
_NOBODY = 1  # the id of "-", who owns what nobody owns


def converted(folder: Path, names_file: Path | None) -> Iterator[Record]:
    """A ticket for each of Zammad's that has an article; users are found by id."""
    names = Names.read(names_file, PRIORITIES, STATUSES)
    people = {user["id"]: user for user in records(folder / "users.json")}
    articles: defaultdict[int, list[Record]] = defaultdict(list)
    for article in records(folder / "articles.json"):
        articles[article["ticket_id"]].append(article)
    for ticket in records(folder / "tickets.json"):
        if told := articles[ticket["id"]]:
            yield _ticket(ticket, told, people, names)


def _ticket(ticket: Record, articles: list[Record], people: Mapping[int, Record], names: Names) -> Record:
    status, owner = names.status_of(ticket["state"]), people.get(ticket["owner_id"], {})
    return without_nothing(
        {
            "source": "zammad",
            "external_id": str(ticket["number"]),
            "customer": _customer(people.get(ticket["customer_id"], {})),
            "topic": names.topic_of(ticket["group"]),
            "priority": names.priority_of(ticket["priority"]),
            "subject": safe_line(ticket["title"], LONGEST_SUBJECT) or "-",
            "status": status,
            "created_at": ticket["created_at"],
            "closed_at": ticket.get("close_at") if status == "closed" else None,
            "assignee": owner.get("email") or None if ticket["owner_id"] != _NOBODY else None,
            "tags": [safe_line(tag, 50) for tag in ticket.get("tags", [])],
            "messages": [_message(article, people, is_first=n == 0) for n, article in enumerate(_in_order(articles))],
        }
    )


def _in_order(articles: list[Record]) -> list[Record]:
    return sorted(articles, key=lambda article: (article["created_at"], article["id"]))


def _customer(user: Record) -> Record:
    """A mobile number before another one; without any the import refuses the line and says so."""
    phone = user.get("mobile") or user.get("phone") or ""
    return without_nothing({"phone": phone, "name": _name(user) or phone, "email": user.get("email") or None})


def _name(user: Record) -> str:
    return safe_line(f"{user.get('firstname') or ''} {user.get('lastname') or ''}", LONGEST_NAME)


def _message(article: Record, people: Mapping[int, Record], *, is_first: bool) -> Record:
    is_html = article.get("content_type") == "text/html"
    body = text_of_html(article["body"]) if is_html else safe_text(article["body"])
    attachments = [_attachment(article["id"], file) for file in article.get("attachments", [])]
    is_internal = article["internal"] and not is_first and article["sender"] != "Customer"
    return {
        "author": _author(article, people),
        "visibility": "internal" if is_internal else "public",
        "body": body or ("" if attachments else "-"),
        "at": article["created_at"],
        "attachments": attachments,
    }


def _author(article: Record, people: Mapping[int, Record]) -> Record:
    """Senders are Customer, Agent and System; the last wrote as the desk itself."""
    if article["sender"] == "Customer":
        return {"kind": "customer"}
    user = people.get(article.get("origin_by_id") or article["created_by_id"], {})
    name = _name(user) or safe_line(article.get("from") or article["sender"], LONGEST_NAME)
    return without_nothing({"kind": "agent", "name": name, "email": user.get("email") or None})


def _attachment(article_id: int, file: Record) -> Record:
    told = file.get("preferences") or {}
    content_type = told.get("Content-Type") or told.get("Mime-Type") or ""
    path = f"files/{article_id}/{file['id']}"
    return {"filename": safe_line(file["filename"], 1000), "content_type": content_type.split(";")[0], "path": path}


if __name__ == "__main__":
    convert_by(converted, "Convert Zammad's API answers.")
