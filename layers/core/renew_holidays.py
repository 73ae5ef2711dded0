"""Write `helpdesk/holidays.toml`: Iran's dated official holidays of last year, this one and the next six.

Last year, since clocks that started then are computed again from their start; the sixth, since the fifth Persian year
from now ends in its March. `make holidays` runs it.
"""

from datetime import UTC, datetime
from pathlib import Path

import holidays

TARGET = Path(__file__).parent / "helpdesk" / "holidays.toml"
YEARS_BACK, YEARS_AHEAD = 1, 6
HEADER = """\
# Official holidays of Iran, written by `make holidays` from the `holidays` package; it estimates coming lunar dates.
# Renew it once a year and when the government moves a holiday; a test fails when fewer than twelve months are left.
"""


def main() -> None:
    """Replace the file with the dates known today."""
    this_year = datetime.now(UTC).year
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    dated = holidays.country_holidays("IR", years=years, language="fa")
    lines = [f"{day.isoformat()}, # {dated[day]}" for day in sorted(dated)]
    TARGET.write_text(HEADER + "dates = [\n  " + "\n  ".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
