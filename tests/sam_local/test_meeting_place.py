"""Where containers and programs of this machine meet; no engine takes part."""

import pytest

from local.emulator import HOST
from local.engine import MeetingPlace, meeting_place


@pytest.mark.parametrize(
    ("bridge", "place"),
    [
        ({"Gateway": "127.0.0.2"}, MeetingPlace("127.0.0.2", "127.0.0.2")),
        ({"Subnet": "127.1.0.0/16"}, MeetingPlace("127.1.0.1", "127.1.0.1")),
        ({"Gateway": "192.0.2.1"}, MeetingPlace(HOST, "host.docker.internal")),
    ],
    ids=["our end of the bridge", "an engine that names the network only", "a bridge in another machine"],
)
def test_containers_meet_us_on_the_bridge_where_it_is_ours(bridge: dict[str, str], place: MeetingPlace) -> None:
    assert meeting_place(bridge) == place
