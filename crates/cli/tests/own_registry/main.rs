//! A registry outside of this repository: what `trustreg` does in a folder that holds nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(unix)]

mod page;
mod scratch;

use std::fs;
use std::path::Path;

use crate::scratch::Scratch;

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
    insta::assert_snapshot!(scratch.read(".github/workflows/trustreg.yml"), @r#"
    # Marks in the diff of a pull request what it makes worse, and checks the whole registry.
    name: trustreg
    on:
      pull_request:
      push:
        branches: [main]
    permissions:
      contents: read
    concurrency:
      group: ${{ github.workflow }}-${{ github.ref }}
      cancel-in-progress: ${{ github.event_name == 'pull_request' }}
    jobs:
      lint:
        name: Lint the registry
        runs-on: ubuntu-latest
        timeout-minutes: 30
        steps:
          # A pull request is checked out as its merge into the base, which is the first parent.
          - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
            with:
              fetch-depth: 2
              persist-credentials: false
          # Write the address of the toolkit here. `--rev COMMIT` before it keeps one version.
          - name: Install the toolkit
            run: cargo install --locked --git https://github.com/OWNER/REPOSITORY cli
          - name: Mark what became worse
            if: ${{ github.event_name == 'pull_request' }}
            run: |
              trustreg lint --format github --since HEAD^1
          # Answers become too old by time alone, which is no fault of a pull request.
          - name: Check everything
            env:
              SINCE: ${{ github.event_name == 'pull_request' && 'HEAD^1' || '' }}
            run: |
              trustreg ci ${SINCE:+--since "$SINCE"}
    "#);
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
    assert!(
        workflow.contains("trustreg ci ${SINCE:+--since \"$SINCE\"} --data 'risk/ai models/data'\n"),
        "{workflow}"
    );
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
    let fault = "`status` of cell `soc2_type2` of platform `acme-cloud` has the unknown value `yes_gated`";
    let line = good.lines().position(|line| line == "status = \"yes_sales_gated\"").unwrap() + 1;
    let place = format!("─[{file}:{line}:10]");
    assert!(
        said.contains("error[schema/unknown-value]") && said.contains(fault) && said.contains(&place),
        "{said}"
    );
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
