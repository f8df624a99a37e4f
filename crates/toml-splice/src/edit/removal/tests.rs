use crate::Edit;
use crate::sample::{made, path};

/// What is left of a text when something is taken out of it.
fn without(text: &str, question: Option<&str>, field: Option<&str>) -> String {
    let question = question.map(|question| format!("cells.{question}"));
    let steps: Vec<&str> = question.as_deref().into_iter().chain(field).collect();
    made(text, &[Edit::Remove(path(&steps.join(".")))]).unwrap()
}

#[test]
fn a_block_goes_with_its_comments_and_leaves_those_of_others() {
    let text = "#:schema x.json\n\n# About the file.\n\nid = \"a\"\n\n# Why it is allowed.\n# Jane knows more.\n\
        [[allow]]\nrule = \"x\" # the rule\n# not the owner\nowner = \"J\"\n# The end of it.\n\n# About SOC 2.\n\
        [cells.soc2_type2]\nstatus = \"no\"\n# About the end.\n";
    let left = without(text, None, Some("allow[0]"));
    assert_eq!(
        left,
        "#:schema x.json\n\n# About the file.\n\nid = \"a\"\n\n# About SOC 2.\n[cells.soc2_type2]\nstatus = \"no\"\n# About the end.\n"
    );
    assert_eq!(
        without(&left, Some("soc2_type2"), None),
        "#:schema x.json\n\n# About the file.\n\nid = \"a\"\n# About the end.\n"
    );
    let returns = text.replace('\n', "\r\n");
    assert_eq!(without(&returns, None, Some("allow[0]")), left.replace('\n', "\r\n"));
}

#[test]
fn a_comment_directly_above_the_next_block_stays_with_it() {
    let text = "id = \"a\"\n\n[[allow]]\nrule = \"x\"\n# About SOC 2.\n[cells.soc2_type2]\nstatus = \"no\"\n";
    let left = without(text, None, Some("allow[0]"));
    assert_eq!(left, "id = \"a\"\n# About SOC 2.\n[cells.soc2_type2]\nstatus = \"no\"\n");
}

#[test]
fn a_line_goes_with_its_comments() {
    let text = "id = \"a\"\n\n[cells.soc2_type2]\n# The grade.\nstatus = \"no\"\n\n# Read by Jane.\nverified_on = 2026-01-02 # once\n# End.\n";
    assert_eq!(
        without(text, Some("soc2_type2"), Some("verified_on")),
        "id = \"a\"\n\n[cells.soc2_type2]\n# The grade.\nstatus = \"no\"\n\n# End.\n"
    );
    let schema = "#:schema x.json\nname = \"A\"\nid = \"a\"\n";
    assert_eq!(without(schema, None, Some("name")), "#:schema x.json\nid = \"a\"\n");
    let no_comment = "note = \"\"\"\n# a\n# b\"\"\"\nname = \"A\"\n";
    assert_eq!(without(no_comment, None, Some("name")), "note = \"\"\"\n# a\n# b\"\"\"\n");
}

#[test]
fn an_item_goes_with_its_comments_and_its_line() {
    let list = |items: &str| format!("domains = [\n{items}]\n");
    let text = list(
        "  \"a.example\", # main\n  # The docs.\n  \"docs.a.example\", # once more\n  # Others.\n  \"b.example\",\n",
    );
    assert_eq!(
        without(&text, None, Some("domains[1]")),
        list("  \"a.example\", # main\n  # Others.\n  \"b.example\",\n")
    );
    let last = list("  \"a.example\", # main\n  \"b.example\" # once more\n");
    assert_eq!(without(&last, None, Some("domains[1]")), list("  \"a.example\", # main\n"));
    let one_line = "domains = [\"a\", \"b\"] # both\n";
    assert_eq!(without(one_line, None, Some("domains[1]")), "domains = [\"a\"] # both\n");
    let returns = text.replace('\n', "\r\n");
    assert!(!without(&returns, None, Some("domains[1]")).contains("once more"));
}
