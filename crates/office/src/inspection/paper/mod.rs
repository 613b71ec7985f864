//! The papers of an inspection in the layout of NĐ 30/2020/NĐ-CP, made from its facts: the same
//! facts give the same bytes.

mod annex;
mod parts;
mod synthesis;
mod words;

use crate::error::ActError;
use crate::office::Office;
use documents::{
    Block, Depth, DocumentNumber, Form, Letterhead, OfficialLetter, Orientation, RuleProfile,
    Signatory, SigningState,
};
use domain::dossier::Actor;
use domain::inspection::Inspection;
use domain::inspection::command::Role;
use domain::time::{Instant, instant};
use jiff::civil::Date;
use parts::{heading, paragraph, section};

/// A paper of an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Kế hoạch kiểm tra.
    Plan,
    /// Quyết định thành lập Đoàn.
    Decision,
    /// Công văn gửi đề cương và biểu số liệu.
    Outline,
    /// Biên bản kiểm tra.
    Minutes,
    /// Phụ lục: biểu số liệu do đơn vị báo cáo.
    Annex,
    /// Báo cáo kết quả của Đoàn.
    Report,
    /// Thông báo kết luận.
    Conclusion,
    /// Công văn đôn đốc thực hiện kiến nghị.
    Reminder,
}

impl Paper {
    /// Every paper, in the order of an inspection.
    pub const ALL: [Paper; 8] = [
        Paper::Plan,
        Paper::Decision,
        Paper::Outline,
        Paper::Minutes,
        Paper::Annex,
        Paper::Report,
        Paper::Conclusion,
        Paper::Reminder,
    ];

    /// The name in addresses and translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Paper::Plan => "ke-hoach",
            Paper::Decision => "quyet-dinh",
            Paper::Outline => "de-cuong",
            Paper::Minutes => "bien-ban",
            Paper::Annex => "bieu-so-lieu",
            Paper::Report => "bao-cao",
            Paper::Conclusion => "ket-luan",
            Paper::Reminder => "don-doc",
        }
    }

    /// The paper of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Paper> {
        Paper::ALL.into_iter().find(|paper| paper.name() == name)
    }

    /// Is there anything to print yet?
    #[must_use]
    pub fn is_there(self, of: &Inspection) -> bool {
        match self {
            Paper::Plan => true,
            Paper::Decision => !of.delegations.is_empty(),
            Paper::Outline => of.announced.is_some(),
            Paper::Minutes => !of.sessions.is_empty() || !of.signatures.is_empty(),
            Paper::Annex => annex::handed_in(of).next().is_some(),
            Paper::Report => of.minutes_are_signed(),
            Paper::Conclusion => of.conclusion.is_some(),
            Paper::Reminder => !of.recommendations.is_empty(),
        }
    }
}

impl Office {
    /// A paper of an inspection.
    ///
    /// # Errors
    /// [`ActError::NotFound`] for those who may not see it and before there is one.
    pub async fn inspection_paper(
        &self,
        actor: &Actor,
        code: &str,
        paper: Paper,
    ) -> Result<Vec<u8>, ActError> {
        let view = self.inspection(actor, code).await?;
        if !paper.is_there(&view.inspection) {
            return Err(ActError::NotFound);
        }
        let printer = Printer { office: self, code, of: &view.inspection };
        self.set(Form::OfficialLetter(printer.paper(paper)?)).await
    }
}

/// What every paper asks.
struct Printer<'o> {
    office: &'o Office,
    code: &'o str,
    of: &'o Inspection,
}

impl Printer<'_> {
    fn paper(&self, paper: Paper) -> Result<OfficialLetter, ActError> {
        match paper {
            Paper::Plan => Ok(self.plan()),
            Paper::Decision => self.decision().ok_or(ActError::NotFound),
            Paper::Outline => self.outline().ok_or(ActError::NotFound),
            Paper::Minutes => Ok(self.minutes()),
            Paper::Annex => self.annex().ok_or(ActError::NotFound),
            Paper::Report => Ok(self.report()),
            Paper::Conclusion => self.conclusion().ok_or(ActError::NotFound),
            Paper::Reminder => Ok(self.reminder()),
        }
    }

    fn plan(&self) -> OfficialLetter {
        let plan = &self.of.plan;
        let at = instant(self.first_day().to_datetime(jiff::civil::time(8, 0, 0, 0)));
        let body = vec![
            section("I. MỤC ĐÍCH, NỘI DUNG"),
            paragraph(&plan.purpose),
            section("II. ĐƠN VỊ, THỜI GIAN, HÌNH THỨC"),
            Block::List { items: plan.units.iter().map(|unit| self.unit(unit)).collect() },
            paragraph(&format!(
                "Thời gian: tháng {} năm {}. Hình thức: {}. Thời kỳ kiểm tra: từ {} đến {}.",
                plan.month,
                plan.year,
                words::form(plan.form),
                day(plan.from),
                day(plan.to)
            )),
        ];
        let subject = format!("kiểm tra công tác cải cách hành chính năm {}", plan.year);
        OfficialLetter {
            title: Some("Kế hoạch".to_owned()),
            body,
            ..self.letter(&self.province(), &plan.number, at, &subject)
        }
    }

    fn decision(&self) -> Option<OfficialLetter> {
        let decided = self.of.delegations.last()?;
        let what = &decided.what;
        let at = instant(what.decided_on.to_datetime(jiff::civil::time(8, 0, 0, 0)));
        let mut body = vec![
            paragraph_of("Điều 1.", "Thành lập Đoàn kiểm tra cải cách hành chính, gồm:"),
            Block::Table(self.members()),
            paragraph_of("Điều 2.", &format!("Đoàn kiểm tra tại: {}.", self.units())),
        ];
        body.push(paragraph(&format!(
            "Thời kỳ kiểm tra: từ {} đến {}. Thời hạn làm việc của Đoàn: từ {} đến {}; trong thời \
             hạn này thành viên được đọc hồ sơ của đơn vị trên hệ thống, mỗi lần đọc đều được ghi \
             lại và đơn vị xem được.",
            day(self.of.plan.from),
            day(self.of.plan.to),
            day(what.from),
            day(what.to)
        )));
        body.push(paragraph_of(
            "Điều 3.",
            "Quyết định có hiệu lực kể từ ngày ký. Các đơn vị và thành viên có tên tại Điều 1, \
             Điều 2 chịu trách nhiệm thi hành.",
        ));
        let subject = "thành lập Đoàn kiểm tra công tác cải cách hành chính";
        Some(OfficialLetter {
            title: Some("Quyết định".to_owned()),
            authority: Some(self.province()),
            grounds: grounds(),
            body,
            signatories: vec![signatory(&what.signed_by)],
            ..self.letter(&self.province(), &what.number, at, subject)
        })
    }

    fn outline(&self) -> Option<OfficialLetter> {
        let announced = self.of.announced.as_ref()?;
        let what = &announced.what;
        let mut body = vec![
            paragraph(&format!(
                "Đoàn kiểm tra làm việc tại đơn vị ngày {}. Đề nghị đơn vị chuẩn bị báo cáo theo \
                 đề cương và biểu số liệu dưới đây, gửi trước ngày {}.",
                day(what.session_on),
                day(what.report_by)
            )),
            section("I. ĐỀ CƯƠNG BÁO CÁO"),
        ];
        body.extend(parts::outline_sections());
        body.push(section("II. BIỂU SỐ LIỆU"));
        body.push(Block::List { items: parts::data_forms(&what.data_forms) });
        if !what.note.is_empty() {
            body.push(section("III. YÊU CẦU KHÁC"));
            body.push(paragraph(&what.note));
        }
        let subject = "đề cương báo cáo, biểu số liệu và lịch kiểm tra cải cách hành chính";
        Some(OfficialLetter {
            addressees: self.of.plan.units.iter().map(|unit| self.unit(unit)).collect(),
            body,
            signatories: vec![self.lead()],
            ..self.letter(DELEGATION, &what.number, announced.at, subject)
        })
    }

    fn minutes(&self) -> OfficialLetter {
        let at = self.of.sessions.last().map(|session| session.at);
        let at = at.or_else(|| self.of.signatures.first().map(|signed| signed.at));
        let mut body = vec![section("I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN")];
        for session in &self.of.sessions {
            let when = parts::moment(session.at);
            body.push(paragraph(&format!("{when}, tại {}.", session.what.place)));
            let there = session.what.attendees.lines().map(str::trim).filter(|l| !l.is_empty());
            body.push(Block::List { items: there.map(str::to_owned).collect() });
        }
        body.push(section("II. NỘI DUNG LÀM VIỆC"));
        body.extend(self.of.sessions.iter().map(|session| paragraph(&session.what.course)));
        body.extend(self.results("III"));
        body.extend(self.sample("IV"));
        body.extend(parts::evidence_files(self.of));
        body.push(paragraph(
            "Biên bản được các bên đọc lại, thống nhất và ký; mỗi bên giữ một bản.",
        ));
        let mut signatories: Vec<Signatory> =
            self.of.plan.units.iter().map(|unit| self.of_unit(unit)).collect();
        signatories.push(self.lead());
        let subject = format!("kiểm tra công tác cải cách hành chính tại {}", self.units());
        let at = at.unwrap_or_else(|| self.office.clock.now());
        OfficialLetter {
            title: Some("Biên bản".to_owned()),
            body,
            signatories,
            state: match self.of.minutes_are_signed() {
                true => SigningState::Final,
                false => SigningState::Draft,
            },
            ..self.letter(DELEGATION, "BB-ĐKT", at, &subject)
        }
    }

    fn report(&self) -> OfficialLetter {
        let at = self.of.signatures.last().map(|signed| signed.at);
        let at = at.unwrap_or_else(|| self.office.clock.now());
        let mut body = self.results("I");
        body.extend(self.sample("II"));
        body.push(section("III. PHIẾU KIỂM TRA"));
        body.push(parts::checks(self));
        body.extend(parts::evidence_files(self.of));
        let subject = format!("kết quả kiểm tra cải cách hành chính tại {}", self.units());
        OfficialLetter {
            title: Some("Báo cáo".to_owned()),
            body,
            signatories: vec![self.lead()],
            ..self.letter(DELEGATION, "BC-ĐKT", at, &subject)
        }
    }

    fn conclusion(&self) -> Option<OfficialLetter> {
        let concluded = self.of.conclusion.as_ref()?;
        let what = &concluded.what;
        let mut body = vec![section("I. ĐÁNH GIÁ CHUNG"), paragraph(&what.assessment)];
        body.extend(self.results("II"));
        if !what.causes.is_empty() {
            body.push(section("III. NGUYÊN NHÂN"));
            body.push(paragraph(&what.causes));
        }
        body.push(section(if what.causes.is_empty() {
            "III. KIẾN NGHỊ"
        } else {
            "IV. KIẾN NGHỊ"
        }));
        body.push(match self.of.recommendations.is_empty() {
            true => paragraph("Không có kiến nghị."),
            false => parts::recommendations(self),
        });
        body.push(paragraph(
            "Đơn vị báo cáo kết quả khắc phục đúng thời hạn nêu trên; kết quả được xác minh bởi \
             người không thuộc đơn vị.",
        ));
        body.extend(parts::evidence_files(self.of));
        let subject =
            format!("kết luận kiểm tra công tác cải cách hành chính tại {}", self.units());
        let mut recipients = self.of.plan.units.iter().map(|u| self.unit(u)).collect::<Vec<_>>();
        recipients.push("Lưu: VT, ĐKT".to_owned());
        Some(OfficialLetter {
            title: Some("Thông báo".to_owned()),
            body,
            recipients,
            signatories: vec![signatory(&what.signed_by)],
            ..self.letter(&self.province(), &what.number, concluded.at, &subject)
        })
    }

    fn reminder(&self) -> OfficialLetter {
        let now = self.office.clock.now();
        let concluded = self.of.conclusion.as_ref().map(|concluded| &concluded.what.number);
        let number = concluded.cloned().unwrap_or_default();
        let text = format!(
            "Thực hiện Thông báo kết luận số {number}, đến nay các kiến nghị dưới đây có tình \
             trạng như sau. Đề nghị đơn vị báo cáo kết quả khắc phục, kèm tài liệu chứng minh."
        );
        let mut body = vec![paragraph(&text), parts::follow_up(self, self.office.today())];
        body.extend(parts::proof_files(self.of));
        OfficialLetter {
            addressees: self.of.plan.units.iter().map(|unit| self.unit(unit)).collect(),
            body,
            signatories: vec![self.lead()],
            ..self.letter(DELEGATION, "ĐKT", now, "thực hiện kiến nghị sau kiểm tra")
        }
    }

    /// Claims beside the record, contradictions, findings.
    fn results(&self, number: &str) -> Vec<Block> {
        let mut body = vec![section(&format!("{number}. KẾT QUẢ KIỂM TRA"))];
        if self.of.claims().next().is_some() {
            body.push(heading(Depth::Subsection, "1. Số liệu báo cáo và số liệu của hệ thống"));
            body.push(parts::claims(self));
            body.extend(parts::contradictions(self.of));
            body.extend(parts::basis(self.of));
        }
        body.push(heading(Depth::Subsection, "2. Phát hiện của Đoàn"));
        body.extend(parts::findings(self));
        body
    }

    fn sample(&self, number: &str) -> Vec<Block> {
        parts::sample(self.of, number, self.code)
    }

    fn letter(&self, office: &str, number: &str, at: Instant, subject: &str) -> OfficialLetter {
        let province = self.province();
        OfficialLetter {
            letterhead: Letterhead {
                parent: (office != province).then(|| province.clone()),
                office: office.to_owned(),
                number: numbered(number),
                place: words::place(&province),
                issued_at: at,
                rules: RuleProfile::R2018,
            },
            tracking: None,
            orientation: Orientation::Portrait,
            title: None,
            subject: Some(subject.to_owned()),
            authority: None,
            addressees: Vec::new(),
            grounds: Vec::new(),
            body: Vec::new(),
            recipients: vec!["Như trên".to_owned(), "Lưu: VT, ĐKT".to_owned()],
            signatories: Vec::new(),
            state: SigningState::Final,
        }
    }

    /// The first day that the facts know.
    fn first_day(&self) -> Date {
        let decided = self.of.delegations.first().map(|decided| decided.what.decided_on);
        decided.unwrap_or(self.of.plan.to)
    }

    /// The province's committee of the time.
    fn province(&self) -> String {
        let units = self.office.catalogue.organisation.units.iter();
        let there = |unit: &&domain::organisation::Unit| {
            unit.kind == "UBND_TINH" && unit.exists(self.of.plan.to)
        };
        units.filter(there).map(|unit| unit.name.clone()).next().unwrap_or_default()
    }

    fn unit(&self, id: &str) -> String {
        let unit = self.office.catalogue.organisation.unit(id);
        unit.map_or_else(|| id.to_owned(), |unit| unit.name.clone())
    }

    fn units(&self) -> String {
        let units: Vec<String> = self.of.plan.units.iter().map(|unit| self.unit(unit)).collect();
        units.join(" và ")
    }

    fn official(&self, id: &str) -> (String, String) {
        let known = self.office.catalogue.organisation.official(id);
        known.map_or_else(|| (id.to_owned(), String::new()), |o| (o.name.clone(), o.title.clone()))
    }

    fn lead(&self) -> Signatory {
        let members = self.of.delegations.last().map(|decided| decided.what.members.as_slice());
        let lead = members.unwrap_or_default().iter().find(|member| member.role == Role::Lead);
        let name = lead.map(|lead| self.official(&lead.official).0).unwrap_or_default();
        Signatory { on_behalf: None, position: "Trưởng đoàn".to_owned(), name }
    }

    /// Who signed for an agency; before that, nobody's name.
    fn of_unit(&self, unit: &str) -> Signatory {
        let signed = self.of.signed(Some(unit)).map(|signed| signed.by.clone());
        let on_behalf = Some(format!("Đại diện {}", self.unit(unit)));
        Signatory {
            on_behalf, position: "Thủ trưởng".to_owned(), name: signed.unwrap_or_default()
        }
    }
}

const DELEGATION: &str = "Đoàn kiểm tra cải cách hành chính";

fn paragraph_of(heading: &str, text: &str) -> Block {
    Block::Paragraph { heading: Some(heading.to_owned()), text: text.to_owned() }
}

fn grounds() -> Vec<String> {
    vec![
        "Căn cứ Nghị định số 63/2010/NĐ-CP về kiểm soát thủ tục hành chính, đã được sửa đổi, bổ \
         sung;"
            .to_owned(),
        "Căn cứ Nghị định số 61/2018/NĐ-CP về thực hiện cơ chế một cửa, một cửa liên thông."
            .to_owned(),
    ]
}

/// `125/TB-UBND`; what has no number before the stroke keeps a place for it.
fn numbered(number: &str) -> DocumentNumber {
    let (ordinal, suffix) = match number.split_once('/') {
        Some((ordinal, suffix)) => (ordinal.trim().parse().ok(), suffix),
        None => (None, number),
    };
    DocumentNumber { ordinal, suffix: suffix.trim().to_owned() }
}

/// `Chủ tịch UBND tỉnh, Nguyễn Văn A`: office, then name.
fn signatory(signed_by: &str) -> Signatory {
    let (position, name) = signed_by.rsplit_once(',').unwrap_or(("", signed_by));
    let (position, name) = (position.trim().to_owned(), name.trim().to_owned());
    Signatory { on_behalf: None, position, name }
}

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}
