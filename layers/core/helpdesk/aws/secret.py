"""A secret that an operator put down by hand, such as a gateway's API key."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from helpdesk.model.delivery import NotSentError


@dataclass
class Secret:
    """The text of one secret, read when it is first wanted and kept until it is forgotten.

    Args:
        client: of Secrets Manager.
    """

    client: Any
    arn: str
    _text: str = ""

    def text(self) -> str:
        """The secret itself.

        Raises:
            NotSentError: it cannot be read just now, so nothing can be sent with it.
        """
        if not self._text:
            try:
                self._text = self.client.get_secret_value(SecretId=self.arn)["SecretString"].strip()
            except (BotoCoreError, ClientError) as error:
                raise NotSentError("secret") from error
        return self._text

    def forget(self) -> None:
        """Read it again next time: it may have been changed."""
        self._text = ""
