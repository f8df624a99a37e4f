use std::collections::HashSet;
use std::ops::Range;

use diagnostics::{Place, Severity, quoted};
use model::{Entity, Organization, Subject};

use crate::{EntityContext, Raise, Record, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("registry/shared-prose", Severity::Warning, include_str!("shared_prose.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    if entity.as_offering().is_some() {
        return;
    }
    let notes: Vec<_> =
        entity.cells().filter_map(|(id, cell)| Some((id, cell.note.known()?.as_str()))).collect();
    let noted: HashSet<_> = notes.iter().flat_map(|(_, note)| words(note)).collect();
    let mentioned = |name: &str| words(name).next().is_some_and(|first| noted.contains(first));
    for (other, name) in foreign(entity).into_iter().filter(|(_, name)| mentioned(name)) {
        let (what, instead) = match &other {
            Entity::Platform(_) if is_company(entity, name) => continue,
            Entity::Platform(_) => {
                ("another platform", "what holds there belongs in the cell of that platform")
            }
            _ => ("another developer", "what holds for its models belongs in the cell of their offering"),
        };
        for (id, note) in &notes {
            let Some(range) = find_words(note, name) else { continue };
            raise
                .at(
                    Place::within(Subject::cell(entity.entity.clone(), *id).with("note"), range),
                    format!(
                        "cell {} of {} is inherited by offerings, and its note names {what}: {}",
                        quoted(id),
                        entity.name(),
                        quoted(name)
                    ),
                )
                .help(format!("write what holds for every offering that inherits the cell; {instead}"))
                .related(Subject::field(other.clone(), "name"), format!("this is {what}"));
        }
    }
}

/// The developers and platforms that a note shared by many offerings has no reason to name.
fn foreign<'a>(entity: &EntityContext<'a>) -> Vec<(Entity, &'a str)> {
    let settings = entity.shared.settings;
    // Whoever stores answers to developer-level questions develops models.
    let develops = |one: &Organization| one.cells.known().is_some_and(|cells| !cells.is_empty());
    let (own, operator, developers) = match entity.record {
        Record::Offering(_) => return Vec::new(),
        Record::Organization(one) => (one.name.text(), entity.entity.id(), false),
        Record::Platform(one) => (one.name.text(), one.operator.text(), true),
    };
    let organizations = settings.organizations.iter().filter(|(id, one)| {
        developers && id.as_str() != operator && one.id.text() != operator && develops(one)
    });
    let platforms = settings.platforms.iter().filter(|(id, one)| {
        let of_own_house = !developers && one.operator.text() == operator;
        Entity::Platform((*id).clone()) != entity.entity && !of_own_house
    });
    let organizations = organizations.map(|(id, one)| (Entity::Organization(id.clone()), one.name.text()));
    let platforms = platforms.map(|(id, one)| (Entity::Platform(id.clone()), one.name.text()));
    organizations.chain(platforms).filter(|(_, name)| *name != own).collect()
}

/// Whether an organization has this name: then the company may be meant, and not its platform.
fn is_company(entity: &EntityContext<'_>, name: &str) -> bool {
    entity.shared.settings.organizations.values().any(|one| one.name.text() == name)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Where a name stands in a text as whole words.
fn find_words(text: &str, name: &str) -> Option<Range<usize>> {
    let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = text.match_indices(name).map(|(start, _)| start..start + name.len());
    found.find(|range| {
        !joined(text[..range.start].chars().next_back()) && !joined(text[range.end..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::find_words;

    #[test]
    fn names_are_found_as_whole_words() {
        assert_eq!(find_words("Metadata of Meta's models", "Meta"), Some(12..16));
        assert_eq!(find_words("Metadata, PreMeta", "Meta"), None);
        assert_eq!(find_words("Mistral AI.", "Mistral AI"), Some(0..10));
    }
}
