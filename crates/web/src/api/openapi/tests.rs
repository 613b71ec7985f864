use super::*;

/// All `$ref`s of a document.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                found.push(reference.clone());
            }
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_row_is_described_and_nothing_else() {
    let document = document();
    let mut described = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.push(format!("{method} {path}"));
        }
    }
    let mut rows: Vec<String> = ROUTES
        .iter()
        .map(|route| format!("{:?} {}", route.method, route.path))
        .map(|row| row.replace("Get ", "get ").replace("Post ", "post "))
        .collect();
    described.sort();
    rows.sort();
    assert_eq!(described, rows);
    for about in ABOUT {
        assert!(ROUTES.iter().any(|route| route.path == about.path), "{}", about.path);
    }
}

#[test]
fn every_act_has_one_row_named_after_it() {
    for act in Act::ALL {
        let rows: Vec<&Route> = ROUTES.iter().filter(|route| route.act == Some(act)).collect();
        assert_eq!(rows.len(), 1, "{}", act.name());
        let end = format!("/actions/{}", act.name());
        assert!(act == Act::Submit || rows[0].path.ends_with(&end), "{}", rows[0].path);
    }
}

#[test]
fn references_lead_somewhere() {
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 30, "{}", found.len());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn operation_ids_are_unique() {
    let mut ids: Vec<String> = ROUTES.iter().map(operation_id).collect();
    ids.sort();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
}

#[test]
fn bodies_refuse_unknown_fields_and_say_so() {
    let document = document();
    let filing = &document["components"]["schemas"]["Filing"];
    assert_eq!(filing["additionalProperties"], false);
    assert_eq!(filing["required"], json!(["procedure"]));
    assert!(document["components"]["schemas"]["Dossier"]["properties"]["tasks"].is_object());
}
