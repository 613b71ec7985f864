#!/usr/bin/env python3
"""Times the pages that leaders and inspectors look at, on a house that is served for it.

One client, one connection, one request after the other, as a browser asks (compressed). A page of
a period asks for other days at every request, so that no kept answer is measured. Prints p50, p95
and the longest of each page; exits 1 when a page or a standard report is over its limit, or when an
answer is not 200. `cpu ms` is the server's processor time of one request (in steps of 10 ms over
all of them): neighbours disturb it less than the rest. Standard library only.
"""

import argparse
import datetime
import fcntl
import http.client
import http.cookies
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "do-toc-do-trang"
BROWSER = {"Accept-Encoding": "gzip, br", "User-Agent": "motcua pages-speed", "Accept": "text/html"}

# Who looks: login, position, division or unit. `AGENCY` is the agency that is looked at.
PEOPLE = [
    ("controller", "controller", None),
    ("leader", "agency_leader", "AGENCY"),
    ("head", "unit_leader", "AGENCY"),
    ("officer", "officer", "AGENCY"),
    ("counter", "counter_officer", "U26.TTHCC"),
    ("inspector", "inspector", None),
]

SPAN = "tu={from}&den={to}"
# Whose figures: the controller looks at the province, the leader at the own agency.
SCOPES = [("controller", "", "province"), ("leader", "&co-quan={agency}", "agency")]
SLICES = ["thu-tuc={procedure}", "linh-vuc={field}", "kenh=online", "can-bo={official}"]
FIGURES = ["handled", "resolved_late", "running_late"]
SIGNS = ["d7", "d11"]
STANDARD = ["06a", "07a"]
REPORTS = ["ii07", "tt01", "qd766", "catalogue", "register"]


def of_a_period():
    """Pages of a period: kind, who, name, address."""
    for who, scope, name in SCOPES:
        base = f"/so-lieu?{SPAN}{scope}"
        for by in ["co-quan", "linh-vuc", "thu-tuc", "kenh", "can-bo"]:
            yield "page", who, f"/so-lieu theo={by}, {name}", f"{base}&theo={by}"
        for figure in FIGURES:
            yield "page", who, f"/so-lieu list {figure}, {name}", f"{base}&chi-tieu={figure}"
        for part in SLICES:
            what = part.split("=")[0]
            yield "page", who, f"/so-lieu of one {what}, {name}", f"{base}&{part}"
        past = f"{base}&luc={{past}}"
        yield "page", who, f"/so-lieu as of earlier, {name}", past
        yield "page", who, f"/dieu-hanh, {name}", f"/dieu-hanh?{SPAN}{scope}"
        yield "page", who, f"/dau-hieu, {name}", f"/dau-hieu?{SPAN}{scope}"
        for sign in SIGNS:
            address = f"/dau-hieu?{SPAN}{scope}&dau-hieu={sign}"
            yield "page", who, f"/dau-hieu {sign}, {name}", address
    for who, scope, name in SCOPES:
        for form in STANDARD + REPORTS:
            kind = "standard" if form in STANDARD else "file"
            for ending in ["json", "csv"]:
                address = f"/so-lieu/tai-ve?mau={form}&dang={ending}&{SPAN}{scope}"
                yield kind, who, f"{form} {ending}, {name}", address


def of_no_period():
    """Pages without a period."""
    yield "page", "controller", "/dieu-hanh/cham-diem", "/dieu-hanh/cham-diem?co-quan={agency}"
    yield "page", "leader", "/dieu-hanh/cham-diem, own", "/dieu-hanh/cham-diem"
    for part in ["chi-dao", "ke-hoach", "truyen-thong", "giai-trinh"]:
        yield "page", "leader", f"/dieu-hanh/{part}", f"/dieu-hanh/{part}"
    yield "page", None, "/cong-khai/ket-qua", "/cong-khai/ket-qua"
    for part in ["", "/theo-doi", "/tong-hop"]:
        yield "page", "inspector", f"/kiem-tra{part}", f"/kiem-tra{part}"
    for file in ["ket-qua-theo-co-quan.json", "ket-qua-theo-thu-tuc.csv", "catalog.jsonld"]:
        yield "file", None, f"/du-lieu-mo/{file}", f"/du-lieu-mo/{file}"
    yield "file", None, "/du-lieu-mo/atom.xml", "/du-lieu-mo/atom.xml"
    for who in ["counter", "head", "officer", "leader"]:
        yield "work", who, f"/cong-viec, {who}", "/cong-viec"
    yield "work", "controller", "/ho-so", "/ho-so"
    yield "work", "leader", "/ho-so, searched", "/ho-so?tu-khoa=mau"
    yield "work", "leader", "/so-theo-doi", "/so-theo-doi"
    yield "work", "leader", "/ho-so/{dossier}", "/ho-so/{dossier}"


def periods(today):
    """Name, first and last day."""
    month = today.replace(day=1)
    before = month - datetime.timedelta(days=1)
    quarter = (before.replace(day=1) - datetime.timedelta(days=40)).replace(day=1)
    return [
        ("month", month, today),
        ("last month", before.replace(day=1), before),
        ("quarter", quarter, before),
        ("year", today.replace(month=1, day=1), today),
        ("3 years", today.replace(year=today.year - 2, month=1, day=1), today),
    ]


class Server:
    """The program on the house, while it is measured."""

    def __init__(self, binary, house, now, port):
        self.port = port
        command = [binary, "serve", "--data", house, "--listen", f"127.0.0.1:{port}", "--now", now]
        self.begun = time.monotonic()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def since(self):
        return time.monotonic() - self.begun

    def wait(self, seconds):
        while self.process.poll() is None and self.since() < seconds:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        sys.exit("the server does not listen")

    def memory(self):
        """Resident and proportional set, MB."""
        folder = Path(f"/proc/{self.process.pid}")
        kib = lambda text, name: int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1))
        resident = kib((folder / "status").read_text(), "VmRSS")
        shared = kib((folder / "smaps_rollup").read_text(), "Pss")
        return f"RSS {resident * 1024 / 1e6:.0f} MB, PSS {shared * 1024 / 1e6:.0f} MB"

    def cpu_ms(self):
        """Processor time of the server so far, all threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Client:
    """A browser of one person: a connection that is kept, and cookies."""

    def __init__(self, port, patience):
        self.port, self.patience = port, patience
        self.connection, self.cookies = None, {}

    def ask(self, path, body=None, plain=False):
        """Status, bytes as sent, seconds."""
        headers = dict(BROWSER)
        if plain:
            headers["Accept-Encoding"] = "identity"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.connection is None:
            address = ("127.0.0.1", self.port)
            self.connection = http.client.HTTPConnection(*address, timeout=self.patience)
            self.connection.connect()
        begun = time.perf_counter()
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
            read = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.connection = None
            return type(error).__name__, b"", time.perf_counter() - begun
        took = time.perf_counter() - begun
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        if answer.will_close:
            self.connection.close()
            self.connection = None
        return answer.status, read, took

    def sign_in(self, login):
        self.cookies.clear()
        _, page, _ = self.ask("/dang-nhap", plain=True)
        csrf = re.search(r'name="csrf" value="([^"]*)"', page.decode())
        fields = {"csrf": csrf.group(1), "login": login, "password": PASSWORD, "next": ""}
        status, _, _ = self.ask("/dang-nhap", urllib.parse.urlencode(fields))
        if status != 303:
            sys.exit(f"{login} cannot sign in: {status}")


def officials(agency, day):
    """An official's id for each of PEOPLE, where the catalogue has one."""
    with open(ROOT / "catalogue" / "organisation.toml", "rb") as file:
        known = tomllib.load(file)["officials"]
    found = {}
    for login, position, where in PEOPLE:
        where = agency if where == "AGENCY" else where
        for one in known:
            there = where is None or one["unit"] == where
            serves = one["valid_from"] <= day <= one.get("valid_to", "9999")
            if one["position"] == position and there and serves:
                found.setdefault(login, one["id"])
    return found


def add_accounts(binary, house, people):
    for login, official in people.items():
        command = [binary, "user", "add", "--login", f"do.{login}", "--official", official]
        command += ["--password-stdin", "--data", house]
        subprocess.run(command, input=PASSWORD + "\n", text=True, check=True,
                       stdout=subprocess.DEVNULL)


def first_item(page, name):
    """The first item of a choice on a page that is not `all of them`."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.S)
    items = re.findall(r'<option[^>]*value="([^"]+)"', select.group(0)) if select else []
    return items[0] if items else ""


def measure(server, client, address, rounds):
    """Seconds of each request, CPU of one, bytes of the last answer, a status that is not 200."""
    times, status, cpu_ms = [], 200, server.cpu_ms()
    while len(times) < rounds and status == 200:
        status, body, took = client.ask(address(len(times)))
        times.append(took)
        if took > 2:
            rounds = min(rounds, max(1, int(20 / took)))
    cpu_ms = (server.cpu_ms() - cpu_ms) / len(times)
    return times, cpu_ms, len(body), None if status == 200 else status


def percentile(times, share):
    return sorted(times)[max(0, -(-len(times) * share // 100) - 1)] * 1000


class Results:
    def __init__(self, limits):
        self.limits, self.rows, self.over = limits, [], []

    def add(self, kind, name, measured):
        times, cpu_ms, size, wrong = measured
        p50, p95, most = (percentile(times, share) for share in (50, 95, 100))
        limit = self.limits.get(kind)
        bad = wrong is not None or (limit is not None and p95 > limit)
        mark = f"  answered {wrong}" if wrong else "  OVER" if bad else ""
        print(f"{p50:9.1f} {p95:9.1f} {most:9.1f} {cpu_ms:9.1f} {len(times):4} "
              f"{size / 1000:9.1f}  {kind:<8} {name}{mark}", flush=True)
        self.rows.append((kind, p95, name))
        if bad:
            self.over.append(name)

    def close(self):
        worst = lambda kinds: max((row for row in self.rows if row[0] in kinds),
                                  key=lambda row: row[1], default=("", 0.0, "-"))
        for kind in ["standard", "file", "work"]:
            count = sum(row[0] == kind for row in self.rows)
            print(f"{count} {kind}, worst p95 {worst([kind])[1]:.1f} ms: {worst([kind])[2]}")
        if self.over:
            print(f"{len(self.over)} over their limit or without an answer")
        count, slowest = sum(row[0] == "page" for row in self.rows), worst(["page"])
        print(f"{count} pages, worst p95 {slowest[1]:.1f} ms: {slowest[2]}")
        return 1 if self.over else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("house", help="the folder of the installation")
    parser.add_argument("--binary", required=True, help="the program that serves it")
    parser.add_argument("--now", default="2026-11-23T09:00", help="what the clock shows")
    parser.add_argument("--agency", default="U26.SXD", help="the agency that is looked at")
    parser.add_argument("--rounds", type=int, default=30, help="requests of each page")
    parser.add_argument("--page-ms", type=float, default=100, help="limit of a page's p95")
    parser.add_argument("--report-ms", type=float, default=10, help="limit of 06a and 07a")
    parser.add_argument("--only", default="", help="pages whose line matches this expression")
    parser.add_argument("--patience", type=float, default=1800, help="seconds for an answer")
    return parser.parse_args()


def prepare(asked, server, people):
    """The clients, signed in, and what addresses are filled with."""
    clients = {login: Client(server.port, asked.patience) for login in [None, *people]}
    clients["controller"].sign_in("do.controller")
    print(f"listening and signed in after {server.since():.2f} s; {server.memory()}", flush=True)
    status = page = None
    while status != 200 or b'http-equiv="refresh"' in page:
        if server.since() > asked.patience or server.process.poll() is not None:
            sys.exit(f"no figures {server.since():.0f} s after the start, last answer {status}; "
                     f"{server.memory()}")
        time.sleep(0.05)
        status, page, took = clients["controller"].ask("/so-lieu", plain=True)
    print(f"figures there {server.since():.2f} s after the start (last answer took {took:.2f} s); "
          f"{server.memory()}", flush=True)
    for login in people:
        clients[login].sign_in(f"do.{login}")
    page = page.decode()
    fill = {"agency": asked.agency, "field": first_item(page, "linh-vuc"),
            "procedure": first_item(page, "thu-tuc"), "official": people.get("officer", "")}
    _, list_page, _ = clients["leader"].ask("/ho-so", plain=True)
    dossiers = re.findall(r'href="/ho-so/([0-9a-f]{32})"', list_page.decode())
    return clients, fill | {"dossier": dossiers[0] if dossiers else ""}


def addresses(template, fill, span):
    """The address of the n-th request: other days each time."""
    def address(n):
        if span is None:
            return template.format(**fill)
        back = datetime.timedelta(days=n)
        first, last = span[0] - back, span[1] - back
        past = (last - datetime.timedelta(days=3)).isoformat() + "T10:00"
        return template.format(**fill, **{"from": first, "to": last, "past": past})
    return address


def main():
    asked = arguments()
    # Who is told to stop stops the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))
    today = datetime.date.fromisoformat(asked.now[:10])
    people = officials(asked.agency, today.isoformat())
    # Two runs would take each other's sessions and time.
    house = os.open(asked.house, os.O_RDONLY)
    try:
        fcntl.flock(house, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"{asked.house} is being measured already")
    add_accounts(asked.binary, asked.house, people)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Server(asked.binary, asked.house, asked.now, port)
    results = Results({"page": asked.page_ms, "standard": asked.report_ms})
    wanted = [(kind, who, f"{name}, {period}", template, (first, last))
              for kind, who, name, template in of_a_period()
              for period, first, last in periods(today)]
    wanted += [(*page, None) for page in of_no_period()]
    try:
        server.wait(120)
        clients, fill = prepare(asked, server, people)
        print("   p50 ms    p95 ms    max ms    cpu ms    n        KB  kind     page")
        for kind, who, name, template, span in wanted:
            missing = [key for key in re.findall(r"{(\w+)}", template) if fill.get(key) == ""]
            if missing or who not in clients or not re.search(asked.only, f"{kind} {name}"):
                if missing and re.search(asked.only, f"{kind} {name}"):
                    print(f"not asked, the house has no {missing[0]}: {name}")
                continue
            address = addresses(template, fill, span)
            measured = measure(server, clients[who], address, asked.rounds)
            results.add(kind, name, measured)
        print(f"at the end: {server.memory()}")
    finally:
        server.stop()
    sys.exit(results.close())


if __name__ == "__main__":
    main()
