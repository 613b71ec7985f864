//! Small steps through the objects of a file, with references followed.

use lopdf::{Dictionary, Document, Object};

/// The value of a key, with its reference followed.
pub(crate) fn get<'a>(document: &'a Document, of: &'a Dictionary, key: &str) -> Option<&'a Object> {
    let value = of.get(key.as_bytes()).ok()?;
    document.dereference(value).ok().map(|(_, object)| object)
}

/// A dictionary under a key.
pub(crate) fn dictionary<'a>(
    document: &'a Document,
    of: &'a Dictionary,
    key: &str,
) -> Option<&'a Dictionary> {
    get(document, of, key).and_then(as_dictionary)
}

/// The dictionary that an object is, or that belongs to its stream.
pub(crate) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A name under a key.
pub(crate) fn name<'a>(document: &'a Document, of: &'a Dictionary, key: &str) -> Option<&'a [u8]> {
    get(document, of, key)?.as_name().ok()
}

/// The items of an array, or the one item that stands for it.
pub(crate) fn items<'a>(document: &'a Document, object: Option<&'a Object>) -> Vec<&'a Object> {
    let follow = |object: &'a Object| document.dereference(object).ok().map(|(_, object)| object);
    match object.and_then(follow) {
        Some(Object::Array(items)) => items.iter().filter_map(follow).collect(),
        Some(Object::Null) | None => Vec::new(),
        Some(other) => vec![other],
    }
}

/// Is a flag there and set?
pub(crate) fn is_set(document: &Document, of: &Dictionary, key: &str) -> Option<()> {
    matches!(get(document, of, key), Some(Object::Boolean(true))).then_some(())
}

/// Is there a text that is not empty?
pub(crate) fn has_text(document: &Document, of: &Dictionary, key: &str) -> Option<()> {
    let text = get(document, of, key)?.as_str().ok()?;
    let marks: [u8; 4] = [0xFE, 0xFF, 0, b' '];
    text.iter().any(|byte| !marks.contains(byte)).then_some(())
}

/// The XMP metadata of the file, when they lie in it unfiltered.
pub(crate) fn xmp(document: &Document) -> Option<String> {
    let metadata = get(document, document.catalog().ok()?, "Metadata")?;
    let stream = metadata.as_stream().ok()?;
    if stream.dict.has(b"Filter") {
        return None;
    }
    String::from_utf8(stream.content.clone()).ok()
}

/// The value of a property in XMP, written as an element or as an attribute.
pub(crate) fn property<'a>(xmp: &'a str, name: &str) -> Option<&'a str> {
    let element = xmp.split(&format!("<{name}>")).nth(1).and_then(|rest| rest.split('<').next());
    let attribute = || xmp.split(&format!("{name}=\"")).nth(1)?.split('"').next();
    element.or_else(attribute).map(str::trim)
}
