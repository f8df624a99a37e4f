//! The page of all watch-outs and settings to make.

use std::fmt::Write;

use super::escape::text;
use super::points::{settings_to_make, watch_outs};
use crate::edition::{Edition, ResolvedOffering};

/// The page, with a section for each offering that has any.
pub(super) fn page(edition: &Edition, offerings: &[ResolvedOffering<'_>]) -> String {
    let count = |of: fn(&model::Resolved<'_>) -> bool| {
        offerings.iter().flat_map(|one| &one.answers).filter(|resolved| of(resolved)).count()
    };
    let mut out = format!(
        "# Watch-outs\n\n[All offerings](README.md)\n\n\
         What to look at before signing.\n\n\
         - **Answers that are no clean public yes:** {}\n\
         - **Settings to make where the answer is one:** {}\n",
        count(|resolved| resolved.is_watch_out()),
        count(|resolved| resolved.is_setting_to_make()),
    );
    for one in offerings {
        let page = format!("offerings/{}.md", one.id);
        let mut points = String::new();
        watch_outs(&mut points, &page, &one.answers);
        settings_to_make(&mut points, "", &page, &one.answers);
        if !points.is_empty() {
            let name = text(edition.names().offering(one.id, one.offering));
            let _ = write!(out, "\n## <a id=\"{}\"></a>[{name}]({page})\n\n{points}", one.id);
        }
    }
    out
}
