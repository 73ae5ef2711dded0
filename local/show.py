"""What `make run` says."""

import json
from datetime import datetime

import pyotp

from local.stack_file import Demo, StackFile, Staff


def addresses(file: StackFile) -> str:
    rows = {
        "Panel (customers)": file.panel_url,
        "Console (staff)": file.console_url,
        "Public API": file.public_api,
        "Internal API": file.internal_api,
        "AWS": f"{file.aws_endpoint}  (credentials test/test)",
    }
    return "\n".join(f"  {name:<18} {value}" for name, value in rows.items())


def people(demo: Demo, now: datetime) -> str:
    customers = [f"  {it.phone}  {it.password}  {it.name}" for it in demo.customers]
    staff = [line for it in demo.staff for line in _staff(it, now)]
    return "\n".join(
        ["Customers: phone, password", *customers, "", "Staff: e-mail, password, code of this moment", *staff]
    )


def _staff(person: Staff, now: datetime) -> list[str]:
    code = pyotp.TOTP(person.totp_secret).at(now)
    topics = f" for {', '.join(person.topics)}" if person.topics else ""
    return [
        f"  {person.email}  {person.password}  {code}  {person.name}, {person.role}{topics}",
        f"    TOTP secret {person.totp_secret}",
    ]


def sms(line: str) -> str:
    """A line of `sms.jsonl` for human eyes."""
    sent = json.loads(line)
    return f"SMS to {sent['to']}: {sent['text']}"
