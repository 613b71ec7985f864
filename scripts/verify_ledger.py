#!/usr/bin/env python3
"""Checks an export of the log with nothing of Một Cửa but the folder. Standard library only.

    motcua ledger export log
    scripts/verify_ledger.py log --key "$KEY" --checkpoint kept.txt --policy witnesses.policy \\
        --report 06a.json

The second opinion beside `motcua inspect verify`, written apart from it: hashes every entry again
and every tile from the entries, checks the root, the log's signature, the witnesses' signatures,
that heads kept from earlier are continued, that books have no gaps and time does not run back, that
each fact is the one in its entry, that contents (`--contents`, a mirror) are those the entries are
committed to, and recounts the reports 06a and 07a. Prints one line for each check; fails when one of
them does. docs/verify.md says what each proves.
"""

import argparse
import base64
import contextlib
import datetime
import hashlib
import json
import pathlib
import sys

import recount

WIDTH = 256
COSIGNATURE = 4
ED25519 = 1


class Wrong(Exception):
    """What is wrong, in words."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--key", help="the log's key; the one beside the export when missing")
    parser.add_argument("--checkpoint", action="append", default=[], type=pathlib.Path)
    parser.add_argument("--policy", type=pathlib.Path)
    parser.add_argument("--contents", type=pathlib.Path, help="a mirror, with contents and salts")
    parser.add_argument("--report", action="append", default=[], type=pathlib.Path)
    asked = parser.parse_args()
    # What follows rests on the log: where that is wrong, nothing else is worth asking.
    checks = (log, heads, witnesses, facts, contents, reports)
    sys.exit(0 if all(check(asked) for check in checks) else 1)


def told(check):
    """Runs a check; prints what it says, or what is wrong."""
    def run(asked):
        try:
            print(f"ok     {check.__name__}: {check(asked)}")
            return True
        except (Wrong, OSError, ValueError, KeyError) as problem:
            print(f"WRONG  {check.__name__}: {problem}")
            return False
    return run


# The log


@told
def log(asked):
    head = head_of(asked, (asked.folder / "checkpoint").read_text())
    tree = Tree()
    last_ts, dossiers, books = 0, {}, {}
    for index, text in enumerate(entries(asked.folder, head["size"])):
        tree.append(leaf(text))
        entry = json.loads(text)
        if canonical(entry) != text:
            raise Wrong(f"entry {index} is not in its canonical form")
        if entry["ts"] < last_ts:
            raise Wrong(f"entry {index}: time runs back")
        last_ts = entry["ts"]
        seq, prev = dossiers.get(entry["dossier"], (0, None))
        if entry["dseq"] != seq + 1 or entry.get("prev") != prev:
            raise Wrong(f"entry {index}: dossier {entry['dossier']} has a gap before it")
        dossiers[entry["dossier"]] = (entry["dseq"], leaf(text).hex())
        if "book" in entry:
            if entry["book_no"] != books.get(entry["book"], 0) + 1:
                raise Wrong(f"entry {index}: book {entry['book']} has a gap before it")
            books[entry["book"]] = entry["book_no"]
    if tree.root() != head["root"]:
        raise Wrong(f"the entries give the root {tree.root().hex()}, not the signed one")
    tiles(asked.folder, tree.leaves)
    asked.leaves = tree.leaves
    return (f"{head['size']} entries of {len(dossiers)} dossiers in {len(books)} books, root "
            f"{head['root'].hex()}, signed by {head['origin']}")


def entries(folder, size):
    """Every entry's bytes, in order."""
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        bundle = (folder / path("entries", number, width)).read_bytes()
        for _ in range(width):
            length = int.from_bytes(bundle[:2], "big")
            if len(bundle) < 2 + length:
                raise Wrong(f"bundle {number} breaks off")
            yield bundle[2:2 + length]
            bundle = bundle[2 + length:]
        if bundle:
            raise Wrong(f"bundle {number} has more than its entries")


def tiles(folder, hashes):
    """Every tile of hashes, computed from the leaves and compared."""
    level = 0
    while hashes:
        above = []
        for number in range(-(-len(hashes) // WIDTH)):
            row = hashes[number * WIDTH:(number + 1) * WIDTH]
            if (folder / path(level, number, len(row))).read_bytes() != b"".join(row):
                raise Wrong(f"tile {level}/{number} is not what the entries give")
            if len(row) == WIDTH:
                above.append(root_of(row))
        hashes, level = above, level + 1


def path(level, number, width):
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{'/'.join(groups)}{partial}"


def canonical(entry):
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf(text):
    return hashlib.sha256(b"\0" + text).digest()


def root_of(leaves):
    tree = Tree()
    for one in leaves:
        tree.append(one)
    return tree.root()


class Tree:
    """The tree of RFC 9162, growing; knows its root at every size it had."""

    def __init__(self):
        self.leaves, self.stack = [], []

    def append(self, hash_):
        number = len(self.leaves)
        self.leaves.append(hash_)
        while number & 1:
            hash_ = recount.node(self.stack.pop(), hash_)
            number >>= 1
        self.stack.append(hash_)

    def root(self):
        if not self.stack:
            return hashlib.sha256(b"").digest()
        stack = list(self.stack)
        right = stack.pop()
        while stack:
            right = recount.node(stack.pop(), right)
        return right


# Signed heads


def head_of(asked, note):
    """Origin, size and root of a note that the log's key signed."""
    key = vkey(asked.key or (asked.folder / "key.pub").read_text().strip(), ED25519)
    text, lines = parts(note)
    for name, id_, blob in lines:
        if (name, id_) == (key["name"], key["id"]) and verify(key["point"], text, blob):
            origin, size, root = text.decode().splitlines()
            if origin != key["name"]:
                raise Wrong(f"the head is of the log {origin}")
            return {"origin": origin, "size": int(size), "root": base64.b64decode(root)}
    raise Wrong(f"the head is not signed by {key['name']}")


def parts(note):
    """The signed text, and (name, key id, signature) of each line."""
    text, _, lines = note.rpartition("\n\n")
    signatures = []
    for line in lines.splitlines():
        _, name, blob = line.split(" ")
        blob = base64.b64decode(blob)
        signatures.append((name, blob[:4], blob[4:]))
    return (text + "\n").encode(), signatures


def vkey(text, kind):
    name, id_, blob = text.split("+", 2)
    blob = base64.b64decode(blob)
    expected = hashlib.sha256(name.encode() + b"\n" + blob).digest()[:4]
    if blob[0] != kind or len(blob) != 33 or bytes.fromhex(id_) != expected:
        raise Wrong(f"{text} is not a key of type {kind}")
    return {"name": name, "id": expected, "point": blob[1:]}


@told
def heads(asked):
    """Heads kept from earlier, and those that witnesses spoke of, must be continued."""
    kept = [(str(name), name.read_text()) for name in asked.checkpoint]
    spoken = asked.folder / "witnessed.jsonl"
    lines = spoken.read_text().splitlines() if spoken.exists() else []
    kept += [(f"witnessed head {at}", json.loads(line)["note"]) for at, line in enumerate(lines)]
    olds = [(name, head_of(asked, note)) for name, note in kept]
    wanted = {old["size"] for _, old in olds}
    tree, roots = Tree(), {0: Tree().root()}
    for one in asked.leaves:
        tree.append(one)
        if len(tree.leaves) in wanted:
            roots[len(tree.leaves)] = tree.root()
    for name, old in olds:
        if old["size"] > len(tree.leaves):
            raise Wrong(f"{name} had {old['size']} entries: the log was rolled back")
        if roots[old["size"]] != old["root"]:
            raise Wrong(f"{name}: the first {old['size']} entries were rewritten since")
    return f"{len(asked.checkpoint)} kept and {len(lines)} witnessed heads are continued"


@told
def witnesses(asked):
    if asked.policy is None:
        return "no policy given; only the log itself vouches for its head"
    logs, keys, rules, quorum = policy(asked.policy.read_text())
    note = (asked.folder / "checkpoint").read_text()
    head = head_of(asked, note)
    if logs and head["origin"] not in logs:
        raise Wrong(f"the policy does not name the log {head['origin']}")
    text, lines = parts(note)
    seen = {}
    for witness, key in keys.items():
        for name, id_, blob in lines:
            at = int.from_bytes(blob[:8], "big")
            message = f"cosignature/v1\ntime {at}\n".encode() + text
            if (name, id_) == (key["name"], key["id"]) and verify(key["point"], message, blob[8:]):
                seen[witness] = at
    names = ", ".join(f"{name} at {at}" for name, at in seen.items()) or "nobody"
    if quorum != "none" and not counts(quorum, rules, seen):
        raise Wrong(f"not enough witnesses: {names}")
    return names


def policy(text):
    logs, keys, rules, quorum = [], {}, {}, None
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "log":
            logs.append(vkey(words[1], ED25519)["name"])
        elif words[0] == "witness":
            keys[words[1]] = vkey(words[2], COSIGNATURE)
        elif words[0] == "group":
            members = words[3:]
            at_least = {"all": len(members), "any": 1}.get(words[2]) or int(words[2])
            rules[words[1]] = (at_least, members)
        elif words[0] == "quorum":
            quorum = words[1]
    if quorum is None:
        raise Wrong("the policy has no quorum")
    return logs, keys, rules, quorum


def counts(name, rules, seen):
    if name not in rules:
        return name in seen
    at_least, members = rules[name]
    return sum(counts(member, rules, seen) for member in members) >= at_least


# Facts, contents, figures


@told
def facts(asked):
    path_ = asked.folder / "facts.jsonl"
    if not path_.exists():
        raise Wrong("there is no facts.jsonl: figures cannot be recounted")
    with as_problem():
        about, lines = recount.read(path_)
    if recount.root(asked.leaves) != about["root"]:
        raise Wrong("facts.jsonl is of another log, or of another day")
    tolerance = 300_000
    for line in lines:
        if abs(json.loads(line["entry"])["ts"] - line["at"]) > tolerance:
            raise Wrong(f"fact {line['index']} has another time than the log")
    asked.facts = about, lines
    return f"{len(lines)} facts agree with the log, entry by entry"


@told
def contents(asked):
    if asked.contents is None:
        return "not given"
    held = 0
    with asked.contents.open(encoding="utf-8") as lines:
        next(lines)
        for line in map(json.loads, lines):
            text = line["entry"].encode()
            if leaf(text) != asked.leaves[line["index"]]:
                raise Wrong(f"entry {line['index']} is not the log's")
            if line["payload"] is None:
                continue
            committed = hashlib.sha256(bytes.fromhex(line["salt"]) + line["payload"].encode())
            if committed.hexdigest() != json.loads(text)["commit"]:
                raise Wrong(f"entry {line['index']}: not the content it is committed to")
            held += 1
    return f"{held} contents are those that their entries are committed to"


@told
def reports(asked):
    """Each number of the reports 06a and 07a must be the recounted one."""
    same = 0
    for name in asked.report:
        report = json.loads(name.read_text())
        if report["report"] not in ("06a", "07a"):
            continue
        same += compare(name, report, again(asked, report))
    return f"{same} numbers recounted" if asked.report else "none given"


def again(asked, report):
    """The rows, recounted from as many facts as the report rests on."""
    about, lines = asked.facts
    size = report["ledger"]["size"]
    if size > len(lines) or root_of(asked.leaves[:size]).hex() != report["ledger"]["root"]:
        raise Wrong("the report does not rest on this log")
    opens = recount.midnight(datetime.date.fromisoformat(report["from"]))
    end = recount.midnight(datetime.date.fromisoformat(report["to"])) + recount.DAY_MS - 1
    as_of = datetime.datetime.fromisoformat(report["as_of"].replace("Z", "+00:00"))
    end = min(end, round(as_of.timestamp() * 1000))
    dossiers = {}
    for fact in lines[:size]:
        if fact["at"] <= end and recount.of_a_dossier(fact):
            recount.fold(dossiers.setdefault(fact["dossier"], recount.Dossier()), fact)
    seen = [d for d in dossiers.values() if report["agency"] in (None, d.agency)]
    count = recount.rows_06a if report["report"] == "06a" else recount.rows_07a
    return count(about, seen, opens, end)


def compare(name, report, rows):
    names = ("level", "field", "agency")
    key = lambda row: tuple(row.get(one) for one in names)  # noqa: E731
    claimed = {key(row): row for row in report["rows"]}
    if set(claimed) != {key(row) for row in rows}:
        raise Wrong(f"{name} has other rows")
    same = 0
    for row in rows:
        for column, number in row.items():
            if claimed[key(row)][column] != number:
                raise Wrong(f"{name}, {key(row)}, {column}: {claimed[key(row)][column]} is "
                            f"reported, {number} recounted")
            same += column not in names
    return same


@contextlib.contextmanager
def as_problem():
    """What would end the recount ends a check."""
    try:
        yield
    except SystemExit as problem:
        raise Wrong(problem.code) from None


# Ed25519 as in RFC 8032, in plain integers

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    left, right = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    sum_ = (0, 1, 1, 0)
    while number:
        if number & 1:
            sum_ = add(sum_, point)
        point = add(point, point)
        number >>= 1
    return sum_


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decompress(text):
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * I % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decompress((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def verify(key, message, signature):
    if len(signature) != 64:
        return False
    a, r = decompress(key), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    hash_ = hashlib.sha512(signature[:32] + key + message).digest()
    h = int.from_bytes(hash_, "little") % L
    return same_point(times(s, BASE), add(r, times(h, a)))


if __name__ == "__main__":
    main()
