//! Signature fields, kept and filled by incremental updates: what was there stays, byte by byte.

use std::ops::Range;

use domain::time::{Instant, local};
use lopdf::{
    Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, StringFormat,
    decode_text_string, dictionary, text_string,
};

use crate::appearance::{Page, Place, Role, Words, draw};
use crate::error::{SignError, Unreadable};
use crate::pdf::{
    dictionary_at, form, list_at, numbers, read, reference_at, resolved, signature_fields,
};

/// Room for the container: a chain of RSA-4096 certificates, and a time-stamp with its own.
pub(crate) const CONTAINER_BYTES: usize = 12 * 1024;

/// `F`: printed, and not to be moved.
const PRINT_AND_LOCKED: i64 = 4 | 128;
/// `SigFlags`: there are signatures; only ever append.
const SIGNED_AND_APPEND_ONLY: i64 = 1 | 2;
/// As wide as an offset can become.
const OFFSET_PLACEHOLDER: i64 = 9_999_999_999;

/// A place that is kept for a signature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Whose signature is to stand there.
    pub role: Role,
    /// Where that is.
    pub place: Place,
}

/// What a signature says.
pub(crate) struct Signing<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) font: &'a [u8],
}

/// Keeps places for signatures. All that a paper will carry are kept at once, before the first
/// signature: entering them into the paper's structure afterwards would change what was signed.
/// In a paper that is signed already, further places stay outside the structure.
///
/// # Errors
/// When the file is not a PDF that we sign, or has no such page.
pub fn reserve(pdf: &[u8], fields: &[Field]) -> Result<Vec<u8>, SignError> {
    let mut bytes = pdf.to_vec();
    for field in fields {
        let before = read(&bytes)?;
        let page = page_of(&before, field.place.page).ok_or(Unreadable::Damaged)?;
        let has_signatures = signature_fields(&before).iter().any(|(_, field)| field.has(b"V"));
        let mut update = IncrementalDocument::create_from(bytes, before);
        let nothing = update.new_document.add_object(no_appearance(&field.place));
        let widget = widget(&update, field, page, nothing);
        let widget = update.new_document.add_object(widget);
        add_to_page(&mut update, page, widget).ok_or(Unreadable::Damaged)?;
        add_to_form(&mut update, widget).ok_or(Unreadable::Damaged)?;
        if !has_signatures {
            add_to_structure(&mut update, page, widget).ok_or(Unreadable::Damaged)?;
        }
        bytes = saved(&mut update)?;
    }
    Ok(bytes)
}

/// The file with a signature in the first empty place of the role, and where its container goes:
/// the digits of a hexadecimal string, without the brackets.
pub(crate) fn fill(
    pdf: &[u8],
    signing: &Signing<'_>,
) -> Result<(Vec<u8>, Range<usize>), SignError> {
    let before = read(pdf)?;
    let role = signing.words.role;
    let is_free = |field: &&(ObjectId, &Dictionary)| is_of(role, field.1) && !field.1.has(b"V");
    let (id, mut widget) = match signature_fields(&before).iter().find(is_free) {
        Some((id, widget)) => (*id, (*widget).clone()),
        None => return Err(SignError::NoField(role)),
    };
    let size = size_of(&before, &widget).ok_or(Unreadable::Damaged)?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), before);
    let new = &mut update.new_document;
    let appearance = draw(&signing.words, size, signing.font, new)?;
    let value = new.add_object(value(signing));
    widget.set("V", value);
    widget.set("AP", dictionary! { "N" => appearance });
    new.set_object(id, widget);
    let mut bytes = saved(&mut update)?;
    let container = fill_byte_range(&mut bytes, pdf.len()).ok_or(Unreadable::Damaged)?;
    Ok((bytes, container))
}

fn saved(update: &mut IncrementalDocument) -> Result<Vec<u8>, SignError> {
    let length = update.get_prev_documents_bytes().len();
    let mut bytes = Vec::with_capacity(length + 4 * CONTAINER_BYTES);
    update.save_to(&mut bytes).map_err(|_| Unreadable::Damaged)?;
    Ok(bytes)
}

/// The name of a role's fields, before their number, and what they are called aloud.
fn called(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Officer => ("ChuKy", "Chữ ký số của người có thẩm quyền"),
        Role::Seal => ("ConDau", "Con dấu số của cơ quan"),
    }
}

fn is_of(role: Role, field: &Dictionary) -> bool {
    let name = field.get(b"T").ok().and_then(|name| decode_text_string(name).ok());
    name.is_some_and(|name| name.starts_with(called(role).0))
}

fn size_of(document: &Document, widget: &Dictionary) -> Option<(f32, f32)> {
    let corners = list_at(document, widget, b"Rect");
    let corners: Vec<f32> =
        corners.iter().map(|number| number.as_float().ok()).collect::<Option<_>>()?;
    let [left, bottom, right, top] = corners[..] else { return None };
    Some((right - left, top - bottom))
}

fn page_of(document: &Document, page: Page) -> Option<ObjectId> {
    match page {
        Page::Last => document.page_iter().last(),
        Page::Number(number) => {
            document.page_iter().nth(usize::try_from(number).ok()?.checked_sub(1)?)
        }
    }
}

/// The signature dictionary, with room for what is known later.
fn value(signing: &Signing<'_>) -> Dictionary {
    let range = [0, OFFSET_PLACEHOLDER, OFFSET_PLACEHOLDER, OFFSET_PLACEHOLDER];
    let mut value = dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => range.map(Object::Integer).to_vec(),
        "Contents" => Object::String(vec![0; CONTAINER_BYTES], StringFormat::Hexadecimal),
        "M" => Object::string_literal(date(signing.words.at)),
        "Name" => text_string(signing.words.name),
    };
    if let Some(reason) = signing.reason {
        value.set("Reason", text_string(reason));
    }
    value
}

fn date(at: Instant) -> String {
    local(at).strftime("D:%Y%m%d%H%M%S+07'00'").to_string()
}

fn no_appearance(place: &Place) -> Stream {
    let frame = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => [0.0, 0.0, place.width, place.height].map(Object::from).to_vec(),
    };
    Stream::new(frame, Vec::new())
}

fn widget(
    update: &IncrementalDocument,
    field: &Field,
    page: ObjectId,
    appearance: ObjectId,
) -> Dictionary {
    let place = field.place;
    let corners = [place.left, place.bottom, place.left + place.width, place.bottom + place.height];
    let taken = signature_fields(update.get_prev_documents()).len();
    let (name, spoken) = called(field.role);
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(&format!("{name}{}", taken + 1)),
        "TU" => text_string(spoken),
        "F" => PRINT_AND_LOCKED,
        "Rect" => corners.map(Object::from).to_vec(),
        "AP" => dictionary! { "N" => appearance },
        "P" => page,
    }
}

/// Appends to the page's annotations, which a screen reader goes through in the structure's order.
fn add_to_page(update: &mut IncrementalDocument, page: ObjectId, widget: ObjectId) -> Option<()> {
    let before = update.get_prev_documents();
    let mut dictionary = before.get_dictionary(page).ok()?.clone();
    let mut annotations = list_at(before, &dictionary, b"Annots").to_vec();
    annotations.push(widget.into());
    dictionary.set("Annots", annotations);
    dictionary.set("Tabs", "S");
    update.new_document.set_object(page, dictionary);
    Some(())
}

fn add_to_form(update: &mut IncrementalDocument, widget: ObjectId) -> Option<()> {
    let before = update.get_prev_documents();
    let root = reference_at(&before.trailer, b"Root")?;
    let mut catalog = before.get_dictionary(root).ok()?.clone();
    let mut dictionary = form(before).cloned().unwrap_or_default();
    let mut fields = list_at(before, &dictionary, b"Fields").to_vec();
    fields.push(widget.into());
    dictionary.set("Fields", fields);
    dictionary.set("SigFlags", SIGNED_AND_APPEND_ONLY);
    match reference_at(&catalog, b"AcroForm") {
        Some(id) => update.new_document.set_object(id, dictionary),
        None => {
            catalog.set("AcroForm", dictionary);
            update.new_document.set_object(root, catalog);
        }
    }
    Some(())
}

/// Names the widget in the logical structure, as PDF/UA wants. A file without structure gets none.
fn add_to_structure(
    update: &mut IncrementalDocument,
    page: ObjectId,
    widget: ObjectId,
) -> Option<()> {
    let before = update.get_prev_documents();
    let Some(root) = reference_at(before.catalog().ok()?, b"StructTreeRoot") else {
        return Some(());
    };
    let mut tree = before.get_dictionary(root).ok()?.clone();
    let parents = dictionary_at(before, &tree, b"ParentTree").cloned().unwrap_or_default();
    let mut parents = numbers(before, &parents)?;
    let after_last = parents.last().map_or(0, |(number, _)| number + 1);
    let next = tree.get(b"ParentTreeNextKey").and_then(Object::as_i64).unwrap_or(0).max(after_last);

    let top = kids(before, &tree).first().and_then(|kid| kid.as_reference().ok());
    let element = update.new_document.new_object_id();
    let parent = top.unwrap_or(root);
    update.new_document.set_object(
        element,
        dictionary! {
            "Type" => "StructElem",
            "S" => "Form",
            "P" => parent,
            "Pg" => page,
            "K" => dictionary! { "Type" => "OBJR", "Obj" => widget, "Pg" => page },
        },
    );
    parents.push((next, element.into()));
    let flat: Vec<Object> = parents.into_iter().flat_map(|(n, of)| [n.into(), of]).collect();
    let flat = dictionary! { "Nums" => flat };
    let before = update.get_prev_documents();
    let grown = match top {
        Some(top) => before.get_dictionary(top).ok()?.clone(),
        None => tree.clone(),
    };
    let mut under = kids(before, &grown);
    under.push(element.into());
    match top {
        Some(top) => {
            let mut grown = grown;
            grown.set("K", under);
            update.new_document.set_object(top, grown);
        }
        None => tree.set("K", under),
    }
    tree.set("ParentTreeNextKey", next + 1);
    match reference_at(&tree, b"ParentTree") {
        Some(id) => update.new_document.set_object(id, flat),
        None => tree.set("ParentTree", flat),
    }
    update.new_document.set_object(root, tree);
    let widget = update.new_document.get_object_mut(widget).and_then(Object::as_dict_mut).ok()?;
    widget.set("StructParent", next);
    Some(())
}

/// What stands under a structure element: one thing, or a list.
fn kids(document: &Document, element: &Dictionary) -> Vec<Object> {
    let Ok(kids) = element.get(b"K") else { return Vec::new() };
    match resolved(document, kids) {
        Some(Object::Array(kids)) => kids.clone(),
        Some(_) => vec![kids.clone()],
        None => Vec::new(),
    }
}

/// Writes the offsets around the container into the new signature dictionary.
fn fill_byte_range(bytes: &mut [u8], from: usize) -> Option<Range<usize>> {
    let placeholder = format!("0 {OFFSET_PLACEHOLDER} {OFFSET_PLACEHOLDER} {OFFSET_PLACEHOLDER}");
    let range_at = from + position(&bytes[from..], placeholder.as_bytes())?;
    let empty = [b"<".as_slice(), &[b'0'; 2 * CONTAINER_BYTES], b">"].concat();
    let opens = from + position(&bytes[from..], &empty)?;
    let closes = opens + empty.len();
    let offsets = format!("0 {opens} {closes} {}", bytes.len() - closes);
    let padded = format!("{offsets:<width$}", width = placeholder.len());
    bytes[range_at..range_at + padded.len()].copy_from_slice(padded.as_bytes());
    Some(opens + 1..closes - 1)
}

fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
