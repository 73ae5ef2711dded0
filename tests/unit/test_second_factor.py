"""The staff's second factor: which codes count, and how secrets rest."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import InvalidToken

from helpdesk.model.second_factor import enrolment_uri, matching_step, new_secret
from helpdesk.model.vault import Vault

# RFC 6238, appendix B: the last six digits of SHA-1's code at 1111111109 s, for the secret "12345678901234567890".
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
CODE = "081804"
AT = datetime.fromtimestamp(1111111109, UTC)
STEP = 1111111109 // 30


def test_the_code_of_the_rfc_is_known() -> None:
    assert matching_step(SECRET, CODE, AT) == STEP


@pytest.mark.parametrize(("seconds", "step"), [(-30, STEP), (30, STEP), (-90, None), (90, None)])
def test_a_clock_may_be_one_step_off(seconds: int, step: int | None) -> None:
    assert matching_step(SECRET, CODE, AT + timedelta(seconds=seconds)) == step


def test_another_code_is_wrong() -> None:
    assert matching_step(SECRET, "081805", AT) is None


def test_a_sealed_secret_opens_again_and_does_not_show() -> None:
    vault = Vault(("key", ""))
    sealed = vault.seal(SECRET)

    assert vault.open(sealed) == SECRET
    assert SECRET not in sealed


def test_secrets_outlive_a_change_of_keys() -> None:
    sealed = Vault(("old", "")).seal(SECRET)

    assert Vault(("new", "old")).open(sealed) == SECRET
    with pytest.raises(InvalidToken):
        Vault(("new", "")).open(sealed)


def test_an_authenticator_app_reads_the_uri() -> None:
    uri = enrolment_uri(SECRET, "reza@desk.example")

    assert uri.startswith("otpauth://totp/Poshtiban:reza%40desk.example?")
    assert f"secret={SECRET}" in uri


def test_a_new_secret_has_160_bits() -> None:
    assert len(new_secret()) == 32
    assert new_secret() != new_secret()
