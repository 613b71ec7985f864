//! Photographs and scans of papers, as pages of a PDF/A: turned upright as the camera says, and
//! without anything else that a camera writes down (place, device, thumbnails).

use jiff::Timestamp;

use crate::RenderError;
use crate::plain::{Content, Picture, PictureFormat, Plain, Turn, render_plain};

/// Most points of one picture: an A4 page at 600 dots per inch has 35 million.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Most pictures of one paper.
pub const MAX_PICTURES: usize = 50;
/// How well a HEIC picture is kept: it is written anew as JPEG.
const JPEG_QUALITY: u8 = 90;

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// Neither JPEG, PNG nor HEIC by its first bytes.
    #[error("not a JPEG, PNG or HEIC picture")]
    NotPicture,
    /// It says that it is larger than [`MAX_PIXELS`].
    #[error("{width} × {height} points are more than {MAX_PIXELS}")]
    TooManyPixels {
        /// Points across.
        width: u32,
        /// Points down.
        height: u32,
    },
    /// More than [`MAX_PICTURES`].
    #[error("more than {MAX_PICTURES} pictures")]
    TooManyPictures,
    /// In the four colours of printing.
    #[error("the picture is CMYK")]
    PrintColours,
    /// It breaks off, or its content is not what its head says.
    #[error("the picture cannot be read")]
    Damaged,
}

/// The pages that pictures make.
#[derive(Debug, Clone)]
pub struct ScannedPaper {
    /// What the paper is: its title and the alternative text of its pages.
    pub title: String,
    /// Who scanned it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The pictures' files, in the order of the pages.
    pub pictures: Vec<Vec<u8>>,
}

/// Makes a PDF/A-2a (and PDF/UA-1) of pictures, one on each page.
///
/// # Errors
/// The first picture that is not taken, with its place from 0.
pub fn scanned(paper: ScannedPaper) -> Result<Vec<u8>, (usize, ScanError)> {
    let ScannedPaper { title, author, at, pictures } = paper;
    let count = pictures.len();
    if count == 0 {
        return Err((0, ScanError::NotPicture));
    }
    if count > MAX_PICTURES {
        return Err((MAX_PICTURES, ScanError::TooManyPictures));
    }
    let mut pages = Vec::with_capacity(count);
    for (n, bytes) in pictures.into_iter().enumerate() {
        let mut page = picture(&bytes).map_err(|error| (n, error))?;
        page.alt = format!("{title}, ảnh trang {} trên {count}", n + 1);
        pages.push(page);
    }
    let paper = Plain { title, author, at, content: Content::Pictures(pages) };
    render_plain(paper).map_err(|error| match error {
        RenderError::Template(_)
        | RenderError::NotConformant(_)
        | RenderError::Data(_)
        | RenderError::Unprintable(_)
        | RenderError::AddressTooLong { .. } => (0, ScanError::Damaged),
    })
}

/// A picture without what the camera wrote into it, and how it is turned upright.
fn picture(bytes: &[u8]) -> Result<Picture, ScanError> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => png(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => heic(bytes),
        _ => Err(ScanError::NotPicture),
    }
}

fn fits(width: u32, height: u32) -> Result<(u32, u32), ScanError> {
    match u64::from(width) * u64::from(height) {
        0 => Err(ScanError::Damaged),
        points if points > MAX_PIXELS => Err(ScanError::TooManyPixels { width, height }),
        _ => Ok((width, height)),
    }
}

/// A JPEG up to its end: what a camera puts behind it (a second picture with its own place) goes.
fn jpeg(bytes: &[u8]) -> Result<Picture, ScanError> {
    let mut kept = vec![0xFF, 0xD8];
    let (mut pixels, mut turn, mut at) = (None, Turn::default(), 2);
    loop {
        let marker = match bytes.get(at..at + 2).ok_or(ScanError::Damaged)? {
            [0xFF, marker] => *marker,
            _ => return Err(ScanError::Damaged),
        };
        match marker {
            0xFF => at += 1,
            0xD9 => break,
            _ => {
                let long = bytes.get(at + 2..at + 4).ok_or(ScanError::Damaged)?;
                let end = at + 2 + usize::from(u16::from_be_bytes([long[0], long[1]]));
                let body = bytes.get(at + 4..end).ok_or(ScanError::Damaged)?;
                match marker {
                    0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                        pixels = Some(frame(body)?);
                    }
                    0xE1 => turn = body.strip_prefix(b"Exif\0\0").map_or(turn, orientation),
                    _ => {}
                }
                if !is_told_only(marker, body) {
                    kept.extend(&bytes[at..end]);
                }
                at = end;
                if marker == 0xDA {
                    let stop = at + coded(&bytes[at..]).ok_or(ScanError::Damaged)?;
                    kept.extend(&bytes[at..stop]);
                    at = stop;
                }
            }
        }
    }
    kept.extend([0xFF, 0xD9]);
    let pixels = pixels.ok_or(ScanError::Damaged)?;
    Ok(Picture { bytes: kept, format: PictureFormat::Jpeg, pixels, turn, alt: String::new() })
}

/// Segments that say something about the picture and are not needed to show it. Kept: the plain
/// head (APP0), colour profiles (APP2), the kind of colours (APP14).
fn is_told_only(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE2 => !body.starts_with(b"ICC_PROFILE\0"),
        0xE1 | 0xE3..=0xED | 0xEF | 0xFE => true,
        _ => false,
    }
}

/// Size and colours of a frame.
fn frame(body: &[u8]) -> Result<(u32, u32), ScanError> {
    let [_, h1, h0, w1, w0, components, ..] = *body else { return Err(ScanError::Damaged) };
    if components == 4 {
        return Err(ScanError::PrintColours);
    }
    fits(u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into())
}

/// How long the coded points are: up to a marker that is neither stuffing nor a restart.
fn coded(bytes: &[u8]) -> Option<usize> {
    let marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7);
    bytes.windows(2).position(marker)
}

/// The turn in an Exif block: tag 0x0112 of its first directory.
fn orientation(tiff: &[u8]) -> Turn {
    let read = || -> Option<u16> {
        let big = match tiff.get(..2)? {
            b"MM" => true,
            b"II" => false,
            _ => return None,
        };
        let two = |at: usize| -> Option<u16> {
            let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
            Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
        };
        let (high, low) = (two(4)?, two(6)?);
        let place = if big { [high, low] } else { [low, high] };
        let start = (usize::from(place[0]) << 16) | usize::from(place[1]);
        let entries = usize::from(two(start)?);
        let entry = (0..entries).map(|n| start + 2 + 12 * n).find(|at| two(*at) == Some(0x0112))?;
        two(entry + 8)
    };
    let (mirrored, quarters) = match read() {
        Some(2) => (true, 0),
        Some(3) => (false, 2),
        Some(4) => (true, 2),
        Some(5) => (true, 3),
        Some(6) => (false, 1),
        Some(7) => (true, 1),
        Some(8) => (false, 3),
        Some(_) | None => (false, 0),
    };
    Turn { mirrored, quarters }
}

/// A PNG with the chunks that show it.
fn png(bytes: &[u8]) -> Result<Picture, ScanError> {
    let (mut kept, mut pixels, mut turn) = (bytes[..8].to_vec(), None, Turn::default());
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8).ok_or(ScanError::Damaged)?;
        let long = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let end = usize::try_from(long).ok().and_then(|long| at.checked_add(12 + long));
        let end = end.ok_or(ScanError::Damaged)?;
        let chunk = bytes.get(at..end).ok_or(ScanError::Damaged)?;
        let body = &chunk[8..chunk.len() - 4];
        match (&head[4..], body) {
            (b"IHDR", [w3, w2, w1, w0, h3, h2, h1, h0, ..]) => {
                let across = u32::from_be_bytes([*w3, *w2, *w1, *w0]);
                pixels = Some(fits(across, u32::from_be_bytes([*h3, *h2, *h1, *h0]))?);
            }
            (b"eXIf", _) => turn = orientation(body),
            _ => {}
        }
        let shows =
            [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"iCCP"];
        if shows.iter().any(|name| name.as_slice() == &head[4..]) {
            kept.extend(chunk);
        }
        at = end;
        if &head[4..] == b"IEND" {
            break;
        }
    }
    let pixels = pixels.ok_or(ScanError::Damaged)?;
    Ok(Picture { bytes: kept, format: PictureFormat::Png, pixels, turn, alt: String::new() })
}

/// A HEIC picture as JPEG: it turns itself upright, and only its points are read.
fn heic(bytes: &[u8]) -> Result<Picture, ScanError> {
    let about = heic_rs::probe(bytes).map_err(|_| ScanError::Damaged)?;
    fits(about.width, about.height)?;
    let options = heic_rs::DecodeOptions {
        layout: heic_rs::PixelLayout::Rgb8,
        max_pixels: Some(MAX_PIXELS),
        ..heic_rs::DecodeOptions::default()
    };
    let image = heic_rs::decode(bytes, &options).map_err(|_| ScanError::Damaged)?;
    let mut kept = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut kept, JPEG_QUALITY);
    let colours = image::ExtendedColorType::Rgb8;
    let encoded = encoder.encode(&image.data, image.width, image.height, colours);
    encoded.map_err(|_| ScanError::Damaged)?;
    let (pixels, turn) = ((image.width, image.height), Turn::default());
    Ok(Picture { bytes: kept, format: PictureFormat::Jpeg, pixels, turn, alt: String::new() })
}
