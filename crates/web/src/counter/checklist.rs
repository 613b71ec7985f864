//! The checklist of components: what was handed in, as what, how many.

use crate::citizen::field::{Choice, Told};
use crate::citizen::upload::reused;
use crate::kit::i18n::{Language, t};
use crate::kit::posted::Posted;
use crate::officer::act_page::Typed;
use crate::officer::desk::Desk;
use crate::officer::parts::{PaperCheck, Papers};
use crate::public::accepted_as;
use domain::dossier::event::{Paper, Reused};
use domain::procedure::Component;

/// Most sheets of one paper.
const COUNT_MAX: u32 = 999;
/// A result that the office already has.
const REUSED: &str = "reused_result";
/// What a counter takes when the procedure does not say.
const ON_PAPER: [&str; 3] = ["original", "certified_copy", "plain_copy"];

/// The checklist of a dossier's case, filled with what is there already.
pub(crate) fn papers(desk: &Desk<'_>, typed: &Typed<'_>, told: &Told, there: &[Paper]) -> Papers {
    rows(desk.lang, &desk.components(), typed, told, there)
}

/// The papers as counted on the page; the files of those already there stay with them.
pub(crate) fn counted(
    desk: &Desk<'_>,
    posted: &Posted,
    there: &[Paper],
) -> Result<Vec<Paper>, Told> {
    read(desk.lang, &desk.components(), posted, there)
}

/// The checklist of some components.
pub(crate) fn rows(
    lang: Language,
    components: &[&Component],
    typed: &Typed<'_>,
    told: &Told,
    there: &[Paper],
) -> Papers {
    let row = |component: &&Component| {
        let known = there.iter().find(|paper| paper.component == component.id);
        let kind = known.map_or("", |paper| paper.kind.as_str());
        let count = match known {
            Some(paper) => paper.count.max(1),
            None => (component.originals + component.copies).max(1),
        };
        PaperCheck {
            name: component.name.clone(),
            notes: notes(lang, component, known),
            kinds: kinds(component, known)
                .into_iter()
                .map(|kind| Choice::new(kind, accepted_as(lang, kind)))
                .collect(),
            kind: typed.or(&format!("paper.{}", component.id), kind),
            count: typed.or(&format!("count.{}", component.id), count.to_string()),
            offer: None,
            scan: None,
            may_scan: false,
            error: told.at(&format!("paper.{}", component.id)),
            component: component.id.clone(),
        }
    };
    Papers {
        legend: t(lang, "staff-papers"),
        hint: t(lang, "staff-papers-hint"),
        error: told.at(Papers::ID),
        rows: components.iter().map(row).collect(),
    }
}

/// What the page says, as papers.
pub(crate) fn read(
    lang: Language,
    components: &[&Component],
    posted: &Posted,
    there: &[Paper],
) -> Result<Vec<Paper>, Told> {
    let mut told = Told::default();
    let mut papers = Vec::new();
    for component in components {
        let place = format!("paper.{}", component.id);
        let chosen = reused(posted, &component.id);
        let kind = if chosen.is_some() { REUSED } else { posted.text(&place) };
        if kind.is_empty() {
            continue;
        }
        let mut known = there.iter().filter(|paper| paper.component == component.id);
        let first = known.next();
        if chosen.is_none() && !kinds(component, first).contains(&kind) {
            told.say(&place, t(lang, "reason-unknown"));
        }
        let count = posted.text(&format!("count.{}", component.id)).trim();
        match count.parse() {
            Ok(count) if (1..=COUNT_MAX).contains(&count) => papers.push(Paper {
                component: component.id.clone(),
                kind: kind.to_owned(),
                count,
                file: first.and_then(|paper| paper.file.clone()),
                scan: first.and_then(|paper| paper.scan),
                reused: wished(chosen)
                    .or_else(|| first.filter(|paper| paper.kind == kind)?.reused.clone()),
            }),
            _ => told.say(&place, t(lang, "staff-count-wrong")),
        }
        papers.extend(known.cloned());
    }
    if told.is_empty() { Ok(papers) } else { Err(told) }
}

/// A result that the clerk chose, with the owner's word.
fn wished(chosen: Option<(String, bool)>) -> Option<Reused> {
    chosen.map(|(code, consent)| Reused { code, consent, ..Reused::default() })
}

/// The kinds in which a component may come to the counter, with the kind in which it came.
fn kinds<'c>(component: &'c Component, known: Option<&'c Paper>) -> Vec<&'c str> {
    let mut kinds: Vec<&str> = component.accepts.iter().map(String::as_str).collect();
    if kinds.is_empty() {
        kinds.extend(ON_PAPER);
    }
    if !kinds.contains(&"original") {
        kinds.insert(0, "original");
    }
    match known.map(|paper| paper.kind.as_str()) {
        Some(kind) if !kind.is_empty() && !kinds.contains(&kind) => kinds.push(kind),
        _ => {}
    }
    kinds
}

fn notes(lang: Language, component: &Component, known: Option<&Paper>) -> Vec<String> {
    let must = component.mandatory.then(|| t(lang, "staff-paper-mandatory"));
    let file = known.and_then(|paper| paper.file.as_ref()).map(|file| file.name.clone());
    must.into_iter().chain(component.condition.clone()).chain(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::dossier::event::FileRef;
    use office::catalogue::Catalogue;

    fn posted(pairs: &[(&str, &str)]) -> Posted {
        let fields = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Posted { fields, files: Vec::new() }
    }

    #[test]
    fn what_is_counted_keeps_its_file() {
        let catalogue = Catalogue::embedded().unwrap();
        let procedure = catalogue.procedure("A2.XA.R2026").unwrap();
        let components = procedure.components_for(Some("nha_o_ho_gia_dinh"));
        let first = components[0];
        let file = FileRef { name: "don.pdf".into(), ..FileRef::default() };
        let there = [Paper {
            component: first.id.clone(),
            kind: "electronic_form".into(),
            count: 1,
            file: Some(file.clone()),
            ..Paper::default()
        }];
        let shown = rows(Language::Vi, &components, &Typed::NOTHING, &Told::default(), &there);
        assert_eq!(shown.rows.len(), components.len());
        assert_eq!(shown.rows[0].kind, "electronic_form");
        assert!(shown.rows[0].notes.contains(&"don.pdf".to_owned()));

        let place = format!("paper.{}", first.id);
        let count = format!("count.{}", first.id);
        let form = posted(&[(&place, "original"), (&count, " 2 ")]);
        let papers = read(Language::Vi, &components, &form, &there).unwrap();
        assert_eq!(papers.len(), 1);
        assert_eq!((papers[0].kind.as_str(), papers[0].count), ("original", 2));
        assert_eq!(papers[0].file, Some(file));

        let none = read(Language::Vi, &components, &posted(&[]), &there).unwrap();
        assert!(none.is_empty());
        for wrong in ["0", "1000", "-1", "hai", ""] {
            let form = posted(&[(&place, "original"), (&count, wrong)]);
            let told = read(Language::Vi, &components, &form, &there).unwrap_err();
            assert!(told.at(&place).is_some(), "{wrong}");
        }
        let form = posted(&[(&place, "giấy"), (&count, "1")]);
        assert!(read(Language::Vi, &components, &form, &there).is_err());
    }
}
