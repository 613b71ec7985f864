//! The files of the browser, embedded from `frontend/dist`.
//!
//! An address carries the version of the whole set, `/assets/{hash8}/{name}`: what it answers never
//! changes, and files find each other by relative names.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// The path under which the files are served.
pub const ROOT: &str = "/assets";

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[exclude = "print/*"]
struct Dist;

/// A file as it is handed to the browser.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The contents.
    pub bytes: Cow<'static, [u8]>,
    /// The value of `Content-Type`.
    pub media_type: &'static str,
    /// The value of `ETag`, in its quotes.
    pub etag: String,
}

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Dist::iter().collect();
    names.sort_unstable();
    let mut hash = Sha256::new();
    for name in names {
        if let Some(file) = Dist::get(&name) {
            hash.update(name.as_bytes());
            hash.update(file.metadata.sha256_hash());
        }
    }
    hex::encode(&hash.finalize()[..4])
});

/// The version of the whole set: eight hexadecimal digits.
pub fn version() -> &'static str {
    &VERSION
}

/// The file of this name, such as `app.css` or `fonts/x.woff2`; `hash8/name` is understood too.
pub fn find(path: &str) -> Option<Asset> {
    let name = path.strip_prefix(version()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
    let file = Dist::get(name)?;
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..8]));
    Some(Asset { bytes: file.data, media_type: media_type(name), etag })
}

/// The address of a file, to be kept by the browser for ever.
pub fn url(name: &str) -> String {
    format!("{ROOT}/{}/{name}", version())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_layout_needs_is_there() {
        for name in ["app.css", "app.js", "govuk-frontend.min.js", "htmx.min.js", "favicon.svg"] {
            let asset = find(name).unwrap_or_else(|| panic!("{name} is missing"));
            assert!(!asset.bytes.is_empty(), "{name} is empty");
        }
        assert!(find("licences/govuk-frontend.txt").is_some());
    }

    #[test]
    fn print_fonts_stay_with_the_papers() {
        assert!(find("print/Tinos-Regular.ttf").is_none());
    }

    #[test]
    fn an_address_carries_the_version_and_is_found_by_it() {
        let address = url("app.css");
        let path = address.strip_prefix("/assets/").unwrap();
        assert_eq!(path.len(), "12345678/app.css".len());
        assert_eq!(find(path).unwrap().media_type, "text/css; charset=utf-8");
        assert!(find("00000000/app.css").is_none());
        assert!(find("../Cargo.toml").is_none());
    }

    #[test]
    fn the_style_sheet_names_only_files_we_ship() {
        let sheet = String::from_utf8(find("app.css").unwrap().bytes.into_owned()).unwrap();
        assert!(!sheet.contains("GDS Transport"));
        let named: Vec<_> =
            sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(!named.is_empty());
        for name in named.into_iter().filter(|name| !name.contains("data:")) {
            assert!(find(name.trim_matches('"')).is_some(), "{name} is not shipped");
        }
    }

    #[test]
    fn vietnamese_comes_after_latin_ext_so_that_it_wins() {
        let sheet = String::from_utf8(find("app.css").unwrap().bytes.into_owned()).unwrap();
        let place = |subset: &str| sheet.find(&format!("-{subset}-wght")).unwrap();
        assert!(place("latin-ext") < place("vietnamese"));
        assert!(place("vietnamese") < place("latin"));
    }
}
