"""One local stack, from start to stop. `make run`, `sam local` and the e2e tests all use this."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from local.cloud import Cloud
from local.deploy import CODE_URI, deploy
from local.emulator import HOST, Emulator, name_of
from local.expand import expand
from local.paths import CORE, FUNCTIONS, SITE, TEMPLATE
from local.rewrite import rewrite
from local.seed import seed
from local.stack_file import Demo, StackFile

PUBLIC_API_ID = "face0001"
INTERNAL_API_ID = "de5c0001"


type Choice = Callable[[Cloud], Mapping[str, str]]
"""From the emulator's services to parameters of the template."""


def nothing(_: Cloud) -> Mapping[str, str]:
    return {}


class LocalStack:
    """A deployed and seeded stack. A context manager; leaving it stops everything."""

    def __init__(self, state_dir: Path, emulator: Emulator, origin: str | None, choose: Choice) -> None:
        self.port = emulator.port
        self.state_dir = state_dir
        self.emulator = emulator
        self.origin = origin
        self.cloud = Cloud(emulator.port, emulator.host)
        self._choose = choose
        self.outputs: dict[str, str] = {}
        self.demo = Demo()

    @classmethod
    def start(
        cls, port: int, state_dir: Path, *, host: str = HOST, origin: str | None = None, choose: Choice = nothing
    ) -> Self:
        """Start the emulator, deploy, seed and write `stack.json` into `state_dir`. Raises LocalStackError.

        `origin` is where both apps and APIs stand if somebody else serves them. `choose` gives what the template's
        parameters shall be instead of `make run`'s; the emulator runs by then.
        """
        state_dir.mkdir(parents=True, exist_ok=True)
        for name in ("sms.jsonl", "email.jsonl"):
            (state_dir / name).write_bytes(b"")
        stack = cls(state_dir, Emulator.start(port, state_dir, host), origin, choose)
        try:
            parameters = stack.parameters
            stack.outputs = deploy(stack.cloud, stack._template(parameters), parameters)
            stack.demo = seed(stack.cloud, stack.outputs)
            stack.file.write(state_dir / "stack.json")
        except BaseException:
            stack.stop()
            raise
        return stack

    def stop(self) -> None:
        self.cloud.close()
        self.emulator.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def panel_origin(self) -> str:
        return self.origin or f"http://{PUBLIC_API_ID}.execute-api.localhost:{self.port}"

    @property
    def console_origin(self) -> str:
        return self.origin or f"http://{INTERNAL_API_ID}.execute-api.localhost:{self.port}"

    @property
    def aws_endpoint(self) -> str:
        return f"http://{name_of(self.emulator.host)}:{self.port}"

    @property
    def file(self) -> StackFile:
        """What `stack.json` says."""
        return StackFile(**self._addresses(), aws_endpoint=self.aws_endpoint, demo=self.demo)

    def _addresses(self) -> dict[str, str]:
        """The emulator's APIs stand under paths, since not every client resolves names below localhost."""
        emulated, stage = f"{self.aws_endpoint}/_aws/execute-api", "" if self.origin else "/prod"
        return {
            "panel_url": f"{self.panel_origin}/",
            "console_url": f"{self.console_origin}{stage}/internal/",
            "public_api": f"{self.origin or f'{emulated}/{PUBLIC_API_ID}/$default'}/api/v1",
            "internal_api": f"{self.origin or f'{emulated}/{INTERNAL_API_ID}/prod'}/internal/v1",
        }

    @property
    def parameters(self) -> dict[str, str]:
        """The template's parameters, as a deployment to AWS would give them."""
        return {
            "Stage": "local",
            "PublicOrigin": self.panel_origin,
            "InternalOrigin": self.console_origin,
            "InternalCidrs": "127.0.0.0/8",
            "AwsEndpointUrl": self.cloud.endpoint,
            "S3PublicEndpoint": self.aws_endpoint,
            "LocalOutbox": str(self.state_dir),
            "SiteRoot": str(SITE),
            **self._choose(self.cloud),
        }

    def _template(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        return rewrite(
            expand(TEMPLATE, parameters, CODE_URI),
            api_ids={"PublicApi": PUBLIC_API_ID, "InternalApi": INTERNAL_API_ID},
            variables={"PYTHONPATH": f"{FUNCTIONS}:{CORE}"},
        )
