use std::fs;

use super::*;
use crate::{Known, judge};

/// Git as a user runs it, but without a user's settings.
fn git() -> Command {
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

fn commit(folder: &Path, day: &str, message: &str, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = git();
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "archive")
                .env(format!("GIT_{role}_EMAIL"), "archive@example.com");
            command.env(format!("GIT_{role}_DATE"), format!("{day}T10:00:00Z"));
        }
        let output = command.current_dir(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    if !folder.join(".git").exists() {
        run(&["init", "--quiet", "."]);
    }
    run(&["add", "--all"]);
    run(&["commit", "--quiet", "--allow-empty", "-m", message]);
}

fn look(archive: &mut GitArchive, url: &str, archived_url: Option<&str>) -> Option<Seen> {
    let (url, archived_url) = (url.parse().unwrap(), archived_url.map(|url| url.parse::<Url>().unwrap()));
    archive.look(&Wanted { url: &url, archived_url: archived_url.as_ref(), last_read: None }).unwrap()
}

fn open(folder: &Path, declarations: Declarations) -> GitArchive {
    let published: Url = "https://github.com/archive/versions".parse().unwrap();
    GitArchive::open(folder, git, Some(&published), declarations).unwrap()
}

const TERMS: &str = "Chat/Terms of Service.md";

#[test]
fn a_declared_document_is_read_at_its_last_version() {
    let folder = tempfile::tempdir().unwrap();
    let (versions, declared) = (folder.path().join("versions"), folder.path().join("declarations"));
    fs::create_dir_all(&versions).unwrap();
    fs::create_dir_all(&declared).unwrap();
    commit(&versions, "2026-01-01", "First record", &[(TERMS, "We train.\n"), ("Chat/Other.md", "x\n")]);
    commit(&versions, "2026-02-01", "Record new changes", &[(TERMS, "We do **not** train.\n")]);
    commit(&versions, "2026-03-01", "Record new changes", &[("Chat/Other.md", "y\n")]);
    let chat = r#"{"name": "Chat", "terms": {"Terms of Service": {"fetch": "https://chat.example/terms"},
        "Gone": {"fetch": "https://chat.example/gone"}}}"#;
    commit(
        &declared,
        "2026-01-01",
        "Declare",
        &[("declarations/Chat.json", chat), ("declarations/Bad.json", "{")],
    );
    let declarations = Declarations::open(&declared, git).unwrap();
    assert_eq!(declarations.len(), 2);
    let mut archive = open(&versions, declarations);

    let seen = look(&mut archive, "https://Chat.example/terms", None).unwrap();
    assert_eq!(
        (seen.on.to_string().as_str(), seen.via, seen.outcome),
        ("2026-02-01", Via::Archive, FetchOutcome::Ok)
    );
    let archived = seen.archived_url.clone().unwrap().to_string();
    let commit = archived.strip_prefix("https://github.com/archive/versions/blob/").unwrap();
    assert_eq!(commit.split_once('/').unwrap().1, "Chat/Terms%20of%20Service.md");
    let judgement = judge(seen, &Known { quotes: &["We do not train."], ..Known::default() });
    assert!(judgement.flags.is_empty() && judgement.text.as_deref() == Some("We do not train.\n"));

    assert_eq!(look(&mut archive, "https://chat.example/gone", None), None);
    assert_eq!(look(&mut archive, "https://chat.example/other", None), None);
    // A known copy names the file, whatever the address is.
    let old =
        "https://github.com/archive/versions/blob/0123456789012345678901234567890123456789/Chat/Other.md";
    assert_eq!(
        look(&mut archive, "https://chat.example/other", Some(old)).unwrap().on.to_string(),
        "2026-03-01"
    );
}

#[test]
fn snapshots_are_found_by_the_address_in_their_commits() {
    let folder = tempfile::tempdir().unwrap();
    let message =
        |url: &str| format!("Record new changes\n\nX-fetcher: fullDom\nX-source-document-location: {url}\n");
    let page = |text: &str| format!("<html><p>{text}</p></html>");
    let (terms, policy) = ("https://chat.example/terms", "https://chat.example/policy");
    commit(folder.path(), "2026-01-01", &message(terms), &[("Chat/Terms.html", &page("old"))]);
    commit(folder.path(), "2026-01-02", &message(terms), &[("Chat/Terms.html", &page("new"))]);
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n";
    commit(folder.path(), "2026-01-03", &message(policy), &[("Chat/Policy #p.pdf", pointer)]);
    let mut archive = open(folder.path(), Declarations::default());
    let seen = look(&mut archive, terms, None).unwrap();
    assert_eq!(
        (seen.on.to_string().as_str(), seen.body),
        ("2026-01-02", Body::Bytes(page("new").into_bytes()))
    );
    let seen = look(&mut archive, policy, None).unwrap();
    assert_eq!((seen.outcome, seen.body), (FetchOutcome::Unreadable, Body::Absent));
}

#[test]
fn a_folder_that_is_no_archive_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |published: Option<&str>| {
        let published = published.map(|url| url.parse().unwrap());
        GitArchive::open(folder.path(), git, published.as_ref(), Declarations::default()).unwrap_err()
    };
    assert!(matches!(refusal(Some("https://github.com/a/b")), GitArchiveError::Git { .. }));
    commit(folder.path(), "2026-01-01", "First", &[("a.md", "x")]);
    assert!(matches!(refusal(None), GitArchiveError::NoAddress { .. }));
}

/// A setting that has git run a program, with one that leaves a mark.
#[test]
fn no_setting_of_the_archive_runs_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let message = "Record\n\nX-source-document-location: https://chat.example/terms\n";
    commit(
        folder.path(),
        "2026-01-01",
        message,
        &[(TERMS, "x\n"), (".gitattributes", "* diff=mark filter=mark\n")],
    );
    let mark = folder.path().join("mark");
    let settings = [
        "core.pager",
        "diff.external",
        "diff.mark.command",
        "diff.mark.textconv",
        "filter.mark.smudge",
        "gpg.program",
        "core.sshCommand",
    ];
    let mut text = "[log]\n\tshowSignature = true\n".to_owned();
    for setting in settings {
        let (section, key) = setting.rsplit_once('.').unwrap();
        let section = section.split_once('.').map_or(section.to_owned(), |(a, b)| format!("{a} \"{b}\""));
        text.push_str(&format!("[{section}]\n\t{key} = touch {}\n", mark.display()));
    }
    let config = folder.path().join(".git/config");
    fs::write(&config, format!("{}{text}", fs::read_to_string(&config).unwrap())).unwrap();
    let known = "https://github.com/archive/versions/blob/0123/Chat/Terms%20of%20Service.md";
    assert!(
        look(&mut open(folder.path(), Declarations::default()), "https://chat.example/terms", Some(known))
            .is_some()
    );
    assert!(!mark.exists());
}
