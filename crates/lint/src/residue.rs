//! Finds the marks that chatbots leave in texts.

use std::ops::Range;

/// Words of the marks by which they point to their sources.
pub(crate) const WORDS: &[&str] = &[
    "contentReference[oaicite",
    "[oaicite:",
    "oai_citation",
    "[cite_start]",
    "[cite:",
    "grok_card",
    "grok:render",
];

/// What `turn0search3` speaks of.
const TURNS: &[&str] = &["fetch", "file", "image", "news", "product", "search", "view"];

/// The first mark of a chatbot in a text.
pub(crate) fn residue(text: &str) -> Option<Range<usize>> {
    let words = WORDS.iter().filter_map(|word| text.find(word).map(|at| whole(text, at, word.len())));
    words.chain(turn(text)).chain(dagger(text)).chain(note(text)).min_by_key(|range| range.start)
}

/// A mark from its sign to the end of its brackets: `:contentReference[oaicite:0]{index=0}`.
fn whole(text: &str, at: usize, length: usize) -> Range<usize> {
    let start = if text[..at].ends_with([':', '[']) { at - 1 } else { at };
    let mut end = at + length;
    for (open, close) in [('[', ']'), ('{', '}')] {
        let is_open = text[start..end].contains(open) && !text[start..end].contains(close);
        if is_open || text[end..].starts_with(open) {
            end += text[end..].find(close).map_or(0, |bracket| bracket + close.len_utf8());
        }
    }
    start..end
}

/// `turn0search3`, also behind `cite`.
fn turn(text: &str) -> Option<Range<usize>> {
    text.match_indices("turn").find_map(|(at, turn)| {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let first = digits(&text[at + turn.len()..]);
        let word = at + turn.len() + first;
        let kind = TURNS.iter().find(|kind| text[word..].starts_with(**kind)).filter(|_| first > 0)?;
        let second = digits(&text[word + kind.len()..]);
        let start = if text[..at].ends_with("cite") { at - "cite".len() } else { at };
        (second > 0).then_some(start..word + kind.len() + second)
    })
}

/// `【7:0†source】`.
fn dagger(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    text.match_indices('】').find_map(|(at, close)| {
        let (before, end) = (start, at + close.len());
        start = end;
        let open = before + text[before..at].find('【')?;
        text[open..at].contains('†').then_some(open..end)
    })
}

/// `[^1^]`.
fn note(text: &str) -> Option<Range<usize>> {
    text.match_indices("[^").find_map(|(at, open)| {
        let rest = &text[at + open.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_mark = digits > 0 && rest[digits..].starts_with("^]");
        is_mark.then_some(at..at + open.len() + digits + "^]".len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_whole() {
        for (text, mark) in [
            ("30 days. :contentReference[oaicite:0]{index=0} So.", ":contentReference[oaicite:0]{index=0}"),
            ("30 days. turn0search3", "turn0search3"),
            ("30 days citeturn12view0.", "citeturn12view0"),
            ("30 days【7:0†source】.", "【7:0†source】"),
            ("【a】, 【【7†b】 】", "【【7†b】"),
            ("30 days [oaicite:3].", "[oaicite:3]"),
            ("30 days ([oai_citation:1‡acme.example](x))", "[oai_citation:1‡acme.example]"),
            ("[cite_start]30 days [cite: 1, 2]", "[cite_start]"),
            ("30 days [cite: 1, 2].", "[cite: 1, 2]"),
            ("30 days [^1^].", "[^1^]"),
        ] {
            assert_eq!(residue(text).map(|range| &text[range]), Some(mark), "{text}");
        }
        for text in
            ["turn 0 search", "return1search", "【注】", "a turn0", "[^a^]", "[cited]", "Sign in turn2x3"]
        {
            assert_eq!(residue(text), None, "{text}");
        }
    }
}
