//! A ZIP archive with its files as they are: what spreadsheets are made of. No clock and no
//! compression, so the same files give the same bytes.

/// Name of a file in the archive, and its content.
pub(super) type Entry<'a> = (&'a str, Vec<u8>);

/// 1980-01-01, the first day that the format knows.
const DAY: u16 = 0x21;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
const VERSION: u16 = 20;

/// The archive of these files, in this order.
pub(super) fn archive(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in entries {
        let at = size(out.len());
        let about = about(name, content);
        out.extend(0x0403_4b50u32.to_le_bytes());
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(content);
        directory.extend(0x0201_4b50u32.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&about);
        // No comment, first disk, no attributes.
        directory.extend([0u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(entries.len()).expect("a spreadsheet has few files").to_le_bytes();
    let (at, length) = (size(out.len()), size(directory.len()));
    out.extend(directory);
    out.extend(0x0605_4b50u32.to_le_bytes());
    out.extend([0u8; 4]);
    out.extend(count);
    out.extend(count);
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0u8; 2]);
    out
}

/// What both headers say of a file.
fn about(name: &str, content: &[u8]) -> Vec<u8> {
    let mut about = Vec::new();
    for word in [VERSION, UTF8, 0, 0, DAY] {
        about.extend(word.to_le_bytes());
    }
    about.extend(crc32(content).to_le_bytes());
    about.extend(size(content.len()).to_le_bytes());
    about.extend(size(content.len()).to_le_bytes());
    about.extend(u16::try_from(name.len()).expect("names are short").to_le_bytes());
    about.extend([0u8; 2]);
    about
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a report is smaller than four gigabytes")
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(crc & 1));
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_is_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
