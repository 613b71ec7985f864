//! A QR code as SVG: one path of horizontal runs, with the quiet zone the standard asks for.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use crate::RenderError;

/// Modules of white paper around the code (ISO/IEC 18004).
const QUIET: usize = 4;

/// Draws `address` as a QR code that survives a fold or a stamp (15 % of it may be lost).
pub(crate) fn svg(address: &str) -> Result<String, RenderError> {
    let code = QRBuilder::new(address)
        .ecl(ECL::M)
        .build()
        .map_err(|_| RenderError::AddressTooLong { bytes: address.len() })?;
    let side = code.size + 2 * QUIET;
    let mut svg =
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d=""#);
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let length = code[row][column..code.size].iter().take_while(|m| m.value()).count();
            if length > 0 {
                let (x, y) = (column + QUIET, row + QUIET);
                write!(svg, "M{x} {y}h{length}v1h-{length}z").expect("strings take all writes");
            }
            column += length.max(1);
        }
    }
    svg.push_str(r#""/></svg>"#);
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_finder_patterns_stand_in_the_corners() {
        let svg = svg("https://motcua.example.vn/tra-cuu/H60.11-260209-0001").unwrap();
        assert!(svg.contains(r#"d="M4 4h7v1h-7z"#), "{svg}");
        assert_eq!(svg.matches("h7v1h-7z").count() / 2, 3, "{svg}");
    }

    #[test]
    fn an_address_without_end_is_refused() {
        let address = "https://motcua.example.vn/".repeat(200);
        assert!(matches!(svg(&address), Err(RenderError::AddressTooLong { bytes: 5200 })));
    }
}
