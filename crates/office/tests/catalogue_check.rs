//! The catalogue check must be able to fail: a copy of the real catalogue is broken in one place at
//! a time, and the message must name the file, the line and the thing.

use office::catalogue::{Catalogue, Problem, Severity, Sources, check};

/// One way to break it: in `file`, the first `old` becomes `new`; the message must contain `says`.
struct Break {
    file: &'static str,
    old: &'static str,
    new: &'static str,
    says: &'static str,
}

const PERMIT: &str = "procedures/A2.XA.R2026.toml";
const EXTENSION: &str = "procedures/A8.XA.R2026.toml";
const PLAIN: &str = "processes/P.A8.XA.R2026.toml";
const PARALLEL: &str = "processes/P.A2.XA.R2026.nha_o.toml";
const FORM: &str = "forms/F.LD.NQ.toml";
const ORGANISATION: &str = "organisation.toml";
const YEAR: &str = "calendars/2026.toml";

const fn at(file: &'static str, old: &'static str, new: &'static str, says: &'static str) -> Break {
    Break { file, old, new, says }
}

const BREAKS: &[Break] = &[
    // Files that are not what they should be.
    at(EXTENSION, "row = \"A8\"", "row = ", "must be quoted"),
    at(EXTENSION, "row = \"A8\"", "row = 8", "invalid type"),
    at(EXTENSION, "row = \"A8\"", "rwo = \"A8\"", "unknown field `rwo`"),
    at(EXTENSION, "unit = \"working_day\"", "unit = \"day\"", "unknown variant `day`"),
    at(EXTENSION, "valid_from = \"2026-07-01\"", "valid_from = \"2026-13-01\"", "month"),
    at(PLAIN, "kind = \"receive\"", "kind = \"recieve\"", "unknown variant `recieve`"),
    at(PLAIN, "position = \"officer\"", "position = \"boss\"", "unknown variant `boss`"),
    at(FORM, "kind = \"tax_code\"", "kind = \"tax\"", "unknown variant `tax`"),
    at(
        "sessions.toml",
        "[\"07:30\", \"11:30\"]",
        "[\"07:30\", \"14:30\"]",
        "before 07:30-14:30 has ended",
    ),
    at("sessions.toml", "[\"07:30\", \"11:30\"]", "[\"7h30\", \"11:30\"]", "HH:MM"),
    at("sessions.toml", "day = 0", "day = 7", "day is 0 to 6"),
    // Procedures.
    at(EXTENSION, "id = \"A8.XA.R2026\"", "id = \"A7.XA.R2026\"", "another file has the same id"),
    at(EXTENSION, "id = \"A8.XA.R2026\"", "id = \"A8.XA.R2027\"", "file of its name"),
    at(EXTENSION, "agency_kind = \"UBND_XA\"", "agency_kind = \"UBND\"", "has the kind UBND"),
    at(
        EXTENSION,
        "\nagency_kind",
        "\nvalid_to = \"2026-06-30\"\nagency_kind",
        "is before valid_from",
    ),
    at(PERMIT, "time_class = \"nha_o\"", "time_class = \"nha\"", "unknown time class nha"),
    at(PERMIT, "case = [", "case = [\"khong_co\", ", "names the unknown case khong_co"),
    at(EXTENSION, "A8.XA.R2026.c02", "A8.XA.R2026.c01", "component A8.XA.R2026.c01 stands twice"),
    at(EXTENSION, "mandatory = true", "mandatory = true\ncondition = \"x\"", "and is mandatory"),
    at(EXTENSION, "process_minutes = 1440", "process_minutes = 1400", "are not 3 × 480"),
    at(EXTENSION, "asks_for = [\"GPXD\"]", "asks_for = [\"GPX\"]", "unknown kind of paper GPX"),
    at(EXTENSION, "\nkind = \"GPXD\"", "\nkind = \"GP\"", "unknown kind of paper GP"),
    // Processes.
    at(PLAIN, "procedure = \"A8.XA.R2026\"", "procedure = \"A8\"", "procedure A8 does not exist"),
    at(PLAIN, "minutes = 600", "minutes = 601", "longest way takes 1441 minutes"),
    at(PLAIN, "committed_minutes = 1440", "committed_minutes = 1441", "committed are 1441"),
    at(PLAIN, "minutes = 600", "minutes = 970", "step 3: longer than the law allows"),
    at(PLAIN, "next = [4]", "next = [99]", "step 3 leads to the missing 99"),
    at(PLAIN, "next = [4]", "next = [2]", "step 3 leads back to 2"),
    at(PLAIN, "next = [4]", "next = [5]", "step 4 is a second START"),
    at(PLAIN, "next = [4]", "next = []", "2 steps are an END"),
    at(PLAIN, "no = 4", "no = 3", "step 3 stands twice"),
    at(PARALLEL, "gateway = \"and\"\n", "", "branches without a gateway"),
    at(PLAIN, "unit_role = \"BPMC_XA\"", "unit_role = \"BPMC\"", "the unknown unit role BPMC"),
    at(PARALLEL, "\"AG.DIENLUC\"", "\"AG.DIEN\"", "the unknown agency AG.DIEN"),
    at(PLAIN, "\"D26.XA1.KT\"", "\"D26.XA9.KT\"", "division D26.XA9.KT does not exist"),
    at(PLAIN, "kind = \"sign\"", "kind = \"review\"", "0 steps of kind sign"),
    at(PLAIN, "kind = \"review\"", "kind = \"propose\"", "2 steps of kind propose"),
    at(PLAIN, "kind = \"receive\"", "kind = \"work\"", "the first step must be receive"),
    // Forms, organisation, calendar.
    at(FORM, "\"E21.BQL.R2026\"", "\"E99.BQL.R2026\"", "procedure E99.BQL.R2026 does not exist"),
    at(FORM, "name = \"mst\"", "name = \"ten_dn\"", "field ten_dn stands twice"),
    at(ORGANISATION, "parent = \"U18.UBT\"", "parent = \"U18\"", "names the unknown unit U18"),
    at(ORGANISATION, "id = \"U18.VP\"", "id = \"U18.UBT\"", "U18.UBT stands twice"),
    at(ORGANISATION, "unit = \"U18.SXD\"", "unit = \"U18.S\"", "belongs to the unknown unit U18.S"),
    at(ORGANISATION, "\"U26.BP1\", \"U26.BP2\"", "\"U26.BP9\", \"U26.BP2\"", "candidate U26.BP9"),
    at(YEAR, "date = \"2026-04-30\"", "date = \"2025-04-30\"", "2025-04-30 is not in 2026"),
    at(YEAR, "year = 2026", "year = 2025", "is not in 2025"),
];

#[test]
fn the_real_catalogue_has_no_errors() {
    let problems = check(&Sources::embedded());
    let errors: Vec<String> = lines(&problems, Severity::Error);
    assert_eq!(errors, Vec::<String>::new());
    let warnings = lines(&problems, Severity::Warning);
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(warnings[0].starts_with("calendars/2027.toml:"), "{}", warnings[0]);
}

#[test]
fn every_break_is_found_where_it_is() {
    assert!(BREAKS.len() >= 20);
    let mut missed = Vec::new();
    for broken in BREAKS {
        let mut sources = Sources::embedded();
        let text = sources.0.get_mut(broken.file).expect("the table names real files");
        let place = format!("{}: {:?} → {:?}", broken.file, broken.old, broken.new);
        if !text.contains(broken.old) {
            missed.push(format!("{place}: nothing to break"));
        }
        *text = text.replacen(broken.old, broken.new, 1);
        let problems = check(&sources);
        let found = problems.iter().any(|problem| {
            problem.severity == Severity::Error
                && problem.message.contains(broken.says)
                && names_the_place(problem, broken)
        });
        if !found {
            missed.push(format!("{place} must say {:?}: {problems:#?}", broken.says));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// The file that was broken and a line in it. A renamed record is reported at the file its new name
/// asks for, which does not exist and has no lines.
fn names_the_place(problem: &Problem, broken: &Break) -> bool {
    let renamed = broken.says == "file of its name";
    renamed || (problem.file == broken.file && problem.line > 0)
}

#[test]
fn missing_files_are_named() {
    for (file, says) in [
        ("organisation.toml", "the file is missing"),
        ("sessions.toml", "the file is missing"),
        ("calendars/2022.toml", "the year 2022 is missing"),
        ("processes/P.A8.XA.R2026.toml", "procedure A8.XA.R2026 has no main process"),
        ("procedures/A8.XA.R2026.toml", "the procedure A8.XA.R2026 does not exist"),
    ] {
        let mut sources = Sources::embedded();
        sources.0.remove(file).expect("the table names real files");
        let problems = check(&sources);
        let errors = lines(&problems, Severity::Error);
        assert!(errors.iter().any(|line| line.contains(says)), "{file}: {errors:#?}");
    }
}

#[test]
fn a_folder_reads_like_the_embedded_catalogue() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let read = Sources::read(&folder).unwrap();
    assert_eq!(read.0, Sources::embedded().0);
    assert!(Catalogue::load(&read).is_ok());
}

fn lines(problems: &[Problem], severity: Severity) -> Vec<String> {
    problems.iter().filter(|p| p.severity == severity).map(Problem::to_string).collect()
}
