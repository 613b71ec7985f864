//! The seed article as an inspection: half a year of both agencies played before it, the claims
//! entered as they were printed, everything else computed from the record. No verdict stands here.

use crate::cli::Place;
use crate::house;
use crate::ports::SystemChance;
use crate::simulate::{self, Play};
use anyhow::Context as _;
use domain::dossier::Actor;
use domain::inspection::command::{
    Announce, Answer, Check, Conclude, Delegate, DrawSample, Evidence, Find, FixPopulation,
    FollowUp, Form, Judgement, Mark, Meet, Member, Plan, Recommend, Report, Role, Severity,
    SignMinutes, Stated, Verify,
};
use domain::inspection::relation::Holds;
use domain::inspection::{Command, Inspection, Verdict};
use domain::time::instant;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};
use office::Office;
use office::ports::MovedClock;
use serde::Deserialize;
use std::sync::Arc;

/// Dossiers of both agencies before the inspection.
const DOSSIERS: u32 = 160;
const UNITS: [&str; 2] = ["U18.SXD", "U18.BQL"];
const LEAD: &str = "KT01";
const SECRETARY: &str = "KT02";
const MEMBER: &str = "KT03";

/// What the article says.
#[derive(Deserialize)]
struct Article {
    claims: Vec<Printed>,
    areas: Vec<Praised>,
    recommendations: Vec<Wished>,
}

/// A claim as printed.
#[derive(Deserialize)]
struct Printed {
    by: String,
    measure: String,
    scope: Vec<String>,
    value: String,
    sentence: String,
}

/// An area that the article praises.
#[derive(Deserialize)]
struct Praised {
    area: String,
    text: String,
}

/// A recommendation and, made up, what became of it.
#[derive(Deserialize)]
struct Wished {
    addressee: String,
    text: String,
    done: String,
    proof: String,
}

/// The scene: an office whose clock is moved, and the play behind it.
struct Scene<'o> {
    office: &'o Office,
    clock: Arc<MovedClock>,
    play: Play<'o>,
    code: String,
    acts: u32,
}

/// Plays the half year and the inspection of 16/11/2018 into a new installation; then lets the
/// delegation look again today.
pub(super) async fn play(place: &Place, today: Date) -> anyhow::Result<()> {
    let article: Article = toml::from_str(include_str!("article.toml"))?;
    let from = date(2018, 6, 21);
    let clock = Arc::new(MovedClock::at(instant(from.at(0, 0, 0, 0))));
    let office = house::open_with(place, clock.clone(), Arc::new(SystemChance)).await?;
    let plan = simulate::Plan {
        from,
        to: date(2018, 11, 13),
        dossiers: DOSSIERS,
        seed: 2018,
        agencies: UNITS.map(str::to_owned).to_vec(),
        accounts: Vec::new(),
    };
    let scans = simulate::scans(&office).await?;
    let play = Play::prepare(&office, clock.clone(), &plan, scans)?;
    let mut scene = Scene { office: &office, clock, play, code: String::new(), acts: 0 };
    scene.prepare().await?;
    scene.report(&article).await?;
    scene.hold(&article).await?;
    scene.conclude(&article).await?;
    scene.follow_up(&article).await?;
    scene.until(date(2018, 12, 31).at(17, 0, 0, 0)).await?;
    scene.look_again(today).await
}

impl Scene<'_> {
    /// The world goes on until then.
    async fn until(&mut self, wall: DateTime) -> anyhow::Result<()> {
        self.play.run(instant(wall)).await
    }

    async fn act(&mut self, who: &str, command: Command) -> anyhow::Result<()> {
        let actor = self.office.official(who).context("nobody of that id")?;
        self.acts += 1;
        let (key, code) = (format!("article-{}", self.acts), self.code.clone());
        let code = (!code.is_empty()).then_some(code.as_str());
        let acted = self.office.act_on_inspection(&actor, &key, code, &command).await;
        let acted = acted.with_context(|| format!("{who} may not {}", command.act().name()))?;
        self.code = acted;
        Ok(())
    }

    async fn state(&self) -> anyhow::Result<Inspection> {
        Ok(self.office.inspection(&Actor::System, &self.code).await?.inspection)
    }

    /// The head of an agency at that time.
    fn head(&self, unit: &str) -> anyhow::Result<String> {
        let leader = domain::organisation::Position::AgencyLeader;
        let there = &self.office.catalogue.organisation;
        let head = there.officials_at(unit, leader, self.office.today()).next();
        Ok(head.with_context(|| format!("nobody heads {unit}"))?.id.clone())
    }

    /// Plan, delegation, letter.
    async fn prepare(&mut self) -> anyhow::Result<()> {
        self.until(date(2018, 10, 30).at(9, 0, 0, 0)).await?;
        let plan = Plan {
            year: 2018,
            month: 11,
            number: "05/KH-UBND".into(),
            form: Form::Announced,
            units: UNITS.map(str::to_owned).to_vec(),
            from: date(2018, 6, 21),
            to: date(2018, 11, 16),
            purpose: "Kiểm tra công tác cải cách hành chính; đối chiếu số liệu báo cáo với hệ \
                      thống một cửa điện tử."
                .into(),
        };
        self.act(LEAD, Command::Plan(plan)).await?;
        self.until(date(2018, 11, 5).at(9, 0, 0, 0)).await?;
        let decision = delegation("2358/QĐ-UBND", date(2018, 11, 5), date(2018, 12, 28));
        self.act(LEAD, Command::Delegate(decision)).await?;
        self.until(date(2018, 11, 7).at(9, 0, 0, 0)).await?;
        let forms = domain::inspection::checklist::DATA_FORMS;
        let letter = Announce {
            number: "14/ĐKT".into(),
            report_by: date(2018, 11, 14),
            session_on: date(2018, 11, 16),
            data_forms: forms.iter().map(|(name, _)| (*name).to_owned()).collect(),
            note: String::new(),
        };
        self.act(SECRETARY, Command::Announce(letter)).await
    }

    /// Each agency's report, and what both claim together, as the article has it.
    async fn report(&mut self, article: &Article) -> anyhow::Result<()> {
        self.until(date(2018, 11, 14).at(15, 0, 0, 0)).await?;
        for unit in UNITS {
            let head = self.head(unit)?;
            self.act(&head, Command::Report(claimed(article, unit))).await?;
        }
        self.until(date(2018, 11, 16).at(8, 30, 0, 0)).await?;
        self.act(SECRETARY, Command::Report(claimed(article, ""))).await
    }

    /// The session: sample, checklist, findings, answers, signatures.
    async fn hold(&mut self, article: &Article) -> anyhow::Result<()> {
        let session = Meet {
            place: "Sở Xây dựng và Ban Quản lý Khu kinh tế tỉnh".into(),
            attendees: "Đoàn kiểm tra cải cách hành chính tỉnh\nBan lãnh đạo Sở Xây dựng\nĐại \
                        diện Ban Quản lý Khu kinh tế tỉnh\nCác phòng chuyên môn trực thuộc hai \
                        đơn vị"
                .into(),
            course: "Đoàn công bố quyết định, nghe báo cáo, đối chiếu số liệu với hệ thống, rút \
                     mẫu hồ sơ và trao đổi với các phòng chuyên môn."
                .into(),
        };
        self.until(date(2018, 11, 16).at(9, 0, 0, 0)).await?;
        self.act(SECRETARY, Command::Meet(session)).await?;
        self.act(LEAD, Command::FixPopulation(FixPopulation { size: 10 })).await?;
        self.until(date(2018, 11, 16).at(9, 30, 0, 0)).await?;
        self.act(SECRETARY, Command::DrawSample(DrawSample {})).await?;
        for (unit, point, mark, note) in [
            (UNITS[0], "A3", Mark::Partly, "Hình thức tuyên truyền còn đơn điệu"),
            (UNITS[0], "C2", Mark::Met, ""),
            (UNITS[1], "C2", Mark::Met, ""),
            (UNITS[1], "A2", Mark::Partly, "Phân công chưa gắn với sản phẩm, tiến độ"),
            (UNITS[1], "D2", Mark::Partly, "Đề án vị trí việc làm đang rà soát"),
        ] {
            let (unit, point, note) = (unit.to_owned(), point.to_owned(), note.to_owned());
            self.act(MEMBER, Command::Check(Check { unit, point, mark, note })).await?;
        }
        self.find(article).await?;
        self.until(date(2018, 11, 16).at(15, 0, 0, 0)).await?;
        for finding in self.state().await?.findings {
            let found = finding.found.what;
            if found.severity.is_grave() {
                let text = "Đơn vị sẽ thống nhất cách đếm, nêu rõ tử số và mẫu số.".into();
                let head = self.head(&found.unit)?;
                let answer = Answer { finding: finding.no, text, ..Answer::default() };
                self.act(&head, Command::Answer(answer)).await?;
            }
        }
        self.until(date(2018, 11, 16).at(16, 30, 0, 0)).await?;
        let signers = [LEAD.to_owned(), self.head(UNITS[0])?, self.head(UNITS[1])?];
        for who in signers {
            self.act(&who, Command::SignMinutes(SignMinutes::default())).await?;
        }
        Ok(())
    }

    /// What the article praises, and whatever differs by the record.
    async fn find(&mut self, article: &Article) -> anyhow::Result<()> {
        for praised in &article.areas {
            for unit in UNITS {
                let finding = Find {
                    unit: unit.to_owned(),
                    area: praised.area.clone(),
                    criterion: "Nội dung kiểm tra của Đoàn".into(),
                    severity: Severity::Good,
                    text: praised.text.clone(),
                    ..Find::default()
                };
                self.act(MEMBER, Command::Find(finding)).await?;
            }
        }
        let of = self.state().await?;
        for claim in of.claims() {
            let Verdict::Different(_) = claim.verdict() else { continue };
            let finding = Find {
                unit: claim.scope.first().cloned().unwrap_or_default(),
                area: "C".into(),
                criterion: "Số liệu báo cáo khớp với hệ thống".into(),
                severity: Severity::Note,
                text: format!("Số liệu {} của báo cáo khác số liệu của hệ thống", claim.no),
                evidence: vec![Evidence::Claim { no: claim.no }],
                ..Find::default()
            };
            self.act(MEMBER, Command::Find(finding)).await?;
        }
        for broken in of.judged().into_iter().filter(|one| one.holds == Holds::No) {
            let evidence = broken.claims.iter().map(|no| Evidence::Claim { no: *no }).collect();
            let finding = Find {
                unit: UNITS[0].to_owned(),
                area: "C".into(),
                criterion: "Các số liệu báo cáo thống nhất với nhau".into(),
                severity: Severity::Shortcoming,
                text: format!("Các số liệu báo cáo không thể cùng đúng: {}", broken.sum),
                evidence,
                reminder: "Báo cáo lại, nêu rõ tử số, mẫu số và thời điểm đếm".into(),
            };
            self.act(MEMBER, Command::Find(finding)).await?;
        }
        Ok(())
    }

    async fn conclude(&mut self, article: &Article) -> anyhow::Result<()> {
        self.until(date(2018, 11, 23).at(10, 0, 0, 0)).await?;
        let recommend = |wished: &Wished| Recommend {
            addressee: wished.addressee.clone(),
            text: wished.text.clone(),
            due_on: date(2018, 12, 14),
            legal_basis: "NĐ 63/2010, Điều 35a".into(),
            findings: Vec::new(),
        };
        let conclusion = Conclude {
            number: "87/TB-ĐKT".into(),
            signed_by: "Phó Trưởng Ban Tổ chức – Nội vụ tỉnh, Nguyễn Văn Mẫu Trưởng Đoàn".into(),
            assessment: "Công tác CCHC được hai đơn vị thường xuyên quán triệt, chỉ đạo tổ chức \
                         thực hiện. Nhiều lĩnh vực được tập trung đẩy mạnh, góp phần nâng cao hiệu \
                         lực, hiệu quả quản lý nhà nước tại đơn vị. Một số số liệu báo cáo khác số \
                         liệu của hệ thống hoặc không thống nhất với nhau, phải rà soát lại."
                .into(),
            causes: "Số liệu được tổng hợp thủ công, chưa thống nhất cách đếm giữa hai đơn vị."
                .into(),
            recommendations: article.recommendations.iter().map(recommend).collect(),
        };
        self.act(LEAD, Command::Conclude(conclusion)).await
    }

    /// Both report what they did; the first is closed, the second at the second attempt.
    async fn follow_up(&mut self, article: &Article) -> anyhow::Result<()> {
        self.until(date(2018, 12, 12).at(14, 0, 0, 0)).await?;
        for (no, wished) in (1..).zip(&article.recommendations) {
            let head = self.head(&wished.addressee)?;
            let (text, proof) = (wished.done.clone(), wished.proof.clone());
            let report = FollowUp { recommendation: no, text, proof, ..FollowUp::default() };
            self.act(&head, Command::FollowUp(report)).await?;
        }
        self.until(date(2018, 12, 19).at(9, 0, 0, 0)).await?;
        let verify = |recommendation, judgement, note: &str| {
            Command::Verify(Verify { recommendation, judgement, note: note.to_owned() })
        };
        let seen = "Đã xem chuyên mục, tờ rơi và biên bản tọa đàm";
        self.act(MEMBER, verify(1, Judgement::Done, seen)).await?;
        let lacks = "Kế hoạch chưa gắn sản phẩm, thời hạn với từng lãnh đạo phụ trách";
        self.act(MEMBER, verify(2, Judgement::NotDone, lacks)).await
    }

    /// Today the delegation is renewed to verify what is open: its members may read again.
    async fn look_again(&mut self, today: Date) -> anyhow::Result<()> {
        let now = today.at(0, 30, 0, 0);
        let before = now.checked_sub(36.days())?;
        self.clock.set(instant(before));
        let decided = before.date();
        let decision = delegation("15/QĐ-UBND", decided, today.checked_add(60.days())?);
        self.act(LEAD, Command::Delegate(decision)).await
    }
}

fn delegation(number: &str, from: Date, to: Date) -> Delegate {
    let member = |official: &str, role| Member { official: official.to_owned(), role };
    Delegate {
        number: number.to_owned(),
        decided_on: from,
        signed_by: "Phó Chủ tịch Ủy ban nhân dân tỉnh, Trần Văn Mẫu".into(),
        members: vec![
            member(LEAD, Role::Lead),
            member(SECRETARY, Role::Secretary),
            member(MEMBER, Role::Member),
        ],
        from,
        to,
    }
}

/// What somebody claims in the article.
fn claimed(article: &Article, by: &str) -> Report {
    let theirs = article.claims.iter().filter(|claim| claim.by == by);
    let stated = |claim: &Printed| Stated {
        measure: claim.measure.clone(),
        scope: claim.scope.clone(),
        value: claim.value.clone(),
        sentence: claim.sentence.clone(),
        // The article gives none: the demo says what an agency would have to say.
        reason: match by {
            "" => String::new(),
            _ => "Tổng hợp thủ công từ sổ của đơn vị; bài báo không nêu cách đếm".to_owned(),
        },
    };
    Report {
        unit: by.to_owned(),
        source: "số liệu như Báo Hà Giang đăng ngày 17/11/2018".into(),
        claims: theirs.map(stated).collect(),
        ..Report::default()
    }
}
