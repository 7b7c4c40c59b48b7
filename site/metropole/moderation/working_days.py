"""Days on which the Métropole works: not at weekends, nor on the public holidays of France."""

import datetime as dt

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday: days after Easter Sunday."""


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days have passed since the day of something: none on that day itself."""
    days = (start + dt.timedelta(days=passed + 1) for passed in range((end - start).days))
    return sum(is_working_day(day) for day in days)


def is_working_day(day: dt.date) -> bool:
    if day.weekday() >= 5 or (day.month, day.day) in FIXED:
        return False
    return (day - easter(day.year)).days not in AFTER_EASTER


def easter(year: int) -> dt.date:
    """Easter Sunday, by the Gregorian computus of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, left = divmod(century, 4)
    skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - skipped + 15) % 30
    quarter, over = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * quarter - epact - over) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)
