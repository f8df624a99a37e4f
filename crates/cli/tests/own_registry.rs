//! A registry outside of this repository: what `trustreg` does in a folder that holds nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(unix)]

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder.
struct Scratch(TempDir);

impl Scratch {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The top of a git repository.
    fn repository() -> Self {
        let scratch = Self::new();
        scratch.git(&["init", "--quiet", "--initial-branch", "main"]);
        scratch
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    /// Runs `trustreg` at the top. Returns its exit status and what it prints, without the path of the folder.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustreg"));
        command.args(arguments).args(["--today", "2026-07-01"]);
        self.output(command, folder)
    }

    /// Runs git at the top.
    fn git(&self, arguments: &[&str]) -> (i32, String) {
        self.in_reach(Command::new("git"), arguments)
    }

    /// Runs a program at the top, with `trustreg` in its reach.
    fn in_reach(&self, mut command: Command, arguments: &[&str]) -> (i32, String) {
        let bin = Path::new(env!("CARGO_BIN_EXE_trustreg")).parent().unwrap().to_owned();
        let path = env::var_os("PATH").unwrap();
        let path = env::join_paths([bin].into_iter().chain(env::split_paths(&path))).unwrap();
        for person in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{person}_NAME"), "Jo")
                .env(format!("GIT_{person}_EMAIL"), "jo@acme.example");
        }
        command.args(arguments).env("PATH", path);
        self.output(command, "")
    }

    fn output(&self, mut command: Command, folder: &str) -> (i32, String) {
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(variable);
        }
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.path("no-settings"));
        command.env("NO_COLOR", "1").env("COLUMNS", "100").env_remove("CLICOLOR_FORCE");
        let Output { status, stdout, stderr } = command.current_dir(self.path(folder)).output().unwrap();
        let said = [stdout, stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        let top = self.0.path().canonicalize().unwrap();
        (status.code().unwrap(), said.replace(top.to_str().unwrap(), "[top]"))
    }

    /// The files at the top and below, but for those of git.
    fn files(&self) -> BTreeSet<String> {
        let (mut files, mut folders) = (BTreeSet::new(), vec![self.0.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.ends_with(".git") {
                    continue;
                }
                if entry.is_dir() {
                    folders.push(entry);
                } else {
                    files.insert(entry.strip_prefix(self.0.path()).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files
    }

    /// Checks that the registry of a folder has everything that CI wants.
    fn passes(&self, folder: &str) {
        let (status, said) = self.run_in(folder, &["ci"]);
        assert_eq!((status, said.matches("ok  ").count()), (0, 4), "{said}");
        let (status, said) = self.run_in(folder, &["lint"]);
        assert!(status == 0 && said.contains("no findings"), "{said}");
    }
}

#[test]
fn a_registry_is_begun_in_an_empty_repository() {
    let scratch = Scratch::repository();
    let (status, said) = scratch.run(&["init", "--name", "AI at Acme"]);
    assert_eq!(status, 0, "{said}");
    insta::assert_snapshot!(said, @"
    Created a registry with 11 questions:
      data/registry.toml: its name; fill in its licence and how to report a correction
      data/dimensions.toml: the questions: how to grade each one, and its facts
      schema/: the schemas of the data files, for editors and validators
      tombi.toml, .taplo.toml, .vscode/extensions.json, .vscode/settings.json: settings for editors
      .gitattributes, .gitignore: settings for git
      .github/workflows/trustreg.yml: lints each pull request on GitHub
    Installed the git hooks `pre-commit` and `pre-merge-commit`: they lint each commit
    Next:
      write the address of the toolkit into .github/workflows/trustreg.yml
      trustreg new organization ID, then trustreg new platform ID and trustreg new offering ID
      trustreg lint
    ");
    let files: Vec<_> = scratch.files().into_iter().filter(|file| !file.starts_with("schema/")).collect();
    insta::assert_snapshot!(files.join("\n"), @"
    .gitattributes
    .github/workflows/trustreg.yml
    .gitignore
    .taplo.toml
    .vscode/extensions.json
    .vscode/settings.json
    data/dimensions.toml
    data/registry.toml
    tombi.toml
    ");
    insta::assert_snapshot!(scratch.read("data/registry.toml"), @r#"
    #:schema ../schema/editor/registry.schema.json

    name = "AI at Acme"
    ## The licence of the data, as an SPDX expression.
    # licence = ""
    ## What readers may conclude from the data, and what not.
    # disclaimer = ""
    ## How to report a correction.
    # corrections = ""
    ## The address of the published site.
    # site_url = ""
    ## The address of the repository.
    # repository_url = ""
    "#);
    insta::assert_snapshot!(scratch.read(".github/workflows/trustreg.yml"));
    scratch.passes("");
    scratch.passes("schema/editor");
    // The questions are those of this repository.
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/dimensions.toml");
    assert_eq!(scratch.read("data/dimensions.toml"), fs::read_to_string(ours).unwrap());
}

#[test]
fn a_registry_may_begin_without_questions() {
    let scratch = Scratch::repository();
    let (status, said) = scratch.run(&["init", "--empty", "--no-hook", "--no-workflow"]);
    assert_eq!(status, 0, "{said}");
    insta::assert_snapshot!(said, @"
    Created a registry without questions:
      data/registry.toml: its name; fill in its licence and how to report a correction
      data/dimensions.toml: the questions: how to grade each one, and its facts
      schema/: the schemas of the data files, for editors and validators
      tombi.toml, .taplo.toml, .vscode/extensions.json, .vscode/settings.json: settings for editors
      .gitattributes, .gitignore: settings for git
    Next:
      write your questions into data/dimensions.toml, then run trustreg export json-schema
      trustreg new organization ID, then trustreg new platform ID and trustreg new offering ID
      trustreg lint
    ");
    insta::assert_snapshot!(scratch.read("data/dimensions.toml"), @r#"
    #:schema ../schema/editor/dimensions.schema.json

    dimensions = []

    ## A question. For the first one, delete the line `dimensions = []`; for each one, delete the `# `
    ## before a copy of these lines and write each value.
    # [[dimensions]]
    ## The id; cells use it as their key.
    # id = ""
    ## A short name, for table headers.
    # label = ""
    ## The question, worded so that yes is the good answer.
    # question = ""
    ## The name of its page on the published site.
    # slug = ""
    ## The group in which readers see it.
    # group = ""
    ## Which company it grades: `platform` or `developer`.
    # level = ""
    ## Its position among the dimensions, counted from 1.
    # order = 1
    "#);
    assert!(!scratch.path(".github").exists() && !scratch.path(".git/hooks/pre-commit").exists());
    scratch.passes("");

    // The comment shows what to write.
    let question =
        scratch.read("data/dimensions.toml").replace("dimensions = []\n", "").replace("\n# ", "\n");
    let question = [
        "id = \"audit\"",
        "label = \"Audit\"",
        "question = \"Was it audited?\"",
        "slug = \"audit\"",
        "group = \"Trust\"",
        "level = \"platform\"",
    ]
    .into_iter()
    .fold(question, |text, line| text.replace(&format!("{} = \"\"", line.split(' ').next().unwrap()), line));
    scratch.write("data/dimensions.toml", &question);
    let (_, said) = scratch.run(&["lint", "--format", "concise"]);
    assert!(!said.contains("error"), "{said}\n{question}");
    let (status, said) = scratch.run(&["ci"]);
    assert!(
        status == 1 && said.contains("FAIL schema is in step with the model (trustreg export json-schema)"),
        "{said}"
    );
    assert_eq!(scratch.run(&["export", "json-schema"]).0, 0);
    assert_eq!(scratch.run(&["fmt"]).0, 0);
    assert!(scratch.read("schema/editor/platform.schema.json").contains("Was it audited?"));
    assert_eq!(scratch.run(&["ci"]).0, 0);
}

#[test]
fn nothing_is_overwritten() {
    let scratch = Scratch::repository();
    scratch.write(".gitignore", "mine\n");
    scratch.write(".vscode/settings.json", "{}\n");
    let (status, said) = scratch.run(&["init", "--no-workflow"]);
    assert_eq!(status, 0, "{said}");
    insta::assert_snapshot!(said, @"
    Created a registry with 11 questions:
      data/registry.toml: its name; fill in its licence and how to report a correction
      data/dimensions.toml: the questions: how to grade each one, and its facts
      schema/: the schemas of the data files, for editors and validators
      tombi.toml, .taplo.toml, .vscode/extensions.json: settings for editors
      .gitattributes: settings for git
    Installed the git hooks `pre-commit` and `pre-merge-commit`: they lint each commit
    Next:
      trustreg new organization ID, then trustreg new platform ID and trustreg new offering ID
      trustreg lint
    note: .vscode/settings.json was there already and is kept
    note: .gitignore was there already and is kept
    ");
    assert_eq!(
        (scratch.read(".gitignore").as_str(), scratch.read(".vscode/settings.json").as_str()),
        ("mine\n", "{}\n")
    );

    let before = scratch.files();
    for arguments in [
        &["init"][..],
        &["init", "--empty"],
        &["init", "data/more"],
        &["init", "--data", "schema"],
        &["init", "--data", "two words"],
        &["init", "x", "--data", "y"],
    ] {
        let (status, said) = scratch.run(arguments);
        assert_eq!(status, 2, "{arguments:?}: {said}");
        assert_eq!(scratch.files(), before, "{arguments:?}");
    }
    insta::assert_snapshot!(scratch.run(&["init"]).1, @"error: there is a registry in [top]/data already: nothing was written; `trustreg export json-schema` writes its schemas, and `trustreg hook install` its git hooks");
    insta::assert_snapshot!(scratch.run(&["init", "data/more"]).1, @"error: [top]/data/more/data is in the data folder [top]/data: nothing was written, begin a registry elsewhere");
    insta::assert_snapshot!(scratch.run(&["init", "--data", "schema"]).1, @"error: `schema` cannot be the name of a data folder: use letters, digits, `-`, `_` and `.`, begin with a letter or digit, and take another name than `schema` or `dist`");
    scratch.git(&["init", "--quiet", "top"]);
    insta::assert_snapshot!(scratch.run_in("top", &["init", "--data", "."]).1, @"error: [top]/top is the top of its git repository: name a folder in it with --data, since the schemas and settings are beside the data folder");
    // A folder of other data, and other schemas.
    scratch.write("other/data/table.csv", "a,b\n");
    insta::assert_snapshot!(scratch.run(&["init", "other"]).1, @"error: other/data holds other files: name another folder with --data; nothing was written");
    scratch.write("third/schema/offering.schema.json", "{}");
    insta::assert_snapshot!(scratch.run(&["init", "third"]).1, @"error: [top]/third/schema/offering.schema.json is there already, and is another file: nothing was written, move it away");
    assert!(!scratch.path("third/data").exists() && !scratch.path("third/tombi.toml").exists());
}

#[test]
fn a_registry_may_be_in_a_folder_of_a_larger_repository() {
    let scratch = Scratch::repository();
    scratch.write("README.md", "Much else\n");
    let (status, said) = scratch.run(&["init", "risk/ai models"]);
    assert_eq!(status, 0, "{said}");
    insta::assert_snapshot!(said, @"
    Created a registry with 11 questions in risk/ai models:
      data/registry.toml: its name; fill in its licence and how to report a correction
      data/dimensions.toml: the questions: how to grade each one, and its facts
      schema/: the schemas of the data files, for editors and validators
      tombi.toml, .taplo.toml, .vscode/extensions.json, .vscode/settings.json: settings for editors
      .gitattributes, .gitignore: settings for git
      .github/workflows/trustreg-risk-ai-models.yml: lints each pull request on GitHub
    Installed the git hooks `pre-commit` and `pre-merge-commit`: they lint each commit
    Next:
      write the address of the toolkit into .github/workflows/trustreg-risk-ai-models.yml
      cd 'risk/ai models'
      trustreg new organization ID, then trustreg new platform ID and trustreg new offering ID
      trustreg lint
    ");
    scratch.passes("risk/ai models");
    scratch.passes("risk/ai models/data");
    let hook = scratch.read(".git/hooks/pre-commit");
    assert!(hook.contains("\ntrustreg lint --staged --quiet --data 'risk/ai models/data' ||"), "{hook}");
    let workflow = scratch.read(".github/workflows/trustreg-risk-ai-models.yml");
    assert!(workflow.contains("trustreg ci --data 'risk/ai models/data'\n"), "{workflow}");
    // Where a command would not find the folder, messages name it.
    let data = ["--data", "risk/ai models/data"];
    let (_, said) = scratch.run(&[&["new", "organization", "acme"][..], &data].concat());
    insta::assert_snapshot!(said, @"
    wrote risk/ai models/data/organizations/acme.toml
    next: fill in `name`, then run trustreg --data 'risk/ai models/data' lint 'risk/ai models/data/organizations/acme.toml'
    ");
    let (_, said) = scratch.run_in("risk/ai models", &["show", "initech"]);
    insta::assert_snapshot!(said, @"
    note: some of the registry could not be read: trustreg lint shows what
    error: there is no offering, platform or organization `initech`: trustreg find true lists the offerings
    ");
    let (status, said) = scratch.run(&["lint"]);
    assert_eq!(status, 2);
    insta::assert_snapshot!(said, @"error: no folder with a registry.toml in [top] or above: name the data folder with --data, or begin a registry with trustreg init");
}

#[test]
fn a_data_folder_may_have_another_name() {
    let scratch = Scratch::repository();
    scratch.write("data/table.csv", "a,b\n");
    let (status, said) = scratch.run(&["init", "--data", "trust"]);
    assert_eq!(status, 0, "{said}");
    scratch.passes("");
    scratch.passes("trust");
    scratch.passes("data");
    for file in ["tombi.toml", ".taplo.toml", ".gitignore", ".gitattributes"] {
        let text = scratch.read(file);
        assert!(text.contains("trust/") && !text.contains("data/"), "{file}: {text}");
    }
    let (_, said) = scratch.run(&["new", "organization", "acme", "--name", "Acme"]);
    insta::assert_snapshot!(said, @"
    wrote trust/organizations/acme.toml
    next: run trustreg lint trust/organizations/acme.toml
    ");
    let (_, said) = scratch.run(&["fmt", "--check"]);
    assert_eq!(said, "0 of 3 files to format\n");
    // A second one is not guessed.
    assert_eq!(scratch.run(&["init", "--data", "other", "--no-hook"]).0, 0);
    insta::assert_snapshot!(scratch.run(&["lint"]).1, @"error: [top]/other and [top]/trust are both data folders: name one with --data");
}

#[test]
fn without_git_everything_but_the_hook_works() {
    let scratch = Scratch::new();
    let (status, said) = scratch.run(&["init", "new/folder"]);
    assert_eq!(status, 0, "{said}");
    insta::assert_snapshot!(said, @"
    Created a registry with 11 questions in new/folder:
      data/registry.toml: its name; fill in its licence and how to report a correction
      data/dimensions.toml: the questions: how to grade each one, and its facts
      schema/: the schemas of the data files, for editors and validators
      tombi.toml, .taplo.toml, .vscode/extensions.json, .vscode/settings.json: settings for editors
      .gitattributes, .gitignore: settings for git
      .github/workflows/trustreg.yml: lints each pull request on GitHub
    Next:
      write the address of the toolkit into new/folder/.github/workflows/trustreg.yml
      cd new/folder
      trustreg new organization ID, then trustreg new platform ID and trustreg new offering ID
      trustreg lint
    note: no git repository holds this folder: after `git init`, run `trustreg hook install`
    ");
    assert!(scratch.path("new/folder/.github/workflows/trustreg.yml").exists(), "{:?}", scratch.files());
    scratch.passes("new/folder");
}

/// An offering with its platform and company, and an answer.
fn fill(scratch: &Scratch) {
    for arguments in [
        &["new", "organization", "acme", "--name", "Acme", "--domain", "acme.example"][..],
        &["new", "platform", "acme-cloud", "--name", "Acme Cloud", "--operator", "acme"],
        &[
            "new",
            "offering",
            "acme-chat",
            "--name",
            "Acme Chat",
            "--developer",
            "acme",
            "--platform",
            "acme-cloud",
        ],
    ] {
        let (status, said) = scratch.run(arguments);
        assert_eq!(status, 0, "{said}");
    }
    let answer = "
[cells.soc2_type2]
status = \"yes_sales_gated\"
confidence = \"high\"
headline = \"The report needs an NDA\"
note = \"Acme lists a SOC 2 Type II report that customers get under an NDA.\"
tier = \"self_serve\"
route = \"trust_center_nda\"
default = \"enabled\"
verified_on = 2026-06-01

[cells.soc2_type2.facts]
report_type = \"type_2\"

[[cells.soc2_type2.evidence]]
url = \"https://acme.example/trust\"
title = \"Acme Trust Center\"
role = \"primary\"
fetch = { outcome = \"ok\", on = 2026-06-01, via = \"direct\" }
";
    let platform = scratch.read("data/platforms/acme-cloud.toml");
    scratch.write("data/platforms/acme-cloud.toml", &format!("{platform}{answer}"));
}

#[test]
fn the_hook_refuses_a_faulty_commit_and_takes_a_good_one() {
    let scratch = Scratch::repository();
    assert_eq!(scratch.run(&["init"]).0, 0);
    scratch.git(&["add", "."]);
    let (status, said) = scratch.git(&["commit", "--quiet", "--message", "Begin"]);
    assert_eq!(status, 0, "{said}");
    fill(&scratch);
    let (_, said) = scratch.run(&["lint", "--format", "concise"]);
    assert!(!said.contains(": error["), "{said}");
    let file = "data/platforms/acme-cloud.toml";
    let good = scratch.read(file);
    scratch.write(file, &good.replace("\"yes_sales_gated\"", "\"yes_gated\""));
    scratch.git(&["add", "."]);
    let commit = ["commit", "--quiet", "--message", "Add Acme"];
    let (status, said) = scratch.git(&commit);
    assert_eq!(status, 1, "{said}");
    // What else is reported depends on the day.
    let error = said
        .split("\n\n")
        .skip_while(|part| !part.starts_with("error["))
        .take(2)
        .collect::<Vec<_>>()
        .join("\n\n");
    insta::assert_snapshot!(error, @r#"
    error[schema/unknown-value]

      × `status` of cell `soc2_type2` of platform `acme-cloud` has the unknown value `yes_gated`
         ╭─[data/platforms/acme-cloud.toml:570:10]
     569 │ [cells.soc2_type2]
     570 │ status = "yes_gated"
         ·          ───────────
     571 │ confidence = "high"
         ╰────
      help: write `yes_public`, `yes_sales_gated`, `partial`, `unclear`, `no_public_evidence` or `no`
    "#);
    assert!(
        said.ends_with(
            "pre-commit: refused; fix what is reported above, or skip this check with --no-verify\n"
        ),
        "{said}"
    );
    scratch.write(file, &good);
    scratch.git(&["add", "."]);
    let (status, said) = scratch.git(&commit);
    assert_eq!(status, 0, "{said}");
    let (_, said) = scratch.run(&["show", "acme-chat", "--dimension", "soc2_type2"]);
    assert!(said.contains("The report needs an NDA"), "{said}");
}

#[test]
fn a_hook_of_another_program_stays() {
    let scratch = Scratch::repository();
    scratch.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    let (status, said) = scratch.run(&["init", "--no-workflow"]);
    assert!(status == 0 && scratch.path("data/registry.toml").exists(), "{said}");
    let note = said.lines().find(|line| line.starts_with("note: ")).unwrap();
    insta::assert_snapshot!(note, @"note: no git hook was installed: [top]/.git/hooks/pre-commit was not written by this command: add the line `trustreg lint --staged --quiet` to it, or replace it with `trustreg hook install --force`");
    assert_eq!(scratch.read(".git/hooks/pre-commit"), "#!/bin/sh\nexit 0\n");
}

#[test]
fn exports_and_lists_name_nothing_of_the_toolkit() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["init", "--no-workflow"]).0, 0);
    fill(&scratch);
    for format in ["json", "csv", "markdown", "site", "xlsx", "rules", "json-schema"] {
        let (status, said) = scratch.run(&["export", format]);
        assert_eq!(status, 0, "{format}: {said}");
    }
    for file in scratch.files() {
        let bytes = fs::read(scratch.path(&file)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for other in ["cargo xtask", "crates/", "CONTRIBUTING"] {
            assert!(!text.contains(other), "{file}: {other}");
        }
    }
    for arguments in
        [&["due"][..], &["review"], &["show", "acme-chat"], &["rules"], &["explain", "cell/stale"], &["man"]]
    {
        let (status, said) = scratch.run(arguments);
        assert!(status == 0 && !said.contains("cargo xtask"), "{arguments:?}: {said}");
    }
    // The address of this repository is not that of the pages of the rules.
    let registry = scratch
        .read("data/registry.toml")
        .replace("# repository_url = \"\"", "repository_url = \"https://code.example/acme\"");
    scratch.write("data/registry.toml", &registry);
    let (_, said) = scratch.run(&["lint", "--format", "sarif"]);
    assert!(said.contains("https://code.example/acme") && !said.contains("lint/src/rules"), "{said}");
}

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
