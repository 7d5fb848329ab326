"""Days that lie so many months after others."""

from datetime import date

from sanchuang_cli.period import Month


def months_after(day: date, months: int) -> date:
    """The same day `months` months later, or that month's last day."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.last.day))
