//! Every form in every state, under every rule profile, with names of every kind.

use serde::Serialize;

use super::{LONGEST_NAME, named};
use crate::{Applicant, Form, RuleProfile};

/// A sample and what makes it one of its kind.
#[derive(Debug, Clone)]
pub struct Sample {
    /// `apology.R2018.hmong`: a file name without its ending.
    pub name: String,
    /// Form and state, such as `supplement-request-longest`.
    pub state: &'static str,
    /// The rules it is printed under.
    pub rules: RuleProfile,
    /// Whose language the names in it are of.
    pub people: People,
    /// The form.
    pub form: Form,
}

/// Whose names stand on a sample. All are invented; the people's usual family names are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    /// Vietnamese, with the letters that carry two marks.
    Viet,
    /// H'Mông, with the apostrophe of the people's own name in the address.
    Hmong,
    /// Dao.
    Dao,
    /// Tày.
    Tay,
    /// Ê Đê, with letters that Vietnamese has not.
    Ede,
    /// The longest name a register holds.
    Longest,
}

impl People {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Viet, Self::Hmong, Self::Dao, Self::Tay, Self::Ede, Self::Longest];

    /// Those whose names a state is shown with: the longest states are for the longest names.
    fn on(state: &str) -> &'static [Self] {
        if state.ends_with("longest") { &[Self::Ede, Self::Longest] } else { &Self::ALL }
    }

    /// The word in file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viet => "viet",
            Self::Hmong => "hmong",
            Self::Dao => "dao",
            Self::Tay => "tay",
            Self::Ede => "ede",
            Self::Longest => "longest",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Viet => "Nguyễn Thị Diễm Quỳnh Mẫu",
            Self::Hmong => "Giàng Thị Mẫu",
            Self::Dao => "Triệu Mùi Mẫu",
            Self::Tay => "Nông Thị Hạc Mẫu",
            Self::Ede => "Y Blŏk Êban",
            Self::Longest => LONGEST_NAME,
        }
    }

    fn address(self) -> &'static str {
        match self {
            Self::Viet => "Tổ dân phố 5, xã Bắc Quang, tỉnh Tuyên Quang",
            Self::Hmong => "Thôn Lùng Tám (đồng bào H'Mông), xã Quản Bạ, tỉnh Tuyên Quang",
            Self::Dao => "Thôn Nậm Đăm, xã Quản Bạ, tỉnh Tuyên Quang",
            Self::Tay => "Thôn Khuổi Khoang, xã Thượng Nông, tỉnh Tuyên Quang",
            Self::Ede => "Buôn Ea Bông, xã Ea Ktur, tỉnh Đắk Lắk",
            Self::Longest => super::LONGEST_ADDRESS,
        }
    }
}

/// All samples: states × rules × names.
pub fn matrix() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (state, form) in named() {
        for rules in RuleProfile::ALL {
            for people in People::on(state) {
                let mut form = form.clone();
                form.letterhead_mut().rules = rules;
                call(&mut form, *people);
                let name = format!("{state}.{rules:?}.{}", people.word());
                samples.push(Sample { name, state, rules, people: *people, form });
            }
        }
    }
    samples
}

/// Puts the people's names on a form.
fn call(form: &mut Form, people: People) {
    let (name, address) = (people.name().to_owned(), people.address().to_owned());
    let is = |who: &mut Applicant| {
        who.name.clone_from(&name);
        who.address = Some(address.clone());
    };
    match form {
        Form::Receipt(form) => is(&mut form.applicant),
        Form::SupplementRequest(form) => is(&mut form.applicant),
        Form::Refusal(form) => is(&mut form.applicant),
        Form::Apology(form) => is(&mut form.applicant),
        Form::StopNotice(form) => is(&mut form.applicant),
        Form::ResultLetter(form) => {
            form.recipient = name;
            form.address = Some(address);
        }
        Form::ControlSlip(form) => form.applicant_name = name,
        Form::Register(form) => {
            for line in &mut form.lines {
                line.applicant.clone_from(&name);
                line.address.clone_from(&address);
            }
        }
        Form::PostalHandOver(form) => {
            for item in &mut form.items {
                item.recipient.clone_from(&name);
                item.address.clone_from(&address);
            }
        }
        Form::ResultDraft(form) => {
            if let Some(article) = form.body.first_mut() {
                article.text = format!("Chấp thuận đề nghị của Ông/Bà {name}, {address}.");
            }
        }
        Form::RatingSlip(form) => form.reception_point = format!("Bộ phận Một cửa, {address}"),
        Form::OfficialLetter(form) => form.addressees.insert(0, format!("Ông/Bà {name}")),
    }
}
