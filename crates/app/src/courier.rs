//! The way to other houses: one question, one answer, over plain HTTP. Everything that goes out is
//! public and everything that comes back is signed by whoever it should come from, so the way needs
//! no secrecy of its own; who wants it puts a tunnel before it.

use office::ports::Courier;
use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

/// How long another house may take to take the call, and for each part of its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// An answer longer than this is none of ours: a time-stamp token has a few thousand bytes.
const MAX_ANSWER_BYTES: u64 = 256 * 1024;

/// Posts over the network.
pub(crate) struct HttpCourier;

impl Courier for HttpCourier {
    fn post(&self, url: &str, media_type: &str, body: &[u8]) -> Result<(u16, Vec<u8>), String> {
        let (host, path) = parts(url)?;
        let answer = exchange(host, path, media_type, body);
        parse(&answer.map_err(|error| format!("{url}: {error}"))?)
            .ok_or_else(|| format!("{url}: this is not HTTP"))
    }
}

/// Host with port, and path with a slash before it.
fn parts(url: &str) -> Result<(&str, &str), String> {
    let rest = url.strip_prefix("http://").ok_or_else(|| {
        format!("{url}: an address begins with http:// here; for https:// put a tunnel before it")
    })?;
    Ok(rest.find('/').map_or((rest, "/"), |at| rest.split_at(at)))
}

fn exchange(host: &str, path: &str, media_type: &str, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let unknown = || std::io::Error::other("the name leads nowhere");
    let with_port = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let address = with_port.to_socket_addrs()?.next().ok_or_else(unknown)?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // HTTP/1.0: the answer ends where the connection does.
    let head = format!(
        "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = Vec::new();
    stream.take(MAX_ANSWER_BYTES).read_to_end(&mut answer)?;
    Ok(answer)
}

fn parse(answer: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
    Some((status, answer[end + 4..].to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        assert_eq!(parts("http://a.vn:81/w/add"), Ok(("a.vn:81", "/w/add")));
        assert_eq!(parts("http://a.vn"), Ok(("a.vn", "/")));
        assert!(parts("https://a.vn").is_err());
    }

    #[test]
    fn an_answer_is_read() {
        let answer = b"HTTP/1.1 409 Conflict\r\nContent-Type: text/x.tlog.size\r\n\r\n42\n";
        assert_eq!(parse(answer), Some((409, b"42\n".to_vec())));
        assert_eq!(parse(b"SSH-2.0"), None);
    }
}
