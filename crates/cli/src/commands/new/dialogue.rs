//! Asks in a terminal for what the command line does not give.

use std::io;
use std::str::FromStr;

use diagnostics::closest;
use model::{Category, OfferingId, OrganizationId, PlatformId, Registry, Url, Vocabulary};

use super::known::{listed, meant};
use super::new_id;
use crate::Failure;
use crate::arguments::New;

/// Asks a question and returns the line that is answered; none where the input ends.
type Ask<'a> = &'a mut dyn FnMut(&str) -> io::Result<Option<String>>;

/// Says something that is no question.
type Tell<'a> = &'a mut dyn FnMut(&str) -> io::Result<()>;

/// Returns the same with what was asked for. An empty line leaves out what may be left out.
pub(super) fn complete(
    mut what: New,
    registry: &Registry,
    ask: Ask<'_>,
    tell: Tell<'_>,
) -> Result<New, Failure> {
    let Registry { organizations, platforms, offerings, .. } = registry;
    match &mut what {
        New::Offering(new) => {
            let former = || offerings.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            let id = |text: &str| {
                new_id::<OfferingId, _>("offering", Some(text), former()).map(|_| text.to_owned())
            };
            required(&mut new.id, "Id, in small letters with hyphens, such as acme-chat", id, ask)?;
            required(&mut new.name, "Name under which it is sold", any, ask)?;
            let about = "Developer of the models, an organization by its id or name (? lists them; empty for a host of many developers)";
            let of = Of { registry, kind: "organization", is_required: false };
            entity(&mut new.developer, about, of, ask, tell)?;
            let about = "Platform that serves them, by its id or name (? lists them)";
            let of = Of { registry, kind: "platform", is_required: true };
            entity(&mut new.platform, about, of, ask, tell)?;
            let operator = new.platform.as_ref().and_then(|id| platforms.get(id)?.operator.known());
            let is_own = operator.is_some_and(|id| Some(id.as_str()) == new.developer.as_deref());
            if !is_own {
                let ids = diagnostics::one_of(Category::ALL.iter().map(|category| category.id()));
                let category = |text: &str| {
                    let meant = closest(text, Category::ALL.iter().map(|category| category.id()));
                    let help =
                        meant.map_or_else(|| format!("write {ids}"), |id| format!("did you mean `{id}`?"));
                    read::<Category>(text, &help)
                };
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
            let about = "Organization that runs it, by its id or name (? lists them)";
            let of = Of { registry, kind: "organization", is_required: true };
            entity(&mut new.operator, about, of, ask, tell)?;
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

/// Which entities an answer may name.
struct Of<'a> {
    registry: &'a Registry,
    kind: &'a str,
    is_required: bool,
}

/// Asks until an entity is named, by its id or name; an answer that names none lists the ids.
fn entity(
    value: &mut Option<String>,
    question: &str,
    of: Of<'_>,
    ask: Ask<'_>,
    tell: Tell<'_>,
) -> Result<(), Failure> {
    let is_given = value.is_some();
    let mut answer = String::new();
    let mut remember = |question: &str| {
        let answered = ask(question)?;
        answer = answered.as_deref().unwrap_or_default().trim().to_owned();
        Ok(answered)
    };
    let check = |text: &str| match text {
        "?" => Err(Failure::Usage(listed(of.registry, of.kind))),
        _ => meant(of.registry, of.kind, text),
    };
    optional(value, question, check, &mut remember)?;
    while of.is_required && value.is_none() {
        let again =
            format!("This must be filled in. Write one: {}.\n{question}", listed(of.registry, of.kind));
        optional(value, &again, check, &mut remember)?;
    }
    match value {
        Some(id) if !is_given && *id != answer => Ok(tell(&format!("{answer} is `{id}`\n"))?),
        _ => Ok(()),
    }
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
    use std::cell::RefCell;

    use super::*;
    use crate::arguments::{NewOffering, NewPlatform};

    fn answered(what: New, answers: &[&str]) -> (Result<New, Failure>, Vec<String>) {
        let mut registry = Registry::default();
        registry.organizations.insert("acme".to_owned(), model::Organization::default());
        let name = model::Required::Known("Acme Model Cloud".to_owned());
        registry.platforms.insert("acme-cloud".to_owned(), model::Platform { name, ..Default::default() });
        let (asked, mut answers) = (RefCell::new(Vec::new()), answers.iter());
        let mut tell = |said: &str| {
            asked.borrow_mut().push(said.to_owned());
            Ok(())
        };
        let mut ask = |question: &str| {
            asked.borrow_mut().push(question.to_owned());
            Ok(answers.next().map(|answer| (*answer).to_owned()))
        };
        let new = complete(what, &registry, &mut ask, &mut tell);
        (new, asked.into_inner())
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
    fn an_entity_is_named_by_its_id_or_its_name() {
        let answers =
            ["chat", "?", "acme", "", "acme", "Azure", "acme model-cloud", "cloud", "aggregator", "", ""];
        let (new, asked) = answered(New::Offering(offering()), &answers);
        let Ok(New::Offering(new)) = new else { panic!("{asked:#?}") };
        assert_eq!((new.developer.as_deref(), new.platform.as_deref()), (Some("acme"), Some("acme-cloud")));
        assert!(asked[2].starts_with("the organizations are acme\n"), "{asked:#?}");
        assert!(
            asked[4].starts_with("This must be filled in. Write one: the platforms are acme-cloud."),
            "{asked:#?}"
        );
        assert!(
            asked[5].starts_with("`acme` is an organization, not a platform: write `acme-cloud`"),
            "{asked:#?}"
        );
        assert!(asked[6].contains("there is no platform `Azure`: make it first: "), "{asked:#?}");
        assert!(asked[6].contains(" new platform azure\n"), "{asked:#?}");
        assert_eq!(asked[7], "acme model-cloud is `acme-cloud`\n");
        assert!(asked[9].starts_with("did you mean `cloud_distribution`?"), "{asked:#?}");
    }

    #[test]
    fn where_the_input_ends_nothing_is_made() {
        let new = NewPlatform { id: Some("x".to_owned()), name: None, operator: None };
        assert!(matches!(answered(New::Platform(new), &["X"]).0, Err(Failure::Usage(_))));
    }
}
