#!/usr/bin/env python3
"""Turns the seed catalogue (JSON, ../shared/catalogue) into this project's own TOML files.

Run once when the seed changes: scripts/import-catalogue.py ../shared/catalogue catalogue
The TOML files are the catalogue; they may be edited by hand afterwards.
"""
import json
import pathlib
import shutil
import sys

POSITION = {
    "LD_CO_QUAN": "agency_leader", "LD_PHONG": "unit_leader", "CHUYEN_VIEN": "officer",
    "VAN_THU": "seal_clerk", "CC_BPMC": "counter_officer",
    "THU_KY_HOI_DONG": "council_secretary", "KIEM_SOAT": "controller", "QUAN_TRI": "admin",
}


def text(value):
    """A TOML string: basic, or multi-line when it has line breaks."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if "\n" in value:
        return '"""\n' + escaped + '"""'
    return '"' + escaped.replace("\t", "\\t") + '"'


def scalar(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        inner = ", ".join(scalar(v) for v in value)
        if len(inner) <= 90:
            return "[" + inner + "]"
        return "[\n" + "".join("  " + scalar(v) + ",\n" for v in value) + "]"
    return text(value)


def is_table(value):
    return isinstance(value, dict)


def is_tables(value):
    return isinstance(value, list) and value and all(isinstance(v, dict) for v in value)


def emit(record, prefix=()):
    """Scalars first, then tables, then arrays of tables; absent facts are left out."""
    lines = []
    for key, value in record.items():
        if value is None or value == [] or is_table(value) or is_tables(value):
            continue
        lines.append(f"{key} = {scalar(value)}")
    for key, value in record.items():
        path = ".".join([*prefix, key])
        if is_table(value):
            lines += ["", f"[{path}]", *emit(value, (*prefix, key))]
        elif is_tables(value):
            for item in value:
                lines += ["", f"[[{path}]]", *emit(item, (*prefix, key))]
    return lines


def write(path, record, head):
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join([f"# {head}", *emit(record)])
    path.write_text(body.rstrip() + "\n", encoding="utf-8")


def pick(record, *names):
    return {name: record.get(name) for name in names}


def spelled(text_value):
    return text_value.split(" (")[0]


def procedure(p):
    """Field names are kept; what only the JSON needed (row order, ids inside ids) is dropped."""
    record = dict(p)
    record["channels"] = [
        {k: v for k, v in channel.items() if k not in ("time", "default") or (k == "default" and v)}
        for channel in p["channels"]
    ]
    for channel, source in zip(record["channels"], p["channels"]):
        if (source.get("time") or {}).get("note"):
            channel["note"] = source["time"]["note"]
    supplement = dict(p["supplement"]) if p.get("supplement") else None
    if supplement and supplement.get("ask_within_by_class"):
        supplement["ask_within_by_class"] = [
            {"class": name, "wd": days} for name, days in supplement["ask_within_by_class"].items()
        ]
    record["supplement"] = supplement
    return record


def kinds(process):
    """What closes each step, from the position and the place in the graph."""
    steps = process["steps"]
    officers = ("CHUYEN_VIEN", "THU_KY_HOI_DONG")
    leaders = [i for i, s in enumerate(steps) if s["position_role"] == "LD_CO_QUAN"]
    seals = [i for i, s in enumerate(steps[:-1]) if s["position_role"] == "VAN_THU" and i > 0]
    inner = [i for i, s in enumerate(steps) if s["position_role"] in officers
             and s["unit_role"] != "CO_QUAN_PHOI_HOP"
             and (not leaders or i < leaders[-1])]
    heads = [i for i, s in enumerate(steps) if s["position_role"] == "LD_PHONG"]
    result = []
    for i, step in enumerate(steps):
        if i == 0:
            kind = "receive"
        elif i == len(steps) - 1:
            kind = "give_back"
        elif step["unit_role"] == "CO_QUAN_PHOI_HOP":
            kind = "consult"
        elif heads and i == heads[0]:
            kind = "assign"
        elif inner and i == inner[-1]:
            kind = "propose"
        elif leaders and i == leaders[-1]:
            kind = "sign"
        elif seals and i == seals[-1]:
            kind = "issue"
        elif inner and i > inner[-1] and step["position_role"] in ("LD_PHONG", "LD_CO_QUAN"):
            kind = "review"
        else:
            kind = "work"
        result.append(kind)
    return result


def process(p):
    steps = []
    for step, kind in zip(p["steps"], kinds(p)):
        legal = step["legal_max"] or {}
        ways = step["next_conditions"] or {}
        steps.append({
            "no": step["no"], "name": step["name"], "kind": kind,
            "unit_role": step["unit_role"], "position": POSITION[step["position_role"]],
            "minutes": step["working_minutes"],
            "gateway": None if step["gateway"] == "none" else step["gateway"],
            "join": step["join"], "next": step["next"],
            "next_conditions": [ways.get(str(n), "") for n in step["next"]] if ways else None,
            "external_agency": step["external_agency"], "output": step["output"],
            "form": step["form"], "legal_max_minutes": legal.get("minutes"),
            "legal_max_source": legal.get("source"),
            "may_return_for_supplement": step["may_return_for_supplement"] or None,
        })
    return {
        "id": p["id"], "procedure": p["procedure_id"], "time_class": p["time_class"],
        "phase": p["phase"], "variant": p["variant"], "version": p["version"],
        "status": p["status"], "committed_minutes": p["committed_minutes"],
        "assigned_division": p["assigned_division_id"], "tags": p["tags"], "note": p.get("note"),
        "steps": steps,
    }


def form(f):
    fields = []
    for field in f["fields"]:
        record = pick(field, "name", "label", "type", "required", "section", "condition", "choices",
                      "unit", "repeat_group", "year_only_ok", "validation", "prefill_from", "source")
        record["kind"] = record.pop("type")
        record["year_only_ok"] = record["year_only_ok"] or None
        fields.append(record)
    record = pick(f, "id", "title", "form_ref", "status", "source", "addressee", "notes")
    record["procedures"] = f["procedure_ids"]
    record["fields"] = fields
    return record


# Demo officials for desks that the seed leaves empty, so that every process can be played.
def more_officials(organisation):
    names = iter(f"{family} {middle} Mẫu {number}" for number, (family, middle) in enumerate(
        [("Nguyễn", "Thị"), ("Trần", "Văn"), ("Lê", "Thị"), ("Phạm", "Văn"), ("Hoàng", "Thị"),
         ("Vũ", "Văn"), ("Đặng", "Thị"), ("Bùi", "Văn"), ("Đỗ", "Thị"), ("Hồ", "Văn"),
         ("Ngô", "Thị"), ("Dương", "Văn"), ("Lý", "Thị"), ("Vàng", "A"), ("Giàng", "Thị"),
         ("Sùng", "A"), ("Nông", "Thị"), ("Hà", "Văn"), ("Lò", "Thị"), ("Triệu", "Văn")] * 12, 101))
    taken = {(o["unit_id"], o["division_id"], o["position_id"]) for o in organisation["officials"]}
    found = []

    def staff(unit, division, position, title, era):
        if (unit, division, position) in taken:
            return
        taken.add((unit, division, position))
        first, last = ("2018-06-21", "2025-06-30") if era == "R2018" else ("2025-07-01", None)
        found.append({
            "id": f"CB{101 + len(found)}", "full_name": next(names), "unit_id": unit,
            "division_id": division, "position_id": position, "title": title, "demo": True,
            "valid_from": first, "valid_to": last,
        })

    divisions = {d["id"]: d for d in organisation["divisions"]}
    for unit in organisation["units"]:
        era, uid = unit["era"], unit["id"]
        own = [d for d in divisions.values() if d["unit_id"] == uid]
        if unit["kind"] in ("SXD", "BQLKKT", "UBND_XA", "UBND_TINH"):
            staff(uid, None, "LD_CO_QUAN", "Lãnh đạo cơ quan", era)
        if unit["kind"] in ("UBND_XA", "VAN_PHONG_UBND"):
            staff(uid, None, "VAN_THU", "Văn thư", era)
        if unit["kind"] == "BPMC_XA":
            staff(uid, None, "CC_BPMC", "Tiếp nhận, trả kết quả", era)
        if unit["kind"] == "TTPVHCC" and not own:
            staff(uid, None, "CC_BPMC", "Tiếp nhận, trả kết quả", era)
        for division in own:
            if "van_thu" in division["functions"] and unit["kind"] in ("SXD", "BQLKKT"):
                staff(uid, division["id"], "VAN_THU", "Văn thư", era)
            elif unit["kind"] in ("SXD", "BQLKKT", "UBND_XA"):
                staff(uid, division["id"], "LD_PHONG", f"Trưởng phòng ({division['name']})", era)
                staff(uid, division["id"], "CHUYEN_VIEN", f"Chuyên viên ({division['name']})", era)
            elif unit["kind"] == "TTPVHCC":
                staff(uid, division["id"], "CC_BPMC", "Tiếp nhận, trả kết quả", era)
    return found


def organisation(o):
    units = [{
        "id": u["id"], "era": u["era"], "kind": u["kind"], "name": u["name"],
        "short_name": u["short_name"], "code": u["identifier"]["value"],
        "code_scheme": u["identifier"]["scheme"], "code_status": u["identifier"]["status"],
        "parent": u["parent_id"], "predecessors": u["predecessor_ids"],
        "valid_from": u["valid_from"], "valid_to": u["valid_to"], "status": u["status"],
        "note": u["note"],
    } for u in o["units"]]
    divisions = [{
        "id": d["id"], "unit": d["unit_id"], "name": d["name"], "functions": d["functions"],
        "predecessors": d["predecessor_ids"], "status": d["status"], "note": d.get("note"),
    } for d in o["divisions"]]
    officials = [{
        "id": p["id"], "name": p["full_name"], "unit": p["unit_id"],
        "division": p["division_id"], "position": POSITION[p["position_id"]],
        "title": p["title"], "valid_from": p["valid_from"], "valid_to": p["valid_to"],
        "demo": p["demo"],
    } for p in o["officials"] + more_officials(o)]
    return {
        "units": units, "divisions": divisions,
        "unit_roles": [pick(r, "id", "name", "candidates") for r in o["unit_roles"]],
        "officials": officials,
    }


def calendar(year, days):
    undecided = any(d["kind"] == "UNDECIDED" for d in days)
    return {
        "year": year, "entered": not undecided,
        "days": [{
            "date": d["date"], "kind": d["kind"].lower(), "name": d["name"],
            "decision": d["decision"], "status": d["status"], "evidence": d.get("evidence"),
            "compensates": d.get("compensates"), "pair_date": d.get("pair_date"),
        } for d in days],
    }


def main(source, target):
    source, target = pathlib.Path(source), pathlib.Path(target)

    def load(name):
        return json.loads((source / name).read_text(encoding="utf-8"))

    for folder in ("procedures", "processes", "forms", "calendars"):
        shutil.rmtree(target / folder, ignore_errors=True)
    for p in load("procedures.json"):
        write(target / "procedures" / f"{p['id']}.toml", procedure(p), spelled(p["name"]))
    for p in load("processes.json"):
        write(target / "processes" / f"{p['id']}.toml", process(p), "Quy trình nội bộ (demo)")
    for f in load("forms.json")["forms"]:
        write(target / "forms" / f"{f['id']}.toml", form(f), f["title"])
    write(target / "organisation.toml", organisation(load("organisation.json")),
          "Cơ quan, phòng, vai trò, cán bộ (tên cán bộ là dữ liệu trình diễn)")
    by_year = {}
    for day in load("calendars.json")["days"]:
        by_year.setdefault(int(day["date"][:4]), []).append(day)
    for year, days in sorted(by_year.items()):
        write(target / "calendars" / f"{year}.toml", calendar(year, days), f"Lịch nghỉ năm {year}")
    write(target / "sessions.toml", {"weekdays": [
        {"day": day, "sessions": [["07:30", "11:30"], ["13:30", "17:30"]]} for day in range(5)
    ]}, "Giờ làm việc theo ngày trong tuần (0 = Thứ Hai)")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
