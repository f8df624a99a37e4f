//! The long table: a row for each answer of each offering, with what was read for it.

use model::tabular::{MATRIX_VIEW_COLUMNS, write_list};
use model::{Answer, Date, Offering, Registry, Resolved, Vocabulary, resolve};

use crate::columns::{Column, Form};
use crate::grade::Grade;
use crate::names::Names;
use crate::tables::Table;

/// The name of the table.
pub(super) const ANSWERS: &str = "answers";

/// The columns after those of the matrix, each with what it says.
const COLUMNS: [(&str, &str); 11] = [
    ("dimension", "The question."),
    ("value", "The result: a status, or `not_applicable`."),
    ("confidence", "How certain the grade is."),
    ("headline", "What to watch out for, in one sentence; for a public yes, the setting to change."),
    ("own_reading", "Whether a source of the answer was opened, or a copy of one was read."),
    ("as_of", "The date as of which the answer holds; empty if it is not known."),
    ("expires", "The last day on which it is current."),
    ("expires_by", "What ends on that day: `reading`, or the fact, such as `facts.valid_until`."),
    ("verified", "The day on which a person last confirmed it."),
    ("to_check", "Why to check a public yes before relying on it, apart from its age."),
    ("owner", "The file that holds the answer: `organization:ID`, `platform:ID` or `offering:ID`."),
];

/// Every answer of every offering.
pub(super) fn answers(registry: &Registry) -> Table<'_> {
    let misnamed = registry.misnamed();
    let rows = move |(id, offering): &(&str, &Offering)| {
        let names = Names::new(registry, &misnamed);
        let own = super::matrix::own(names, id, offering);
        let answers = resolve(id, offering, names.shared());
        answers.iter().map(|one| own.map(str::to_owned).into_iter().chain(row(one)).collect()).collect()
    };
    let header = MATRIX_VIEW_COLUMNS.into_iter().chain(COLUMNS.map(|(name, _)| name));
    Table::new(ANSWERS, header, super::matrix::offerings(registry), rows)
}

fn row(resolved: &Resolved<'_>) -> [String; COLUMNS.len()] {
    let dimension = resolved.dimension;
    let [id, grade] = [dimension.id.text(), Grade::of(resolved).id()].map(str::to_owned);
    let Answer::Cell(owner, cell) = &resolved.answer else {
        let mut row = [const { String::new() }; COLUMNS.len()];
        [row[0], row[1]] = [id, grade];
        return row;
    };
    let end = cell.current_end(dimension);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        id,
        grade,
        cell.confidence.get().map(|one| one.id().to_owned()).unwrap_or_default(),
        cell.headline.text().to_owned(),
        cell.has_own_reading().to_string(),
        day(cell.as_of()),
        day(end.map(|end| end.day)),
        end.map(|end| end.of.id()).unwrap_or_default(),
        day(cell.verified_on.get()),
        write_list(cell.lasting_doubts().iter().map(|doubt| doubt.id())),
        owner.reference().unwrap_or_default(),
    ]
}

/// What a column of the table holds, but for those that it shares with the matrix.
pub(super) fn column(name: &str) -> Option<Column> {
    let (_, meaning) = COLUMNS.iter().find(|(known, _)| *known == name)?;
    let column = Column::text(name, meaning);
    let of = |ids: Vec<&str>| Form::OneOf(ids.into_iter().map(str::to_owned).collect());
    Some(match name {
        "dimension" => column.required(),
        "value" => column.required().form(of(Grade::all().map(Grade::id).collect())),
        "confidence" => column.form(of(model::Confidence::ALL.iter().map(|one| one.id()).collect())),
        "own_reading" => column.form(Form::Bool),
        "as_of" | "expires" | "verified" => column.form(Form::Date),
        _ => column,
    })
}
