//! What an applicant typed and chose, from the form or prefilled, and the wish it amounts to.

use super::Subject;
use crate::Web;
use crate::citizen::upload::{Taken, take};
use crate::kit::posted::Posted;
use domain::dossier::command::Submit;
use domain::dossier::event::{Applicant, Channel, Paper, ResultChannel};
use domain::procedure::form::FieldKind;
use office::ActError;
use office::accounts::SignedIn;
use office::reuse::Offer;
use std::collections::BTreeMap;

/// Everything on the page.
#[derive(Default)]
pub(super) struct Typed {
    /// Idempotency key of the page.
    pub(super) key: String,
    /// Unit id of the agency.
    pub(super) agency: String,
    /// Texts as typed.
    pub(super) applicant: Applicant,
    /// The statutory form by field name, as typed.
    pub(super) form: BTreeMap<String, String>,
    /// What was brought, by component.
    pub(super) papers: BTreeMap<String, Taken>,
    /// Where the result goes.
    pub(super) result: String,
    /// Results that may stand for a paper.
    pub(super) offers: Vec<Offer>,
}

impl Typed {
    /// A fresh page with what the account knows.
    pub(super) async fn blank(
        web: &Web,
        who: &SignedIn,
        subject: &Subject<'_>,
    ) -> Result<Typed, ActError> {
        let applicant = Applicant {
            name: who.name.clone(),
            personal_number: who.profile.personal_number.clone(),
            phone: who.profile.phone.clone(),
            email: who.profile.email.clone(),
            ..Applicant::default()
        };
        let offers = offers(web, who, subject).await?;
        Ok(Typed { key: web.fresh_key(), applicant, offers, ..Typed::default() })
    }

    /// What was sent; its files are taken at once.
    pub(super) async fn read(
        web: &Web,
        who: &SignedIn,
        subject: &Subject<'_>,
        posted: &mut Posted,
    ) -> Result<Typed, ActError> {
        let mut papers = BTreeMap::new();
        for component in subject.procedure.components_for(subject.case.as_deref()) {
            if !subject.is_filled_here(component) {
                let taken = take(web, &who.account, posted, &component.id).await?;
                papers.insert(component.id.clone(), taken);
            }
        }
        let key = match posted.key() {
            "" => web.fresh_key(),
            key => key.to_owned(),
        };
        Ok(Typed {
            key,
            agency: posted.text("agency").to_owned(),
            applicant: applicant(posted),
            form: form(subject, posted),
            papers,
            result: posted.text("result").to_owned(),
            offers: offers(web, who, subject).await?,
        })
    }

    /// Was a file refused that the applicant chose?
    pub(super) fn has_refused_files(&self) -> bool {
        self.papers.values().any(|taken| taken.refused.is_some())
    }

    /// The wish.
    pub(super) fn command(&self, subject: &Subject<'_>) -> Submit {
        let components = subject.procedure.components_for(subject.case.as_deref());
        let mut papers = Vec::new();
        for component in components {
            if subject.is_filled_here(component) {
                if !self.form.is_empty() {
                    papers.push(Paper {
                        component: component.id.clone(),
                        kind: "electronic_form".to_owned(),
                        count: 1,
                        ..Paper::default()
                    });
                }
            } else {
                let taken = self.papers.get(&component.id);
                papers.extend(taken.and_then(|taken| taken.paper(&component.id)));
            }
        }
        Submit {
            case: subject.case.clone(),
            agency: self.agency.clone(),
            channel: Channel::Online,
            applicant: self.applicant.clone(),
            form: self.form.clone(),
            papers,
            result_channel: match self.result.as_str() {
                "counter" => ResultChannel::Counter,
                "post" => ResultChannel::Post,
                _ => ResultChannel::Online,
            },
        }
    }
}

impl Subject<'_> {
    /// Is this paper the form that the page itself asks for?
    pub(super) fn is_filled_here(&self, component: &domain::procedure::Component) -> bool {
        self.form.is_some() && component.is_application_form()
    }
}

/// The applicant's own results that may stand for a paper.
async fn offers(web: &Web, who: &SignedIn, subject: &Subject<'_>) -> Result<Vec<Offer>, ActError> {
    let components = subject.procedure.components_for(subject.case.as_deref());
    web.office.own_offers(&who.actor, &components).await
}

fn applicant(posted: &Posted) -> Applicant {
    let given = |name: &str| {
        let text = posted.text(name);
        (!text.is_empty()).then(|| text.to_owned())
    };
    Applicant {
        name: posted.text("applicant.name").to_owned(),
        personal_number: given("applicant.personal_number"),
        tax_code: given("applicant.tax_code"),
        phone: given("applicant.phone"),
        email: given("applicant.email"),
        address: posted.text("applicant.address").to_owned(),
        filed_by: None,
    }
}

/// The form's own fields; others are not looked at.
fn form(subject: &Subject<'_>, posted: &Posted) -> BTreeMap<String, String> {
    let fields = subject.form.map(|form| form.fields.as_slice()).unwrap_or_default();
    let mut filled = BTreeMap::new();
    for field in fields.iter().filter(|field| field.kind != FieldKind::File) {
        let place = format!("form.{}", field.name);
        if posted.fields.iter().any(|(name, _)| *name == place) {
            filled.insert(field.name.clone(), posted.text(&place).to_owned());
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::catalogue::Catalogue;

    fn house(catalogue: &Catalogue) -> Subject<'_> {
        let procedure = catalogue.procedure("A2.XA.R2026").unwrap();
        let case = Some("nha_o_ho_gia_dinh".to_owned());
        let form = catalogue.form_for(procedure, case.as_deref());
        Subject { procedure, case, form, today: jiff::civil::date(2026, 11, 24) }
    }

    #[test]
    fn the_form_on_the_page_is_the_application() {
        let catalogue = Catalogue::embedded().unwrap();
        let subject = house(&catalogue);
        let lookup = Taken { lookup: true, ..Taken::default() };
        let typed = Typed {
            form: BTreeMap::from([("lo_dat_so".to_owned(), "12".to_owned())]),
            papers: BTreeMap::from([("A2.XA.R2026.c16".to_owned(), lookup)]),
            result: "post".to_owned(),
            ..Typed::default()
        };
        let wish = typed.command(&subject);
        let brought: Vec<(&str, &str)> = wish
            .papers
            .iter()
            .map(|paper| (paper.component.as_str(), paper.kind.as_str()))
            .collect();
        assert_eq!(
            brought,
            [("A2.XA.R2026.c01", "electronic_form"), ("A2.XA.R2026.c16", "data_lookup")]
        );
        assert_eq!(wish.result_channel, ResultChannel::Post);
        assert_eq!(wish.case.as_deref(), Some("nha_o_ho_gia_dinh"));
    }

    #[test]
    fn fields_that_the_form_lacks_are_not_taken() {
        let catalogue = Catalogue::embedded().unwrap();
        let posted = Posted {
            fields: vec![
                ("form.lo_dat_so".to_owned(), " 12 ".to_owned()),
                ("form.khong_co".to_owned(), "x".to_owned()),
            ],
            files: Vec::new(),
        };
        let filled = form(&house(&catalogue), &posted);
        assert_eq!(filled.len(), 1);
        assert_eq!(filled["lo_dat_so"], " 12 ");
    }
}
