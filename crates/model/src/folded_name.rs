//! Names as people write them.

/// A name as it is compared: case, blanks, hyphens, dashes, underscores, commas and brackets make no difference.
///
/// ```
/// assert_eq!(model::folded_name("SOC 2 (Type II)"), model::folded_name("soc2-type-ii"));
/// ```
pub fn folded_name(name: &str) -> String {
    let is_kept =
        |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | ',' | '(' | ')' | '\u{2010}'..='\u{2015}');
    name.chars().filter(is_kept).flat_map(char::to_lowercase).collect()
}
