#!/usr/bin/env python3
"""Tết, Giỗ Tổ and the leap month of 1900-2100 from an ephemeris, for UTC+7.

Independent of crates/domain/src/worktime/lunar.rs: new moons, solstices and solar terms come from
PyEphem (XEphem's VSOP87 and moon theory), not from Meeus' short series. The table is committed as
crates/domain/tests/worktime/lunar.tsv; run this again to make it anew:

    python3 scripts/lunar-table.py > crates/domain/tests/worktime/lunar.tsv

It makes a virtual environment of its own under var/.
"""

import datetime
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / "var" / "venv-lunar"
PINNED = ["ephem==4.2.1"]
EAST = 7 / 24


def in_own_environment():
    """Start again inside a virtual environment that has the pinned packages."""
    python = VENV / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == VENV.resolve():
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PINNED], check=True)
    sys.exit(subprocess.run([python, __file__, *sys.argv[1:]], check=False).returncode)


def day_in_viet_nam(moment):
    """The date in Viet Nam of an ephem date."""
    return (ephem.Date(moment + EAST)).datetime().date()


def moons(first, last):
    """Days of the new moons from a year before `first` to a year after `last`, with instants."""
    found, moment = [], ephem.Date(f"{first - 1}/10/1")
    end = ephem.Date(f"{last + 2}/1/1")
    while moment < end:
        moment = ephem.next_new_moon(moment)
        found.append((day_in_viet_nam(moment), moment))
        moment = ephem.Date(moment + 20)
    return found


def term(day):
    """Which twelfth of the ecliptic the sun is in when the day begins in Viet Nam."""
    midnight = ephem.Date(ephem.Date(day.strftime("%Y/%m/%d")) - EAST)
    sun = ephem.Sun(midnight)
    longitude = ephem.Ecliptic(sun, epoch=midnight).lon
    return int(math.degrees(longitude) % 360 // 30)


def month_eleven(starts, year):
    """The number of the month that holds the winter solstice of a year."""
    solstice = day_in_viet_nam(ephem.next_winter_solstice(f"{year}/12/1"))
    return max(i for i, day in enumerate(starts) if day <= solstice)


def lunar_year(starts, year):
    """First days of the months of a lunar year, by number; and its leap month."""
    months, leap = {}, 0
    for winter in (year, year + 1):
        first, last = month_eleven(starts, winter - 1), month_eleven(starts, winter)
        leap_at = None
        if last - first == 13:
            leap_at = next(i for i in range(first + 1, last)
                           if term(starts[i]) == term(starts[i + 1]))
        number = 11
        for i in range(first, last):
            if i == leap_at:
                previous = (number - 2) % 12 + 1
                if (winter == year) == (previous < 11):
                    leap = previous
                continue
            belongs = winter if number < 11 else winter - 1
            if belongs == year:
                months[number] = starts[i]
            number = number % 12 + 1
    return months, leap


def main():
    first, last = 1900, 2100
    found = moons(first, last)
    starts = [day for day, _ in found]
    nearest = min(min(x, 1 - x) for x in ((m + EAST + 0.5) % 1 for _, m in found))
    print("# Made by scripts/lunar-table.py with", PINNED[0], "for UTC+7.")
    print(f"# The new moon nearest to midnight is {nearest * 86400:.0f} s away from it.")
    print("year\ttet\tgio_to\tleap_month")
    for year in range(first, last + 1):
        months, leap = lunar_year(starts, year)
        gio_to = months[3] + datetime.timedelta(days=9)
        print(f"{year}\t{months[1]}\t{gio_to}\t{leap}")


if __name__ == "__main__":
    in_own_environment()
    import ephem

    main()
