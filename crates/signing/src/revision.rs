//! What was added after a signature: further signatures are allowed, and nothing else.
//!
//! Two states of the file are compared object by object. A page's content, fonts, names, texts:
//! any change of an object that was there is an alteration, except the few places where a further
//! signature has to be entered, and there only at the end. The logical structure is not among
//! them: a signed paper reads aloud as it did.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::{dictionary_at, form, list_at, reference_at, resolved, signature_fields};

/// The places where a signature is entered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Catalog,
    Form,
    /// A list that may become longer: of fields, of annotations.
    List,
    Page,
    /// A field that was made for a signature, and had none.
    EmptyField,
    /// Says when and with what the file was written; shows nothing.
    Information,
}

/// Whether nothing but signatures, and what proves them, lies between two states of a file.
pub(crate) fn only_signatures_added(before: &Document, after: &Document) -> bool {
    let parts = parts_of(before);
    let same_root = before.trailer.get(b"Root").ok() == after.trailer.get(b"Root").ok();
    let kept = before.objects.iter().all(|(id, old)| match after.objects.get(id) {
        _ if is_bookkeeping(old) => true,
        Some(new) if old == new => true,
        Some(new) => parts.get(id).is_some_and(|part| is_allowed(*part, old, new, before, after)),
        None => false,
    });
    same_root
        && kept
        && every_new_field_is_signed(before, after)
        && before.page_iter().eq(after.page_iter())
}

/// Containers of other objects, written anew with every update.
fn is_bookkeeping(object: &Object) -> bool {
    matches!(object.type_name(), Ok(b"XRef" | b"ObjStm"))
}

fn parts_of(document: &Document) -> BTreeMap<ObjectId, Part> {
    let mut parts = BTreeMap::new();
    let mut put = |id: Option<ObjectId>, part| {
        if let Some(id) = id {
            parts.insert(id, part);
        }
    };
    put(reference_at(&document.trailer, b"Info"), Part::Information);
    for page in document.page_iter() {
        put(Some(page), Part::Page);
        let dictionary = document.get_dictionary(page).ok();
        put(dictionary.and_then(|page| reference_at(page, b"Annots")), Part::List);
    }
    for (id, field) in signature_fields(document) {
        if !field.has(b"V") {
            put(Some(id), Part::EmptyField);
        }
    }
    put(form(document).and_then(|form| reference_at(form, b"Fields")), Part::List);
    if let Ok(catalog) = document.catalog() {
        put(reference_at(catalog, b"AcroForm"), Part::Form);
        put(reference_at(catalog, b"Metadata"), Part::Information);
    }
    put(reference_at(&document.trailer, b"Root"), Part::Catalog);
    parts
}

fn is_allowed(part: Part, old: &Object, new: &Object, before: &Document, after: &Document) -> bool {
    if part == Part::List {
        return matches!((old, new), (Object::Array(old), Object::Array(new))
            if is_longer(old, new));
    }
    if part == Part::Information {
        return std::mem::discriminant(old) == std::mem::discriminant(new);
    }
    let (Ok(old), Ok(new)) = (old.as_dict(), new.as_dict()) else { return false };
    let same_but = |keys: &[&[u8]]| is_same_but(old, new, keys);
    let list_grew = |key: &[u8]| is_longer(list_at(before, old, key), list_at(after, new, key));
    match part {
        Part::Catalog => {
            let forms = (dictionary_at(before, old, b"AcroForm"), form(after));
            same_but(&[b"AcroForm", b"DSS", b"Extensions", b"Metadata"])
                && match forms {
                    (None, _) => true,
                    (Some(old), Some(new)) => form_grew(old, new, before, after),
                    (Some(_), None) => false,
                }
        }
        Part::Form => form_grew(old, new, before, after),
        Part::Page => {
            same_but(&[b"Annots", b"Tabs"])
                && list_grew(b"Annots")
                && list_at(after, new, b"Annots")
                    .iter()
                    .skip(list_at(before, old, b"Annots").len())
                    .all(|annotation| is_signature_widget(annotation, after))
        }
        Part::EmptyField => {
            same_but(&[b"V", b"AP", b"F", b"M"])
                && dictionary_at(after, new, b"V").is_some_and(|value| value.has(b"ByteRange"))
        }
        Part::List | Part::Information => false,
    }
}

fn form_grew(old: &Dictionary, new: &Dictionary, before: &Document, after: &Document) -> bool {
    is_same_but(old, new, &[b"Fields", b"SigFlags", b"DR", b"DA"])
        && is_longer(list_at(before, old, b"Fields"), list_at(after, new, b"Fields"))
}

fn is_same_but(old: &Dictionary, new: &Dictionary, keys: &[&[u8]]) -> bool {
    let rest = |dictionary: &Dictionary| {
        let mut rest = dictionary.clone();
        for key in keys {
            rest.remove(key);
        }
        rest
    };
    let (old, new) = (rest(old), rest(new));
    old.len() == new.len() && old.iter().all(|(key, value)| new.get(key).ok() == Some(value))
}

fn is_longer(old: &[Object], new: &[Object]) -> bool {
    new.starts_with(old)
}

fn is_signature_widget(annotation: &Object, document: &Document) -> bool {
    let widget = resolved(document, annotation).and_then(|widget| widget.as_dict().ok());
    widget.is_some_and(|widget| {
        let is_widget =
            widget.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Widget");
        let fields = signature_fields(document);
        let id = annotation.as_reference().ok();
        let parent = reference_at(widget, b"Parent");
        is_widget && fields.iter().any(|(field, _)| Some(*field) == id || Some(*field) == parent)
    })
}

fn every_new_field_is_signed(before: &Document, after: &Document) -> bool {
    let Some(new_form) = form(after) else { return true };
    let old = form(before).map_or(0, |form| list_at(before, form, b"Fields").len());
    let signed: BTreeSet<ObjectId> = signature_fields(after)
        .into_iter()
        .filter_map(|(id, field)| {
            let value = dictionary_at(after, field, b"V")?;
            value.has(b"ByteRange").then_some(id)
        })
        .collect();
    list_at(after, new_form, b"Fields")
        .iter()
        .skip(old)
        .all(|field| field.as_reference().is_ok_and(|id| signed.contains(&id)))
}
