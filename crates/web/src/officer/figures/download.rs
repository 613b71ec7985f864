//! The reports as files.

use super::own_agency;
use super::wanted::Wanted;
use crate::Web;
use crate::citizen::attachment::disposition;
use crate::kit::error::WebError;
use crate::kit::session::Staff;
use crate::public::asked::Asked;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::time::local;
use office::figures::Form;
use std::sync::Arc;

/// How a report can be had: its ending and its media type.
pub(super) const FORMATS: [(&str, &str); 5] = [
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("csv", "text/csv; charset=utf-8"),
    ("json", "application/json"),
    ("pdf", "application/pdf"),
];

/// `GET /so-lieu/tai-ve?mau=&dang=&tu=&den=&luc=&co-quan=`
///
/// # Errors
/// [`WebError::NotFound`] for a form or a format that is not there, and for an agency whose figures
/// this official may not see; faults of the database.
pub async fn get(
    State(web): State<Arc<Web>>,
    staff: Staff,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = staff.visitor.lang;
    let actor = &staff.who.actor;
    let today = local(web.office.clock.now()).date();
    let wanted = Wanted::of(&asked, today, own_agency(actor));
    let form = Form::named(asked.text("mau"));
    let format = FORMATS.into_iter().find(|(ending, _)| *ending == asked.text("dang"));
    let (Some(form), Some((ending, media)), false) = (form, format, wanted.wrong) else {
        return Err(WebError::not_found(&staff.visitor));
    };
    let fault = |error| WebError::from_act(error, lang);
    let sheet = web.office.report(actor, form, wanted.asked()).await.map_err(fault)?;
    let bytes = match ending {
        "xlsx" => sheet.to_xlsx(),
        "ods" => sheet.to_ods(),
        "csv" => sheet.to_csv().into_bytes(),
        "json" => sheet.to_json().into_bytes(),
        _ => web.office.report_pdf(&sheet).await.map_err(fault)?,
    };
    let (from, to) = (wanted.period.from(), wanted.period.to());
    let name = format!("{}-{from}-{to}.{ending}", form.name());
    let headers =
        [(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition("attachment", &name))];
    Ok((headers, bytes).into_response())
}
