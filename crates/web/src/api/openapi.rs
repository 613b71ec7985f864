//! `GET /openapi.json`: OpenAPI 3.1, from the rows of the route table and the types of bodies and
//! answers. A row without a description here, or the other way round, fails a test.

use super::answered::{Done, State, WorkLine};
use super::asked;
use super::problem::Problem;
use super::{papers, procedures, signature};
use crate::routes::{Audience, Method, Route, api::ROUTES};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::dossier::Act;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The text, made once.
static TEXT: LazyLock<Vec<u8>> =
    LazyLock::new(|| serde_json::to_vec(&document()).unwrap_or_default());

/// Tells.
pub async fn get() -> Response {
    ([(CONTENT_TYPE, "application/json")], TEXT.as_slice()).into_response()
}

/// What a path is for.
struct About {
    path: &'static str,
    summary: &'static str,
    status: &'static str,
    body: Option<Make>,
    query: Option<Make>,
    answer: Make,
}

type Make = fn(&mut SchemaGenerator) -> Schema;

fn of<T: JsonSchema>(maker: &mut SchemaGenerator) -> Schema {
    maker.subschema_for::<T>()
}

/// A schema in place, not among the components: for parameters.
fn inline<T: JsonSchema>(maker: &mut SchemaGenerator) -> Schema {
    T::json_schema(maker)
}

fn anything(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "object" })
}

const fn reads(path: &'static str, summary: &'static str, answer: Make) -> About {
    About { path, summary, status: "200", body: None, query: None, answer }
}

/// Each path beside the acts.
const ABOUT: [About; 9] = [
    About {
        path: "/api/v1/dossiers",
        summary: "File a dossier (nộp hồ sơ)",
        status: "201",
        body: Some(of::<asked::Filing>),
        query: None,
        answer: of::<Done<'static>>,
    },
    reads("/api/v1/dossiers/{code}", "Where a dossier stands", of::<State<'static>>),
    About {
        query: Some(inline::<asked::WorklistAsked>),
        ..reads("/api/v1/worklist", "What waits for the caller", of::<Vec<WorkLine<'static>>>)
    },
    About {
        query: Some(inline::<asked::ProceduresAsked>),
        ..reads(
            "/api/v1/procedures",
            "Procedures offered today",
            of::<Vec<procedures::Line<'static>>>,
        )
    },
    reads("/api/v1/procedures/{id}", "One procedure", of::<procedures::Detail<'static>>),
    About {
        body: Some(of::<signature::PrepareAsked>),
        ..reads(
            "/api/v1/dossiers/{code}/signature/prepare",
            "What a key elsewhere is to sign",
            of::<signature::PreparedPaper>,
        )
    },
    About {
        body: Some(of::<signature::AssembleAsked>),
        ..reads(
            "/api/v1/dossiers/{code}/signature/assemble",
            "Sign or seal with a signature made elsewhere",
            of::<Done<'static>>,
        )
    },
    About {
        query: Some(inline::<papers::PapersAsked>),
        ..reads(
            "/api/v1/papers",
            "Verify the papers of a dossier, with their proofs",
            of::<Vec<papers::PaperLine>>,
        )
    },
    reads("/api/v1/openapi.json", "This document", anything),
];

/// What an act takes, and what it is.
fn about_act(act: Act) -> Option<(Make, &'static str)> {
    Some(match act {
        Act::Submit => return None,
        Act::Receive => (of::<asked::Receive>, "Receive: code and clock (tiếp nhận)"),
        Act::RequestSupplement => {
            (of::<asked::RequestSupplement>, "Ask for supplements (yêu cầu bổ sung)")
        }
        Act::Supplement => (of::<asked::Supplement>, "Hand in supplements (bổ sung hồ sơ)"),
        Act::Refuse => (of::<asked::Refuse>, "Decline to receive (từ chối tiếp nhận)"),
        Act::Transfer => (of::<asked::Transfer>, "Hand on to the unit (chuyển hồ sơ)"),
        Act::Assign => (of::<asked::Assign>, "Name the officer (phân công)"),
        Act::Work => (of::<asked::Work>, "Complete a step (thực hiện bước)"),
        Act::Propose => (of::<asked::Propose>, "Draft the result (trình kết quả)"),
        Act::SendBack => (of::<asked::SendBack>, "Return the draft (trả lại dự thảo)"),
        Act::Sign => (of::<asked::Sign>, "Sign (ký)"),
        Act::Issue => (of::<asked::Issue>, "Number and seal (phát hành)"),
        Act::GiveBack => (of::<asked::GiveBack>, "Hand over the result (trả kết quả)"),
        Act::Withdraw => (of::<asked::Withdraw>, "Take the application back (rút hồ sơ)"),
        Act::RequestPayment => {
            (of::<asked::RequestPayment>, "Ask for a payment (yêu cầu nghĩa vụ tài chính)")
        }
        Act::ConfirmPayment => {
            (of::<asked::ConfirmPayment>, "Confirm a payment (xác nhận đã nộp tiền)")
        }
        Act::Reappoint => (of::<asked::Reappoint>, "Apologise and move the due date (hẹn lại)"),
        Act::CorrectDue => {
            (of::<asked::CorrectDue>, "Accept the due date of a changed calendar (điều chỉnh hẹn)")
        }
        Act::Stop => (of::<asked::Stop>, "Stop on a ground of law (dừng giải quyết)"),
    })
}

/// The description of a row.
fn about(route: &Route) -> Option<About> {
    if let Some((body, summary)) = route.act.and_then(about_act) {
        let answer = of::<Done<'static>> as Make;
        return Some(About { body: Some(body), ..reads(route.path, summary, answer) });
    }
    ABOUT.into_iter().find(|about| about.path == route.path)
}

/// The whole document.
#[must_use]
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut maker = settings.into_generator();
    let mut paths = Map::new();
    for route in ROUTES {
        let Some(about) = about(route) else { continue };
        let method = match route.method {
            Method::Get => "get",
            Method::Post => "post",
        };
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[method] = operation(route, &about, &mut maker);
    }
    let problem = of::<Problem>(&mut maker);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Một Cửa",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Acts and views of the one-stop shop. Every POST carries an \
                Idempotency-Key; sent again with the same key, it answers the same and nothing \
                happens twice. Problems are RFC 9457, in Vietnamese or, with Accept-Language: en, \
                in English.",
        },
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": { "Problem": {
                "description": "A problem (RFC 9457)",
                "content": { "application/problem+json": { "schema": problem } },
            } },
            "schemas": maker.take_definitions(true),
        },
    })
}

fn operation(route: &Route, about: &About, maker: &mut SchemaGenerator) -> Value {
    let mut parameters = path_parameters(route.path);
    if let Some(query) = about.query {
        parameters.extend(query_parameters(&query(maker)));
    }
    if route.method == Method::Post {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "New for each act, the same when it is repeated.",
            "schema": { "type": "string", "pattern": "^[!-~]{1,200}$" },
        }));
    }
    let mut operation = json!({
        "summary": about.summary,
        "operationId": operation_id(route),
        "parameters": parameters,
        "responses": {
            about.status: {
                "description": "Done",
                "content": { "application/json": { "schema": (about.answer)(maker) } },
            },
            "default": { "$ref": "#/components/responses/Problem" },
        },
    });
    if let Some(body) = about.body {
        operation["requestBody"] = json!({
            "required": route.act == Some(Act::Submit),
            "content": { "application/json": { "schema": body(maker) } },
        });
    }
    if route.audience == Audience::Public {
        operation["security"] = json!([]);
    }
    operation
}

/// `submit`, `receive`, …; reads by the last name of their path.
fn operation_id(route: &Route) -> String {
    match route.act {
        Some(act) => act.name().to_owned(),
        None => {
            let path = route.path.trim_start_matches(super::ROOT).replace(['{', '}'], "");
            let verb = if route.method == Method::Get { "read" } else { "do" };
            format!("{verb}{}", path.replace(['/', '.'], "_"))
        }
    }
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            json!({
                "name": name, "in": "path", "required": true, "schema": { "type": "string" },
            })
        })
        .collect()
}

fn query_parameters(schema: &Schema) -> Vec<Value> {
    let fields = schema.get("properties").and_then(Value::as_object);
    fields
        .into_iter()
        .flatten()
        .map(|(name, schema)| json!({ "name": name, "in": "query", "schema": schema }))
        .collect()
}

#[cfg(test)]
mod tests;
