use super::{FormatError, format};
use crate::sample::Sample;

fn formatted(text: &str) -> String {
    let once = format(text, &Sample).unwrap();
    assert_eq!(format(&once, &Sample).unwrap(), once, "formatting twice");
    once
}

#[test]
fn keys_cells_and_blocks_take_their_order() {
    let text = "name = \"A\"\nzzz = 1\nid = \"a\"\n[cells.retention_zdr]\nstatus = \"no\"\n[cells.soc2_type2]\n\
        evidence = [{ fetch = { on = 2026-01-01, outcome = \"ok\" }, url = \"https://a.example\" }]\nfacts.b = 1\n\
        status = \"no\"\nfacts.a = 1.10\n";
    let expected = "id = \"a\"\nname = \"A\"\nzzz = 1\n\n[cells.soc2_type2]\nstatus = \"no\"\n\n\
        [cells.soc2_type2.facts]\na = 1.10\nb = 1\n\n[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\n\
        fetch = { outcome = \"ok\", on = 2026-01-01 }\n\n[cells.retention_zdr]\nstatus = \"no\"\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn comments_stay_with_what_they_are_about() {
    let text = "# head\n#:schema x.json\n# of the name\nname = \"A\" # beside\n\n# of the id\n\nid = \"a\"\n# last key\n\n\
        # of the cell\n[cells.soc2_type2]  # header\nstatus = \"no\"\n# ends the cell\n\n# of the platform's\n[cells.retention_zdr]\n\
        status = \"no\"\n# ends the file\n";
    let expected = "#:schema x.json\n\n# of the id\nid = \"a\"\n# head\n# of the name\nname = \"A\" # beside\n# last key\n\n\
        # of the cell\n[cells.soc2_type2] # header\nstatus = \"no\"\n# ends the cell\n\n# of the platform's\n[cells.retention_zdr]\n\
        status = \"no\"\n# ends the file\n";
    assert_eq!(formatted(text), expected);
    assert_eq!(
        formatted("# a\n\n\n# b\nid = \"a\"\n\n\n# end\n\n# of all"),
        "# a\n\n# b\nid = \"a\"\n\n# end\n\n# of all\n"
    );
}

#[test]
fn comments_within_lists_and_tables_stay_at_their_items() {
    let text = "former_ids = [ # first\n \"b\", # b\n # of c\n \"c\" # c\n , # late\n]\n";
    let expected = "former_ids = [\n  # first\n  \"b\", # b\n  # of c\n  \"c\", # c\n  # late\n]\n";
    assert_eq!(formatted(text), expected);
    let text = "[[cells.soc2_type2.evidence]]\nurl = \"u\"\n# of the fetch\n[cells.soc2_type2.evidence.fetch] # f\noutcome = \"ok\"\n";
    let expected =
        "[[cells.soc2_type2.evidence]]\nurl = \"u\"\n# of the fetch\nfetch = { outcome = \"ok\" } # f\n";
    assert_eq!(formatted(text), expected);
    let text = "[[cells.soc2_type2.evidence]]\nfetch = { # why\n outcome = \"ok\", # o\n}\nurl = \"u\"\n";
    let expected = "[[cells.soc2_type2.evidence]]\nurl = \"u\"\n\n[cells.soc2_type2.evidence.fetch]\n# why\noutcome = \"ok\" # o\n";
    assert_eq!(formatted(text), expected);
    let text = "[cells.soc2_type2]\n# both\nevidence = [ # one\n { url = \"u\" }, # u\n # end\n] # list\n";
    let expected = "# both\n# list\n# one\n[[cells.soc2_type2.evidence]] # u\nurl = \"u\"\n# end\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn literals_keep_their_form_and_dates_lose_quotes() {
    let text = "[cells.soc2_type2]\nverified_on = '2026-01-01'\nheadline = 'a\\b'\nnote = \"\"\"\n a \\\n   b\u{e9}\\u00e9\"\"\"\n\
        [cells.soc2_type2.facts]\na = 1_000.10\nb = \"2026-01-01\"\nc = 0x1F\n[[cells.soc2_type2.reviews]]\non = \"2026-02-30\"\n";
    let expected = "[cells.soc2_type2]\nheadline = 'a\\b'\nnote = \"\"\"\n a \\\n   b\u{e9}\\u00e9\"\"\"\nverified_on = 2026-01-01\n\n\
        [cells.soc2_type2.facts]\na = 1_000.10\nb = \"2026-01-01\"\nc = 0x1F\n\n[[cells.soc2_type2.reviews]]\non = \"2026-02-30\"\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn line_breaks_are_those_of_the_first_line() {
    assert_eq!(formatted("\u{feff}name = \"a\"  \r\n\n\r\nid = \"b\""), "id = \"b\"\r\nname = \"a\"\r\n");
    assert_eq!(
        formatted("name = \"\"\"\r\na\"\"\"\nid = \"b\"\r\n"),
        "id = \"b\"\nname = \"\"\"\r\na\"\"\"\n"
    );
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\u{feff}\n\n"), "");
    assert_eq!(formatted("\n# only"), "# only\n");
}

#[test]
fn what_cannot_be_read_is_not_formatted() {
    let format = |text| format(text, &Sample);
    assert_eq!(format("id = \n"), Err(FormatError::Syntax));
    assert_eq!(format("id = 1\nid = 2\n"), Err(FormatError::Syntax));
}

#[test]
fn what_has_no_place_in_a_header_keeps_its_form() {
    let text =
        "x = [[1, # one\n  {a = 1}], 2]\ny = [{}, 1]\nz = [{ \"b c\" = 1 }]\n[\"q r\"]\n\"\\u0041\" = inf\n";
    let expected =
        "x = [[1, # one\n  {a = 1}], 2]\ny = [{}, 1]\n\n[\"q r\"]\nA = inf\n\n[[z]]\n\"b c\" = 1\n";
    assert_eq!(formatted(text), expected);
}
