//! Hosts that answer only inside a network, and names under which anyone can have a domain.

use std::net::{Ipv4Addr, Ipv6Addr};

use psl::{List, Psl, Type};

/// Endings of names that the public name service does not know (RFC 6761, 6762, 8375, and names that
/// networks commonly use inside).
const INSIDE: &[&str] =
    &["corp", "home", "home.arpa", "internal", "intranet", "lan", "local", "localdomain", "localhost"];

/// Returns whether a host answers only inside a network, or on one machine: a name without a dot or with an
/// ending for inside use, or an address that is not routed, in whatever notation.
pub(crate) fn is_private(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse().is_ok_and(|address: Ipv6Addr| is_private_v6(address));
    }
    if begins_number(host)
        && let Some(address) = ipv4(&host.to_ascii_lowercase())
    {
        return is_private_v4(address);
    }
    !host.is_empty() && (!host.contains('.') || INSIDE.iter().any(|ending| lies_under(host, ending)))
}

/// Returns whether a host is a domain or lies under it.
pub(crate) fn lies_under(host: &str, domain: &str) -> bool {
    let Some(before) = host.len().checked_sub(domain.len()) else { return false };
    let under = before == 0 || host.as_bytes()[before - 1] == b'.';
    under && !domain.is_empty() && host.as_bytes()[before..].eq_ignore_ascii_case(domain.as_bytes())
}

/// Returns whether a host is an address by number, in whatever notation.
pub(crate) fn is_number(host: &str) -> bool {
    host.starts_with('[') || begins_number(host) && ipv4(host).is_some()
}

/// Returns whether a host begins as a number does, in whatever notation.
fn begins_number(host: &str) -> bool {
    host.starts_with(|c: char| c.is_ascii_digit())
}

/// An IPv4 address as browsers read it: one to four numbers, decimal, octal or hexadecimal; the last
/// one fills the bytes that are left (WHATWG URL, IPv4 parser).
fn ipv4(host: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u64> = host.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = parts.split_last().filter(|(_, first)| first.len() < 4)?;
    let room = 8 * (4 - first.len() as u32);
    if first.iter().any(|part| *part > 255) || *last >= 1 << room {
        return None;
    }
    let address = first.iter().enumerate().fold(*last, |sum, (at, part)| sum | part << (24 - 8 * at));
    u32::try_from(address).ok().map(Ipv4Addr::from)
}

fn number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some("") => Some(0),
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None if text.len() > 1 && text.starts_with('0') => u64::from_str_radix(&text[1..], 8).ok(),
        None if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        None => None,
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || first == 0
        || first >= 240
        || first == 100 && second & 0xc0 == 64
        || first == 198 && second & 0xfe == 18
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_private_v4(mapped);
    }
    let first = address.segments()[0];
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || first & 0xfe00 == 0xfc00
        || first & 0xffc0 == 0xfe80
        || address.segments()[..2] == [0x2001, 0xdb8]
}

/// Returns whether a domain is one under which anyone can register: `com`, `co.uk`, or a name without a dot
/// (public suffix list, without the domains of companies that let others publish).
pub(crate) fn is_public_suffix(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    let suffix = List.suffix(domain.as_bytes());
    suffix.is_some_and(|suffix| suffix.as_bytes() == domain.as_bytes() && suffix.typ() != Some(Type::Private))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_answers_only_inside_is_known_in_every_notation() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "wiki",
            "nas.local",
            "x.internal",
            "router.home.arpa",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "0x7f000001",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.51.100.7",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a00:1]",
            "[2001:db8::1]",
        ] {
            assert!(is_private(host), "{host}");
        }
        for host in [
            "acme.example",
            "8.8.8.8",
            "172.32.0.1",
            "[2606:4700::1111]",
            "internal.acme.example",
            "1.2.3.4.5",
            "localhost.run",
        ] {
            assert!(!is_private(host), "{host}");
        }
        assert!(is_number("8.8.8.8") && is_number("[::1]") && !is_number("8.8.8.example"));
    }

    #[test]
    fn hosts_lie_under_domains() {
        assert!(
            lies_under("trust.Acme.example", "acme.example") && lies_under("acme.example", "acme.example")
        );
        assert!(!lies_under("notacme.example", "acme.example") && !lies_under("example", "acme.example"));
        assert!(!lies_under("acme.example", ""));
    }

    #[test]
    fn suffixes_are_public_and_domains_are_not() {
        for domain in ["com", "co.uk", "CO.UK", "example", "com.au", "ai"] {
            assert!(is_public_suffix(domain), "{domain}");
        }
        for domain in ["acme.com", "acme.co.uk", "acme.example", "github.io", "amazonaws.com", "hf.space"] {
            assert!(!is_public_suffix(domain), "{domain}");
        }
    }
}
