//! Asking for a payment that the applicant owes.

use super::act_page::{ActForm, ActPage, Frame, Typed};
use super::desk::Desk;
use super::parts::Part;
use crate::citizen::field::{Field, Look, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use askama::Template;
use domain::dossier::command::RequestPayment;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "officer/request_payment.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::RequestPayment;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let pauses = desk.dossier.rules.is_some_and(|rules| rules.financial_hold_pauses);
        let clock = if pauses { "staff-payment-pauses" } else { "staff-payment-runs" };
        let line = |name: &'static str, label: &str| {
            Field::new(name, desk.t(label)).value(typed.text(name)).told(told)
        };
        let what = line("what", "staff-payment-what")
            .hint(desk.t("staff-payment-what-hint"))
            .required(true);
        let amount = line("amount_vnd", "staff-payment-amount")
            .look(Look::Line("govuk-input--width-10"))
            .typing("off", "numeric")
            .required(true);
        let amount = Field { suffix: Some(desk.t("staff-dong")), ..amount };
        let basis = line("legal_basis", "staff-legal-basis")
            .hint(desk.t("staff-payment-basis-hint"))
            .required(true);
        let days = line("within_days", "staff-payment-days")
            .hint(desk.t("staff-payment-days-hint"))
            .look(Look::Line("govuk-input--width-3"))
            .typing("off", "numeric");
        let fields = [what, amount, basis, days].map(Part::Field);
        [Part::Warning(desk.t(clock))].into_iter().chain(fields).collect()
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        let days = posted.text("within_days").trim();
        // What is no number is none: the rule says which numbers it takes.
        let number = |days: &str| days.parse().unwrap_or(0);
        Ok(Command::RequestPayment(RequestPayment {
            what: posted.text("what").to_owned(),
            amount_vnd: dong(posted.text("amount_vnd")).unwrap_or(0),
            legal_basis: posted.text("legal_basis").to_owned(),
            within_days: (!days.is_empty()).then(|| number(days)),
        }))
    }
}

/// An amount as people write it: `1.250.000`, `1 250 000`.
fn dong(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}')).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(dong("1.250.000"), Some(1_250_000));
        assert_eq!(dong(" 75 000 "), Some(75_000));
        assert_eq!(dong("75,5"), None);
        assert_eq!(dong("-3"), None);
        assert_eq!(dong(""), None);
    }
}
