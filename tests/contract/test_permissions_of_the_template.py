"""Nobody may do more than its work needs."""

import re
from fnmatch import fnmatchcase
from typing import Any

import pytest

from helpdesk.store import keys
from helpdesk.store.codec import Item
from tests.contract.stack_template import Function, as_list, functions, resources, strings
from tests.support.template import load_template

each_function = pytest.mark.parametrize("function", functions(), ids=lambda function: function.name)

# A wildcard is allowed behind these only. uploads, files, exports: prefixes of our buckets. stream: a table's streams,
# whose name is a time. identity: SES checks the sender's address or its domain; a condition names the address.
FOLDERS = {"uploads", "files", "exports", "stream", "identity"}

# What cannot be written as the ARN of a resource. A phone number has none: SNS is allowed everything but topics.
WITHOUT_ARN = {("sms_sender", "SendToPhones")}


@each_function
def test_role_belongs_to_one_function(function: Function) -> None:
    sharing = [other.name for other in functions() if other.properties["Role"] == function.properties["Role"]]
    assert sharing == [function.name]


def test_no_role_takes_a_policy_that_somebody_else_wrote() -> None:
    roles = resources("AWS::IAM::Role").values()
    assert [role for role in roles if "ManagedPolicyArns" in role["Properties"]] == []
    assert [function.name for function in functions() if "Policies" in function.properties] == []


@each_function
def test_actions_are_named_one_by_one(function: Function) -> None:
    actions = [action for statement in function.statements for action in as_list(statement["Action"])]
    assert [action for action in actions if "*" in action] == []


@each_function
def test_nobody_may_scan_a_table(function: Function) -> None:
    actions = {action for statement in function.statements for action in as_list(statement["Action"])}
    assert actions & {"dynamodb:Scan", "dynamodb:PartiQLSelect"} == set()


@each_function
def test_resources_are_named(function: Function) -> None:
    for statement in function.statements:
        if (function.name, statement["Sid"]) in WITHOUT_ARN:
            continue
        for arn in as_list(statement["Resource"]):
            allowed = rf"^[^*]*([:/]({'|'.join(sorted(FOLDERS))})/\*)?$"
            assert all(re.match(allowed, text) for text in strings(arn)), f"{statement['Sid']} is too wide"


@each_function
def test_exceptions_are_still_needed(function: Function) -> None:
    without_resource = {(function.name, item["Sid"]) for item in function.statements if "Resource" not in item}
    assert without_resource == {entry for entry in WITHOUT_ARN if entry[0] == function.name}


def test_only_the_accounts_functions_reach_credentials() -> None:
    touching = {function.name for function in functions() if _statements_on(function, "AccountsTable")}
    assert touching == {"customer_accounts", "agent_accounts"}


@pytest.mark.parametrize(
    ("name", "partitions"),
    [("customer_accounts", ["CUSTOMER#*", "NEWS#*"]), ("agent_accounts", ["STAFF#*", "AUDIT#*"])],
)
def test_accounts_functions_touch_only_their_people_in_the_desk(name: str, partitions: list[str]) -> None:
    (function,) = [function for function in functions() if function.name == name]
    conditions = [statement.get("Condition") for statement in _statements_on(function, "DeskTable")]
    assert conditions == [{"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [prefix]}} for prefix in partitions]


def _denied_to_roles(policy: str) -> tuple[dict[str, Any], set[str]]:
    """The one statement of a policy that lies on several roles, and those roles."""
    properties = resources("AWS::IAM::Policy")[policy]["Properties"]
    (statement,) = properties["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["AUDIT#*"]}}
    assert fnmatchcase(keys.audit_entry("e")["pk"]["S"], "AUDIT#*")
    return statement, {role["Ref"] for role in properties["Roles"]}


def _roles_that_may(*actions: str) -> set[str]:
    return {
        function.properties["Role"]["Fn::GetAtt"].removesuffix(".Arn")
        for function in functions()
        for statement in _statements_on(function, "DeskTable")
        if {f"dynamodb:{action}" for action in actions} & set(as_list(statement["Action"]))
    }


def test_no_function_may_change_or_remove_an_entry_of_the_audit_trail() -> None:
    statement, roles = _denied_to_roles("AuditTrailStays")

    assert statement["Action"] == ["dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    assert _roles_that_may("UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete") <= roles


def test_only_the_internal_api_adds_to_the_audit_trail() -> None:
    statement, roles = _denied_to_roles("AuditTrailIsTheStaffs")

    assert statement["Action"] == "dynamodb:PutItem"
    assert _roles_that_may("PutItem", "BatchWriteItem", "PartiQLInsert") - roles == {
        "AgentAccountsRole",
        "AgentDeskRole",
    }


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("customer_accounts", [keys.customer("c"), keys.customer_phone("+989120000000")]),
        ("agent_accounts", [keys.staff_member("s"), keys.departure("s", "2026-11-23T08:00:00.000Z")]),
    ],
)
def test_those_limits_fit_the_keys_of_the_items(name: str, written: list[Item]) -> None:
    """The local emulator does not look at LeadingKeys, so nothing else would notice before AWS does."""
    (function,) = [function for function in functions() if function.name == name]
    statement, *_ = _statements_on(function, "DeskTable")
    (pattern,) = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    assert [key for key in written if not fnmatchcase(key["pk"]["S"], pattern)] == []


@pytest.mark.parametrize(
    ("name", "sid", "key"),
    [
        ("agent_desk", "RemoveCannedReplies", keys.canned_reply("r")),
        ("agent_desk", "RemoveWebhooks", keys.webhook("w")),
        ("webhook_sender", "KnowTheSubscribers", keys.webhook("w")),
        ("webhook_sender", "SettleWhatDeletedOnesLeft", keys.delivery("e", "webhook", "w")),
        ("sms_sender", "KeepToTheDailyCap", keys.limit("sms_phone", "+989120000000", 0)),
        ("sla_watcher", "FindTheDeparted", keys.staff_member("s")),
        ("sla_watcher", "SettleDepartures", keys.departure("s", "2026-11-23T08:00:00.000Z")),
        ("email_sender", "FindSupervisors", keys.staff_member("s")),
        ("report_exporter", "SettleExports", keys.export("e")),
    ],
)
def test_a_right_to_one_family_of_items_reaches_no_other(name: str, sid: str, key: Item) -> None:
    (function,) = [function for function in functions() if function.name == name]
    (statement,) = [statement for statement in function.statements if statement["Sid"] == sid]
    (pattern,) = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    others = [keys.ticket("4821937057"), keys.customer("c"), keys.attachment("a"), keys.webhook("w")]
    others = [other for other in others if other["pk"] != key["pk"]]
    assert fnmatchcase(key["pk"]["S"], pattern)
    assert not any(fnmatchcase(other["pk"]["S"], pattern) for other in others)


def test_the_timeline_with_internal_notes_is_the_agents_alone() -> None:
    readers = {function.name for function in functions() if "lsi1" in " ".join(strings(function.statements))}
    assert readers == {"agent_desk"}


@each_function
def test_a_secret_reaches_only_the_function_whose_variable_it_is(function: Function) -> None:
    owners = {
        "CursorKeySecret": {"customer_tickets", "agent_desk"},
        "CodePepperSecret": {"customer_accounts"},
        "TotpKeySecret": {"agent_accounts"},
        "WebhookKeySecret": {"agent_desk", "webhook_sender"},
    }
    text = " ".join(strings(function.variables))
    assert {secret for secret in owners if secret in text} == {
        secret for secret, names in owners.items() if function.name in names
    }


def test_buckets_are_meant_by_name_in_functions_and_roles() -> None:
    """A reference would make the stack circular: bucket → its notification's function → role → bucket."""
    parts = [resources("AWS::IAM::Role"), [function.variables for function in functions()]]
    references = [text for part in parts for text in strings(part) if re.search(r"(Uploads|Files)Bucket\b", text)]
    assert references == []


def test_buckets_are_private_and_speak_tls_only() -> None:
    policies = resources("AWS::S3::BucketPolicy").values()
    guarded = {policy["Properties"]["Bucket"]["Ref"] for policy in policies if _is_tls_only(policy)}
    for logical_id, bucket in resources("AWS::S3::Bucket").items():
        assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
        assert logical_id in guarded


def test_tables_survive_mistakes() -> None:
    for table in resources("AWS::DynamoDB::Table").values():
        properties = table["Properties"]
        assert table["DeletionPolicy"] == "RetainExceptOnCreate"
        assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert properties["DeletionProtectionEnabled"] == {"Fn::If": ["IsProd", True, False]}
        assert properties["SSESpecification"] == {"SSEEnabled": True}


def test_every_parameter_says_what_it_is_for() -> None:
    assert [name for name, parameter in load_template()["Parameters"].items() if not parameter.get("Description")] == []


def _statements_on(function: Function, table: str) -> list[dict[str, Any]]:
    return [item for item in function.statements if table in " ".join(strings(item.get("Resource")))]


def _is_tls_only(policy: dict[str, object]) -> bool:
    text = " ".join(strings(policy))
    return "Deny" in text and "aws:SecureTransport" in text and "Allow" not in text
