//! Faults for a registry: each is one finding of a lint.

use crate::draw::Draw;

/// How many findings a faulty offering has, if it has cells enough.
const FAULTS_OF_OFFERING: usize = 24;

/// What is in the text of a cell, and what is there instead: faults of the structure, of rules about cells, evidence
/// and texts. No two of a cell are in each other's way.
const KINDS: [(&str, &str); 8] = [
    ("confidence = \"high\"", "confidence = \"hihg\""),
    ("\nroute = \"public\"", "\nroot = \"public\"\nroute = \"public\""),
    ("verified_on = 2026-07", "verified_on = 2026-08"),
    ("note = \"\"\"\n", "note = \"\"\"\nMail sales@acme.example. "),
    ("\"https://", "\"http://"),
    ("title = \"Terms of the service\"", "title = \"TODO\""),
    ("via = \"direct\"", "via = \"direkt\""),
    ("The service is in", "The service is\u{200b} in"),
];

/// The text of an offering with faults in cells that are drawn, and how many these are.
pub(crate) fn plant(text: &str, draw: &mut Draw) -> (String, usize) {
    let mut blocks: Vec<String> = text.split("\n\n[cells.").map(str::to_owned).collect();
    let mut faults: Vec<_> = (0..blocks.len()).flat_map(|block| KINDS.map(|kind| (block, kind))).collect();
    faults.retain(|(block, (right, _))| blocks[*block].contains(right));
    let mut planted = 0;
    while planted < FAULTS_OF_OFFERING && !faults.is_empty() {
        let (block, (right, wrong)) = faults.swap_remove(draw.below(faults.len()));
        blocks[block] = blocks[block].replacen(right, wrong, 1);
        planted += 1;
    }
    (blocks.join("\n\n[cells."), planted)
}
