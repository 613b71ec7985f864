//! What a signature looks like on the page.

use domain::time::{Instant, local};
use lopdf::{Document, Object, ObjectId, dictionary};

use crate::error::SignError;
use crate::font::{Font, packed};

/// Whose signature it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A person in office.
    Officer,
    /// The agency itself.
    Seal,
}

impl Role {
    fn label(self) -> &'static str {
        match self {
            Role::Officer => "Ký số bởi",
            Role::Seal => "Con dấu số của",
        }
    }

    /// Seals are red: Decree 30/2020/NĐ-CP, appendix I.
    fn colour(self) -> &'static str {
        match self {
            Role::Officer => "0 0.2 0.5",
            Role::Seal => "0.75 0 0",
        }
    }
}

/// Where on the paper, in points from the lower left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which page.
    pub page: Page,
    /// Distance from the left edge.
    pub left: f32,
    /// Distance from the lower edge.
    pub bottom: f32,
    /// Width of the frame.
    pub width: f32,
    /// Height of the frame.
    pub height: f32,
}

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The last one.
    Last,
    /// Counted from 1.
    Number(u32),
}

/// The words of a visible signature.
pub(crate) struct Words<'a> {
    pub(crate) role: Role,
    pub(crate) name: &'a str,
    pub(crate) organisation: Option<&'a str>,
    pub(crate) at: Instant,
    pub(crate) note: Option<&'a str>,
}

impl Words<'_> {
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.role.label(), self.name)];
        let organisation = self.organisation.filter(|organisation| *organisation != self.name);
        lines.extend(organisation.map(|organisation| format!("Cơ quan: {organisation}")));
        lines.extend(self.note.map(str::to_owned));
        lines
            .push(format!("Thời gian ký: {}", local(self.at).strftime("%d/%m/%Y %H:%M:%S +07:00")));
        lines
    }
}

const PADDING: f32 = 4.0;
const LARGEST: f32 = 9.0;
const SMALLEST: f32 = 5.0;
const STEP: f32 = 0.5;
/// From one base line to the next, in font sizes.
const LEADING: f32 = 1.2;

/// Puts the appearance into the document.
pub(crate) fn draw(
    words: &Words<'_>,
    (width, height): (f32, f32),
    font: &[u8],
    document: &mut Document,
) -> Result<ObjectId, SignError> {
    let font = Font::new(font)?;
    let (size, lines) = fitted(&font, &words.lines(), (width, height))?;
    let (font, encoded) = font.embed(&lines, document)?;
    let colour = words.role.colour();
    let mut content = format!(
        "q\n{colour} RG\n0.75 w\n0.5 0.5 {} {} re\nS\nQ\nBT\n{colour} rg\n/F1 {size} Tf\n{} TL\n\
         {PADDING} {} Td\n",
        width - 1.0,
        height - 1.0,
        size * LEADING,
        height - PADDING - size * 0.9,
    );
    for line in encoded {
        let line: String = line.iter().map(|byte| format!("{byte:02X}")).collect();
        content += &format!("<{line}> Tj\nT*\n");
    }
    content += "ET\n";
    let frame = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => [0.0, 0.0, width, height].map(Object::from).to_vec(),
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    };
    Ok(document.add_object(packed(frame, content.into_bytes())?))
}

/// The largest font size at which the lines, broken between words, fit the frame.
fn fitted(
    font: &Font<'_>,
    lines: &[String],
    (width, height): (f32, f32),
) -> Result<(f32, Vec<String>), SignError> {
    let (width, height) = (width - 2.0 * PADDING, height - 2.0 * PADDING);
    let mut size = LARGEST;
    while size >= SMALLEST {
        let broken: Vec<String> =
            lines.iter().flat_map(|line| broken(font, line, size, width)).collect();
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let needed = broken.len() as f32 * size * LEADING;
        let fits = broken.iter().all(|line| font.width(line, size) <= width);
        if fits && needed <= height {
            return Ok((size, broken));
        }
        size -= STEP;
    }
    Err(SignError::NoRoom)
}

fn broken(font: &Font<'_>, line: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let longer = lines.last().map(|last| format!("{last} {word}"));
        match longer.filter(|longer| font.width(longer, size) <= width) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
