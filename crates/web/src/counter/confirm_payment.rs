//! Confirming that a payment arrived.

use crate::citizen::field::{Field, Told};
use crate::kit::layout::Layout;
use crate::kit::posted::Posted;
use crate::officer::act_page::{self, ActForm, ActPage, Frame, Typed};
use crate::officer::desk::Desk;
use crate::officer::parts::{Line, Part};
use crate::public::marks;
use askama::Template;
use domain::dossier::command::ConfirmPayment;
use domain::dossier::{Act, Command};

#[derive(Template)]
#[template(path = "counter/confirm_payment.html")]
pub(crate) struct Page {
    l: Layout,
    frame: Frame,
}

impl ActPage for Page {
    const ACT: Act = Act::ConfirmPayment;

    fn new(l: Layout, frame: Frame) -> Page {
        Page { l, frame }
    }
}

impl ActForm for Page {
    fn form(desk: &Desk<'_>, typed: &Typed<'_>, told: &mut Told) -> Vec<Part> {
        let receipt = Field::new("receipt_number", desk.t("staff-payment-receipt"))
            .hint(desk.t("staff-payment-receipt-hint"))
            .required(true)
            .value(typed.text("receipt_number"))
            .told(told);
        let note = act_page::lines(desk, ("note", "staff-payment-note"), 3, typed, told);
        let asked = desk.dossier.payments.last().map(|payment| {
            let amount = marks::dong(desk.lang, payment.amount_vnd);
            Part::Facts(vec![
                Line::new(desk.t("staff-payment-what"), &payment.what),
                Line::new(desk.t("staff-payment-amount"), amount),
                Line::new(desk.t("staff-legal-basis"), &payment.legal_basis),
            ])
        });
        asked.into_iter().chain([receipt, note].map(Part::Field)).collect()
    }

    fn command(_: &Desk<'_>, posted: &Posted) -> Result<Command, Told> {
        Ok(Command::ConfirmPayment(ConfirmPayment {
            receipt_number: posted.text("receipt_number").to_owned(),
            note: posted.text("note").to_owned(),
        }))
    }
}
