//! Asks in a terminal for what the command line does not give.

use std::io;
use std::str::FromStr;

use model::{Category, OfferingId, OrganizationId, PlatformId, Registry, Url, Vocabulary};

use super::{known_id, new_id};
use crate::Failure;
use crate::arguments::New;

/// Asks a question and returns the line that is answered; none where the input ends.
type Ask<'a> = &'a mut dyn FnMut(&str) -> io::Result<Option<String>>;

/// Returns the same with what was asked for. An empty line leaves out what may be left out.
pub(super) fn complete(mut what: New, registry: &Registry, ask: Ask<'_>) -> Result<New, Failure> {
    let Registry { organizations, platforms, offerings, .. } = registry;
    let known_organization = |text: &str| {
        known_id::<OrganizationId>("organization", Some(text), organizations.keys()).map(|_| text.to_owned())
    };
    match &mut what {
        New::Offering(new) => {
            let former = || offerings.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            let id = |text: &str| {
                new_id::<OfferingId, _>("offering", Some(text), former()).map(|_| text.to_owned())
            };
            required(&mut new.id, "Id, in small letters with hyphens, such as acme-chat", id, ask)?;
            required(&mut new.name, "Name under which it is sold", any, ask)?;
            let about =
                "Developer of the models, the id of an organization (empty for a host of many developers)";
            optional(&mut new.developer, about, known_organization, ask)?;
            let platform = |text: &str| {
                known_id::<PlatformId>("platform", Some(text), platforms.keys()).map(|_| text.to_owned())
            };
            required(&mut new.platform, "Platform that serves them, by its id", platform, ask)?;
            let operator = new.platform.as_ref().and_then(|id| platforms.get(id)?.operator.known());
            let is_own = operator.is_some_and(|id| Some(id.as_str()) == new.developer.as_deref());
            if !is_own {
                let ids = diagnostics::one_of(Category::ALL.iter().map(|category| category.id()));
                let category = |text: &str| read::<Category>(text, &format!("write {ids}"));
                required(&mut new.category, &format!("How it reaches its customers: {ids}"), category, ask)?;
            }
            optional(&mut new.model_family, "Family of models, such as Mistral (may be empty)", any, ask)?;
            optional(&mut new.summary, "What it is, in a sentence (may be empty)", any, ask)?;
        }
        New::Platform(new) => {
            let former = || platforms.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            let id = |text: &str| {
                new_id::<PlatformId, _>("platform", Some(text), former()).map(|_| text.to_owned())
            };
            required(&mut new.id, "Id, in small letters with hyphens, such as acme-cloud", id, ask)?;
            required(&mut new.name, "Name of the service", any, ask)?;
            required(&mut new.operator, "Organization that runs it, by its id", known_organization, ask)?;
        }
        New::Organization(new) => {
            let former = || organizations.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            let id = |text: &str| {
                new_id::<OrganizationId, _>("organization", Some(text), former()).map(|_| text.to_owned())
            };
            required(&mut new.id, "Id, in small letters with hyphens, such as acme", id, ask)?;
            required(&mut new.name, "Name of the company", any, ask)?;
            let url = |text: &str| read::<Url>(text, "write an address that begins with https://");
            optional(&mut new.homepage, "Home page (may be empty)", url, ask)?;
            if new.domain.is_empty() {
                let mut domain = None;
                optional(
                    &mut domain,
                    "Domain on which it publishes, such as acme.example (may be empty)",
                    any,
                    ask,
                )?;
                new.domain.extend(domain);
            }
        }
    }
    Ok(what)
}

fn any(text: &str) -> Result<String, Failure> {
    Ok(text.to_owned())
}

fn read<T: FromStr>(text: &str, help: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::Usage(help.to_owned()))
}

/// Asks until there is an answer.
fn required<T>(
    value: &mut Option<T>,
    question: &str,
    check: impl Fn(&str) -> Result<T, Failure>,
    ask: Ask<'_>,
) -> Result<(), Failure> {
    let mut wanted = question.to_owned();
    while value.is_none() {
        let before = wanted.clone();
        optional(value, &before, &check, ask)?;
        wanted = format!("This must be filled in. {question}");
    }
    Ok(())
}

/// Asks until the answer fits or is empty.
fn optional<T>(
    value: &mut Option<T>,
    question: &str,
    check: impl Fn(&str) -> Result<T, Failure>,
    ask: Ask<'_>,
) -> Result<(), Failure> {
    let mut wanted = question.to_owned();
    while value.is_none() {
        let answer = ask(&wanted)?;
        let Some(answer) = answer else {
            return Err(Failure::Usage("the input ended: nothing was written".to_owned()));
        };
        let answer = answer.trim();
        if answer.is_empty() {
            return Ok(());
        }
        match check(answer) {
            Ok(read) => *value = Some(read),
            Err(Failure::Usage(why)) => wanted = format!("{why}\n{question}"),
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{NewOffering, NewPlatform};

    fn answered(what: New, answers: &[&str]) -> (Result<New, Failure>, Vec<String>) {
        let mut registry = Registry::default();
        registry.organizations.insert("acme".to_owned(), model::Organization::default());
        registry.platforms.insert("acme-cloud".to_owned(), model::Platform::default());
        let (mut asked, mut answers) = (Vec::new(), answers.iter());
        let mut ask = |question: &str| {
            asked.push(question.to_owned());
            Ok(answers.next().map(|answer| (*answer).to_owned()))
        };
        (complete(what, &registry, &mut ask), asked)
    }

    fn offering() -> NewOffering {
        NewOffering {
            id: None,
            name: Some("Acme Chat".to_owned()),
            developer: None,
            platform: None,
            category: None,
            model_family: None,
            summary: None,
        }
    }

    #[test]
    fn what_is_not_given_is_asked_for_until_it_fits() {
        let answers =
            ["Acme Chat", "acme-chat", "acmee", "acme", "", "acme-cloud", "x", "aggregator", "", "A chat."];
        let (new, asked) = answered(New::Offering(offering()), &answers);
        let Ok(New::Offering(new)) = new else { panic!("{asked:#?}") };
        assert_eq!((new.id.as_deref(), new.developer.as_deref()), (Some("acme-chat"), Some("acme")));
        assert_eq!((new.platform.as_deref(), new.category), (Some("acme-cloud"), Some(Category::Aggregator)));
        assert_eq!((new.model_family, new.summary.as_deref()), (None, Some("A chat.")));
        assert_eq!(asked.len(), answers.len(), "{asked:#?}");
        assert!(asked[1].contains("did you mean `acme-chat`?") && asked[3].contains("did you mean `acme`?"));
        assert!(asked[5].starts_with("This must be filled in."), "{asked:#?}");
    }

    #[test]
    fn where_the_input_ends_nothing_is_made() {
        let new = NewPlatform { id: Some("x".to_owned()), name: None, operator: None };
        assert!(matches!(answered(New::Platform(new), &["X"]).0, Err(Failure::Usage(_))));
    }
}
