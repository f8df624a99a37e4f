//! Makes edits on subjects in the text of a data file.

use diagnostics::{Edit, Splice};
use model::{Dimensions, Document, Subject};
use toml_splice::{EditError, Refusal, Toml};

use crate::style::Canonical;
use crate::{bind, splices};

/// An edit that cannot be made without touching more than it names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot change {path} of {file}: {reason}")]
pub struct FileEditError {
    /// What was to be changed.
    pub path: String,
    /// The file that holds it.
    pub file: String,
    /// Why it cannot be.
    pub reason: Refusal,
}

/// What became of the fix of a finding.
pub type FixOutcome = toml_splice::FixOutcome<FileEditError>;

/// Makes edits to the text of one data file.
pub struct Editor<'d> {
    style: Canonical<'d>,
}

impl<'d> Editor<'d> {
    /// An editor for a kind of file. Cells keep the order of the dimensions.
    pub fn new(document: Document, dimensions: &'d Dimensions) -> Self {
        Self { style: Canonical::new(document, dimensions) }
    }

    /// Returns the text with the edits made, all of them or none. The result is read again and must differ
    /// only where the edits say.
    ///
    /// # Errors
    ///
    /// When an edit has no place in this text, two edits meet, or the result says anything else than
    /// promised.
    pub fn apply(&self, text: &str, edits: &[Edit]) -> Result<String, FileEditError> {
        let toml = Toml::parse(text);
        let bound = bound(edits, &toml)?;
        toml_splice::apply(&toml, &bound, &self.style).map_err(|error| unbound(&error, edits, &bound))
    }

    /// Returns the text with as many fixes made as go together, each of them whole, and what became of each.
    /// The order in which they are given makes no difference.
    pub(crate) fn fix(&self, text: &str, fixes: &[&[Edit]]) -> (String, Vec<FixOutcome>) {
        let raw: Vec<_> = fixes.iter().map(|edits| splices::of(edits)).collect();
        if raw.iter().any(Option::is_some) {
            // What others mean is known once the text can be read.
            let (text, made) = splices::fix(text, &raw);
            let outcome = |made| if made { FixOutcome::Made } else { FixOutcome::Waits };
            return (text, made.into_iter().map(outcome).collect());
        }
        let toml = Toml::parse(text);
        let bound: Vec<_> = fixes.iter().map(|edits| bound(edits, &toml)).collect();
        let (text, outcomes) = toml_splice::fix(&toml, &places(&bound), &self.style);
        let outcomes =
            outcomes.into_iter().zip(bound).zip(fixes).map(|((outcome, bound), edits)| match bound {
                Ok(bound) => outcome.map_err(|error| unbound(&error, edits, &bound)),
                Err(error) => FixOutcome::Refused(error),
            });
        (text, outcomes.collect())
    }

    /// Returns the splices of each fix on its own; none where it cannot be made.
    pub(crate) fn place<'t>(
        &self,
        toml: impl FnOnce() -> &'t Toml<'t>,
        fixes: &[&[Edit]],
    ) -> Vec<Vec<Splice>> {
        let raw: Vec<_> = fixes.iter().map(|edits| splices::of(edits)).collect();
        if raw.iter().any(Option::is_some) {
            return raw.into_iter().map(Option::unwrap_or_default).collect();
        }
        let toml = toml();
        let bound: Vec<_> = fixes.iter().map(|edits| bound(edits, toml)).collect();
        let placed = toml_splice::place(toml, &places(&bound), &self.style).into_iter();
        let splice = |splice: toml_splice::Splice| Splice {
            start: splice.start,
            end: splice.end,
            insert: splice.insert,
        };
        placed.map(|splices| splices.into_iter().map(splice).collect()).collect()
    }
}

/// Returns edits on subjects as those of their file.
fn bound(edits: &[Edit], toml: &Toml<'_>) -> Result<Vec<toml_splice::Edit>, FileEditError> {
    let bind = |edit: &Edit| match toml.is_valid() {
        true => bind::edit(edit, toml).ok_or_else(|| refuse(edit.subject(), Refusal::Absent)),
        false => Err(refuse(edit.subject(), Refusal::Invalid)),
    };
    edits.iter().map(bind).collect()
}

/// The edits of each fix; none for one that has no place.
fn places(bound: &[Result<Vec<toml_splice::Edit>, FileEditError>]) -> Vec<&[toml_splice::Edit]> {
    bound.iter().map(|edits| edits.as_deref().unwrap_or_default()).collect()
}

/// Returns an error about one of some edits, or about a value within what it sets, as one about its subject.
fn unbound(error: &EditError, edits: &[Edit], bound: &[toml_splice::Edit]) -> FileEditError {
    let is_about = |edit: &toml_splice::Edit| error.path.is_below(edit.path());
    match edits.iter().zip(bound).find(|(_, bound)| is_about(bound)) {
        Some((edit, bound)) => {
            let more = &error.path.steps()[bound.path().steps().len()..];
            refuse(&bind::below(edit.subject(), more), error.refusal)
        }
        None => {
            let file = edits.first().map_or_else(String::new, |edit| edit.subject().entity.file());
            FileEditError { path: error.path.to_string(), file, reason: error.refusal }
        }
    }
}

fn refuse(subject: &Subject, reason: Refusal) -> FileEditError {
    let path = subject.field.as_ref().map_or_else(String::new, ToString::to_string);
    let path = match &subject.dimension {
        Some(dimension) => format!("{dimension} {path}").trim().to_owned(),
        None => path,
    };
    FileEditError { path, file: subject.entity.file(), reason }
}

#[cfg(test)]
mod tests {
    use model::{Dimension, DimensionFile, DimensionId, Entity, Value};

    use super::*;

    const TEXT: &str = "\
id = \"a\"

[cells.soc2_type2]
status = \"no\" # not yet

[cells.soc2_type2.facts]
scope = \"one\"

[cells.gdpr_dpa]
status = \"no\"
";

    fn dimensions() -> Dimensions {
        let dimension =
            |id: &str| Dimension { id: id.parse::<DimensionId>().unwrap().into(), ..Default::default() };
        let list = ["soc2_type2", "iso_27001", "gdpr_dpa"].map(dimension).to_vec();
        Dimensions::new(DimensionFile { dimensions: list.into() })
    }

    fn cell(dimension: &str, field: &str) -> Subject {
        Subject::cell(Entity::Offering("a".into()), dimension).with(field)
    }

    #[test]
    fn cells_and_keys_take_their_place_of_the_dimensions_and_the_schema() {
        let dimensions = dimensions();
        let editor = Editor::new(Document::Offering, &dimensions);
        let edits = [
            Edit::Set(cell("iso_27001", "status"), "no".into()),
            Edit::Set(cell("soc2_type2", "verified_on"), Value::Date("2026-01-02".parse().unwrap())),
            Edit::Set(cell("soc2_type2", "confidence"), "low".into()),
        ];
        let expected = "id = \"a\"\n\n[cells.soc2_type2]\nstatus = \"no\" # not yet\nconfidence = \"low\"\n\
            verified_on = 2026-01-02\n\n[cells.soc2_type2.facts]\nscope = \"one\"\n\n[cells.iso_27001]\n\
            status = \"no\"\n\n[cells.gdpr_dpa]\nstatus = \"no\"\n";
        assert_eq!(editor.apply(TEXT, &edits).unwrap(), expected);
    }

    #[test]
    fn a_dimension_is_found_by_its_id() {
        let dimensions = dimensions();
        let editor = Editor::new(Document::Dimensions, &dimensions);
        let text = "[[dimensions]]\nid = \"a\"\n\n[[dimensions]]\nid = \"b\"\nlabel = \"B\"\n";
        let label = |id: &str| Subject::field(Entity::Dimension(id.into()), "label");
        let edited = editor.apply(text, &[Edit::Remove(label("b"))]).unwrap();
        assert_eq!(edited, "[[dimensions]]\nid = \"a\"\n\n[[dimensions]]\nid = \"b\"\n");
        let error = editor.apply(text, &[Edit::Remove(label("c"))]).unwrap_err();
        assert_eq!(error.to_string(), "cannot change label of dimensions.toml: it is not there");
    }

    #[test]
    fn an_error_names_the_subject_and_its_file() {
        let dimensions = dimensions();
        let editor = Editor::new(Document::Offering, &dimensions);
        let told = |edits: &[Edit]| editor.apply(TEXT, edits).unwrap_err().to_string();
        let status = || Edit::Set(cell("soc2_type2", "status"), "partial".into());
        assert_eq!(
            told(&[status(), Edit::Remove(cell("soc2_type2", "tier"))]),
            "cannot change soc2_type2 tier of offerings/a.toml: it is not there"
        );
        // A table that is set is set value by value.
        let nested = Value::Table(vec![("scope".into(), Value::Table(vec![("a".into(), "b".into())]))]);
        let noted = TEXT.replace("scope", "# Why.\nscope");
        let facts = Edit::Set(Subject::cell(Entity::Offering("a".into()), "soc2_type2"), "none".into());
        let error = editor.apply(&noted, &[facts]).unwrap_err();
        assert!(
            error.to_string().starts_with("cannot change soc2_type2 of offerings/a.toml: the new value"),
            "{error}"
        );
        assert!(editor.apply(TEXT, &[Edit::Set(cell("soc2_type2", "facts"), nested)]).is_ok());
        let outcomes = editor.fix(TEXT, &[&[status()], &[Edit::Remove(cell("gdpr_dpa", "note"))]]).1;
        assert_eq!(outcomes[0], FixOutcome::Made);
        let FixOutcome::Refused(error) = &outcomes[1] else { panic!("{outcomes:?}") };
        assert_eq!(error.to_string(), "cannot change gdpr_dpa note of offerings/a.toml: it is not there");
        let FixOutcome::Refused(error) = &editor.fix("a = ", &[&[status()]]).1[0] else { panic!() };
        assert_eq!(error.reason, Refusal::Invalid);
    }
}
