//! The page of all watch-outs and settings to make.

use std::fmt::Write;

use super::escape::text;
use super::points::{settings_to_make, to_check, watch_outs};
use crate::edition::{Edition, ResolvedOffering};
use crate::reading::doubts_of;

/// The page, with a section for each offering that has any.
pub(super) fn page(edition: &Edition, offerings: &[ResolvedOffering<'_>]) -> String {
    let count = |of: &dyn Fn(&model::Resolved<'_>) -> bool| {
        offerings.iter().flat_map(|one| &one.answers).filter(|resolved| of(resolved)).count()
    };
    let day = edition.generated();
    let mut out = format!(
        "# Watch-outs\n\n[All offerings](README.md)\n\n\
         What to look at before signing.\n\n\
         - **Answers that are no clean public yes:** {}\n\
         - **Answers that are one, but to check first:** {}\n\
         - **Settings to make where the answer is one:** {}\n",
        count(&|resolved| resolved.is_watch_out()),
        count(&|resolved| !doubts_of(resolved, day).is_empty()),
        count(&|resolved| resolved.is_setting_to_make()),
    );
    for one in offerings {
        let page = format!("offerings/{}.md", one.id);
        let mut points = String::new();
        watch_outs(&mut points, &page, &one.answers);
        to_check(&mut points, "", &page, day, &one.answers);
        settings_to_make(&mut points, "", &page, &one.answers);
        if !points.is_empty() {
            let name = text(edition.names().offering(one.id, one.offering));
            let _ = write!(out, "\n## <a id=\"{}\"></a>[{name}]({page})\n\n{points}", one.id);
        }
    }
    out
}
