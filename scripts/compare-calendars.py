#!/usr/bin/env python3
"""Our calendars 2018-2027 against other people's, day by day.

Days off and make-up days of catalogue/calendars are compared with the package `holidays` (country
VN); Tết, Giỗ Tổ and every lunar date of those years with two lunar packages and with the table of
an ephemeris (crates/domain/tests/worktime/lunar.tsv). Every difference has a row in
docs/calendar-comparison.md that explains it: a difference without a row fails, and so does a row
that no longer differs.

    make compare-calendars

The script makes a virtual environment of its own under var/ with pinned versions.
"""

import datetime
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / "var" / "venv-calendars"
PINNED = ["holidays==0.109", "lunar-vn==1.4.0", "vi-lunaire==2026.4.11"]
YEARS = range(2018, 2028)
CALENDARS = ROOT / "catalogue" / "calendars"
EPHEMERIS = ROOT / "crates" / "domain" / "tests" / "worktime" / "lunar.tsv"
TABLE = ROOT / "docs" / "calendar-comparison.md"
OFF = {"holiday", "comp_off", "swapped_off", "local_closure"}


def in_own_environment():
    """Start again inside a virtual environment that has the pinned packages."""
    python = VENV / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == VENV.resolve():
        return
    done = VENV / "pinned"
    if not done.exists() or done.read_text() != "\n".join(PINNED):
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PINNED], check=True)
        done.write_text("\n".join(PINNED))
    sys.exit(subprocess.run([python, __file__, *sys.argv[1:]], check=False).returncode)


def ours():
    """Kind and name of each of our days."""
    days = {}
    for year in YEARS:
        file = tomllib.loads((CALENDARS / f"{year}.toml").read_text())
        for day in file["days"]:
            days[datetime.date.fromisoformat(day["date"])] = (day["kind"], day["name"])
    return days


def theirs():
    """Names of the package's days off, and its make-up days."""
    table = holidays.country_holidays("VN", years=YEARS, language="en_US")
    worked = {day for day in table.weekend_workdays if day.year in YEARS}
    return dict(table), worked


def differences_of_days(our_days, their_off, their_worked):
    """(date, what differs, who says what) for days off and make-up days."""
    off = {day: name for day, (kind, name) in our_days.items() if kind in OFF}
    worked = {day: name for day, (kind, name) in our_days.items() if kind == "makeup_work"}
    for day in sorted(off.keys() - their_off.keys()):
        yield day, "off only here", off[day]
    for day in sorted(their_off.keys() - off.keys()):
        yield day, "off only in holidays", their_off[day]
    for day in sorted(worked.keys() - their_worked):
        yield day, "made up only here", worked[day]
    for day in sorted(their_worked - worked.keys()):
        yield day, "made up only in holidays", "-"


def differences_of_moons(our_days):
    """Lunar dates on which the sources do not agree, and ours that are not on them."""
    day = datetime.date(min(YEARS), 1, 1)
    while day.year in YEARS:
        one = lunar_vn.solar_to_lunar(day)
        other = vi_lunaire.solar_to_lunar(day.year, day.month, day.day)
        one = (one.year, one.month, bool(one.leap), one.day)
        other = (other.year, other.month, bool(other.leap), other.day)
        if one != other:
            yield day, "lunar packages differ", f"{one} and {other}"
        day += datetime.timedelta(days=1)
    for line in EPHEMERIS.read_text().splitlines():
        fields = line.split("\t")
        if not fields[0].isdigit() or int(fields[0]) not in YEARS:
            continue
        tet, gio_to = (datetime.date.fromisoformat(field) for field in fields[1:3])
        for date, month, number in ((tet, 1, 1), (gio_to, 3, 10)):
            lunar = lunar_vn.solar_to_lunar(date)
            if (lunar.month, bool(lunar.leap), lunar.day) != (month, False, number):
                yield date, "ephemeris and package differ", f"{number}/{month}"
            if date not in our_days:
                yield date, "lunar holiday missing here", f"{number}/{month}"


def explained():
    """Rows of the table: date and what differs, with the explanation."""
    rows = {}
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| 20") and len(cells) == 4 and cells[3]:
            rows[(cells[0], cells[1])] = cells[3]
    return rows


def main():
    our_days = ours()
    their_off, their_worked = theirs()
    found = list(differences_of_days(our_days, their_off, their_worked))
    found += list(differences_of_moons(our_days))
    rows = explained()
    known = {(str(day), what) for day, what, _ in found}
    faults = [f"| {day} | {what} | {name} |  |" for day, what, name in found
              if (str(day), what) not in rows]
    gone = [key for key in rows if key not in known]
    for row in faults:
        print("not explained:", row)
    for day, what in gone:
        print("explained, but no longer differs:", day, what)
    days = (datetime.date(max(YEARS) + 1, 1, 1) - datetime.date(min(YEARS), 1, 1)).days
    print(f"{days} days compared with {', '.join(PINNED)} and the ephemeris:",
          f"{len(found)} differences, {len(found) - len(faults)} explained")
    return 1 if faults or gone else 0


if __name__ == "__main__":
    in_own_environment()
    import holidays
    import lunar_vn
    import vi_lunaire

    sys.exit(main())
