//! Reading PDF files that may be anybody's.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::error::Unreadable;

/// Largest file that is read, bytes.
pub const MAX_BYTES: usize = 24 * 1024 * 1024;
/// Most objects in a file.
pub const MAX_OBJECTS: usize = 200_000;

/// Most bytes a compressed table of objects may unpack to.
const MAX_UNPACKED: usize = 8 * 1024 * 1024;
/// Most such tables: together with [`MAX_UNPACKED`] they bound what a small file can grow to.
const MAX_TABLES: usize = 2_000;
/// Where readers look for the header.
const HEADER_WITHIN: usize = 1024;

/// Reads a file within the limits. A file whose cross references are broken is not repaired: what
/// other readers make of it is anybody's guess.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if !contains(head, b"%PDF-") {
        return Err(Unreadable::NotPdf);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    if count(bytes, b"ObjStm") + count(bytes, b"XRef") > MAX_TABLES {
        return Err(Unreadable::TooMany);
    }
    let options =
        LoadOptions { max_decompressed_size: Some(MAX_UNPACKED), ..LoadOptions::default() };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => Unreadable::Encrypted,
            lopdf::Error::Decompress(_) => Unreadable::TooLarge,
            _ => Unreadable::Damaged,
        })?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    if document.objects.len() > MAX_OBJECTS {
        return Err(Unreadable::TooMany);
    }
    let has_pages = document.catalog().is_ok() && document.page_iter().next().is_some();
    match has_pages && document.xref_recovery.is_none() {
        true => Ok(document),
        false => Err(Unreadable::Damaged),
    }
}

/// How many pages a file has.
///
/// # Errors
/// [`Unreadable`]: the file is not one that is read here.
pub fn pages(bytes: &[u8]) -> Result<u32, Unreadable> {
    let pages = read(bytes)?.page_iter().count();
    u32::try_from(pages).map_err(|_| Unreadable::TooMany)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|window| *window == word).count()
}

/// What an object is, behind its reference.
pub(crate) fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

/// The dictionary at a key, behind its reference.
pub(crate) fn dictionary_at<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    resolved(document, dictionary.get(key).ok()?)?.as_dict().ok()
}

/// The list at a key, behind its reference; none is an empty one.
pub(crate) fn list_at<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> &'a [Object] {
    let list = dictionary.get(key).ok().and_then(|object| resolved(document, object));
    list.and_then(|list| list.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// The number of the object that a key refers to.
pub(crate) fn reference_at(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    dictionary.get(key).ok()?.as_reference().ok()
}

/// The interactive form.
pub(crate) fn form(document: &Document) -> Option<&Dictionary> {
    dictionary_at(document, document.catalog().ok()?, b"AcroForm")
}

/// Every field of the form that is for a signature, with its object's number. Each object is
/// looked at once, however the fields refer to one another.
pub(crate) fn signature_fields(document: &Document) -> Vec<(ObjectId, &Dictionary)> {
    let Some(form) = form(document) else { return Vec::new() };
    let top = list_at(document, form, b"Fields").iter().rev();
    let mut waiting: Vec<(&Object, Kind)> = top.map(|field| (field, Kind::Other)).collect();
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some((object, above)) = waiting.pop() {
        let Ok(id) = object.as_reference() else { continue };
        let field = document.get_dictionary(id).ok().filter(|_| seen.insert(id));
        let Some(field) = field else { continue };
        let kind = match field.get(b"FT").and_then(Object::as_name) {
            Ok(b"Sig") => Kind::Signature,
            Ok(_) => Kind::Other,
            Err(_) => above,
        };
        if kind == Kind::Signature && field.has(b"T") {
            found.push((id, field));
        }
        waiting.extend(list_at(document, field, b"Kids").iter().rev().map(|kid| (kid, kind)));
    }
    found
}

/// What a field is, or what the fields above it say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Signature,
    Other,
}

/// A tree of numbers (`/Nums`, `/Kids`) as one list; none when a piece of it is missing.
pub(crate) fn numbers(document: &Document, tree: &Dictionary) -> Option<Vec<(i64, Object)>> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    let mut waiting = vec![tree];
    while let Some(piece) = waiting.pop() {
        for pair in list_at(document, piece, b"Nums").chunks_exact(2) {
            found.push((pair[0].as_i64().ok()?, pair[1].clone()));
        }
        for kid in list_at(document, piece, b"Kids") {
            let id = kid.as_reference().ok()?;
            if seen.insert(id) {
                waiting.push(document.get_dictionary(id).ok()?);
            }
        }
    }
    found.sort_by_key(|(number, _)| *number);
    Some(found)
}
