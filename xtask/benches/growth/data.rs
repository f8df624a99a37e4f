//! Data files that cost more than their size where rules, edits or messages look at pairs of things.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::shapes::{CSV, FIX, FMT, HUMAN, LINT, Shape};

/// Every shape of data files.
pub(crate) fn shapes() -> Vec<Shape> {
    let shape = |name, arguments, size, make| Shape { name, arguments, size, make };
    vec![
        shape("unknown cells", LINT, 40, unknown_cells),
        shape("flags with reviews", LINT, 500, |folder, n| flags(folder, n, "flag")),
        shape("flags named wrongly", LINT, 250, |folder, n| flags(folder, n, "falg")),
        shape("misspelt developers", LINT, 200, misspelt_developers),
        shape("misspelt platforms", LINT, 200, misspelt_platforms),
        shape("one evidence many times", LINT, 400, same_evidence),
        shape("one evidence, fixed", FIX, 250, same_evidence),
        shape("one evidence, formatted", FMT, 400, same_evidence),
        shape("evidence, as table", CSV, 250, same_evidence),
        shape("empty evidence, one line", HUMAN, 100, |folder, n| cells(folder, n, 100, "evidence", "{}")),
        shape("too long a list, one line", HUMAN, 10_000, |folder, n| cells(folder, n, n, "evidence", "{}")),
        shape("empty reviews, one line", LINT, 200, |folder, n| cells(folder, n, 1_000, "reviews", "{}")),
        shape("unknown areas, one line", HUMAN, 100, |folder, n| {
            cells(folder, n, 1_000, "geography", "\"X0\"")
        }),
        shape("models in exceptions", LINT, 5_000, exceptions),
        shape("allowances", LINT, 250, |folder, n| {
            allowances(folder, n, "rule = \"cell/stale\"\nreason = \"r\"\nowner = \"o\"\n")
        }),
        shape("allowances, fixed", FIX, 250, |folder, n| {
            allowances(folder, n, "rule = \"cell/stale\"\nreason = \"r\"\nowner = \"o\"\n")
        }),
        shape("too many allowances", LINT, 5_000, |folder, n| allowances(folder, n, "")),
        shape("labels of hosts", LINT, 500, hosts),
        shape("domains and pages", LINT, 240, domains),
        shape("redundant domains, fixed", FIX, 240, domains),
        shape("unknown keys", LINT, 400, |folder, n| lines(folder, n, |at| format!("kei_{at} = 1"))),
        shape("unknown keys, reported", HUMAN, 200, |folder, n| {
            lines(folder, n, |at| format!("kei_{at} = 1"))
        }),
        shape("lines that are no TOML", HUMAN, 5_000, |folder, n| lines(folder, n, |_| "a b".to_owned())),
        shape("commas in a list", HUMAN, 5_000, |folder, n| {
            offering(folder, &format!("k = [{}]\n", ",,".repeat(n)))
        }),
        shape("lists with commas", HUMAN, 5_000, |folder, n| {
            lines(folder, n, |at| format!("k{at} = [1,,2]"))
        }),
        shape("lists without an end", HUMAN, 5_000, |folder, n| {
            lines(folder, n, |at| format!("k{at} = [1,"))
        }),
        shape("colons for signs", HUMAN, 5_000, |folder, n| lines(folder, n, |at| format!("k{at}: \"v\""))),
        shape("quotes of word processors", HUMAN, 5_000, |folder, n| {
            lines(folder, n, |at| format!("k{at} = “v”"))
        }),
        shape("a block many times", HUMAN, 1_000, |folder, n| {
            lines(folder, n, |_| "[cells.soc2_type2]\nstatus = \"no\"".to_owned())
        }),
        shape("headers", FMT, 1_000, |folder, n| lines(folder, n, |at| format!("[a{at}]"))),
        shape("comments", FMT, 5_000, |folder, n| lines(folder, n, |_| "# c".to_owned())),
        shape("newer forms", LINT, 400, |folder, n| lines(folder, n, |at| format!("k{at} = {{ a = 1, }}"))),
        shape("faults in texts", LINT, 10, |folder, n| texts(folder, n, "a@b.example http://c TODO \u{ad} ")),
        shape("conflict markers", LINT, 5, |folder, n| texts(folder, n, "<<<<<<< a\n=======\n>>>>>>> b\n")),
        shape("retired cells", LINT, 1_000, retired),
    ]
}

const OFFERING: &str = "id = \"acme-chat\"\nname = \"Acme Chat\"\ndeveloper = \"acme\"\nplatform = \"acme-cloud\"\ncategory = \"first_party\"\n";

fn write(folder: &Path, path: &str, text: &str) {
    fs::write(folder.join("data").join(path), text).unwrap();
}

fn append(folder: &Path, path: &str, text: &str) {
    let path = folder.join("data").join(path);
    let before = fs::read_to_string(&path).unwrap();
    fs::write(path, before + text).unwrap();
}

fn offering(folder: &Path, rest: &str) {
    write(folder, "offerings/acme-chat.toml", &format!("{OFFERING}{rest}"));
}

/// The id of a question that is made for a shape.
fn question(at: usize) -> String {
    format!("made_question_{at:05}")
}

/// As many as there may be beside those of the example registry: with more, no question would be read at all.
const QUESTIONS: usize = 190;

fn questions(folder: &Path, count: usize) {
    let text = (0..count).fold(String::new(), |mut text, at| {
        let id = question(at);
        let slug = id.replace('_', "-");
        writeln!(
            text,
            "\n[[dimensions]]\nid = \"{id}\"\nlabel = \"Q {at}\"\nquestion = \"Q {at}?\"\nslug = \"{slug}\"\ngroup = \"Made\"\nlevel = \"platform\"\norder = {}",
            at + 1_000
        )
        .unwrap();
        text
    });
    append(folder, "dimensions.toml", &text);
}

/// Cells with so many items together, so many in each.
fn spread(folder: &Path, items: usize, each: usize, cell: impl Fn(&str, usize) -> String) {
    let count = items.div_ceil(each);
    questions(folder, QUESTIONS);
    let text = (0..count).fold(String::new(), |text, at| {
        let id = question(at);
        let inner = cell(&id, each.min(items - at * each));
        text + &format!("\n[cells.{id}]\nstatus = \"yes_public\"\n{inner}")
    });
    offering(folder, &text);
}

/// A list on one line.
fn cells(folder: &Path, items: usize, each: usize, key: &str, item: &str) {
    spread(folder, items, each, |_, count| format!("{key} = [{}]\n", vec![item; count].join(",")));
}

/// Tables under their own headers.
fn tables(folder: &Path, items: usize, each: usize, list: &str, item: impl Fn(usize) -> String) {
    spread(folder, items, each, |id, count| {
        (0..count).map(|at| format!("[[cells.{id}.{list}]]\n{}", item(at))).collect()
    });
}

fn unknown_cells(folder: &Path, n: usize) {
    questions(folder, n);
    let cell = |at| format!("\n[cells.{}]\nstatus = \"no\"\n", question(at).replace("question", "questoin"));
    offering(folder, &(0..n).map(cell).collect::<String>());
}

fn flags(folder: &Path, n: usize, named: &str) {
    spread(folder, n, 1_000, |id, count| {
        let flag =
            |at| format!("[[cells.{id}.flags]]\nid = \"flag-{at}\"\nraised_on = 2026-01-01\nwhat = \"x\"\n");
        let review = |at| {
            format!(
                "[[cells.{id}.reviews]]\non = 2026-02-01\nverdict = \"confirmed\"\nby = \"j\"\nflag = \"{named}-{at}\"\n"
            )
        };
        (0..count).map(flag).chain((0..count).map(review)).collect()
    });
}

fn misspelt_developers(folder: &Path, n: usize) {
    for at in 0..n {
        let organization = format!("id = \"provider-number-{at}\"\nname = \"P {at}\"\n");
        write(folder, &format!("organizations/provider-number-{at}.toml"), &organization);
        let offering = format!(
            "id = \"o{at}\"\nname = \"O {at}\"\ndeveloper = \"provdier-number-{at}\"\nplatform = \"acme-cloud\"\ncategory = \"first_party\"\n"
        );
        write(folder, &format!("offerings/o{at}.toml"), &offering);
    }
}

fn misspelt_platforms(folder: &Path, n: usize) {
    for at in 0..n {
        let platform = format!("id = \"platform-number-{at}\"\nname = \"P {at}\"\noperator = \"acme\"\n");
        write(folder, &format!("platforms/platform-number-{at}.toml"), &platform);
        let offering = format!(
            "id = \"o{at}\"\nname = \"O {at}\"\ndeveloper = \"acme\"\nplatform = \"plaftorm-number-{at}\"\ncategory = \"first_party\"\n"
        );
        write(folder, &format!("offerings/o{at}.toml"), &offering);
    }
}

fn same_evidence(folder: &Path, n: usize) {
    tables(folder, n, 100, "evidence", |_| {
        "url = \"https://acme.example/soc2\"\nrole = \"primary\"\n".to_owned()
    });
}

fn hosts(folder: &Path, n: usize) {
    let host = "a.".repeat(120);
    tables(folder, n, 100, "evidence", |at| format!("url = \"https://{host}e{at}/x\"\nrole = \"primary\"\n"));
}

fn exceptions(folder: &Path, n: usize) {
    let models = |at: usize| (0..50).map(|nth| format!("\"m{at}-{nth}\"")).collect::<Vec<_>>().join(",");
    tables(folder, n.div_ceil(50), 1_000, "exceptions", |at| {
        format!("models = [{}]\nstatus = \"no\"\n", models(at))
    });
}

fn allowances(folder: &Path, n: usize, allowance: &str) {
    offering(folder, &format!("[[allow]]\n{allowance}").repeat(n));
}

fn domains(folder: &Path, n: usize) {
    let domains: Vec<_> = (0..n).map(|at| format!("\"d{at}.acme.example\"")).collect();
    let text = format!(
        "id = \"acme\"\nname = \"Acme\"\nhomepage = \"https://acme.example\"\ndomains = [\"acme.example\", {}]\n",
        domains.join(", ")
    );
    write(folder, "organizations/acme.toml", &text);
    tables(folder, n, 100, "evidence", |at| {
        format!("url = \"https://d{at}.example/x\"\nrole = \"primary\"\n")
    });
}

fn lines(folder: &Path, n: usize, line: impl Fn(usize) -> String) {
    offering(folder, &(0..n).map(|at| line(at) + "\n").collect::<String>());
}

fn texts(folder: &Path, n: usize, words: &str) {
    let note = words.repeat(15_000 / words.len());
    spread(folder, n, 1, |_, _| format!("note = '''\n{note}'''\n"));
}

fn retired(folder: &Path, n: usize) {
    let entry = |at| {
        format!(
            "\n[[retired]]\nentity = \"offering:x{at}\"\ndimension = \"soc2_typ{at}\"\non = 2026-01-01\nreason = \"r\"\n"
        )
    };
    append(folder, "registry.toml", &(0..n).map(entry).collect::<String>());
}
