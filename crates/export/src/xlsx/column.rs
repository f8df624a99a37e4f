//! Help for people who fill in a column of an importable table.

use model::Dimensions;
use model::tabular::evidence_of_column;

use crate::columns::{Column, Form};

/// The list of the ids of all dimensions.
pub(super) const DIMENSIONS: &str = "dimension";
/// The list of all who can have cells.
pub(super) const OWNERS: &str = "owner";
/// The list of the ids of all organizations.
pub(super) const ORGANIZATIONS: &str = "organization";
/// The list of the ids of all platforms.
pub(super) const PLATFORMS: &str = "platform";

/// The help of a column.
pub(super) fn help(column: &Column, dimensions: &Dimensions) -> String {
    let mut help = if column.required { "Required. ".to_owned() } else { String::new() };
    if let Some((n, _)) = evidence_of_column(&column.name) {
        help.push_str(&format!("Evidence {n}: "));
    }
    help.push_str(&match &column.form {
        Form::Owner => {
            "The owner of the answer: `offering:ID`, `platform:ID` or `organization:ID`.".to_owned()
        }
        Form::Dimension(_) => {
            let question = |one: &model::Dimension| format!("\n{}: {}", one.id.text(), one.question.text());
            "The question that the cell answers.".to_owned()
                + &dimensions.iter().map(question).collect::<String>()
        }
        _ => column.meaning.replace('\n', " "),
    });
    match &column.form {
        Form::Text(Some(limit)) => help.push_str(&format!(" At most {limit} characters.")),
        Form::Map => help.push_str(" Write key=value; key=value."),
        Form::Date => help.push_str(" Write YYYY-MM-DD."),
        Form::List(_, about) => {
            for sentence in about.as_deref().into_iter().chain(["Several are separated by commas."]) {
                help.push_str(&format!(" {sentence}"));
            }
        }
        _ => {}
    }
    if let Form::Term(vocabulary) | Form::List(Some(vocabulary), _) = &column.form {
        for (id, about) in &vocabulary.values {
            if let Some(about) = about {
                help.push_str(&format!("\n{id}: {about}"));
            }
        }
    }
    help
}
