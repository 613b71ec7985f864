#!/usr/bin/env python3
"""Recounts the reports 06a and 07a from an export of facts, with nothing of Một Cửa but the file.

    motcua export facts facts.jsonl
    scripts/recount.py facts.jsonl 06a --from 2018-01-01 --to 2018-11-16

Prints the rows as JSON, with the same names as `motcua report 06a --format json`. Every line is held
to the log first: its entry must say the same, and all entries together must give the root in the
first line. docs/facts-export.md describes the fields and the definitions. Standard library only.
"""

import argparse
import datetime
import hashlib
import json
import sys

DAY_MS = 86_400_000
VIETNAM_MS = 7 * 3_600_000

# Facts that fix a due date; the log's entry has it too.
PROMISES = ("received", "payment_confirmed", "reappointed", "due_corrected")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("report", choices=["06a", "07a"])
    parser.add_argument("--from", dest="first", required=True, type=datetime.date.fromisoformat)
    parser.add_argument("--to", dest="last", required=True, type=datetime.date.fromisoformat)
    parser.add_argument("--agency")
    parser.add_argument("--as-of", type=datetime.datetime.fromisoformat)
    asked = parser.parse_args()
    about, facts = read(asked.file)
    opens, end = window(asked)
    dossiers = {}
    for fact in facts:
        if fact["at"] <= end and of_a_dossier(fact):
            fold(dossiers.setdefault(fact["dossier"], Dossier()), fact)
    seen = [d for d in dossiers.values() if asked.agency in (None, d.agency)]
    count = rows_06a if asked.report == "06a" else rows_07a
    print(json.dumps({
        "report": asked.report,
        "from": str(asked.first),
        "to": str(asked.last),
        "agency": asked.agency,
        "ledger": {"size": about["size"], "root": about["root"]},
        "rows": count(about, seen, opens, end),
    }, ensure_ascii=False, indent=2))


def of_a_dossier(fact):
    """The log also says when it began, and what inspections did: no figure counts that."""
    return fact["kind"] != "log_began" and not fact["kind"].startswith("inspection_")


def window(asked):
    """First and last millisecond that are looked at."""
    opens = midnight(asked.first)
    end = midnight(asked.last) + DAY_MS - 1
    if asked.as_of is not None:
        day = midnight(asked.as_of.date())
        end = min(end, day + round((asked.as_of - start_of(asked.as_of)).total_seconds() * 1000))
    return opens, end


def start_of(moment):
    return datetime.datetime.combine(moment.date(), datetime.time())


def midnight(day):
    return (day - datetime.date(1970, 1, 1)).days * DAY_MS - VIETNAM_MS


def local_day(at):
    return (at + VIETNAM_MS) // DAY_MS


# The file, held to its log


def read(path):
    with open(path, encoding="utf-8") as lines:
        about = json.loads(next(lines))
        if about.get("export") != "motcua facts" or about.get("version") != 1:
            sys.exit(f"{path} is not an export of facts that this program knows")
        facts = [json.loads(line) for line in lines]
    if len(facts) != about["size"]:
        sys.exit(f"{path} has {len(facts)} facts, its first line says {about['size']}")
    leaves = []
    for place, fact in enumerate(facts):
        entry = json.loads(fact["entry"])
        told = (entry["dossier"], entry["dseq"], entry["kind"])
        if fact["index"] != place or told != (fact["dossier"], fact["seq"], fact["kind"]):
            sys.exit(f"fact {place} is not what its entry says")
        if fact["kind"] in PROMISES and fact["due"] not in (None, entry["due"]):
            sys.exit(f"fact {place}: the due date is not the one in its entry")
        leaves.append(hashlib.sha256(b"\0" + fact["entry"].encode()).digest())
    if root(leaves) != about["root"]:
        sys.exit("the entries do not give the root in the first line")
    return about, facts


def root(leaves):
    """The root of RFC 9162 over leaf hashes."""
    stack = []
    for number, leaf in enumerate(leaves):
        while number & 1:
            leaf = node(stack.pop(), leaf)
            number >>= 1
        stack.append(leaf)
    if not stack:
        return hashlib.sha256(b"").hexdigest()
    right = stack.pop()
    while stack:
        right = node(stack.pop(), right)
    return right.hex()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


# One dossier


class Dossier:
    """What the reports need of a dossier, folded fact by fact."""

    def __init__(self):
        self.agency = self.procedure = self.channel = None
        self.received = None      # first reception
        self.spells = []          # [from, to or None]: in the house's hands
        self.end = None           # (at, how)
        self.stage = "submitted"  # of what the clock needs: asked, supplemented, payment
        self.stood = None         # minutes left where the clock stands
        self.asked = []           # instants of requests for supplements
        self.promised = self.current = None
        self.apologised = False
        self.grain = "date"
        self.outcome = "granted"
        self.paid = []
        self.reception = None     # [task, due, closed]: the first reception task


def fold(d, fact):
    kind, at = fact["kind"], fact["at"]
    if d.reception and d.reception[2] is None and d.reception[0] in fact.get("closes", []):
        d.reception[2] = at
    for task in fact.get("opens", []):
        if d.reception is None and task["kind"] == "receive":
            d.reception = [task["no"], task["due"], None]
    if kind == "submitted":
        d.agency, d.procedure, d.channel = fact["agency"], fact["procedure"], fact["channel"]
    elif kind == "received":
        if d.received is None:
            d.received = at
            d.grain = fact["grain"]
        d.promised = d.current = fact["due"]
        d.stage, d.stood = "work", None
        take_in_hand(d, at)
    elif kind == "supplement_requested":
        d.asked.append(at)
        d.stage, d.stood = "asked", fact["remaining_minutes"]
        if fact["stage"] == "appraisal":
            let_go(d, at)
    elif kind == "supplemented":
        d.stage = "supplemented"
        if d.received is not None:
            take_in_hand(d, at)
    elif kind == "payment_requested":
        d.stage, d.stood = "payment", fact["remaining_minutes"] if fact["pauses"] else None
    elif kind == "payment_confirmed":
        d.paid.append(at)
        d.stage, d.stood = "work", None
        if fact["due"] is not None:
            d.promised = d.current = fact["due"]
    elif kind == "reappointed":
        d.apologised = True
        d.current = fact["due"]
    elif kind == "due_corrected":
        if not d.apologised:
            d.promised = fact["due"]
        d.current = fact["due"]
    elif kind == "proposed":
        d.outcome = fact["outcome"]
    elif kind in ("issued", "withdrawn", "stopped", "not_accepted"):
        d.end = (at, d.outcome if kind == "issued" else kind)
        d.stage, d.stood = "over", None
        let_go(d, at)


def take_in_hand(d, at):
    if not runs(d):
        d.spells.append([at, None])


def let_go(d, at):
    if runs(d):
        d.spells[-1][1] = at


def runs(d):
    return bool(d.spells) and d.spells[-1][1] is None


# Early, on time, late


def verdict(end, due, grain):
    late = local_day(end) > local_day(due) if grain == "date" else end > due
    if late:
        return "late"
    return "early" if local_day(end) < local_day(due) else "on_time"


def judged(d, end):
    """By the promise of the last receipt; more than one request for supplements is late."""
    if len(d.asked) > 1:
        return "late"
    return by_promise(d, end, d.promised)


def by_promise(d, end, due):
    if d.end is not None:
        end = d.end[0]
    elif d.stage == "asked" and len(d.asked) == 1:
        end = d.asked[0]
    return verdict(end, due, d.grain)


def resolved_as(d, end):
    """Early is only what has a result."""
    how = judged(d, end)
    if how == "early" and (d.end is None or d.end[1] not in ("granted", "refused")):
        return "on_time"
    return how


def runs_late(d, end):
    """Where the clock stands, by what was left when it stopped."""
    return d.stood < 0 if d.stood is not None else judged(d, end) == "late"


def with_apology(d, end):
    late = by_promise(d, end, d.promised) == "late"
    return d.apologised and late and by_promise(d, end, d.current) != "late"


def waits_late(d, end):
    if d.channel != "online" or d.reception is None or d.reception[1] is None:
        return False
    closed = d.reception[2] if d.reception[2] is not None else end
    return verdict(closed, d.reception[1], "minute") == "late"


def carried(d, opens):
    return any(start < opens and (to is None or to >= opens) for start, to in d.spells)


def taken_in(d, opens, end):
    return not carried(d, opens) and any(opens <= start <= end for start, _ in d.spells)


# The forms

COLUMNS_06A = ["total", "online", "direct", "carried_over", "resolved", "early", "on_time", "late",
               "running", "running_in_time", "running_late"]
COLUMNS_07A = ["total", "carried_over", "online_full", "online_partial", "online_other", "post",
               "counter", "waiting_in_time", "waiting_late", "not_accepted", "settled", "early",
               "on_time", "late_with_apology", "late_without_apology", "running",
               "running_in_time", "running_late", "stopped", "withdrawn", "paid"]


def rows_06a(about, dossiers, opens, end):
    table, total = {}, dict.fromkeys(COLUMNS_06A, 0)
    for d in dossiers:
        if not (carried(d, opens) or taken_in(d, opens, end)):
            continue
        level = about["agencies"][d.agency]["level"]
        field = about["procedures"][d.procedure]["field"]
        row = table.setdefault((level, field), dict.fromkeys(COLUMNS_06A, 0))
        columns = ["total"]
        if carried(d, opens):
            columns.append("carried_over")
        else:
            columns.append("online" if d.channel == "online" else "direct")
        if runs(d):
            columns += ["running", "running_late" if runs_late(d, end) else "running_in_time"]
        else:
            columns += ["resolved", resolved_as(d, end)]
        for column in columns:
            row[column] += 1
            total[column] += 1
    rows = [{"level": level, "field": field} | row for (level, field), row in sorted(table.items())]
    return rows + [{"level": "total", "field": ""} | total]


def rows_07a(about, dossiers, opens, end):
    table, total = {}, dict.fromkeys(COLUMNS_07A, 0)
    for d in dossiers:
        row = table.setdefault(d.agency, dict.fromkeys(COLUMNS_07A, 0))
        for column in columns_07a(about, d, opens, end):
            row[column] += 1
            total[column] += 1
    rows = [{"agency": agency} | row for agency, row in sorted(table.items())]
    return rows + [{"agency": "total"} | total]


def columns_07a(about, d, opens, end):
    if any(opens <= at <= end for at in d.paid):
        yield "paid"
    if d.received is None:
        if d.end is None:
            yield "waiting_late" if waits_late(d, end) else "waiting_in_time"
        elif d.end[1] == "not_accepted" and opens <= d.end[0] <= end:
            yield "not_accepted"
        return
    if not (carried(d, opens) or taken_in(d, opens, end)):
        return
    yield "total"
    if carried(d, opens):
        yield "carried_over"
    elif d.channel == "online":
        yield "online_" + about["procedures"][d.procedure]["online"]
    else:
        yield d.channel
    if runs(d):
        yield "running"
        yield "running_late" if runs_late(d, end) else "running_in_time"
    elif d.end is not None and d.end[1] in ("stopped", "withdrawn"):
        yield d.end[1]
    else:
        yield "settled"
        how = resolved_as(d, end)
        if how == "late":
            how = "late_with_apology" if with_apology(d, end) else "late_without_apology"
        yield how


if __name__ == "__main__":
    main()
