"""An independent opinion of 期限一览, written from its words: days counted one by one on the calendar, no subtraction."""

from datetime import date, timedelta

WINDOWS = ("30天内", "31至60天", "61至90天")


def window(latest: date, on: date, by_itself: bool) -> str:
    """The part of a deadline. The day itself is in time; a day that comes by itself is never late."""
    if latest < on:
        return "已自然到期" if by_itself else "逾期"
    day, passed = on, 0
    while day < latest and passed <= 90:
        day += timedelta(days=1)
        passed += 1
    return "90天以后" if passed > 90 else WINDOWS[max(passed - 1, 0) // 30]
