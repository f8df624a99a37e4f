//! Names as people write them.

/// A name as it is compared: case, blanks, hyphens, dashes, underscores, commas and brackets make no difference.
pub fn folded_name(name: &str) -> String {
    let is_kept =
        |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | ',' | '(' | ')' | '\u{2010}'..='\u{2015}');
    name.chars().filter(is_kept).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_several_spellings_is_one() {
        for spelling in ["SOC 2 Type II", "soc2_type_ii", "SOC2\u{2013}Type (II)", "soc-2,\u{a0}type ii"] {
            assert_eq!(folded_name(spelling), "soc2typeii", "{spelling}");
        }
    }
}
