//! A ZIP archive written as it goes (APPNOTE 6.3.10), nothing compressed: most of what is in it is
//! compressed already, and the same files give the same bytes.

use domain::time::{Instant, local};

/// The most of a plain archive: sizes and places have 32 bits.
const MOST: u64 = u32::MAX as u64;
/// Version 2.0: folders.
const NEEDED: u16 = 20;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// An archive in the making.
pub(super) struct Zip {
    at: u64,
    time: u16,
    date: u16,
    directory: Vec<u8>,
    files: u16,
}

/// The archive has grown over what its format can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the archive would be larger than 4 GB, or hold more than 65534 files")]
pub(super) struct TooLarge;

impl Zip {
    /// An empty one, whose files all carry this instant.
    pub(super) fn new(at: Instant) -> Zip {
        let local = local(at);
        let part = |n: i8| u16::from(n.unsigned_abs());
        let year = u16::try_from(local.year().clamp(1980, 2107) - 1980).unwrap_or_default();
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let time = (part(hour) << 11) | (part(minute) << 5) | (part(second) / 2);
        let date = (year << 9) | (part(local.month()) << 5) | part(local.day());
        Zip { at: 0, time, date, directory: Vec::new(), files: 0 }
    }

    /// What stands before the bytes of a file; the bytes themselves must follow.
    pub(super) fn head(&mut self, name: &str, content: &[u8]) -> Result<Vec<u8>, TooLarge> {
        let (size, place) = (content.len() as u64, self.at);
        let most = place + size + 100 + name.len() as u64 + self.directory.len() as u64;
        let (Ok(length), true) = (u16::try_from(name.len()), most < MOST) else {
            return Err(TooLarge);
        };
        self.files = self.files.checked_add(1).filter(|n| *n < u16::MAX).ok_or(TooLarge)?;
        let size = u32::try_from(size).map_err(|_| TooLarge)?;
        let place = u32::try_from(place).map_err(|_| TooLarge)?;
        let crc = crc32fast::hash(content);
        let mut shared = Vec::new();
        for two in [NEEDED, UTF8, 0, self.time, self.date] {
            shared.extend(two.to_le_bytes());
        }
        for four in [crc, size, size] {
            shared.extend(four.to_le_bytes());
        }
        shared.extend(length.to_le_bytes());
        shared.extend(0u16.to_le_bytes());
        let head = [b"PK\x03\x04".as_slice(), &shared, name.as_bytes()].concat();
        let made_by = ((3u16 << 8) | NEEDED).to_le_bytes();
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(made_by);
        self.directory.extend(&shared);
        self.directory.extend([0; 6]);
        self.directory.extend((0o100_644u32 << 16).to_le_bytes());
        self.directory.extend(place.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.at += head.len() as u64 + u64::from(size);
        Ok(head)
    }

    /// What stands at the end.
    pub(super) fn end(self) -> Vec<u8> {
        let four = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
        let mut end = self.directory;
        let size = end.len() as u64;
        end.extend(b"PK\x05\x06\0\0\0\0");
        end.extend(self.files.to_le_bytes());
        end.extend(self.files.to_le_bytes());
        end.extend(four(size));
        end.extend(four(self.at));
        end.extend([0; 2]);
        end
    }
}
