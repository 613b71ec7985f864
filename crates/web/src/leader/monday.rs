//! The leaders' Monday page: how it goes, who is behind, what becomes late, where the hours go.

use super::monday_parts::{
    Age, Flow, Indicators, Month, Rank, Soon, Tile, ages, flow, indicators, named, ranking, soon,
    tiles, trend,
};
use super::scope::{Choice, Scope};
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::t;
use crate::kit::layout::Layout;
use crate::kit::session::Staff;
use crate::kit::words;
use crate::public::answer;
use crate::public::asked::Asked;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::permission::may_detect;
use domain::statistics::{Dimension, Times};
use domain::time::local;
use office::figures::{self, Slice};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "leader/monday.html")]
struct Page {
    l: Layout,
    from: String,
    to: String,
    period: String,
    agency: Option<String>,
    agencies: Vec<Choice>,
    wrong: Option<String>,
    tiles: Vec<Tile>,
    soon: Vec<Soon>,
    soon_more: Option<usize>,
    ranking: Vec<Rank>,
    by_unit: bool,
    ages: Vec<Age>,
    months: Vec<Month>,
    flow: Flow,
    named: Vec<super::monday_parts::Named>,
    groups: Vec<Indicators>,
    signs_href: String,
    footer: String,
    size: u64,
    root: String,
}

/// `GET /dieu-hanh?tu=&den=&co-quan=`
///
/// # Errors
/// Faults of the database; for those who may not look, it is not there.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, actor) = (staff.visitor.lang, &staff.who.actor);
    let today = local(web.office.clock.now()).date();
    let scope = Scope::of(&asked, today, actor);
    if !may_detect(actor, scope.agency.as_deref()) {
        return Err(WebError::not_found(&staff.visitor));
    }
    let fault = |error| WebError::from_act(error, lang);
    // One instant for all parts of the page.
    let asked = figures::Asked { as_of: Some(web.office.clock.now()), ..scope.asked() };
    let outlook = web.office.outlook(actor, &asked).await.map_err(fault)?;
    let by = [if scope.agency.is_none() { Dimension::Agency } else { Dimension::Official }];
    let counts =
        web.office.counts(actor, asked.clone(), &Slice::default(), (&by, Times::Wanted)).await;
    let counts = counts.map_err(fault)?;
    let months = trend(&web, actor, lang, (&scope, &asked)).await.map_err(fault)?;
    let mut l = web.layout(&staff.visitor, t(lang, "monday-title"));
    l.error = scope.wrong;
    let (soon, soon_more) = soon(&web, lang, &outlook);
    let page = Page {
        period: l.t2("figures-period", "from", scope.from(), "to", scope.to()),
        footer: l.t1("figures-as-of", "moment", words::moment(lang, counts.basis.as_of)),
        l,
        from: scope.from(),
        to: scope.to(),
        agency: scope.agency_name(&web),
        agencies: scope.agencies(&web, actor),
        wrong: scope.wrong.then(|| t(lang, "scope-wrong")),
        tiles: tiles(lang, &counts.all, &scope),
        soon,
        soon_more,
        ranking: ranking(&web, lang, counts.rows, &scope),
        by_unit: scope.agency.is_some(),
        ages: ages(lang, &outlook),
        months,
        flow: flow(lang, &outlook),
        named: named(lang, &outlook),
        groups: indicators(&web, lang, &counts.all, &scope),
        signs_href: format!("/dau-hieu?{}", scope.query()),
        size: counts.basis.size,
        root: counts.basis.root,
    };
    let status = if scope.wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answer(lang, status, &page))
}
