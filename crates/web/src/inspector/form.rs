//! The fields of each act's form.

use super::report::report;
use super::words::{day, measure, unit};
use crate::Web;
use crate::citizen::field::{Choice, Field, Look, Told};
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t, t_with};
use crate::kit::posted::Posted;
use crate::kit::session::Staff;
use domain::dossier::Actor;
use domain::inspection::checklist::{Area, DATA_FORMS, POINTS};
use domain::inspection::command::{Form, Judgement, Mark, Role, Severity};
use domain::inspection::{Act, Inspection, Measure, Status, USUAL_DAYS};
use domain::organisation::Position;
use jiff::ToSpan as _;
use office::inspection::InspectionView;

/// Members that a form takes.
pub(super) const MEMBERS: usize = 6;
/// Agencies that a form takes.
pub(super) const UNITS: usize = 4;
/// Claims cited at once.
pub(super) const CITED: usize = 6;
/// Recommendations of a conclusion's form.
pub(super) const RECOMMENDATIONS: usize = 4;

/// What makes fields: language, what was typed, what is wrong.
pub(super) struct Maker<'p> {
    pub(super) web: &'p Web,
    pub(super) lang: Language,
    posted: Option<&'p Posted>,
    told: &'p Told,
}

/// A part of a form: its fields under a heading, with what to know before.
#[derive(Default)]
pub(super) struct Part {
    /// The heading; none for a form of one part.
    pub(super) heading: Option<String>,
    /// Paragraphs below it.
    pub(super) texts: Vec<String>,
    /// The fields.
    pub(super) fields: Vec<Field>,
}

/// The parts of an act's form.
///
/// # Errors
/// Faults of the database, where a form shows the system's values.
pub(super) async fn parts(
    web: &Web,
    staff: &Staff,
    act: Act,
    view: Option<&InspectionView>,
    (posted, told): (Option<&Posted>, &Told),
) -> Result<Vec<Part>, WebError> {
    let lang = staff.visitor.lang;
    let make = Maker { web, lang, posted, told };
    if let (Act::Report, Some(view)) = (act, view) {
        return report(&make, &staff.who.actor, &view.inspection).await;
    }
    let fields = match view {
        Some(view) => make.fields(&staff.who.actor, act, &view.inspection),
        None => make.plan(),
    };
    Ok(vec![Part { fields, ..Part::default() }])
}

impl Maker<'_> {
    fn fields(&self, actor: &Actor, act: Act, of: &Inspection) -> Vec<Field> {
        let make = self;
        match act {
            Act::Plan => make.plan(),
            Act::Delegate => make.delegate(),
            Act::Announce => make.announce(),
            Act::Report => Vec::new(),
            Act::Meet => vec![make.line("place"), make.lines("attendees"), make.lines("course")],
            Act::FixPopulation => vec![make.line_with("size", "10").typing("off", "numeric")],
            Act::DrawSample => Vec::new(),
            Act::Check => make.check(of),
            Act::Find => make.find(of),
            Act::Answer => make.answer(actor, of),
            Act::SignMinutes => vec![make.optional_lines("remark")],
            Act::Conclude => make.conclude(of),
            Act::FollowUp => {
                vec![make.recommendation(of), make.lines("text"), make.lines("proof")]
            }
            Act::Verify => vec![
                make.recommendation(of),
                make.choice(
                    "judgement",
                    make.named("judgement", &Judgement::ALL.map(Judgement::name)),
                ),
                make.lines("note"),
            ],
            Act::Extend => {
                vec![make.recommendation(of), make.line("due_on"), make.lines("reason")]
            }
            Act::Escalate => vec![make.recommendation(of), make.line("to"), make.lines("reason")],
        }
    }

    fn plan(&self) -> Vec<Field> {
        let today = self.web.office.today();
        let units: Vec<Choice> = self
            .web
            .office
            .catalogue
            .organisation
            .units
            .iter()
            .filter(|unit| unit.exists(today))
            .map(|unit| Choice::new(&unit.id, &unit.name))
            .collect();
        let mut fields = vec![
            self.line("number"),
            self.line_with("year", &today.year().to_string()).typing("off", "numeric"),
            self.line_with("month", &today.month().to_string()).typing("off", "numeric"),
            self.choice("form", self.named("inspect-form", &Form::ALL.map(Form::name))),
        ];
        for at in 0..UNITS {
            let name = if at == 0 { "units".to_owned() } else { format!("units.{at}") };
            let label =
                t_with(self.lang, "inspect-unit-number", &[("number", (at + 1).to_string())]);
            let field = Field::new(name, label).look(Look::Select(units.clone()));
            fields.push(self.typed(field.required(at == 0), ""));
        }
        fields.push(self.line_with("from", &format!("01/01/{}", today.year())));
        fields.push(self.line_with("to", &day(today)));
        fields.push(self.lines("purpose"));
        fields
    }

    fn delegate(&self) -> Vec<Field> {
        let today = self.web.office.today();
        let officials = self.web.office.catalogue.organisation.officials.iter();
        let people: Vec<Choice> = officials
            .filter(|official| official.serves(today))
            .filter(|official| {
                matches!(official.position, Position::Inspector | Position::Controller)
            })
            .map(|official| {
                Choice::new(&official.id, format!("{}, {}", official.name, official.title))
            })
            .collect();
        let roles = self.named("inspect-role", &Role::ALL.map(Role::name));
        let mut fields = vec![
            self.line("number"),
            self.line_with("decided_on", &day(today)),
            self.line("signed_by"),
            self.line_with("from", &day(today)),
            self.line("to"),
        ];
        for at in 0..MEMBERS {
            let number = [("number", (at + 1).to_string())];
            let name = if at == 0 { "members".to_owned() } else { format!("members.{at}") };
            let who = Field::new(name, t_with(self.lang, "inspect-member-number", &number));
            let who = who.look(Look::Select(people.clone())).required(at < 2);
            fields.push(self.typed(who, ""));
            let label = t_with(self.lang, "inspect-role-number", &number);
            let usual = match at {
                0 => Role::Lead,
                1 => Role::Secretary,
                _ => Role::Member,
            };
            let role = Field::new(format!("roles.{at}"), label).look(Look::Select(roles.clone()));
            fields.push(self.typed(role, usual.name()));
        }
        fields
    }

    fn announce(&self) -> Vec<Field> {
        let forms: Vec<&str> = DATA_FORMS.iter().map(|(name, _)| *name).collect();
        vec![
            self.line("number"),
            self.line("report_by"),
            self.line("session_on"),
            self.line_with("data_forms", &forms.join(", ")),
            self.optional_lines("note"),
        ]
    }

    pub(super) fn cited(&self, of: &Inspection) -> Vec<Field> {
        let measures: Vec<Choice> = Measure::ALL
            .iter()
            .map(|known| Choice::new(known.name(), measure(self.lang, *known)))
            .collect();
        let mut scopes: Vec<Choice> =
            of.plan.units.iter().map(|id| Choice::new(id, unit(self.web, id))).collect();
        if scopes.len() > 1 {
            scopes.push(Choice::new("*", t(self.lang, "inspect-all-units")));
        }
        let mut fields = Vec::new();
        for at in 0..CITED {
            let number = [("number", (at + 1).to_string())];
            let label = |key: &str| t_with(self.lang, key, &number);
            let name = |part: &str| format!("claims.{at}.{part}");
            let what = Field::new(name("measure"), label("inspect-claim-measure"));
            let scope = Field::new(name("scope"), label("inspect-claim-scope"));
            let value = Field::new(name("value"), label("inspect-claim-value"));
            let sentence = Field::new(name("sentence"), label("inspect-claim-sentence"));
            fields.push(self.typed(what.look(Look::Select(measures.clone())), ""));
            fields.push(self.typed(scope.look(Look::Select(scopes.clone())), ""));
            fields.push(self.typed(value.look(Look::Line("govuk-input--width-10")), ""));
            fields.push(self.typed(sentence.look(Look::Lines(2)), ""));
        }
        fields
    }

    fn check(&self, of: &Inspection) -> Vec<Field> {
        let point = |p: &domain::inspection::checklist::Point| {
            Choice::new(p.id, format!("{}. {}", p.id, p.text))
        };
        vec![
            self.unit(of),
            self.choice("point", POINTS.iter().map(point).collect()),
            self.choice("mark", self.named("mark", &Mark::ALL.map(Mark::name))),
            self.optional_lines("note"),
        ]
    }

    fn find(&self, of: &Inspection) -> Vec<Field> {
        let area =
            |area: Area| Choice::new(area.name(), format!("{}. {}", area.name(), area.text()));
        vec![
            self.unit(of),
            self.choice("area", Area::ALL.map(area).to_vec()),
            self.line("criterion"),
            self.choice("severity", self.named("severity", &Severity::ALL.map(Severity::name))),
            self.lines("text"),
            self.optional("evidence").hint(t(self.lang, "inspect-hint-evidence")),
            self.optional_lines("dossiers").hint(t(self.lang, "inspect-hint-dossiers")),
            self.optional_lines("seen").hint(t(self.lang, "inspect-hint-seen")),
            self.optional_lines("reminder"),
        ]
    }

    fn answer(&self, actor: &Actor, of: &Inspection) -> Vec<Field> {
        let theirs = of
            .findings
            .iter()
            .filter(|finding| finding.answer.is_none() && actor.works_at(&finding.found.what.unit));
        let choices = theirs.map(|finding| {
            let text = format!("{}. {}", finding.no, finding.found.what.text);
            Choice::new(finding.no.to_string(), text)
        });
        vec![self.choice("finding", choices.collect()), self.lines("text")]
    }

    fn conclude(&self, of: &Inspection) -> Vec<Field> {
        let due = self.web.office.today().checked_add(USUAL_DAYS.days()).map(day);
        let units: Vec<Choice> =
            of.plan.units.iter().map(|id| Choice::new(id, unit(self.web, id))).collect();
        let grave: Vec<String> = of
            .findings
            .iter()
            .filter(|finding| finding.found.what.severity.is_grave())
            .map(|finding| finding.no.to_string())
            .collect();
        let grave = grave.join(", ");
        let mut fields = vec![
            self.line("number"),
            self.line("signed_by").hint(t(self.lang, "inspect-hint-signed-by")),
            self.lines("assessment"),
            self.optional_lines("causes"),
        ];
        for at in 0..RECOMMENDATIONS {
            let number = [("number", (at + 1).to_string())];
            let label = |key: &str| t_with(self.lang, key, &number);
            let name = |part: &str| format!("recommendations.{at}.{part}");
            let to = Field::new(name("addressee"), label("inspect-recommend-addressee"));
            let text = Field::new(name("text"), label("inspect-recommend-text"));
            let on = Field::new(name("due_on"), label("inspect-recommend-due-on"));
            let basis = Field::new(name("legal_basis"), label("inspect-recommend-basis"));
            let answers = Field::new(name("findings"), label("inspect-recommend-findings"));
            fields.push(self.typed(to.look(Look::Select(units.clone())), ""));
            fields.push(self.typed(text.look(Look::Lines(3)), ""));
            fields.push(self.typed(on, due.as_deref().unwrap_or_default()));
            fields.push(self.typed(basis, ""));
            fields.push(self.typed(answers, if at == 0 { grave.as_str() } else { "" }));
        }
        fields
    }

    fn recommendation(&self, of: &Inspection) -> Field {
        let open = of.recommendations.iter().filter(|one| one.status != Status::Verified);
        let choice = open
            .map(|one| Choice::new(one.no.to_string(), format!("{}. {}", one.no, one.what.text)));
        self.choice("recommendation", choice.collect())
    }

    fn unit(&self, of: &Inspection) -> Field {
        let choice = |id: &String| Choice::new(id, unit(self.web, id));
        self.choice("unit", of.plan.units.iter().map(choice).collect())
    }

    /// Choices of the domain with their words.
    fn named(&self, key: &str, names: &[&str]) -> Vec<Choice> {
        let choice = |name: &&str| {
            Choice::new(*name, t(self.lang, &format!("{key}-{}", name.replace('_', "-"))))
        };
        names.iter().map(choice).collect()
    }

    fn label(&self, name: &str) -> String {
        t(self.lang, &format!("inspect-field-{}", name.replace('_', "-")))
    }

    pub(super) fn typed(&self, field: Field, otherwise: &str) -> Field {
        let value = match self.posted {
            Some(posted) => posted.text(&field.name).to_owned(),
            None => otherwise.to_owned(),
        };
        field.value(value).told(self.told)
    }

    fn optional(&self, name: &str) -> Field {
        self.typed(Field::new(name, self.label(name)), "")
    }

    pub(super) fn line(&self, name: &str) -> Field {
        self.optional(name).required(true)
    }

    fn line_with(&self, name: &str, otherwise: &str) -> Field {
        self.typed(Field::new(name, self.label(name)).required(true), otherwise)
    }

    fn lines(&self, name: &str) -> Field {
        self.optional_lines(name).required(true)
    }

    fn optional_lines(&self, name: &str) -> Field {
        self.optional(name).look(Look::Lines(4))
    }

    fn choice(&self, name: &str, choices: Vec<Choice>) -> Field {
        self.optional(name).look(Look::Select(choices)).required(true)
    }
}
