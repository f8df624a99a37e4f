//! Parts of an address that let the bearer in.

use std::ops::Range;

use diagnostics::quoted;
use memchr::{memchr, memchr2};
use model::Url;

use crate::query::parameters_in;

/// Parameters that hold a secret, or a signature that opens the page to everyone who has the address.
/// Collected from the standards and the services that define them: OAuth 2.0 and OpenID Connect (RFC 6749,
/// 6750, 7521), SAML bindings, signed addresses of AWS, CloudFront, Google Cloud Storage and Azure Storage
/// (the names that the OpenTelemetry conventions have programs blot out of `url.query` are among them),
/// and the keys that GitLab, Azure and common web frameworks take in a query.
const SECRETS: &[&str] = &[
    "access_token",
    "api-key",
    "api_key",
    "apikey",
    "assertion",
    "auth_token",
    "authtoken",
    "awsaccesskeyid",
    "bearer",
    "client_assertion",
    "client_secret",
    "id_token",
    "id_token_hint",
    "job_token",
    "jsessionid",
    "jwt",
    "key-pair-id",
    "passwd",
    "password",
    "phpsessid",
    "private_key",
    "private_token",
    "pwd",
    "refresh_token",
    "samlrequest",
    "samlresponse",
    "secret",
    "sig",
    "signature",
    "subscription-key",
    "token",
    "x-amz-credential",
    "x-amz-security-token",
    "x-amz-signature",
    "x-api-key",
    "x-goog-credential",
    "x-goog-signature",
];

/// Parameters that hold a secret only where their value looks like one: `code=404` is none.
const MAY_BE_SECRETS: &[&str] = &[
    "auth",
    "authorization",
    "code",
    "credential",
    "credentials",
    "hmac",
    "key",
    "otp",
    "pass",
    "sas",
    "session",
    "session_id",
    "sessionid",
    "sid",
    "ticket",
];

/// Beginnings of keys that services give out, so that they are known wherever they are (the forms that
/// secret scanners look for).
const KEYS: &[&str] = &[
    "AIza",
    "AKIA",
    "ASIA",
    "eyJ",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "hf_",
    "sk-",
    "sk_live_",
    "xoxb-",
    "xoxp-",
];

/// Returns whether a parameter of this name holds a secret, whatever its value.
pub(crate) fn is_secret(name: &str) -> bool {
    SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

/// The first parameter of an address that lets the bearer in: where it is, and its name. It may be in the
/// query or in the fragment, which browsers do not send but a registry keeps all the same.
pub(crate) fn secret(url: &str) -> Option<(Range<usize>, &str)> {
    let start = memchr2(b'?', b'#', url.as_bytes())? + 1;
    parameters_in(url, start..url.len(), &['&', '?', '#']).find(|(range, name)| {
        let value = url[range.clone()].get(name.len() + 1..).unwrap_or("");
        let may_be = || MAY_BE_SECRETS.iter().any(|one| one.eq_ignore_ascii_case(name));
        !value.is_empty() && (is_secret(name) || may_be() && looks_random(value) || is_key(value))
    })
}

fn is_key(value: &str) -> bool {
    KEYS.iter().any(|start| value.starts_with(start))
        && value.len() >= 20
        && memchr(b' ', value.as_bytes()).is_none()
}

/// Returns whether a value is long and made as no person would: digits among letters of both cases, or a long
/// hexadecimal number.
fn looks_random(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    let is_mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit);
    let is_hex = value.len() >= 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    value.len() >= 16 && is_mixed || is_hex
}

/// The position of credentials in an address, and what they are. The text never repeats them.
pub(crate) fn credentials(url: &Url) -> Option<(Range<usize>, String)> {
    if memchr(b'@', url.as_str().as_bytes()).is_some()
        && let Some((user, _)) = url.authority().rsplit_once('@')
    {
        let start = url.scheme().len() + "://".len();
        let what = if user.contains(':') { "a user name and a password" } else { "a user name" };
        return Some((start..start + user.len(), what.to_owned()));
    }
    let (range, name) = secret(url.as_str())?;
    Some((range, format!("a secret in the parameter {}", quoted(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_wherever_they_are() {
        let found = |url: &'static str| secret(url).map(|(range, _)| &url[range]);
        for (url, part) in [
            ("https://a.example/x?hl=en&token=abc", "token=abc"),
            ("https://a.example/x#access_token=abc&b=c", "access_token=abc"),
            ("https://a.example/x#/home?jwt=a.b.c", "jwt=a.b.c"),
            ("https://a.example/x?Signature=0a&Key-Pair-Id=K1", "Signature=0a"),
            ("https://a.example/x?a=b&amp;sig=0a", "sig=0a"),
            ("https://a.example/x?key=AIzaSyA1b2C3d4E5f6G7h8I9j0", "key=AIzaSyA1b2C3d4E5f6G7h8I9j0"),
            ("https://a.example/x?q=ghp_1234567890abcdefghij", "q=ghp_1234567890abcdefghij"),
            ("https://a.example/x?code=4aGh7KpQ2rS5tUvW", "code=4aGh7KpQ2rS5tUvW"),
            (
                "https://a.example/x?sid=0123456789abcdef0123456789abcdef",
                "sid=0123456789abcdef0123456789abcdef",
            ),
        ] {
            assert_eq!(found(url), Some(part), "{url}");
        }
        for url in [
            "https://a.example/x?code=404&key=soc-2-report-2026",
            "https://a.example/x?token=",
            "https://a.example/token=abc",
            "https://a.example/x#section-token",
            "https://a.example/x?tokens=5&sku=A1b2C3d4E5f6G7h8",
        ] {
            assert_eq!(found(url), None, "{url}");
        }
    }
}
