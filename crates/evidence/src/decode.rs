//! Unpacks bodies that came encoded, up to a limit.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::limits::{MAX_BODY_BYTES, MAX_ENCODINGS};

/// Why a body could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// It would be longer than the limit.
    #[error("unpacked, it has more than {MAX_BODY_BYTES} bytes")]
    TooLarge,
    /// An encoding that is not known.
    #[error("its encoding `{0}` is not known")]
    Unknown(String),
    /// It is not what its encoding says.
    #[error("it is not well encoded: {0}")]
    Broken(#[from] io::Error),
}

/// Takes the encodings of a `Content-Encoding` off a body, the last one first.
///
/// # Errors
///
/// When an encoding is not known, the body is broken, or it has more than [`MAX_BODY_BYTES`] when unpacked.
pub fn decode(body: Vec<u8>, encodings: &str) -> Result<Vec<u8>, DecodeError> {
    let names = encodings.split(',').map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>();
    if names.len() > MAX_ENCODINGS {
        return Err(DecodeError::Unknown(encodings.chars().take(100).collect()));
    }
    let mut body = body;
    for name in names.iter().rev() {
        body = match name.to_ascii_lowercase().as_str() {
            "identity" => body,
            "gzip" | "x-gzip" => capped(MultiGzDecoder::new(&body[..]))?,
            // By the standard it is zlib, but some servers leave its frame out.
            "deflate" if is_zlib(&body) => capped(ZlibDecoder::new(&body[..]))?,
            "deflate" => capped(DeflateDecoder::new(&body[..]))?,
            "br" => capped(brotli_decompressor::Decompressor::new(&body[..], 4096))?,
            "zstd" => capped(zstd(&body)?)?,
            _ => return Err(DecodeError::Unknown(name.chars().take(100).collect())),
        };
    }
    if body.len() > MAX_BODY_BYTES { Err(DecodeError::TooLarge) } else { Ok(body) }
}

/// A reader of a body in zstd. It refuses windows of more than 128 MiB by itself.
fn zstd(body: &[u8]) -> Result<impl Read, DecodeError> {
    ruzstd::decoding::StreamingDecoder::new(body)
        .map_err(|error| DecodeError::Broken(io::Error::other(error)))
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// All that a reader gives, if it is not too much.
fn capped(reader: impl Read) -> Result<Vec<u8>, DecodeError> {
    let mut unpacked = Vec::new();
    reader.take(MAX_BODY_BYTES as u64 + 1).read_to_end(&mut unpacked)?;
    if unpacked.len() > MAX_BODY_BYTES { Err(DecodeError::TooLarge) } else { Ok(unpacked) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn all(mut reader: impl Read) -> Vec<u8> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        all(GzEncoder::new(bytes, Compression::best()))
    }

    #[test]
    fn takes_off_every_encoding() {
        let text = b"We do not train on your data.".repeat(100);
        let brotli = include_bytes!("../tests/data/text.br");
        for (name, packed) in [
            ("identity", text.clone()),
            ("gzip", gzip(&text)),
            ("X-GZIP", gzip(&text)),
            ("deflate", all(ZlibEncoder::new(&text[..], Compression::fast()))),
            ("deflate", all(DeflateEncoder::new(&text[..], Compression::fast()))),
            ("zstd", compress_to_vec(&text[..], CompressionLevel::Fastest)),
            ("br", brotli.to_vec()),
            ("gzip, zstd", compress_to_vec(&gzip(&text)[..], CompressionLevel::Fastest)),
        ] {
            assert_eq!(decode(packed, name).unwrap(), text, "{name}");
        }
    }

    #[test]
    fn refuses_bombs_and_nonsense() {
        let zeros = vec![0; MAX_BODY_BYTES + 1];
        let bomb = gzip(&zeros);
        assert!(bomb.len() < 20_000);
        assert!(matches!(decode(bomb, "gzip"), Err(DecodeError::TooLarge)));
        let bomb = compress_to_vec(&zeros[..], CompressionLevel::Fastest);
        assert!(matches!(decode(bomb, "zstd"), Err(DecodeError::TooLarge)));
        assert!(matches!(decode(zeros, ""), Err(DecodeError::TooLarge)));
        assert!(matches!(decode(vec![], "rot13"), Err(DecodeError::Unknown(_))));
        assert!(matches!(decode(vec![], "gzip,gzip,gzip,gzip,gzip"), Err(DecodeError::Unknown(_))));
        for name in ["gzip", "deflate", "br", "zstd"] {
            assert!(matches!(decode(b"<html>".to_vec(), name), Err(DecodeError::Broken(_))), "{name}");
        }
    }
}
