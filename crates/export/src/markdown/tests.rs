use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};
use model::{
    Cell, Confidence, Evidence, Exception, Fact, Flag, Offering, Optional, Organization, PartAnswer,
    Registry, Required, Review, Status, Verdict,
};

use super::*;
use crate::sample::{self, known, made, own_cell, parsed, text};

/// The pages of a registry, on a day after all of its days.
fn markdown(registry: &Registry) -> Export<'static> {
    made(super::markdown(&Edition::new(registry.clone(), parsed("2026-08-01"))))
}

fn page(export: &Export<'_>, path: &str) -> String {
    let file = export.files.iter().find(|file| file.path == path).unwrap();
    String::from_utf8(file.bytes().into_owned()).unwrap()
}

/// The page of the sample's offering.
fn offering_page(registry: &Registry) -> String {
    page(&markdown(registry), "offerings/azure-openai.md")
}

fn assert_holds(page: &str, fragment: &str) {
    assert!(page.contains(fragment), "no\n{fragment}\nin\n{page}");
}

#[test]
fn the_first_page_shows_all_answers() {
    let export = markdown(&sample::registry());
    let paths: Vec<_> = export.files.iter().map(|file| &*file.path).collect();
    assert_eq!(
        paths,
        [
            "README.md",
            "dimensions/data-residency.md",
            "dimensions/gpai-cop.md",
            "dimensions/soc2-type2.md",
            "offerings/azure-openai.md",
            "watch-outs.md"
        ]
    );
    assert!(export.left_out.is_empty());
    let readme = page(&export, "README.md");
    assert!(readme.starts_with(
        "# AI Provider Trust Registry\n\nIndependent of the sources it cites.\n\n- **Licence:** CC-BY-4.0\n\
         - **State:** 3 answers; 0 with a source that was read; 0 verified by a person; 3 undated; \
         data as of 2026-07-06\n\n\
         [Watch-outs](watch-outs.md) of all offerings on one page.\n\n## Legend\n\n| Status | Meaning |\n|---|---|\n\
         | ✅ Yes, public | The commitment holds, and anyone can read it. |\n"
    ));
    assert!(readme.ends_with(
        "\n## Vendor trust\n\n\
         | Offering | [SOC 2 Type II](dimensions/soc2-type2.md) |\n|---|---|\n\
         | [OpenAI models on Azure](offerings/azure-openai.md) | 🔒 Sales-gated |\n\
         \n## Data handling\n\n\
         | Offering | [Data residency](dimensions/data-residency.md) |\n|---|---|\n\
         | [OpenAI models on Azure](offerings/azure-openai.md) | ✅ Yes ⚙️ ❗ |\n\
         \n## EU AI Act\n\n\
         | Offering | [GPAI Code of Practice](dimensions/gpai-cop.md) |\n|---|---|\n\
         | [OpenAI models on Azure](offerings/azure-openai.md) | ✅ Yes ❗ |\n"
    ));
}

#[test]
fn an_offering_begins_with_its_watch_outs() {
    let page = offering_page(&sample::registry());
    assert!(page.starts_with(
        "# OpenAI models on Azure\n\n[All offerings](../README.md)\n\n\
         - **Developer:** OpenAI\n\
         - **Platform:** Microsoft Azure, operated by Microsoft\n\
         - **Category:** Cloud distribution. A cloud sells another company's models on its own platform.\n\
         - **Models:** GPT\n\
         - **Coverage:** 3 answers; 0 with a source that was read; 0 verified by a person; 3 undated\n\n\
         Sold by \"Microsoft\".\n\n\
         ## Watch-outs\n\n\
         - 🔒 [SOC 2 Type II](#soc2-type2) – Yes, sales-gated: Report needs an account\n\n\
         ## Yes, but check\n\n\
         - ❗ [Data residency](#data-residency) – no source read (none named): Choose a region\n\
         - ❗ [GPAI Code of Practice](#gpai-cop) – confidence not stated; no source read (none named)\n\n\
         ## Settings to make\n\n\
         - ⚙️ [Data residency](#data-residency) – Requires configuration: Choose a region\n\n\
         ## Vendor trust\n\n\
         ### <a id=\"soc2-type2\"></a>SOC 2 Type II\n\n\
         *Is there SOC 2 Type II?*\n\n\
         - **Status:** 🔒 Yes, sales-gated\n\
         - **Watch-out:** Report needs an account\n\
         - **Confidence:** Medium (gated document, scope unverified)\n\
         - **As of:** undated\n\
         - **Sources:** looked for, not read\n\
         - **Verified:** stated for 2026-07-06, but no reading supports it\n\
         - **Who may have it:** Enterprise only\n\
         - **How to get it:** Trust center (NDA)\n\
         - **About:** Microsoft Azure, the serving platform; shared by every offering on it\n\n\
         First line goes on.\n\nSecond paragraph.\n\n\
         **Facts**\n\n\
         - Criteria: security, privacy\n\
         - Report date: 2026-03-31\n\
         - Scope public: yes\n\
         - Version: 1.10\n\n\
         **Evidence**\n\n\
         - [Trust portal](https://example.com/a%28b%29?x=1&amp;y=2), primary source, \
         blocked on 2026-07-05 (HTTP 403)\n\
         - [https&#58;//example.org/](https://example.org/), secondary source, not opened yet, \
         [archived copy](https://archive.org/1)\n\n\
         ## Data handling\n"
    ));
    assert_holds(
        &page,
        "- **Where it holds:** European Union, United States (other regions on request)\n\
         - **About:** Microsoft Azure, the serving platform; an answer for this offering alone\n\
         - **Why it differs:** The family is served from two regions only.\n\n\
         **Parts of the question**\n\n- Zone: Yes\n\n**Evidence**\n\n- no public source\n",
    );
    assert!(page.ends_with(
        "- **Status:** ✅ Yes, public\n- **Check first:** confidence not stated; no source read (none named)\n\
         - **As of:** undated\n- **Sources:** none named\n- **Verified:** not by a person yet\n\
         - **About:** OpenAI, the developer; shared by every offering of its models\n\n\
         **Evidence**\n\n- no public source\n\n\
         > **Microsoft**, which operates the platform, answers for itself:\n>\n\
         > - **Status:** ✅ Yes, public\n> - **Check first:** no source read (none named)\n\
         > - **Confidence:** High\n> - **As of:** undated\n> - **Sources:** none named\n\
         > - **Verified:** not by a person yet\n>\n\
         > **Evidence**\n>\n> - no public source\n"
    ));
}

#[test]
fn a_question_has_the_answer_of_every_offering() {
    let page = page(&markdown(&sample::registry()), "dimensions/soc2-type2.md");
    assert!(page.starts_with(
        "# SOC 2 Type II\n\n[All offerings](../README.md)\n\n*Is there SOC 2 Type II?*\n\n\
         The answer is about the platform that serves the models.\n\n\
         | Offering | Status | Confidence | As of | In a sentence |\n|---|---|---|---|---|\n\
         | [OpenAI models on Azure](#azure-openai) | 🔒 Yes, sales-gated | Medium | not read | \
         Report needs an account |\n\n\
         ## Answers\n\n\
         ### <a id=\"azure-openai\"></a>OpenAI models on Azure\n\n\
         Models of OpenAI, served by Microsoft Azure. \
         [The whole answer](../offerings/azure-openai.md#soc2-type2).\n\n\
         - **Status:** 🔒 Yes, sales-gated\n"
    ));
    assert_holds(&page, "\n\nSecond paragraph.\n\n**Evidence**\n\n- [Trust portal]");
}

#[test]
fn watch_outs_stand_on_one_page() {
    let page = page(&markdown(&sample::registry()), "watch-outs.md");
    assert!(page.ends_with(
        "- **Answers that are no clean public yes:** 1\n\
         - **Answers that are one, but to check first:** 2\n\
         - **Settings to make where the answer is one:** 1\n\n\
         ## <a id=\"azure-openai\"></a>[OpenAI models on Azure](offerings/azure-openai.md)\n\n\
         - 🔒 [SOC 2 Type II](offerings/azure-openai.md#soc2-type2) – Yes, sales-gated: Report needs an account\n\
         - ❗ [Data residency](offerings/azure-openai.md#data-residency) – no source read (none named): \
         Choose a region\n\
         - ❗ [GPAI Code of Practice](offerings/azure-openai.md#gpai-cop) – confidence not stated; no source \
         read (none named)\n\
         - ⚙️ [Data residency](offerings/azure-openai.md#data-residency) – Requires configuration: Choose a \
         region\n"
    ));
}

#[test]
fn an_override_tells_what_it_replaces_and_what_people_decided() {
    let mut registry = sample::registry();
    *own_cell(&mut registry, "soc2_type2") = Cell {
        exceptions: known(vec![sample::exception()]),
        reviews: known(vec![Review {
            on: Required::Known(parsed("2026-07-08")),
            by: known(text("ada")),
            verdict: Verdict::Dismissed.into(),
            reason: known(text("Read again.")),
            flag: known(parsed("old")),
        }]),
        flags: known(vec![flag("old", "Closed?"), flag("new", "Still open?")]),
        ..sample::cell(Status::Partial)
    };
    let page = offering_page(&registry);
    assert_holds(
        &page,
        "- **About:** Microsoft Azure, the serving platform; an answer for this offering alone, in place of \
         that of Microsoft Azure (🔒 Yes, sales-gated)\n",
    );
    assert_holds(
        &page,
        "**Exceptions**\n\n- gpt-x, gpt-y: ❌ No. Kept in one region<br>One region only.\n  - Retention days: 30\n",
    );
    assert_holds(&page, "**Reviews**\n\n- 2026-07-08: dismissed by ada. Read again.\n");
    assert_holds(&page, "**Open questions**\n\n- 2026-07-07: Still open?\n\n## Data handling");
}

fn flag(id: &str, what: &str) -> Flag {
    Flag {
        id: Required::Known(parsed(id)),
        raised_on: Required::Known(parsed("2026-07-07")),
        what: text(what).into(),
    }
}

#[test]
fn what_is_not_answered_says_so() {
    let mut registry = sample::registry();
    let offering = registry.offerings.get_mut("azure-openai").unwrap();
    offering.developer = Optional::Absent;
    offering.cells = Optional::Absent;
    registry.platforms.get_mut("azure").unwrap().cells = Optional::Absent;
    let export = markdown(&registry);
    assert_holds(&page(&export, "README.md"), "| ∅ No answer |");
    assert_holds(&page(&export, "README.md"), "| ➖ N/A |");
    let page = offering_page(&registry);
    assert_holds(&page, "- **Developer:** Multiple developers\n");
    assert_holds(
        &page,
        "## Watch-outs\n\nNone among the answers given.\n\nWithout a readable answer: \
         [SOC 2 Type II](#soc2-type2), [Data residency](#data-residency)\n",
    );
    assert_holds(&page, "\n∅ No answer. The question has no answer yet.\n");
    assert_holds(&page, "\n➖ Not applicable. The question is about the developer of the models");
}

#[test]
fn leaves_out_what_could_not_be_read() {
    let mut registry = sample::registry();
    registry
        .organizations
        .insert(text("openai"), Organization { cells: Optional::Unread, ..Organization::default() });
    registry.offerings.insert(text("broken"), Offering { cells: Optional::Unread, ..Offering::default() });
    registry.offerings.insert(text("../x"), Offering { name: text("X").into(), ..Offering::default() });
    let cell = own_cell(&mut registry, "data_residency");
    cell.verified_on = Optional::Unread;
    cell.evidence = Optional::Unread;
    *own_cell(&mut registry, "moon_phase") = sample::cell(Status::No);

    let export = markdown(&registry);
    assert_eq!(export.files.len(), 6);
    let told = |subject: &Subject| {
        let field = subject.field.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{} {} {field}", subject.entity, subject.dimension.as_deref().unwrap_or_default())
    };
    let told: Vec<_> = export.left_out.iter().map(told).collect();
    for expected in [
        "organization openai  ",
        "offering broken  ",
        "offering ../x  ",
        "offering azure-openai data_residency verified_on",
        "offering azure-openai data_residency evidence",
        "offering azure-openai moon_phase ",
    ] {
        assert_eq!(told.iter().filter(|told| *told == expected).count(), 1, "{expected} in {told:#?}");
    }
    let page = offering_page(&registry);
    assert_holds(&page, "- **Verified:** could not be read\n");
    assert_holds(&page, "**Evidence**\n\n- could not be read\n");
    assert_holds(&page, "\n∅ Unreadable. The answer could not be read.\n");
    assert_holds(&page, "- **Developer:** openai\n");
}

/// Text that tries everything that a page could take for markup.
const HOSTILE: &str = "# <script>x</script> ![a](https://evil.example/) [b](javascript:c) | `d` | **e** @all #1 \
                       https://evil.example/ www.evil.example :tada: $f$ \u{202e}g\u{1b}[2J ~~h~~ &lt; <!-- \\";

#[test]
fn hostile_text_adds_no_markup() {
    let mut registry = sample::registry();
    registry.info.name = text(HOSTILE).into();
    registry.info.disclaimer = known(text(HOSTILE));
    registry.info.corrections = known(text(HOSTILE));
    registry.platforms.get_mut("azure").unwrap().name = text(HOSTILE).into();
    registry.organizations.get_mut("openai").unwrap().name = text(HOSTILE).into();
    let offering = registry.offerings.get_mut("azure-openai").unwrap();
    offering.name = text(HOSTILE).into();
    offering.summary = known(format!("- {HOSTILE}\n\n1. {HOSTILE}\n***\n\n    {HOSTILE}\n> {HOSTILE}"));
    *own_cell(&mut registry, "soc2_type2") = Cell {
        confidence: known(Confidence::Low),
        headline: known(text(HOSTILE)),
        note: known(format!("{HOSTILE}\n---\n{HOSTILE}\n\n```\n{HOSTILE}")),
        geography_note: known(text(HOSTILE)),
        override_reason: known(text(HOSTILE)),
        facts: known([(parsed("a"), Fact::Text(text(HOSTILE)).into())].into()),
        parts: known([(parsed("a"), PartAnswer::Unverified.into())].into()),
        exceptions: known(vec![Exception { models: vec![text(HOSTILE)].into(), ..Exception::default() }]),
        evidence: known(vec![Evidence {
            url: Required::Known(parsed("https://good.example/a)[b]('c')*_d_")),
            title: known(text(HOSTILE)),
            quote: known(format!("{HOSTILE}\n\n- {HOSTILE}")),
            ..Evidence::default()
        }]),
        reviews: known(vec![Review {
            by: known(text(HOSTILE)),
            reason: known(text(HOSTILE)),
            ..Review::default()
        }]),
        flags: known(vec![Flag { what: text(HOSTILE).into(), ..Flag::default() }]),
        ..sample::cell(Status::Unclear)
    };
    for file in markdown(&registry).files {
        let page = String::from_utf8(file.bytes().into_owned()).unwrap();
        assert!(!page.contains(['\u{202e}', '\u{1b}']), "{page}");
        assert!(page.lines().all(|line| line.trim_end() == line), "{page}");
        let arena = Arena::new();
        for node in parse_document(&arena, &page, &github()).descendants() {
            match &node.data.borrow().value {
                NodeValue::HtmlInline(html) => {
                    assert!(
                        html.starts_with("<a id=") || ["</a>", "<br>", "<!-- -->"].contains(&&**html),
                        "{html}"
                    );
                }
                NodeValue::Link(link) => {
                    let good = [
                        "offerings/",
                        "../offerings/",
                        "dimensions/",
                        "watch-outs.md",
                        "README.md",
                        "../README.md",
                        "#",
                        "https://good.example/a%29",
                        "https://example",
                    ];
                    assert!(good.iter().any(|good| link.url.starts_with(good)), "{}", link.url);
                }
                NodeValue::TableRow(_) => {
                    let columns = if file.path.starts_with("dimensions/") { 5 } else { 2 };
                    assert_eq!(node.children().count(), columns, "{page}");
                }
                NodeValue::Heading(heading) => assert!(heading.level < 4),
                NodeValue::HtmlBlock(_)
                | NodeValue::Image(_)
                | NodeValue::Code(_)
                | NodeValue::CodeBlock(_)
                | NodeValue::Math(_)
                | NodeValue::ShortCode(_)
                | NodeValue::ThematicBreak
                | NodeValue::Strikethrough => panic!("{:?} in {page}", node.data.borrow().value),
                _ => {}
            }
        }
    }
}
