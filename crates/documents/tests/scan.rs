//! Scans as other programs see them: upright, with nothing of the camera's own, for archives.

#![allow(clippy::unwrap_used, reason = "a test fails where its assumption does")]

use std::path::Path;
use std::process::Command;

use documents::scan::{MAX_PIXELS, ScanError, ScannedPaper, scanned};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, Rgb, RgbImage};

const PLACE: &[u8] = b"22.823 N 104.983 E";

fn paper(pictures: Vec<Vec<u8>>) -> ScannedPaper {
    ScannedPaper {
        title: "Giấy tờ về đất đai".to_owned(),
        author: "một cửa".to_owned(),
        at: "2026-11-09T02:00:00Z".parse().unwrap(),
        pictures,
    }
}

/// White, red in the upper left corner.
fn jpeg() -> Vec<u8> {
    let corner = |x: u32, y: u32| if x < 80 && y < 60 { [200, 0, 0] } else { [255, 255, 255] };
    let picture = RgbImage::from_fn(320, 240, |x, y| Rgb(corner(x, y)));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture).unwrap();
    bytes
}

/// With what a camera writes: how it was held, where it was, and a second picture behind the first.
fn from_camera(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(PLACE);
    let plain = jpeg();
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1];
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(&exif);
    bytes.extend(&plain[2..]);
    bytes.extend(&plain);
    bytes.extend(PLACE);
    bytes
}

/// The page as poppler draws it.
fn drawn(pdf: &[u8]) -> RgbImage {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scan.pdf");
    std::fs::write(&file, pdf).unwrap();
    let page = folder.path().join("page");
    let args = ["-r", "36", "-jpeg", "-singlefile"];
    let output = Command::new("pdftoppm").args(args).arg(&file).arg(&page).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    ImageReader::open(page.with_extension("jpg")).unwrap().decode().unwrap().to_rgb8()
}

/// In which corner the red is: right?, lower?
fn red_corner(picture: &RgbImage) -> (bool, bool) {
    let (right, lower) = (picture.width() - 5, picture.height() - 5);
    let corners = [(5, 5), (right, 5), (5, lower), (right, lower)];
    let red: Vec<(u32, u32)> = corners
        .into_iter()
        .filter(|(x, y)| {
            let Rgb([r, g, _]) = *picture.get_pixel(*x, *y);
            r > 150 && g < 80
        })
        .collect();
    assert_eq!(red.len(), 1, "{red:?}");
    (red[0].0 != 5, red[0].1 != 5)
}

fn holds(pdf: &[u8], word: &[u8]) -> bool {
    pdf.windows(word.len()).any(|window| window == word)
}

#[test]
fn a_photograph_is_turned_upright_and_says_nothing_of_its_place() {
    // Where the upper left corner comes to lie, by the orientation that the camera wrote.
    let upright = [
        (1, (false, false)),
        (2, (true, false)),
        (3, (true, true)),
        (4, (false, true)),
        (5, (false, false)),
        (6, (true, false)),
        (7, (true, true)),
        (8, (false, true)),
    ];
    for (orientation, corner) in upright {
        let photograph = from_camera(orientation);
        assert!(holds(&photograph, PLACE));
        let pdf = scanned(paper(vec![photograph])).unwrap();
        assert!(!holds(&pdf, PLACE) && !holds(&pdf, b"Exif"), "{orientation}");
        let page = drawn(&pdf);
        assert_eq!(page.width() < page.height(), orientation > 4, "{orientation}");
        assert_eq!(red_corner(&page), corner, "{orientation}");
    }
}

#[test]
fn pictures_become_one_paper_for_archives() {
    let heic = std::fs::read(Path::new("tests/scan/corners.heic")).unwrap();
    let mut png = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(40, 60, Rgb([0, 90, 0]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let pictures = vec![heic, jpeg(), png.into_inner()];
    let pdf = scanned(paper(pictures.clone())).unwrap();
    assert_eq!(pdf, scanned(paper(pictures)).unwrap(), "the same bytes twice");
    for said in [b"pdfaid:part".as_slice(), b"pdfuaid:part", b"/Lang", b"/OutputIntents"] {
        assert!(holds(&pdf, said), "{}", String::from_utf8_lossy(said));
    }
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    assert_eq!(document.page_iter().count(), 3);
    assert_eq!(red_corner(&drawn(&pdf)), (false, false), "the HEIC picture is read");
}

#[test]
fn what_is_no_picture_is_told() {
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bomb.extend([0, 0, 0xFD, 0xE8, 0, 0, 0xFD, 0xE8, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    let (width, height) = (65_000, 65_000);
    assert!(u64::from(width) * u64::from(height) > MAX_PIXELS);
    let mut cmyk = jpeg();
    let frame = cmyk.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    cmyk[frame + 9] = 4;
    let whole = jpeg();
    let cut = whole[..whole.len() / 2].to_vec();
    let mut heic = std::fs::read("tests/scan/corners.heic").unwrap();
    heic.truncate(600);
    let wrong = [
        (bomb, ScanError::TooManyPixels { width, height }),
        (cmyk, ScanError::PrintColours),
        (cut, ScanError::Damaged),
        (heic, ScanError::Damaged),
        (Vec::new(), ScanError::NotPicture),
        (b"<svg onload=alert(1)>".to_vec(), ScanError::NotPicture),
        (b"\xFF\xD8\xFF\xE1\xFF\xFF".to_vec(), ScanError::Damaged),
        (b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFIHDR".to_vec(), ScanError::Damaged),
    ];
    for (bytes, error) in wrong {
        assert_eq!(scanned(paper(vec![jpeg(), bytes])), Err((1, error)));
    }
}
