//! A keep-alive HTTP/1.1 connection that does the least a driver needs.

use std::io::{Error, ErrorKind, Result, Write as _};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What is asked.
pub(crate) struct Request<'r> {
    /// `GET` or `POST`.
    pub(crate) method: &'r str,
    /// Path.
    pub(crate) path: &'r str,
    /// Bearer token.
    pub(crate) token: &'r str,
    /// `Idempotency-Key` of a write.
    pub(crate) key: Option<&'r str>,
    /// JSON.
    pub(crate) body: &'r [u8],
}

/// What was answered.
pub(crate) struct Answer<'c> {
    /// Status.
    pub(crate) status: u16,
    /// Body.
    pub(crate) body: &'c [u8],
}

/// A connection; opened when first needed and again after an error.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    out: Vec<u8>,
    input: Vec<u8>,
}

impl Connection {
    /// A connection to be.
    pub(crate) fn to(address: SocketAddr) -> Connection {
        let (out, input) = (Vec::with_capacity(4_096), Vec::with_capacity(16_384));
        Connection { address, stream: None, out, input }
    }

    /// Asks and waits for the whole answer.
    ///
    /// # Errors
    /// When the connection breaks or what comes is not the HTTP this client speaks.
    pub(crate) async fn ask(&mut self, request: &Request<'_>) -> Result<Answer<'_>> {
        let stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        self.write_head(request)?;
        // Kept only after a whole answer, so that a broken one is never read on.
        let (stream, head) = exchange(stream, &self.out, &mut self.input).await?;
        if !head.close {
            self.stream = Some(stream);
        }
        Ok(Answer { status: head.status, body: &self.input[head.from..head.to] })
    }

    fn write_head(&mut self, request: &Request<'_>) -> Result<()> {
        let Request { method, path, token, key, body } = request;
        self.out.clear();
        write!(self.out, "{method} {path} HTTP/1.1\r\nhost: bench\r\n")?;
        write!(self.out, "authorization: Bearer {token}\r\n")?;
        if let Some(key) = key {
            write!(self.out, "idempotency-key: {key}\r\ncontent-type: application/json\r\n")?;
            write!(self.out, "content-length: {}\r\n", body.len())?;
        }
        self.out.extend_from_slice(b"\r\n");
        self.out.extend_from_slice(body);
        Ok(())
    }
}

/// Where an answer's parts are.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    from: usize,
    to: usize,
    close: bool,
}

async fn exchange(
    mut stream: TcpStream,
    out: &[u8],
    input: &mut Vec<u8>,
) -> Result<(TcpStream, Head)> {
    stream.write_all(out).await?;
    input.clear();
    let head = loop {
        more(&mut stream, input).await?;
        if let Some(head) = head_of(input)? {
            break head;
        }
    };
    while input.len() < head.to {
        more(&mut stream, input).await?;
    }
    Ok((stream, head))
}

async fn more(stream: &mut TcpStream, input: &mut Vec<u8>) -> Result<()> {
    match stream.read_buf(input).await? {
        0 => Err(ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

/// Reads the head, once it is there in full.
fn head_of(input: &[u8]) -> Result<Option<Head>> {
    let Some(end) = input.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let wrong = |what: &'static str| Error::new(ErrorKind::InvalidData, what);
    let text = std::str::from_utf8(&input[..end]).map_err(|_| wrong("a head that is no text"))?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.get(9..12)).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| wrong("no status"))?;
    let (mut length, mut close) = (None, false);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<usize>().ok();
        } else if name.eq_ignore_ascii_case("connection") {
            close = value.trim().eq_ignore_ascii_case("close");
        }
    }
    let length = length.ok_or_else(|| wrong("an answer without content-length"))?;
    Ok(Some(Head { status, from: end + 4, to: end + 4 + length, close }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let text = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        let whole = Head { status: 201, from: text.len() - 2, to: text.len(), close: true };
        assert_eq!(head_of(text).unwrap(), Some(whole));
        assert_eq!(head_of(&text[..40]).unwrap(), None);
        assert!(head_of(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
