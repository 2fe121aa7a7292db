"""A month, as weeks of days."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year; `str` of it is `2026-11`."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def parse(cls, text: str | None) -> Self | None:
        """The month that `2026-11` names; None where it names none."""
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text or "")
        if found is None or found[1] == "0000":
            return None
        return cls(int(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """`November 2026`."""
        return f"{calendar.month_name[self.month]} {self.year}"

    def weeks(self) -> list[list[dt.date | None]]:
        """Its days in weeks from Monday; None for those of its neighbours."""
        return [
            [dt.date(self.year, self.month, day) if day else None for day in week]
            for week in calendar.Calendar().monthdayscalendar(self.year, self.month)
        ]

    def other(self, step: int) -> Self | None:
        """The month so many steps on; None beyond what a calendar has."""
        count = self.year * 12 + self.month - 1 + step
        year, month = divmod(count, 12)
        return type(self)(year, month + 1) if 1 <= year <= 9999 else None
