//! A font in a PDF: only the glyphs that are used, with the characters they stand for.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::error::SignError;

/// What is shown for a character the font lacks.
const PLACEHOLDER: char = '□';
/// PDF measures glyphs in thousandths of the font size.
const PER_EM: f32 = 1000.0;

/// A font file that text is measured and set with.
pub(crate) struct Font<'a> {
    bytes: &'a [u8],
    font: FontRef<'a>,
    scale: f32,
}

impl<'a> Font<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Font<'a>, SignError> {
        let font = FontRef::new(bytes).map_err(|error| SignError::Font(error.to_string()))?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        Ok(Font { bytes, font, scale: PER_EM / f32::from(metrics.units_per_em.max(1)) })
    }

    fn glyph(&self, character: char) -> u16 {
        let charmap = self.font.charmap();
        let found = charmap.map(character).or_else(|| charmap.map(PLACEHOLDER));
        found.and_then(|glyph| u16::try_from(glyph.to_u32()).ok()).unwrap_or(0)
    }

    fn advance(&self, glyph: u16) -> f32 {
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.advance_width(glyph.into()).unwrap_or(0.0) * self.scale
    }

    /// How wide a text is at a font size.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.advance(self.glyph(c))).sum::<f32>() * size / PER_EM
    }

    /// Puts the glyphs of these lines into the document: the font, and each line as a string of
    /// glyph numbers.
    pub(crate) fn embed(
        &self,
        lines: &[String],
        document: &mut Document,
    ) -> Result<(ObjectId, Vec<Vec<u8>>), SignError> {
        let mut remapper = GlyphRemapper::new();
        let mut characters: BTreeMap<u16, char> = BTreeMap::new();
        let mut old: BTreeMap<u16, u16> = BTreeMap::from([(0, 0)]);
        let mut encode = |character: char| {
            let glyph = self.glyph(character);
            let new = remapper.remap(glyph);
            old.insert(new, glyph);
            characters.entry(new).or_insert(character);
            new.to_be_bytes()
        };
        let encoded = lines.iter().map(|line| line.chars().flat_map(&mut encode).collect());
        let encoded: Vec<Vec<u8>> = encoded.collect();
        let program = subsetter::subset(self.bytes, 0, &remapper)
            .map_err(|error| SignError::Font(error.to_string()))?;
        let name = self.name(&program);
        let length = i64::try_from(program.len()).unwrap_or(i64::MAX);
        let file = packed(dictionary! { "Length1" => length }, program)?;
        let file = document.add_object(file);
        let descriptor = document.add_object(self.descriptor(&name, file));
        let widths: Vec<Object> = old.values().map(|glyph| self.advance(*glyph).into()).collect();
        let descendant = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => Object::Name(name.clone()),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "CIDToGIDMap" => "Identity",
            "DW" => 0,
            "W" => vec![0.into(), widths.into()],
        });
        let to_unicode = document.add_object(packed(Dictionary::new(), to_unicode(&characters))?);
        let font = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(name),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        });
        Ok((font, encoded))
    }

    /// `ABCDEF+Name`: the letters follow from the glyphs.
    fn name(&self, program: &[u8]) -> Vec<u8> {
        let tag = Sha256::digest(program).into_iter().take(6).map(|byte| b'A' + byte % 26);
        let name = self.font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
        let name = name.map_or_else(|| "Font".to_owned(), |name| name.to_string());
        tag.chain(*b"+").chain(name.bytes().filter(u8::is_ascii_graphic)).collect()
    }

    fn descriptor(&self, name: &[u8], file: ObjectId) -> Dictionary {
        const SERIF_AND_SYMBOLIC: i64 = 2 | 4;
        let metrics = self.font.metrics(Size::unscaled(), LocationRef::default());
        let scaled = |value: f32| Object::from((value * self.scale).round());
        let bounds = metrics.bounds.unwrap_or_default();
        let corners = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
        dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => Object::Name(name.to_vec()),
            "Flags" => SERIF_AND_SYMBOLIC,
            "FontBBox" => corners.map(scaled).to_vec(),
            "ItalicAngle" => 0,
            "Ascent" => scaled(metrics.ascent),
            "Descent" => scaled(metrics.descent),
            "CapHeight" => scaled(metrics.cap_height.unwrap_or(metrics.ascent)),
            "StemV" => 80,
            "FontFile2" => file,
        }
    }
}

/// A compressed stream.
pub(crate) fn packed(dictionary: Dictionary, content: Vec<u8>) -> Result<Stream, SignError> {
    let mut stream = Stream::new(dictionary, content);
    stream.compress().map_err(|_| SignError::Font("a stream does not compress".to_owned()))?;
    Ok(stream)
}

/// The table from glyph numbers to characters, in blocks of a hundred.
fn to_unicode(characters: &BTreeMap<u16, char>) -> Vec<u8> {
    let mut text = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let rows: Vec<String> = characters
        .iter()
        .map(|(glyph, character)| {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units);
            let units: String = units.iter().map(|unit| format!("{unit:04X}")).collect();
            format!("<{glyph:04X}> <{units}>\n")
        })
        .collect();
    for block in rows.chunks(100) {
        text += &format!("{} beginbfchar\n{}endbfchar\n", block.len(), block.concat());
    }
    text += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    text.into_bytes()
}
