//! The page about a registry of one's own: its commands are run.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::scratch::Scratch;

/// The blocks of code of a page: their language, their text, and the last data file that is named before them.
fn blocks(page: &str) -> Vec<(&str, &str, Option<&str>)> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("\n```") {
        let (language, block) = after.split_once('\n').unwrap();
        let (text, after) = block.split_once("```\n").unwrap();
        let file = before.split('`').rfind(|word| word.starts_with("data/") && word.ends_with(".toml"));
        found.push((language, text, file));
        rest = after;
    }
    found
}

#[test]
fn the_page_about_it_is_true() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/your-own-registry.md");
    let page = fs::read_to_string(page).unwrap();
    let mut script = "set -e\n".to_owned();
    for (language, text, file) in blocks(&page) {
        match language {
            "sh" => script.push_str(text),
            "toml" => script.push_str(&format!("cat >> {} <<'END'\n{text}END\n", file.unwrap())),
            _ => {}
        }
    }
    assert!(script.matches("trustreg").count() > 12, "{script}");
    let scratch = Scratch::new();
    let shell = |script: &str| scratch.in_reach(Command::new("sh"), &["-c", script]);
    let (status, said) = shell(&script);
    assert_eq!(status, 0, "{said}");
    assert!(scratch.path("acme-ai/dist/site/offerings/globex-chat/index.html").exists());
    // A file that the table of the page names is there, and the other way round.
    let table: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let named = |file: &str| {
        table.iter().any(|row| row.split('`').any(|path| !path.is_empty() && file.starts_with(path)))
    };
    let (_, begun) = shell("cd acme-ai && git ls-tree -r --name-only $(git rev-list --max-parents=0 HEAD)");
    assert!(begun.lines().count() > 20 && begun.lines().all(named), "{begun}");
    let (status, said) = shell("cd monorepo/vendors && trustreg ci && cd ../risk/ai/schema && trustreg ci");
    assert_eq!((status, said.matches("ok  ").count()), (0, 8), "{said}");
    assert!(scratch.path("monorepo/.github/workflows/trustreg-risk-ai.yml").exists());
}
