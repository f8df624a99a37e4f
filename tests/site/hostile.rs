//! Registries in which every free text is hostile.

use model::{
    Cell, Dimension, Evidence, Exception, Field, Flag, Offering, Organization, Platform, Record,
    RegistryInfo, Review, TextKind,
};

use crate::support::{Scratch, text_lines};

/// Texts that break out of somewhere, or try to.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "</title><svg/onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<!--<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;alert(1)",
    "javascript:alert(1)",
    "javascript://example.com/%0Aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7*7 }}{% include \"/etc/passwd\" %}",
    "${alert(1)}",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "</textarea></select></noscript><script>alert(1)</script>",
    "<plaintext>",
    "\u{0}<script\u{0}>alert(1)</script>",
    "\u{202e}>tpircs<\u{2066}",
    "\u{2028}\u{2029}alert(1)",
    "\u{feff}\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}",
    "a\r\nb\tc",
    "' or 1=1 --",
    "`code` and ` one more",
    "https://example.com/\"onmouseover=alert(1)",
    "𝒳 é 漢字 👩‍👩‍👧 ar\u{301}",
];

/// The attacks and the big list of naughty strings.
pub(crate) fn texts() -> Vec<String> {
    let naughty = naughty_strings::BLNS.iter().copied();
    ATTACKS.iter().copied().chain(naughty).map(str::to_owned).collect()
}

/// The same number of texts with nothing in them but what gives a text its form: blanks and
/// backquotes. Web addresses stay addresses.
pub(crate) fn harmless(texts: &[String]) -> Vec<String> {
    let is_address = |text: &str| text.parse::<model::Url>().is_ok_and(|url| url.scheme() == "https");
    let plain = |c: char| if c.is_whitespace() || c == '`' { c } else { 'x' };
    let one = |text: &String| {
        if is_address(text) { "https://example.com/".to_owned() } else { text.chars().map(plain).collect() }
    };
    texts.iter().map(one).collect()
}

/// How many organizations, platforms and offerings hold the texts: more than a page of the matrix.
const ENTITIES: usize = 210;

/// How many of them have a cell.
const WITH_CELLS: usize = 60;

/// A registry in which every field that takes a text holds one, each a different one in turn, so that
/// each text is in several fields. Names begin with a number, so that their order is known.
pub(crate) fn registry(texts: &[String]) -> Scratch {
    filled(texts, ENTITIES, true)
}

/// The same with so many organizations, platforms and offerings. With `numbered`, names begin with a number.
pub(crate) fn filled(texts: &[String], entities: usize, numbered: bool) -> Scratch {
    let scratch = Scratch::new();
    let mut next = texts.iter().cycle();
    let mut fill = |template: &str, at: usize| {
        let mut pieces = template.split('@');
        let mut filled = pieces.next().unwrap().to_owned();
        for piece in pieces {
            let number =
                if numbered && filled.ends_with("name = ") { format!("{at:03} ") } else { String::new() };
            filled.push_str(&quoted(&format!("{number}{}", next.next().unwrap())));
            filled.push_str(piece);
        }
        filled.replace("h#", &format!("h{at}"))
    };
    let cells = cell();
    for at in 0..entities {
        for (folder, entity, fields, dimension) in [
            ("organizations", ORGANIZATION, Organization::FIELDS, "gpai_cop"),
            ("platforms", PLATFORM, Platform::FIELDS, "soc2_type2"),
            ("offerings", OFFERING, Offering::FIELDS, "iso_27001"),
        ] {
            let cell = if at < WITH_CELLS { cells.replace("DIM", dimension) } else { String::new() };
            let entity = with_texts(entity, fields);
            scratch.write(&format!("{folder}/h{at}.toml"), fill(&entity, at) + &fill(&cell, at));
        }
    }
    scratch.write("dimensions.toml", fill(&dimensions(&scratch.read("dimensions.toml")), 0));
    scratch.write("registry.toml", fill(&with_texts(INFO, RegistryInfo::FIELDS), 0));
    scratch
}

/// A text as a TOML string: JSON strings are, but for one character.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f")
}

/// A table, and after it a line with the mark of a text for each text field of its record.
fn with_texts(table: &str, fields: &[Field]) -> String {
    let mark = |kind: TextKind| (kind != TextKind::Address).then(|| "@".to_owned());
    table.to_owned() + &text_lines(fields, mark)
}

/// A cell with all its records.
fn cell() -> String {
    let tables = [
        (CELL, Cell::FIELDS),
        (EXCEPTION, Exception::FIELDS),
        (EVIDENCE[0], Evidence::FIELDS),
        (EVIDENCE[1], Evidence::FIELDS),
        (REVIEW, Review::FIELDS),
        (FLAG, Flag::FIELDS),
    ];
    tables.map(|(table, fields)| with_texts(table, fields)).concat() + FACTS
}

/// The file of dimensions, in which the first one has a text in every field that holds one.
fn dimensions(text: &str) -> String {
    let (before, first) = text.split_once("[[dimensions]]\n").unwrap();
    let (first, after) = first.split_once("\n\n").unwrap();
    let is_text = |key: &str| Dimension::field(key).is_some_and(|field| field.text.is_some());
    let others = first.lines().filter(|line| !line.split_once(" = ").is_some_and(|(key, _)| is_text(key)));
    let others: String = others.map(|line| format!("{line}\n")).collect();
    format!("{before}[[dimensions]]\n{}\n{after}", with_texts(&others, Dimension::FIELDS))
}

/// What each table holds beside the texts of its record.
const INFO: &str =
    "site_url = \"https://registry.example/trust/\"\nrepository_url = \"https://code.example/r\"\n";
const ORGANIZATION: &str = "id = \"h#\"\n";
const PLATFORM: &str = "id = \"h#\"\noperator = \"acme\"\n";
const OFFERING: &str =
    "id = \"h#\"\ndeveloper = \"h#\"\nplatform = \"h#\"\ncategory = \"cloud_distribution\"\n";
const CELL: &str = r#"
[cells.DIM]
status = "partial"
confidence = "low"
confidence_reasons = ["inferred"]
geography = ["EU"]
verified_on = 2026-06-01
"#;
const FACTS: &str = r"
[cells.DIM.facts]
words = @
list = [@, @]
";
const EXCEPTION: &str = r#"
[[cells.DIM.exceptions]]
status = "no"
facts = { words = @, list = [@] }
"#;
const EVIDENCE: [&str; 2] = [
    r#"
[[cells.DIM.evidence]]
url = "javascript://example.com/%0Aalert(1)"
archived_url = "http://example.com/'x"
"#,
    r#"
[[cells.DIM.evidence]]
url = "https://example.com/'onmouseover='alert(1)"
fetch = { outcome = "ok", on = 2026-06-01, via = "reported", reported_by = "https://'onmouseover='alert(1)&lt;img/" }
"#,
];
const REVIEW: &str = r#"
[[cells.DIM.reviews]]
on = 2026-06-02
verdict = "confirmed"
"#;
const FLAG: &str = r#"
[[cells.DIM.flags]]
id = "f"
raised_on = 2026-06-02
"#;
