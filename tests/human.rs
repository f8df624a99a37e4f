//! The interface for people: output at 80 columns, help, suggestions, skeletons, completions, pages.

use std::fs;
use std::process::Command;

use crate::support::{self, Run, Scratch, TODAY, repository, run_at};

const FILE: &str = "offerings/acme-chat.toml";

fn narrow(scratch: &Scratch, arguments: &[&str]) -> Run {
    run_at(scratch.path(), 80, arguments)
}

/// The output without the time that the lint took.
fn timeless(text: &str) -> String {
    text.lines()
        .map(|line| match (line.find(" in "), line.find(" ms: ")) {
            (Some(from), Some(to)) => format!("{} in [time]{}\n", &line[..from], &line[to..]),
            _ => format!("{line}\n"),
        })
        .collect()
}

/// An error with a related place in another file, one with a long message, and two warnings.
fn faulty() -> Scratch {
    let scratch = Scratch::new();
    let cell = "\n[cells.hipaa_baa]\nstatus = \"no\"\nconfidence = \"high\"\nheadline = \"No BAA.\"\nverified_on = 2026-06-01\n";
    let path = "offerings/globex-on-initech.toml";
    scratch.write(path, scratch.read(path) + cell);
    scratch.replace(
        FILE,
        "url = \"https://acme.example/retention\"",
        "url = \"http://acme.example/retention\"",
    );
    scratch.replace(
        FILE,
        "fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }\n\n[cells.retention_zdr]",
        "fetch = { outcome = \"ok\" }\n\n[cells.retention_zdr]",
    );
    scratch
}

#[test]
fn findings_fit_eighty_columns() {
    let run = narrow(&faulty(), &["lint"]);
    assert_eq!(run.status, 1);
    assert_fits(&run.stdout, 80);
    insta::assert_snapshot!(timeless(&run.stdout));
}

#[test]
fn statistics_count_by_rule() {
    let scratch = faulty();
    let run = narrow(&scratch, &["lint", "--statistics"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(timeless(&run.stdout));
    assert_eq!(scratch.run(&["lint", "--statistics", "--format", "json"]).status, 2);
}

#[test]
fn a_cap_keeps_errors_and_true_counts() {
    let scratch = faulty();
    let all = scratch.run(&["lint"]);
    let capped = narrow(&scratch, &["lint", "--max-findings", "1"]);
    assert_eq!(capped.status, 1);
    assert!(capped.stdout.starts_with("error["), "{}", capped.stdout);
    let total = scratch.findings().iter().filter(|finding| finding["severity"] != "info").count();
    let left_out = format!("… and {} findings that --max-findings leaves out", total - 1);
    assert!(capped.stdout.contains(&left_out), "{}", capped.stdout);
    let summary = |run: &Run| {
        let text = timeless(&run.stdout);
        text.rsplit(": ").next().unwrap().lines().next().unwrap().to_owned()
    };
    assert_eq!(summary(&capped), summary(&all));

    let concise = scratch.run(&["lint", "--format", "concise", "--max-findings", "2"]);
    assert_eq!(concise.stdout.lines().count(), 2);
    assert!(concise.stdout.lines().all(|line| line.contains(": error[")), "{}", concise.stdout);
    assert!(concise.stderr.contains("--max-findings leaves out"), "{}", concise.stderr);
    let json = scratch.run(&["lint", "--format", "json", "--max-findings", "0"]).json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    assert_eq!(json["summary"]["left_out"], scratch.findings().len());
}

#[test]
fn a_page_reads_well_in_the_terminal() {
    let run = run_at(repository(), 80, &["explain", "parts-contradict-status"]);
    assert_fits(&run.stdout, 80);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn the_table_of_rules_fits() {
    for (columns, longest) in [(100, 100), (80, 80), (40, 60)] {
        let rules = run_at(repository(), columns, &["rules"]).stdout;
        assert_fits(&rules, longest);
        for rule in lint::catalogue() {
            assert!(rules.contains(rule.id.as_str()), "{} at {columns} columns", rule.id);
        }
    }
    let group = run_at(repository(), 80, &["explain", "registry/*"]).stdout;
    assert!(group.contains("registry/redundant-override") && !group.contains("cell/"), "{group}");
    assert_eq!(run_at(repository(), 80, &["explain", "registry"]).stdout, group);
}

/// No line is longer, but those quoted from a file, and none ends in a blank.
fn assert_fits(text: &str, columns: usize) {
    for line in text.lines() {
        let is_quoted = line.trim_start().starts_with(|c: char| c.is_ascii_digit()) && line.contains(" │");
        assert!(is_quoted || line.chars().count() <= columns, "{line:?} is longer than {columns} columns");
        assert_eq!(line, line.trim_end());
    }
}

#[test]
fn what_is_mistyped_is_guessed() {
    let scratch = Scratch::new();
    for (arguments, meant) in [
        (&["lnt"][..], "'lint'"),
        (&["lint", "--select", "cell/stal"], "`cell/stale`"),
        (&["lint", "--ignore", "cel/*"], "`cell/*`"),
        (&["lint", "--format", "consise"], "'concise'"),
        (&["lint", "data/offerings/acme-cht.toml"], "data/offerings/acme-chat.toml?"),
        (&["lint", "acme-chat"], "data/offerings/acme-chat.toml?"),
        (&["lint", "data/offering"], "data/offerings?"),
        (&["explain", "stal"], "`cell/stale`"),
        (&["explain", "stalle"], "`cell/stale`"),
        (&["explain", "cel"], "`cell/*`"),
        (
            &["show", "soc2_type2"],
            "is a question, not an offering: cargo xtask show OFFERING --dimension soc2_type2",
        ),
        (&["show", "acme-clod"], "`platform:acme-cloud`"),
        (&["new", "offering", "x", "--platform", "acme"], "`acme` is an organization, not a platform"),
        (&["new", "platform", "x", "--operator", "Big & Co"], "cargo xtask new organization big-co"),
        (&["man", "lnt"], "`lint`"),
        (&["new", "offering", "x", "--platform", "acme-clod"], "`acme-cloud`"),
        (&["new", "offering", "Acme_Talk"], "`acme-talk`"),
        (&["new", "offering", "x", "--category", "first"], "'first_party'"),
    ] {
        let run = scratch.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains(meant), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn what_may_be_named_is_listed() {
    let scratch = Scratch::new();
    let run = scratch.run(&["show"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("platforms: acme-cloud"), "{}", run.stdout);
    assert!(run.stdout.ends_with("cargo xtask show ID shows one\n"), "{}", run.stdout);
    assert_eq!(scratch.run(&["show", "--format", "json"]).status, 2);
    let rules = scratch.run(&["explain"]).stdout;
    assert!(
        rules.ends_with("cargo xtask explain RULE shows the page of one, such as `cell/stale` or `stale`\n")
    );
}

#[test]
fn unknown_ids_in_the_data_are_guessed() {
    for (file, from, to, meant) in [
        (FILE, "[cells.soc2_type2]", "[cells.soc2_type]", "`[cells.soc2_type2]`"),
        (FILE, "developer = \"acme\"", "developer = \"acmee\"", "`acme`"),
        (FILE, "platform = \"acme-cloud\"", "platform = \"acmecloud\"", "`acme-cloud`"),
        ("platforms/acme-cloud.toml", "operator = \"acme\"", "operator = \"acem\"", "`acme`"),
    ] {
        let scratch = Scratch::new();
        scratch.replace(file, from, to);
        let findings = scratch.findings();
        let unknown =
            findings.iter().find(|one| one["rule"].as_str().unwrap().starts_with("entity/unknown-"));
        let help = unknown.unwrap()["help"].as_str().unwrap();
        assert!(help.contains(meant), "{to}: {help}");
    }
}

#[test]
fn no_entity_is_named_like_a_device() {
    let scratch = Scratch::new();
    let before = support::files(scratch.path());
    for id in ["con", "prn", "aux", "nul", "com1", "lpt9"] {
        for kind in ["offering", "platform", "organization"] {
            let run = scratch.run(&["new", kind, id]);
            let told = format!(
                "the id `{id}` is the name of a device in Windows, where no file can have it: take another"
            );
            assert!(run.status == 2 && run.stderr.contains(&told), "{}{}", run.status, run.stderr);
        }
    }
    // Elsewhere capitals are refused for their form.
    assert_eq!(scratch.run(&["new", "offering", "CON"]).status, 2);
    assert_eq!(support::files(scratch.path()), before);
    for id in ["console", "com", "com10", "null"] {
        let run = scratch.run(&["new", "organization", id]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
}

#[test]
fn a_skeleton_fails_only_where_a_person_must_fill_in() {
    let scratch = Scratch::new();
    let new = |arguments: &[&str]| {
        let run = scratch.run(&[&["new"], arguments].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(new(&["organization", "umbrella"]).contains("fill in `name`"));
    let rules = |path: &str| {
        let json = scratch.run(&["lint", "--format", "json", path]).json();
        let errors = json["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
        errors.map(|one| one["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules("data/organizations/umbrella.toml"), ["schema/missing-key"]);
    scratch.replace("organizations/umbrella.toml", "# name = \"\"", "name = \"Umbrella\"");
    assert!(rules("data/organizations/umbrella.toml").is_empty());

    new(&["platform", "umbrella-cloud", "--name", "Umbrella \"Cloud\"", "--operator", "umbrella"]);
    assert!(rules("data/platforms/umbrella-cloud.toml").is_empty());
    assert!(scratch.read("platforms/umbrella-cloud.toml").contains("name = \"Umbrella \\\"Cloud\\\"\""));

    let told = new(&[
        "offering",
        "umbrella-chat",
        "--name",
        "Chat",
        "--developer",
        "umbrella",
        "--platform",
        "umbrella-cloud",
    ]);
    let text = scratch.read("offerings/umbrella-chat.toml");
    assert!(text.contains("category = \"first_party\"\n"), "{text}");
    assert!(rules("data/offerings/umbrella-chat.toml").is_empty());
    assert!(told.contains("fill in 1 cell in `data/organizations/umbrella.toml` and 6 cells in `data/platforms/umbrella-cloud.toml`"), "{told}");

    let told = new(&["offering", "bare"]);
    let next = "next: fill in `name`, `platform`, `category` and 6 cells, then run cargo xtask lint data/offerings/bare.toml\n";
    assert!(told.ends_with(next), "{told}");

    new(&["offering", "acme-talk", "--name", "Talk", "--developer", "acme", "--platform", "acme-cloud"]);
    insta::assert_snapshot!(scratch.read("offerings/acme-talk.toml"));
}

#[test]
fn a_skeleton_stays_valid_whichever_line_becomes_one() {
    let scratch = Scratch::new();
    for arguments in
        [["organization", "umbrella"], ["platform", "umbrella-cloud"], ["offering", "umbrella-chat"]]
    {
        assert_eq!(scratch.run(&[&["new"], &arguments[..]].concat()).status, 0);
        let text = scratch.read(&format!("{}s/{}.toml", arguments[0], arguments[1]));
        let lines: Vec<_> = text.lines().collect();
        let offered: Vec<_> = (0..lines.len()).filter(|at| lines[*at].starts_with("# ")).collect();
        assert!(offered.len() > 10, "{text}");
        for known in ["# verified_on = 2", "on = 2", "via = \"direct\" }", "## - via, how"] {
            assert!(text.contains(known), "{known}: {text}");
        }
        for at in &offered {
            let mut changed = lines.clone();
            changed[*at] = lines[*at].trim_start_matches("# ");
            assert!(toml::de::DeTable::parse(&changed.join("\n")).is_ok(), "{}", lines[*at]);
        }
        let all: Vec<_> = lines.iter().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
        assert!(toml::de::DeTable::parse(&all.join("\n")).is_ok(), "{text}");
    }
}

#[test]
fn each_question_is_offered_once() {
    let scratch = Scratch::new();
    let new = |arguments: &[&str]| assert_eq!(scratch.run(&[&["new"], arguments].concat()).status, 0);
    new(&["organization", "umbrella", "--name", "Umbrella"]);
    new(&["platform", "umbrella-cloud", "--name", "Umbrella Cloud", "--operator", "umbrella"]);
    new(&["offering", "umbrella-chat", "--developer", "umbrella", "--platform", "umbrella-cloud"]);
    let files =
        ["organizations/umbrella.toml", "platforms/umbrella-cloud.toml", "offerings/umbrella-chat.toml"];
    let texts: String = files.map(|file| scratch.read(file)).concat();
    let mut offered: Vec<_> = texts
        .lines()
        .filter(|line| line.starts_with("# [cells.") && line.matches('.').count() == 1)
        .collect();
    let all = offered.len();
    offered.sort_unstable();
    offered.dedup();
    assert!(all > 3 && offered.len() == all, "{texts}");
    assert!(scratch.read(files[2]).contains("`data/platforms/umbrella-cloud.toml`: "), "{texts}");
}

#[test]
fn a_skeleton_replaces_nothing() {
    let scratch = Scratch::new();
    let before = scratch.read(FILE);
    let run = scratch.run(&["new", "offering", "acme-chat", "--name", "Other"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("is there already, in data/offerings/acme-chat.toml"), "{}", run.stderr);
    assert_eq!(scratch.read(FILE), before);
    scratch.replace(FILE, "developer = \"acme\"", "former_ids = [\"acme-talk\"]\ndeveloper = \"acme\"");
    assert_eq!(scratch.run(&["new", "offering", "acme-talk"]).status, 2);
    for id in ["../x", "a/b", "Ä", "", "a--b"] {
        assert_eq!(scratch.run(&["new", "offering", id]).status, 2, "{id:?}");
    }
}

#[test]
fn the_commands_of_the_repository_follow_those_of_the_product() {
    let help = run_at(repository(), 80, &["--help"]).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<_> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.join(" ").ends_with(" man hook bench dist fuzz tidy help"), "{names:?}");
}

#[test]
fn manual_pages_have_their_sections() {
    let page = run_at(repository(), 80, &["man", "lint"]).stdout;
    for section in ["NAME", "SYNOPSIS", "OPTIONS", "RULES", "EXAMPLES"] {
        assert!(page.contains(&format!(".SH {section}\n")), "{section} is missing in {page}");
    }
    assert!(page.contains("cargo xtask lint data/offerings/ID.toml"), "{page}");
    for page in [&["man"][..], &["man", "new", "offering"]] {
        assert!(run_at(repository(), 80, page).stdout.starts_with(".TH \"cargo-xtask"), "{page:?}");
    }
}

#[test]
fn colours_and_links_go_where_they_are_wanted() {
    let scratch = faulty();
    let run = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["lint", "--today", TODAY]).args(arguments).current_dir(scratch.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("FORCE_HYPERLINK");
        command.envs(environment.iter().copied());
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let (color, link) = ("\u{1b}[", "\u{1b}]8;;");
    assert!(!run(&[], &[]).contains('\u{1b}'), "a pipe is plain");
    assert!(run(&[("CLICOLOR_FORCE", "1")], &[]).contains(color));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]).contains(color));
    assert!(run(&[("NO_COLOR", "1")], &["--color", "always"]).contains(color));
    assert!(!run(&[("FORCE_HYPERLINK", "1")], &[]).contains(link), "links come with colours");
    let linked = run(&[("FORCE_HYPERLINK", "1"), ("CLICOLOR_FORCE", "1")], &[]);
    assert!(linked.contains("/crates/lint/src/rules/evidence/not_https.md\u{1b}\\"), "{linked}");
    scratch.replace(
        "registry.toml",
        "name = ",
        "repository_url = \"https://code.example/registry\"\nname = ",
    );
    let linked = run(&[("FORCE_HYPERLINK", "1"), ("CLICOLOR_FORCE", "1")], &[]);
    assert!(!linked.contains("https://code.example"), "the repository has no pages: {linked}");
    fs::create_dir_all(scratch.path().join("crates/lint/src/rules")).unwrap();
    let linked = run(&[("FORCE_HYPERLINK", "1"), ("CLICOLOR_FORCE", "1")], &[]);
    let page = "\u{1b}]8;;https://code.example/registry/blob/HEAD/crates/lint/src/rules/evidence/not_https.md\u{1b}\\";
    assert!(linked.contains(page), "{linked}");
}

#[test]
fn the_index_of_rules_is_in_step_and_its_links_lead_somewhere() {
    let check = run_at(repository(), 80, &["export", "rules", "--check"]);
    assert_eq!(check.status, 0, "run `cargo xtask export rules`: {}", check.stdout);
    let folder = repository().join("docs/rules");
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let links: Vec<_> = index.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert_eq!(links.len(), lint::catalogue().len());
    for link in links {
        assert!(folder.join(link).is_file(), "{link}");
    }
}

#[test]
fn the_last_line_says_what_ci_would_say() {
    let last = |scratch: &Scratch, arguments: &[&str]| {
        let run = scratch.run(arguments);
        let text = run.stdout.replace("\n  ", " ");
        (run.status, text.lines().last().unwrap().to_owned())
    };
    let scratch = Scratch::new();
    scratch.write(FILE, scratch.read(FILE).replacen("confidence = \"high\"\n", "", 1));
    let (status, line) = last(&scratch, &["lint"]);
    assert_eq!((status, line.as_str()), (0, "No errors: this would pass CI."));
    let (_, line) = last(&scratch, &["lint", "data/offerings/acme-chat.toml"]);
    assert_eq!(line, "No errors: what was checked would pass CI.");
    let (status, line) = last(&scratch, &["lint", "--deny", "warnings"]);
    assert!(status == 1 && line.contains("This would not pass CI."), "{line}");
    scratch.replace(FILE, "name = \"Acme Chat\"", "name = Acme Chat");
    let (_, line) = last(&scratch, &["lint"]);
    assert!(line.contains("This would not pass CI. The rest of 1 file was not fully checked. `"), "{line}");
}
