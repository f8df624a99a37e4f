//! The files that all pages share.

/// Path and content of each.
pub(super) const ALL: &[(&str, &[u8])] = &[
    ("compare.js", include_bytes!("../../assets/compare.js")),
    ("day.js", include_bytes!("../../assets/day.js")),
    ("filter.js", include_bytes!("../../assets/filter.js")),
    ("icon.svg", include_bytes!("../../assets/icon.svg")),
    ("style.css", include_bytes!("../../assets/style.css")),
];
