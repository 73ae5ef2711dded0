"""One local stack, from start to stop. `make run` and the e2e tests both use this."""

from pathlib import Path
from typing import Any, Self

from local.cloud import Cloud
from local.deploy import CODE_URI, deploy
from local.emulator import Emulator
from local.expand import expand
from local.paths import CORE, FUNCTIONS, SITE, TEMPLATE
from local.rewrite import rewrite
from local.seed import seed
from local.stack_file import Demo, StackFile

PUBLIC_API_ID = "face0001"
INTERNAL_API_ID = "de5c0001"


class LocalStack:
    """A deployed and seeded stack. A context manager; leaving it stops everything."""

    def __init__(self, port: int, state_dir: Path, emulator: Emulator) -> None:
        self.port = port
        self.state_dir = state_dir
        self.emulator = emulator
        self.cloud = Cloud(port)
        self.outputs: dict[str, str] = {}
        self.demo = Demo()

    @classmethod
    def start(cls, port: int, state_dir: Path) -> Self:
        """Start the emulator, deploy, seed and write `stack.json` into `state_dir`. Raises LocalStackError."""
        state_dir.mkdir(parents=True, exist_ok=True)
        for name in ("sms.jsonl", "email.jsonl"):
            (state_dir / name).write_bytes(b"")
        stack = cls(port, state_dir, Emulator.start(port, state_dir))
        try:
            stack.outputs = deploy(stack.cloud, stack._template(), stack.parameters)
            stack.demo = seed(stack)
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
        return f"http://{PUBLIC_API_ID}.execute-api.localhost:{self.port}"

    @property
    def console_origin(self) -> str:
        return f"http://{INTERNAL_API_ID}.execute-api.localhost:{self.port}"

    @property
    def aws_endpoint(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def file(self) -> StackFile:
        """What `stack.json` says. The APIs stand under paths, since not every client resolves names below localhost."""
        return StackFile(
            panel_url=f"{self.panel_origin}/",
            console_url=f"{self.console_origin}/prod/internal/",
            public_api=f"{self.aws_endpoint}/_aws/execute-api/{PUBLIC_API_ID}/$default/api/v1",
            internal_api=f"{self.aws_endpoint}/_aws/execute-api/{INTERNAL_API_ID}/prod/internal/v1",
            aws_endpoint=self.aws_endpoint,
            demo=self.demo,
        )

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
        }

    def _template(self) -> dict[str, Any]:
        return rewrite(
            expand(TEMPLATE, self.parameters, CODE_URI),
            api_ids={"PublicApi": PUBLIC_API_ID, "InternalApi": INTERNAL_API_ID},
            variables={"PYTHONPATH": f"{FUNCTIONS}:{CORE}"},
        )
