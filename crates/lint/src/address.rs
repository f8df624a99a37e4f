//! Addresses taken apart, as far as rules look into them.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr2, memrchr};
use model::Url;

use crate::query::{parameters, query};
use crate::secrets::is_secret;

/// Query parameters that show a publisher where a visitor came from and select nothing on the page: those
/// that browsers strip (Firefox, Brave), and those of the common newsletter and advertising services.
const TRACKERS: &[&str] = &[
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "__twitter_impression",
    "_bta_c",
    "_bta_tid",
    "_branch_match_id",
    "_branch_referrer",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_ke",
    "_openstat",
    "cmpid",
    "dclid",
    "dm_i",
    "ef_id",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "igsh",
    "igshid",
    "irclickid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mc_tc",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "ref_src",
    "s_cid",
    "s_kwcid",
    "sccid",
    "srsltid",
    "trk",
    "trkcampaign",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt.mc_id",
    "yclid",
];

/// Beginnings of such parameters.
const TRACKER_FAMILIES: &[&str] = &["utm_", "hsa_", "matomo_", "mtm_", "piwik_", "pk_"];

/// Returns whether a query parameter only follows the visitor.
pub(crate) fn is_tracker(name: &str) -> bool {
    let begins =
        |family: &&str| name.get(..family.len()).is_some_and(|head| head.eq_ignore_ascii_case(family));
    TRACKERS.iter().any(|known| known.eq_ignore_ascii_case(name)) || TRACKER_FAMILIES.iter().any(begins)
}

/// An address without the parameters that only follow the visitor.
pub(crate) fn without_trackers(url: &str) -> Cow<'_, str> {
    let Some(query) = query(url).filter(|_| parameters(url).any(|(_, name)| is_tracker(name))) else {
        return Cow::Borrowed(url);
    };
    let kept = parameters(url).filter(|(_, name)| !is_tracker(name)).map(|(range, _)| &url[range]);
    let kept = kept.collect::<Vec<_>>().join("&");
    let mark = if kept.is_empty() { "" } else { "?" };
    // With the question mark, which is removed if nothing follows it.
    Cow::Owned(format!("{}{mark}{kept}{}", &url[..query.start - 1], &url[query.end..]))
}

/// The last part of the path of an address that is not empty.
pub(crate) fn last_segment(url: &Url) -> Option<&str> {
    let rest = &url.as_str()[url.scheme().len() + "://".len()..];
    let rest = &rest[..memchr2(b'?', b'#', rest.as_bytes()).unwrap_or(rest.len())];
    let rest = rest.trim_end_matches('/');
    // Without a slash it is the host.
    memrchr(b'/', rest.as_bytes()).map(|at| &rest[at + 1..])
}

/// The position of the host in an address.
pub(crate) fn host_range(url: &Url) -> Range<usize> {
    let host = url.host();
    let authority = url.scheme().len() + "://".len();
    let start = authority + url.authority().rfind(host).unwrap_or(0);
    start..start + host.len()
}

/// Returns whether two addresses lead to one page, as far as is known without opening them: the scheme, a
/// `www.`, a final slash, the place within the page, trackers and what lets the reader in make no
/// difference. Either may lack its scheme.
pub(crate) fn same_page(one: &str, other: &str) -> bool {
    let (one_host, one_path) = host_and_path(one);
    let (other_host, other_path) = host_and_path(other);
    let chooses = |name: &str| !is_tracker(name) && !is_secret(name);
    let chosen = |url| parameters(url).filter(move |(range, name)| !range.is_empty() && chooses(name));
    one_host.eq_ignore_ascii_case(other_host)
        && one_path == other_path
        && chosen(one).map(|(range, _)| &one[range]).eq(chosen(other).map(|(range, _)| &other[range]))
}

fn host_and_path(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or("");
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    let bare = host.get(.."www.".len()).filter(|head| head.eq_ignore_ascii_case("www."));
    (&host[bare.map_or(0, str::len)..], path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn parts_of_addresses_are_what_splitting_finds(rest in "[ab][ab:/?#&=@é1]{0,9}") {
            let url: Url = format!("https://{rest}").parse().unwrap();
            let stem = rest.split('#').next().unwrap();
            let found = query(url.as_str()).map(|range| &url.as_str()[range]);
            prop_assert_eq!(found, stem.split_once('?').map(|(_, query)| query));
            let (_, path) = host_and_path(url.as_str());
            let last = path.rsplit('/').next().filter(|segment| !segment.is_empty());
            prop_assert_eq!(last_segment(&url), last);
        }
    }

    #[test]
    fn queries_come_apart() {
        let url = "https://a.example/x?hl=en&utm_source=b#c?d=e";
        let found: Vec<_> = parameters(url).map(|(range, name)| (&url[range], name)).collect();
        assert_eq!(found, [("hl=en", "hl"), ("utm_source=b", "utm_source")]);
        assert!(is_tracker("UTM_Source") && is_tracker("gclid") && !is_tracker("hl") && !is_tracker("utm"));
        assert!(parameters("https://a.example/#?x=1").all(|(range, _)| range.is_empty()));
        let url: Url = "https://user@User.example:8443/x".parse().unwrap();
        assert_eq!(&url.as_str()[host_range(&url)], "User.example");
    }

    #[test]
    fn escaped_signs_part_parameters() {
        let names = |url| parameters(url).map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("https://a.example/?utm_source=x&amp;utm_medium=y"), ["utm_source", "utm_medium"]);
        assert_eq!(names("https://a.example/?amp;x=1&y"), ["amp;x", "y"]);
    }

    #[test]
    fn last_segments_stand_in_the_path() {
        let found = |url: &str| last_segment(&url.parse().unwrap()).map(str::to_owned);
        assert_eq!(found("https://a.example/b/acme-chat/?x=/y#/z").as_deref(), Some("acme-chat"));
        assert_eq!(found("https://a.example"), None);
        assert_eq!(found("https://a.example/"), None);
    }

    #[test]
    fn pages_are_known_again() {
        assert!(same_page("http://www.a.example", "https://A.example:443/"));
        assert!(same_page("https://a.example/x/?utm_medium=y&b=c#d", "a.example/x?b=c"));
        assert!(same_page("https://jo:secret@a.example/x?sig=0a&b=c", "https://a.example/x?b=c"));
        assert!(!same_page("https://a.example/x?b=c", "https://a.example/x"));
        assert!(!same_page("https://a.example/x", "https://a.example/X"));
        assert!(!same_page("https://a.example/x", "https://b.example/x"));
    }
}
