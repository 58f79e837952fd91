"""Dates of duties, computed from the visit: the end of the day where the host is (METHOD.md 8.2)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from review_app.domain.workflow import Deadline, Method


def end_of_day(day: date, timezone: str) -> datetime:
    """Return the last minute of a day in a time zone, as UTC."""
    return datetime.combine(day, time(23, 59), ZoneInfo(timezone)).astimezone(UTC)


def due(deadline: Deadline, starts: date, ends: date, timezone: str) -> datetime:
    """Return when a duty is due (UTC), counted in weeks from the first or last day of the visit."""
    anchor = starts if deadline.anchor == "start" else ends
    return end_of_day(anchor + timedelta(days=round(deadline.weeks * 7)), timezone)


def schedule(method: Method, starts: date, ends: date, timezone: str) -> Mapping[str, datetime]:
    """Return every duty of a method with its moment (UTC), by name."""
    return {name: due(deadline, starts, ends, timezone) for name, deadline in method.deadlines.items()}
