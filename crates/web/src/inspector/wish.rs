//! From a sent form to the command it asks for.

use super::files::Chosen;
use super::form::{CITED, MEMBERS, RECOMMENDATIONS, UNITS};
use crate::Web;
use crate::citizen::field::Told;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use domain::dossier::event::FileRef;
use domain::dossier::{Actor, Problem};
use domain::inspection::command::*;
use domain::inspection::{Act, Measure};
use jiff::civil::Date;
use office::inspection::InspectionView;

/// Reads one form; what cannot be read is told at its field.
struct Reader<'p> {
    lang: Language,
    posted: &'p Posted,
    units: Vec<String>,
    told: Told,
}

/// The command of a form, or what is wrong with it before the rule is asked.
///
/// # Errors
/// Faults of the database, where a dossier's code is looked up.
pub(super) async fn command(
    web: &Web,
    staff: &Staff,
    (act, view): (Act, Option<&InspectionView>),
    (posted, chosen): (&Posted, &Chosen),
) -> Result<Result<Command, Told>, WebError> {
    let lang = staff.visitor.lang;
    let units = view.map(|view| view.inspection.plan.units.clone()).unwrap_or_default();
    let mut reader = Reader { lang, posted, units, told: Told::default() };
    let wish = with_files(reader.wish(act, &staff.who.actor), chosen);
    if let Some(sentence) = &chosen.refused {
        reader.told.say("files", sentence.clone());
    }
    if let Command::Find(find) = &wish {
        for evidence in &find.evidence {
            let Evidence::Dossier { code } = evidence else { continue };
            if web.office.dossier_of_code(code).await.is_err() {
                reader.told.say("dossiers", t(lang, "inspect-unknown-dossier"));
            }
        }
    }
    Ok(if reader.told.is_empty() { Ok(wish) } else { Err(reader.told) })
}

/// The files of a form, put where the act has its place for them.
fn with_files(wish: Command, chosen: &Chosen) -> Command {
    let files: Vec<FileRef> = chosen.kept.iter().map(|(_, file)| file.clone()).collect();
    match wish {
        Command::Report(report) => Command::Report(Report { files, ..report }),
        Command::Answer(answer) => Command::Answer(Answer { files, ..answer }),
        Command::FollowUp(follow) => Command::FollowUp(FollowUp { files, ..follow }),
        Command::Find(mut find) => {
            find.evidence.extend(files.into_iter().map(|file| Evidence::File { file }));
            Command::Find(find)
        }
        other => other,
    }
}

impl Reader<'_> {
    fn wish(&mut self, act: Act, actor: &Actor) -> Command {
        let posted = self.posted;
        let text = |name: &str| posted.text(name).trim().to_owned();
        match act {
            Act::Plan => Command::Plan(self.plan()),
            Act::Delegate => Command::Delegate(self.delegate()),
            Act::Announce => Command::Announce(self.announce()),
            Act::Report => Command::Report(self.report(actor)),
            Act::Meet => Command::Meet(Meet {
                place: text("place"),
                attendees: text("attendees"),
                course: text("course"),
            }),
            Act::FixPopulation => {
                Command::FixPopulation(FixPopulation { size: self.number("size") })
            }
            Act::DrawSample => Command::DrawSample(DrawSample {}),
            Act::Check => Command::Check(self.check()),
            Act::Find => Command::Find(self.find()),
            Act::Answer => Command::Answer(Answer {
                text: text("text"),
                finding: self.number("finding"),
                files: Vec::new(),
            }),
            Act::SignMinutes => Command::SignMinutes(SignMinutes { remark: text("remark") }),
            Act::Conclude => Command::Conclude(self.conclude()),
            Act::FollowUp => Command::FollowUp(FollowUp {
                text: text("text"),
                proof: text("proof"),
                recommendation: self.number("recommendation"),
                files: Vec::new(),
            }),
            Act::Verify => Command::Verify(Verify {
                note: text("note"),
                recommendation: self.number("recommendation"),
                judgement: self.one_of("judgement", Judgement::named),
            }),
            Act::Extend => Command::Extend(Extend {
                reason: text("reason"),
                recommendation: self.number("recommendation"),
                due_on: self.date("due_on"),
            }),
            Act::Escalate => Command::Escalate(Escalate {
                to: text("to"),
                reason: text("reason"),
                recommendation: self.number("recommendation"),
            }),
        }
    }

    fn text(&self, name: &str) -> String {
        self.posted.text(name).trim().to_owned()
    }

    fn number<N: std::str::FromStr + Default>(&mut self, name: &str) -> N {
        match self.posted.text(name).trim().parse() {
            Ok(number) => number,
            Err(_) => {
                self.wrong(name, "reason-not-a-number");
                N::default()
            }
        }
    }

    fn date(&mut self, name: &str) -> Date {
        let text = self.text(name);
        let read = text.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", &text).ok());
        match read.filter(|date| (1900..9999).contains(&date.year())) {
            Some(date) => date,
            None => {
                self.wrong(name, "reason-not-a-date");
                Date::ZERO
            }
        }
    }

    fn one_of<T: Default>(&mut self, name: &str, named: impl Fn(&str) -> Option<T>) -> T {
        match named(self.posted.text(name)) {
            Some(found) => found,
            None => {
                self.wrong(name, "reason-unknown");
                T::default()
            }
        }
    }

    /// An empty field is missing, another one cannot be read.
    fn wrong(&mut self, name: &str, key: &str) {
        let key = if self.text(name).is_empty() { "reason-missing" } else { key };
        self.told.say(name, t(self.lang, key));
    }

    fn plan(&mut self) -> Plan {
        let place = |at: usize| if at == 0 { "units".to_owned() } else { format!("units.{at}") };
        let units = (0..UNITS).map(|at| self.text(&place(at))).filter(|unit| !unit.is_empty());
        Plan {
            units: units.collect(),
            year: self.number("year"),
            month: self.number("month"),
            number: self.text("number"),
            form: self.one_of("form", Form::named),
            from: self.date("from"),
            to: self.date("to"),
            purpose: self.text("purpose"),
        }
    }

    fn delegate(&mut self) -> Delegate {
        let mut members = Vec::new();
        for at in 0..MEMBERS {
            let name = if at == 0 { "members".to_owned() } else { format!("members.{at}") };
            let official = self.text(&name);
            if !official.is_empty() {
                let role = self.one_of(&format!("roles.{at}"), Role::named);
                members.push(Member { official, role });
            }
        }
        Delegate {
            number: self.text("number"),
            decided_on: self.date("decided_on"),
            signed_by: self.text("signed_by"),
            members,
            from: self.date("from"),
            to: self.date("to"),
        }
    }

    fn announce(&mut self) -> Announce {
        Announce {
            number: self.text("number"),
            report_by: self.date("report_by"),
            session_on: self.date("session_on"),
            data_forms: split(&self.text("data_forms")),
            note: self.text("note"),
        }
    }

    /// An agency's form names its measures by place; the delegation's names them in fields.
    fn report(&mut self, actor: &Actor) -> Report {
        let mut report = Report { source: self.text("source"), ..Report::default() };
        let own = match actor {
            Actor::Official { unit, .. } => unit.clone(),
            Actor::Applicant { .. } | Actor::System => String::new(),
        };
        let cites = self.posted.fields.iter().any(|(name, _)| name == "claims.0.measure");
        if cites {
            report.claims = (0..CITED).filter_map(|at| self.cited(at)).collect();
        } else {
            let claim = |measure: &Measure| Stated {
                measure: measure.name().to_owned(),
                scope: vec![own.clone()],
                value: self.text(&claimed(*measure, "value")),
                sentence: report.source.clone(),
                reason: self.text(&claimed(*measure, "reason")),
            };
            let claims = Measure::ALL.iter().map(claim);
            report.claims = claims.filter(|claim| !claim.value.is_empty()).collect();
            report.answers = self.named("answer.");
            report.remarks = self.named("remark.").into_iter().filter_map(remark).collect();
            report.unit = own;
        }
        report
    }

    /// What was typed into the fields that begin like this, by the rest of their names.
    fn named(&self, begins: &str) -> Vec<(String, String)> {
        let typed = self.posted.fields.iter().filter_map(|(name, text)| {
            Some((name.strip_prefix(begins)?.to_owned(), text.trim().to_owned()))
        });
        typed.filter(|(_, text)| !text.is_empty()).collect()
    }

    fn cited(&self, at: usize) -> Option<Stated> {
        let part = |part: &str| self.text(&format!("claims.{at}.{part}"));
        let stated = Stated {
            measure: part("measure"),
            scope: self.scope(&part("scope")),
            value: part("value"),
            sentence: part("sentence"),
            reason: String::new(),
        };
        (!stated.measure.is_empty() || !stated.value.is_empty()).then_some(stated)
    }

    /// One agency, or all of the inspection.
    fn scope(&self, chosen: &str) -> Vec<String> {
        match chosen {
            "*" => self.units.clone(),
            unit => vec![unit.to_owned()],
        }
    }

    fn check(&mut self) -> Check {
        Check {
            unit: self.text("unit"),
            point: self.text("point"),
            mark: self.one_of("mark", Mark::named),
            note: self.text("note"),
        }
    }

    fn find(&mut self) -> Find {
        let mut evidence = Vec::new();
        for number in split(&self.text("evidence")) {
            match number.parse() {
                Ok(no) => evidence.push(Evidence::Claim { no }),
                Err(_) => self.told.say("evidence", t(self.lang, "reason-not-a-number")),
            }
        }
        let codes = split(&self.text("dossiers"));
        evidence.extend(codes.into_iter().map(|code| Evidence::Dossier { code }));
        let seen = self.text("seen");
        let seen = seen.lines().map(str::trim).filter(|line| !line.is_empty());
        evidence.extend(seen.map(|what| Evidence::Seen { what: what.to_owned() }));
        Find {
            unit: self.text("unit"),
            area: self.text("area"),
            criterion: self.text("criterion"),
            severity: self.one_of("severity", Severity::named),
            text: self.text("text"),
            evidence,
            reminder: self.text("reminder"),
        }
    }

    fn conclude(&mut self) -> Conclude {
        let mut recommendations = Vec::new();
        for at in 0..RECOMMENDATIONS {
            let name = |part: &str| format!("recommendations.{at}.{part}");
            let (addressee, text) = (self.text(&name("addressee")), self.text(&name("text")));
            if addressee.is_empty() && text.is_empty() {
                continue;
            }
            let mut findings = Vec::new();
            for number in split(&self.text(&name("findings"))) {
                match number.parse() {
                    Ok(no) => findings.push(no),
                    Err(_) => {
                        self.told.say(&name("findings"), t(self.lang, "reason-not-a-number"));
                    }
                }
            }
            recommendations.push(Recommend {
                addressee,
                text,
                due_on: self.date(&name("due_on")),
                legal_basis: self.text(&name("legal_basis")),
                findings,
            });
        }
        Conclude {
            number: self.text("number"),
            signed_by: self.text("signed_by"),
            assessment: self.text("assessment"),
            causes: self.text("causes"),
            recommendations,
        }
    }
}

/// The name of a field about a measure in an agency's report.
pub(super) fn claimed(measure: Measure, part: &str) -> String {
    format!("claims.{}.{part}", measure.name())
}

/// The problems of an agency's report at the fields of its form, which go by measure and not by
/// number.
pub(super) fn placed(wish: &Command, problems: Vec<Problem>) -> Vec<Problem> {
    let Command::Report(report) = wish else { return problems };
    if report.unit.is_empty() {
        return problems;
    }
    let at_its_measure = |mut problem: Problem| {
        let rest = problem.place.strip_prefix("claims.").and_then(|rest| rest.split_once('.'));
        let known = rest.and_then(|(at, part)| Some((at.parse::<usize>().ok()?, part)));
        if let Some((at, part)) = known
            && let Some(claim) = report.claims.get(at)
        {
            problem.place = format!("claims.{}.{part}", claim.measure);
        }
        problem
    };
    problems.into_iter().map(at_its_measure).collect()
}

/// `BM3.000.00.01-…` as the form and the dossier.
fn remark((name, text): (String, String)) -> Option<Remark> {
    let (form, dossier) = name.split_once('.')?;
    Some(Remark { form: form.to_owned(), dossier: dossier.to_owned(), text })
}

/// Words parted by commas, blanks or lines.
fn split(text: &str) -> Vec<String> {
    let words = text.split([',', ';', ' ', '\n', '\r', '\t']).map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
