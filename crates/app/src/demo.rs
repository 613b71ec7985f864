//! `motcua demo`: sample people, and dossiers of the last weeks played through the real write path.
//! The only place in which accounts come with the program.

mod article;

use crate::cli::{Door, Place};
use crate::house;
use crate::key_ring::KeyAt;
use crate::ports::SystemChance;
use crate::serve;
use crate::simulate::{self, Plan};
use anyhow::Context as _;
use domain::organisation::Position;
use domain::time::{instant, local};
use jiff::ToSpan as _;
use jiff::civil::Date;
use office::Office;
use office::accounts::{NewAccount, Profile};
use office::ports::MovedClock;
use std::process::ExitCode;
use std::sync::Arc;

/// The password of every demo account.
const PASSWORD: &str = "mot-cua-demo";

/// Dossiers that the demo begins with.
const DOSSIERS: u32 = 150;
/// How far back they go, days.
const DAYS: i32 = 35;

/// Sign-in, place, position, what it is good for.
const OFFICIALS: [(&str, &str, Position, &str); 14] = [
    ("kiemtra", "UNV", Position::Inspector, "trưởng đoàn kiểm tra: cuộc kiểm tra ngày 16/11/2018"),
    ("motcua.xa1", "U26.BP1", Position::CounterOfficer, "một cửa phường: tiếp nhận, trả kết quả"),
    ("phong.xa1", "D26.XA1.KT", Position::UnitLeader, "lãnh đạo phòng: phân công, soát xét"),
    ("chuyenvien.xa1", "D26.XA1.KT", Position::Officer, "chuyên viên: thẩm định, dự thảo"),
    ("lanhdao.xa1", "U26.XA1", Position::AgencyLeader, "lãnh đạo phường: ký"),
    ("vanthu.xa1", "U26.XA1", Position::SealClerk, "văn thư: phát hành"),
    ("motcua.tinh", "D26.TTHCC.TN", Position::CounterOfficer, "một cửa tỉnh"),
    ("phong.sxd", "D26.SXD.QLXD", Position::UnitLeader, "lãnh đạo phòng, Sở Xây dựng"),
    ("chuyenvien.sxd", "D26.SXD.QLXD", Position::Officer, "chuyên viên, Sở Xây dựng"),
    ("lanhdao.sxd", "U26.SXD", Position::AgencyLeader, "lãnh đạo Sở Xây dựng"),
    ("vanthu.sxd", "D26.SXD.VP", Position::SealClerk, "văn thư, Sở Xây dựng"),
    ("phong.bql", "D26.BQL.DT", Position::UnitLeader, "lãnh đạo phòng, BQL Khu kinh tế"),
    ("lanhdao.bql", "U26.BQL", Position::AgencyLeader, "lãnh đạo BQL Khu kinh tế"),
    ("kiemsoat", "D26.VP.KS", Position::Controller, "kiểm soát thủ tục hành chính: xem"),
];

/// Sign-in, name, personal number.
const CITIZENS: [(&str, &str, &str); 2] =
    [("dan", "Nguyễn Thị Mẫu", "002190123456"), ("dan2", "Giàng Mẫu Chứ", "002087654321")];

/// Serves the demo, making what it lacks first.
pub(crate) async fn demo(mut place: Place, door: &Door) -> anyhow::Result<ExitCode> {
    let listener = serve::listen(door).await?;
    let address = format!("http://{}", listener.local_addr()?);
    place.address.get_or_insert_with(|| address.clone());
    let clock = door.clock();
    let open = || house::open_with(&place, clock.clone(), Arc::new(SystemChance));
    let office = open().await?;
    house::demo_keys(&place, &*clock, &SystemChance, &holders(&office)?)?;
    drop(office);
    let office = open().await?;
    let accounts = people(&office).await?;
    let head = office.store.ledger_head().await?;
    let office = if head.size() == 0 {
        drop(office);
        article::play(&place, local(clock.now()).date()).await?;
        play(&place, local(clock.now()).date(), accounts).await?;
        open().await?
    } else {
        office
    };
    greet(&address);
    say!("listening on {address}");
    serve::run(Arc::new(office), listener, &place, true).await
}

/// Who signs in the demo: its leaders, their agencies, and the counters, which sign what they scan.
fn holders(office: &Office) -> anyhow::Result<Vec<(KeyAt, String, Option<String>)>> {
    let today = local(office.clock.now()).date();
    let organisation = &office.catalogue.organisation;
    let mut holders = Vec::new();
    for (_, place, position, _) in OFFICIALS {
        if !matches!(position, Position::AgencyLeader | Position::CounterOfficer) {
            continue;
        }
        let holder = organisation.officials_at(place, position, today).next();
        let holder = holder.with_context(|| format!("nobody works at {place} today"))?;
        let of = |official: Option<&String>, agency: Option<&String>| KeyAt {
            official: official.cloned(),
            agency: agency.cloned(),
            ..KeyAt::default()
        };
        let agency = organisation.unit(place);
        let name = agency.map(|agency| agency.name.clone());
        holders.push((of(Some(&holder.id), None), holder.name.clone(), name));
        if let Some(agency) = agency.filter(|_| position == Position::AgencyLeader) {
            holders.push((of(None, Some(&agency.id)), agency.name.clone(), None));
        }
    }
    Ok(holders)
}

/// Makes the accounts that are missing; the citizens' ids.
async fn people(office: &Office) -> anyhow::Result<Vec<String>> {
    let today = local(office.clock.now()).date();
    for (login, place, position, _) in OFFICIALS {
        let organisation = &office.catalogue.organisation;
        let official = organisation.officials_at(place, position, today).next();
        let official =
            official.with_context(|| format!("nobody is {} at {place} today", position.name()))?;
        let new = NewAccount {
            login: login.to_owned(),
            full_name: official.name.clone(),
            official: Some(official.id.clone()),
            password: PASSWORD.to_owned(),
            ..NewAccount::default()
        };
        put(office, new).await?;
    }
    let mut citizens = Vec::new();
    for (login, name, number) in CITIZENS {
        let new = NewAccount {
            login: login.to_owned(),
            full_name: name.to_owned(),
            password: PASSWORD.to_owned(),
            profile: Profile {
                personal_number: Some(number.to_owned()),
                phone: Some("0912345678".to_owned()),
                email: Some(format!("{login}@demo.invalid")),
            },
            ..NewAccount::default()
        };
        citizens.push(put(office, new).await?);
    }
    Ok(citizens)
}

async fn put(office: &Office, new: NewAccount) -> anyhow::Result<String> {
    match office.store.account_by_login(&new.login).await? {
        Some(known) => Ok(known.id),
        None => Ok(office.put_account(new).await?),
    }
}

/// The last weeks, by a moved clock.
async fn play(place: &Place, today: Date, accounts: Vec<String>) -> anyhow::Result<()> {
    let from = today.checked_sub(DAYS.days())?;
    let clock = Arc::new(MovedClock::at(instant(from.at(0, 0, 0, 0))));
    let office = house::open_with(place, clock.clone(), Arc::new(SystemChance)).await?;
    let (to, agencies) = (today.yesterday()?, Vec::new());
    let plan = Plan { from, to, dossiers: DOSSIERS, seed: 1, agencies, accounts };
    simulate::run(&office, clock, &plan).await?;
    Ok(())
}

fn greet(address: &str) {
    say!("Một Cửa (bản trình diễn): {address}");
    say!("Mật khẩu của mọi tài khoản / password of every account: {PASSWORD}");
    for (login, name, _) in CITIZENS {
        say!("  {login:<16}người dân: {name}");
    }
    for (login, _, _, what) in OFFICIALS {
        say!("  {login:<16}{what}");
    }
}
