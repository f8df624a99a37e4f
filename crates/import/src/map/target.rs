//! The target of a column of a table.

use model::tabular::{cell_columns, evidence_of_column};

use crate::map::header::{OWNERS, SERVICE, is_target, name_of};

/// A column of the registry: of every question, or of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    /// The question, by its id.
    pub(crate) question: Option<String>,
    /// The name of the column.
    pub(crate) column: String,
}

impl Target {
    /// A column of every question.
    pub(crate) fn of(column: &str) -> Self {
        Self { question: None, column: column.to_owned() }
    }

    /// Reads `note` or `soc2_type2.status`.
    pub(crate) fn parse(text: &str) -> Self {
        match text.rsplit_once('.') {
            Some((question, column)) => {
                Self { question: Some(question.trim().to_owned()), column: name_of(column) }
            }
            None => Self::of(&name_of(text)),
        }
    }

    /// Returns whether there is such a column. Whether there is such a question the registry says.
    pub(crate) fn is_known(&self) -> bool {
        let column = self.column.as_str();
        match self.question {
            None => column == SERVICE || is_target(column),
            Some(_) => {
                let is_key = OWNERS.contains(&column) || column == "dimension";
                let is_of_cell = || cell_columns(0).iter().any(|known| known == column);
                !is_key && (evidence_of_column(column).is_some() || is_of_cell())
            }
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.question {
            Some(question) => write!(f, "{question}.{}", self.column),
            None => f.write_str(&self.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_of_every_question_or_of_one() {
        let known = |text: &str| {
            let target = Target::parse(text);
            (target.to_string(), target.is_known())
        };
        assert_eq!(known("Source URL"), ("source_url".to_owned(), true));
        assert_eq!(known("soc2_type2.Status"), ("soc2_type2.status".to_owned(), true));
        assert_eq!(known("soc2_type2.source_2_url"), ("soc2_type2.source_2_url".to_owned(), true));
        for other in ["soc2_type2.owner", "soc2_type2.name", "soc2_type2.", "stats"] {
            assert!(!known(other).1, "{other}");
        }
    }
}
