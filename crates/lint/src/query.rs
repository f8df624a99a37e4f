//! The parameters in the query of an address.

use std::ops::Range;

use memchr::{memchr, memchr2};

/// The query of an address, in bytes, without the question mark.
pub(crate) fn query(url: &str) -> Option<Range<usize>> {
    let start = memchr2(b'?', b'#', url.as_bytes()).filter(|at| url.as_bytes()[*at] == b'?')? + 1;
    let length = memchr(b'#', &url.as_bytes()[start..]).unwrap_or(url.len() - start);
    Some(start..start + length)
}

/// The parameters of a query: the position of each in the address, and its name.
pub(crate) fn parameters(url: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    query(url).into_iter().flat_map(|query| parameters_in(url, query, &['&']))
}

/// The parameters that signs part in a piece of an address. `&amp;`, as web pages write `&`, parts them, too.
pub(crate) fn parameters_in<'u>(
    url: &'u str,
    part: Range<usize>,
    signs: &'static [char],
) -> impl Iterator<Item = (Range<usize>, &'u str)> {
    let mut at = part.start;
    url[part].split(signs).map(move |parameter| {
        let end = at + parameter.len();
        let escaped = if url[..at].ends_with('&') && parameter.starts_with(AMP) { AMP.len() } else { 0 };
        let range = at + escaped..end;
        at = end + 1;
        let name = url[range.clone()].split('=').next().unwrap_or("");
        (range, name)
    })
}

/// What is left of `&amp;` behind the sign.
const AMP: &str = "amp;";
