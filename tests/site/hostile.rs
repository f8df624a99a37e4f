//! Registries in which every free text is hostile.

use crate::support::Scratch;

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
/// each text stands in several fields. Names begin with a number, so that their order is known.
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
    for at in 0..entities {
        for (folder, entity, dimension) in [
            ("organizations", ORGANIZATION, "gpai_cop"),
            ("platforms", PLATFORM, "soc2_type2"),
            ("offerings", OFFERING, "iso_27001"),
        ] {
            let cell = if at < WITH_CELLS { CELL.replace("DIM", dimension) } else { String::new() };
            scratch.write(&format!("{folder}/h{at}.toml"), fill(entity, at) + &fill(&cell, at));
        }
    }
    let dimensions = scratch.read("dimensions.toml");
    scratch
        .write("dimensions.toml", fill(&dimensions.replacen("label = \"SOC 2 Type II\"", "label = @", 1), 0));
    scratch.write("registry.toml", fill(INFO, 0));
    scratch
}

/// A text as a TOML string: JSON strings are, but for one character.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f")
}

const INFO: &str = "name = @\nlicence = @\ndisclaimer = @\ncorrections = @\n\
                    site_url = \"https://registry.example/trust/\"\nrepository_url = \"https://code.example/r\"\n";
const ORGANIZATION: &str = "id = \"h#\"\nname = @\ndomains = [@]\n";
const PLATFORM: &str = "id = \"h#\"\nname = @\noperator = \"acme\"\n";
const OFFERING: &str = "id = \"h#\"\nname = @\ndeveloper = \"h#\"\nplatform = \"h#\"\n\
                        category = \"cloud_distribution\"\nmodel_family = @\nsummary = @\n";
const CELL: &str = r#"
[cells.DIM]
status = "partial"
confidence = "low"
confidence_reasons = ["inferred"]
headline = @
note = @
geography = ["EU"]
geography_note = @
override_reason = @
verified_on = 2026-06-01

[cells.DIM.facts]
words = @
list = [@, @]

[[cells.DIM.exceptions]]
models = [@]
status = "no"
headline = @
note = @
facts = { words = @, list = [@] }

[[cells.DIM.evidence]]
url = "javascript://example.com/%0Aalert(1)"
title = @
quote = @
archived_url = "http://example.com/'x"

[[cells.DIM.evidence]]
url = "https://example.com/'onmouseover='alert(1)"
title = @
fetch = { outcome = "ok", on = 2026-06-01, via = "reported", reported_by = "https://'onmouseover='alert(1)&lt;img/" }

[[cells.DIM.reviews]]
on = 2026-06-02
by = @
verdict = "confirmed"
reason = @

[[cells.DIM.flags]]
id = "f"
raised_on = 2026-06-02
what = @
"#;
