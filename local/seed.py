"""The demo: people to sign in as, from `demo.toml`, created by the product's own actions."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from helpdesk.actions.seed_people import create_customer, create_staff
from helpdesk.model.people import Role
from helpdesk.model.vault import Vault
from helpdesk.store.table import Table
from local.cloud import Cloud
from local.stack_file import Customer, Demo, Staff

PEOPLE = Path(__file__).with_name("demo.toml")


def seed(cloud: Cloud, outputs: Mapping[str, str]) -> Demo:
    """Create the demo's people in a stack's tables, which its outputs name."""
    demo, now = read_demo(), datetime.now(UTC)
    accounts, desk = (Table(cloud.dynamodb, outputs[name]) for name in ("AccountsTable", "DeskTable"))
    for customer in demo.customers:
        create_customer(accounts, desk, customer.name, customer.phone, customer.password, now)
    vault = _vault(cloud, outputs["AgentAccountsFunction"])
    for member in demo.staff:
        role, topics = Role(member.role), tuple(member.topics)
        create_staff(
            accounts, desk, vault, member.email, member.name, member.password, role, topics, member.totp_secret, now
        )
    return demo


def read_demo() -> Demo:
    people = tomllib.loads(PEOPLE.read_text(encoding="utf-8"))
    return Demo([Customer(**it) for it in people["customers"]], [Staff(**it) for it in people["staff"]])


def _vault(cloud: Cloud, function: str) -> Vault:
    """With the key that the stack generated, as the function that will open it has it."""
    configuration = cloud.functions.get_function_configuration(FunctionName=function)
    return Vault([configuration["Environment"]["Variables"]["TOTP_KEY"]])
