//! Open data: what the public pages show, as files with a catalogue for programs (DCAT) and a feed
//! (Atom). Nothing is in them that is not on those pages: small numbers are hidden here too.

use super::answer;
use crate::Web;
use crate::kit::error::WebError;
use crate::kit::i18n::{Language, t};
use crate::kit::layout::Layout;
use crate::kit::session::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::statistics::suppress::Shown;
use office::figures::{Published, Row};
use serde_json::{Value, json};
use std::sync::Arc;

/// A data set.
#[derive(Clone, Copy)]
struct Set {
    /// Its name in addresses.
    name: &'static str,
    /// The key of its title; with `-about`, of its description.
    key: &'static str,
    table: fn(&Web, &Published) -> Table,
}

/// Rows of texts under names.
struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

const SETS: [Set; 3] = [
    Set { name: "ket-qua-theo-co-quan", key: "open-data-agencies", table: agencies },
    Set { name: "ket-qua-theo-thu-tuc", key: "open-data-procedures", table: procedures },
    Set { name: "thu-tuc", key: "open-data-catalogue", table: catalogue },
];

/// Files of a data set: ending and media type.
const FILES: [(&str, &str); 2] = [("csv", "text/csv; charset=utf-8"), ("json", "application/json")];

#[derive(Template)]
#[template(path = "public/open_data.html")]
struct Page {
    l: Layout,
    sets: Vec<Shelf>,
}

/// A data set on the page.
struct Shelf {
    title: String,
    about: String,
    files: Vec<(String, String)>,
}

/// `GET /du-lieu-mo`
///
/// # Errors
/// None; the signature is that of all pages.
pub async fn get(State(web): State<Arc<Web>>, visitor: Visitor) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let shelf = |set: Set| Shelf {
        title: t(lang, set.key),
        about: t(lang, &format!("{}-about", set.key)),
        files: FILES
            .map(|(ending, _)| {
                (ending.to_uppercase(), format!("/du-lieu-mo/{}.{ending}", set.name))
            })
            .to_vec(),
    };
    let l = web.layout(&visitor, t(lang, "open-data-title"));
    Ok(answer(lang, StatusCode::OK, &Page { l, sets: SETS.into_iter().map(shelf).collect() }))
}

/// `GET /du-lieu-mo/{file}`: a data set as CSV or JSON, `catalog.jsonld`, `atom.xml`.
///
/// # Errors
/// [`WebError::NotFound`] for a file that is not there; faults of the database.
pub async fn file(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    Path(file): Path<String>,
) -> Result<Response, WebError> {
    let lang = visitor.lang;
    let published = web.office.published().await;
    let published = published.map_err(|error| WebError::from_act(error, lang))?;
    let (media, text) = match file.as_str() {
        "catalog.jsonld" => ("application/ld+json", catalog(&web, &published)),
        "atom.xml" => ("application/atom+xml; charset=utf-8", feed(&web, &published)),
        file => {
            let (name, ending) = file.rsplit_once('.').unwrap_or_default();
            let set = SETS.into_iter().find(|set| set.name == name);
            let kind = FILES.into_iter().find(|(known, _)| *known == ending);
            let (Some(set), Some((ending, media))) = (set, kind) else {
                return Err(WebError::not_found(&visitor));
            };
            let table = (set.table)(&web, &published);
            (media, if ending == "csv" { csv(&table) } else { as_json(&table, &published) })
        }
    };
    Ok(([(CONTENT_TYPE, media)], text).into_response())
}

fn agencies(web: &Web, published: &Published) -> Table {
    let name = |id: &str| web.office.catalogue.organisation.unit(id).map(|unit| unit.name.clone());
    results(&published.agencies, name)
}

fn procedures(web: &Web, published: &Published) -> Table {
    let name = |id: &str| web.office.catalogue.procedure(id).map(|p| p.name.clone());
    results(&published.procedures, name)
}

fn results(rows: &[Row], name: impl Fn(&str) -> Option<String>) -> Table {
    let cell = |shown: Shown| shown.count().map_or(Value::Null, |count| json!(count));
    let row = |row: &Row| {
        vec![
            json!(row.id),
            json!(name(&row.id).unwrap_or_default()),
            cell(row.handled),
            cell(row.resolved_in_time),
            cell(row.resolved_late),
            cell(row.running_in_time),
            cell(row.running_late),
            json!(row.median_minutes),
        ]
    };
    Table {
        columns: vec![
            "id",
            "name",
            "handled",
            "resolved_in_time",
            "resolved_late",
            "running_in_time",
            "running_late",
            "median_working_minutes",
        ],
        rows: rows.iter().map(row).collect(),
    }
}

fn catalogue(web: &Web, published: &Published) -> Table {
    let offered = web.office.catalogue.procedures.values();
    let offered = offered.filter(|procedure| procedure.offers(published.period.to()));
    let row = |procedure: &domain::procedure::Procedure| {
        vec![
            json!(procedure.id),
            json!(procedure.name),
            json!(procedure.field.code),
            json!(procedure.field.name),
            json!(procedure.agency_kind),
        ]
    };
    Table {
        columns: vec!["id", "name", "field", "field_name", "agency_kind"],
        rows: offered.map(row).collect(),
    }
}

/// RFC 4180 with a byte order mark; what begins like a formula gets an apostrophe.
fn csv(table: &Table) -> String {
    let mut text = String::from("\u{feff}");
    text.push_str(&table.columns.join(","));
    text.push_str("\r\n");
    for row in &table.rows {
        let cells = row.iter().map(|cell| match cell {
            Value::String(text) => {
                let guard =
                    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
                format!("\"{guard}{}\"", text.replace('"', "\"\""))
            }
            Value::Null => String::new(),
            other => other.to_string(),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    text
}

fn as_json(table: &Table, published: &Published) -> String {
    let object = |row: &Vec<Value>| {
        let pairs = table.columns.iter().zip(row);
        Value::Object(pairs.map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect())
    };
    let (period, basis) = (published.period, &published.basis);
    let whole = json!({
        "from": period.from().to_string(),
        "to": period.to().to_string(),
        "as_of": basis.as_of.to_string(),
        "ledger": {"size": basis.size, "root": basis.root},
        "witnesses": basis.witnesses_json(),
        "rows": table.rows.iter().map(object).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

/// The catalogue by the Data Catalog Vocabulary (W3C DCAT 3), as JSON-LD.
fn catalog(web: &Web, published: &Published) -> String {
    let base = &web.base_url;
    let both = |key: &str| {
        Language::ALL.map(|lang| json!({"@language": lang.code(), "@value": t(lang, key)}))
    };
    let set = |set: Set| {
        let address = format!("{base}/du-lieu-mo/{}", set.name);
        let files = FILES.map(|(ending, media)| {
            let media = media.split(';').next().unwrap_or_default();
            json!({
                "@id": format!("{address}.{ending}"),
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": format!("{address}.{ending}")},
                "dcat:mediaType": format!("https://www.iana.org/assignments/media-types/{media}"),
            })
        });
        json!({
            "@id": address,
            "@type": "dcat:Dataset",
            "dct:title": both(set.key),
            "dct:description": both(&format!("{}-about", set.key)),
            "dct:modified": published.basis.as_of.to_string(),
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": published.period.from().to_string(),
                "dcat:endDate": published.period.to().to_string(),
            },
            "dcat:distribution": files,
        })
    };
    let whole = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": format!("{base}/du-lieu-mo/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": both("open-data-title"),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": both("province")},
        "foaf:homepage": {"@id": format!("{base}/du-lieu-mo")},
        "dct:modified": published.basis.as_of.to_string(),
        "dcat:dataset": SETS.map(set),
    });
    format!("{whole:#}\n")
}

/// The feed (RFC 4287): an entry for each data set, changed when the figures were.
fn feed(web: &Web, published: &Published) -> String {
    let (base, lang) = (&web.base_url, Language::Vi);
    let updated = published.basis.as_of.to_string();
    let escaped = |text: String| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let mut entries = String::new();
    for set in SETS {
        let address = escaped(format!("{base}/du-lieu-mo/{}", set.name));
        let (title, about) = (t(lang, set.key), t(lang, &format!("{}-about", set.key)));
        entries.push_str(&format!(
            "<entry><id>{address}</id><title>{}</title><updated>{updated}</updated>\
             <link rel=\"alternate\" type=\"text/csv\" href=\"{address}.csv\"/>\
             <link rel=\"alternate\" type=\"application/json\" href=\"{address}.json\"/>\
             <summary>{}</summary></entry>",
            escaped(title),
            escaped(about),
        ));
    }
    let (base, title) = (escaped(base.clone()), escaped(t(lang, "open-data-title")));
    let author = escaped(t(lang, "province"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\
         <id>{base}/du-lieu-mo/atom.xml</id><title>{title}</title><updated>{updated}</updated>\
         <author><name>{author}</name></author>\
         <link rel=\"self\" href=\"{base}/du-lieu-mo/atom.xml\"/>{entries}</feed>\n"
    )
}
