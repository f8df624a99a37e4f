//! The subjects of rows, and why rows cannot be applied.

use diagnostics::{Finding, RuleId, Severity, printable, quoted};
use model::limits::{MAX_EVIDENCE, MAX_TEXT_CHARACTERS};
use model::{DimensionId, Entity, FieldPath, Review, Status, Subject, Vocabulary};

use crate::plan::statement::Clash;
use crate::rules::{CHANGED_SINCE_EXPORT, DUPLICATE_ROW, OLD_TEXT, REVIEWED_CELL, WRONG_VALUE};

/// What rows are about.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    /// The entity.
    pub(crate) entity: &'a Entity,
    /// The dimension of its cell; none for the entity itself.
    pub(crate) dimension: Option<&'a DimensionId>,
}

impl About<'_> {
    pub(crate) fn subject(self) -> Subject {
        match self.dimension {
            Some(id) => Subject::cell(self.entity.clone(), id.as_str()),
            None => Subject::entity(self.entity.clone()),
        }
    }

    /// "cell `soc2_type2` of offering acme-chat", for messages.
    fn title(self) -> String {
        let entity = printable(&self.entity.to_string()).into_owned();
        match self.dimension {
            Some(id) => format!("cell {} of {entity}", quoted(id.as_str())),
            None => entity,
        }
    }

    /// "soc2_type2.headline of offering acme-chat", for lists.
    pub(crate) fn field(self, field: &str) -> String {
        let entity = printable(&self.entity.to_string()).into_owned();
        match self.dimension {
            Some(id) => format!("{id}.{field} of {entity}"),
            None => format!("{field} of {entity}"),
        }
    }

    pub(crate) fn error(self, rule: RuleId, message: String, help: &str) -> Finding {
        Finding::new(rule, Severity::Error, self.subject(), message).with_help(help)
    }

    /// Another row is about the same. With the first field in which the two differ.
    pub(crate) fn in_two_rows(self, clash: &Clash) -> (Finding, Option<FieldPath>) {
        let (what, field) = match clash {
            Clash::TooMuch(what) => {
                let most = if *what == "sources" { MAX_EVIDENCE } else { MAX_TEXT_CHARACTERS };
                let unit = if *what == "sources" { "" } else { " characters of" };
                let message = format!("the rows of {} have more than {most}{unit} {what}", self.title());
                let help =
                    "keep the sources and passages that answer the question; the rows below were not read";
                let field = FieldPath::of("evidence").index(0).key("url");
                return (self.error(WRONG_VALUE, message, help), Some(field));
            }
            Clash::Same => (String::new(), None),
            Clash::Differ(fields) => {
                (format!(", which differ in {}", all_of(fields)), fields.first().copied())
            }
        };
        let message = format!("{} is in two rows{what}", self.title());
        (self.error(DUPLICATE_ROW, message, "keep one of the rows"), field.map(FieldPath::of))
    }

    /// A row changes the status and leaves a text empty, which was written for the old one.
    pub(crate) fn text_of_old_status(self, field: &str, before: Status, after: Status) -> Finding {
        let (before, after) = (before.id(), after.id());
        let message = format!(
            "the status of {} changes from `{before}` to `{after}`, and its `{field}` stays, since the cell is empty",
            self.title()
        );
        let help =
            format!("read the `{field}` again: write the one for `{after}`, or remove it with --clear-empty");
        Finding::new(OLD_TEXT, Severity::Warning, self.subject(), message).with_help(help)
    }

    /// A row would change a cell that a person has reviewed.
    pub(crate) fn reviewed(self, review: &Review) -> Finding {
        let verdict = review.verdict.get().map_or("reviewed", |verdict| verdict.id());
        let by = review.by.known().map(|by| format!(" by {}", quoted(by))).unwrap_or_default();
        let on = review.on.get().map(|on| format!(" on {on}")).unwrap_or_default();
        let message = format!("{} was {verdict}{by}{on}, and the row differs", self.title());
        let help = "delete the row, or overwrite the reviewed cell with --override-reviewed";
        self.error(REVIEWED_CELL, message, help)
    }

    /// A row would change a cell that is no longer as it was exported.
    pub(crate) fn changed_since_export(self) -> Finding {
        let message = format!("{} has changed since this table was exported", self.title());
        let help = "export the registry again and repeat the change there; or clear the row's `#whole`, so that the \
                    row changes only what it states";
        self.error(CHANGED_SINCE_EXPORT, message, help)
    }
}

/// "`note` and `status`".
fn all_of(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}
