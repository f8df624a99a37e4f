//! `new`: a skeleton of an entity, with a comment wherever a person must fill something in.

mod dialogue;
mod known;
mod skeleton;

use std::collections::BTreeMap;
use std::str::FromStr;

use diagnostics::{command, quoted};
use model::{
    Answer, Category, Date, Dimension, Document, Entity, InvalidId, Level, Offering, OfferingId, Optional,
    OrganizationId, PlatformId, Registry, Required, Value, Vocabulary, is_device_name, resolve,
};
use store::{Source, Store, Write};

use self::known::known_id;
use self::skeleton::{Skeleton, offers_question};
use crate::arguments::{New, NewArguments, NewOffering, NewOrganization, NewPlatform};
use crate::folder::Folder;
use crate::global::Global;
use crate::shell::word;
use crate::terminal::{ask, can_ask, print};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &NewArguments) -> Result<Outcome, Failure> {
    let what = match can_ask() {
        true => {
            let (registry, _) = Store::open(&Folder::open(global)?.tree)?.registry()?;
            dialogue::complete(arguments.what.clone(), &registry, &mut ask, &mut print)?
        }
        false => arguments.what.clone(),
    };
    let (folder, writer) = Folder::open_to_write(global)?;
    let (registry, _) = Store::open(&folder.tree)?.registry()?;
    let today = global.today.unwrap_or_else(Date::today);
    let (entity, skeleton) = match &what {
        New::Offering(arguments) => offering(&registry, &folder, arguments, today)?,
        New::Platform(arguments) => platform(&registry, arguments, today)?,
        New::Organization(arguments) => organization(&registry, arguments, today)?,
    };
    let path = entity.file();
    let shown = format!("{}{path}", folder.prefix);
    if folder.tree.root().join(&path).symlink_metadata().is_ok() {
        return Err(Failure::Usage(format!("{entity} is there already, in {shown}: nothing was written")));
    }
    let (text, open) = skeleton.finish();
    writer.write([Write { path, before: None, after: Some(text.into_bytes()) }])?;
    if !global.quiet {
        print(&format!("wrote {shown}\nnext: {open}run {} lint {}\n", command(), word(&shown)))?;
    }
    Ok(Outcome::Success)
}

fn offering(
    registry: &Registry,
    folder: &Folder,
    arguments: &NewOffering,
    today: Date,
) -> Result<(Entity, Skeleton), Failure> {
    let former = registry.offerings.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
    let id: OfferingId = new_id("offering", arguments.id.as_deref(), former)?;
    let developer: Option<OrganizationId> =
        known_id(registry, "organization", arguments.developer.as_deref())?;
    let platform: Option<PlatformId> = known_id(registry, "platform", arguments.platform.as_deref())?;

    let operator = platform.as_ref().and_then(|id| registry.platforms.get(id.as_str())?.operator.known());
    let own = developer.is_some() && operator == developer.as_ref();
    let category = arguments.category.or(own.then_some(Category::FirstParty));

    let mut skeleton = Skeleton::new(Document::Offering, id.as_str(), today);
    skeleton.required("name", arguments.name.as_deref(), "The name under which it is sold.");
    let about = "The organization that develops the models; a host of many developers names none.";
    skeleton.optional("developer", developer.as_ref().map(|id| id.as_str().into()), about);
    let about = "The platform that serves the models.";
    skeleton.required("platform", platform.as_ref().map(PlatformId::as_str), about);
    let about = one_of::<Category>("How it reaches its customers");
    skeleton.required("category", category.map(Category::id), &about);
    let about = "The family of models, such as \"Mistral\".";
    skeleton.optional("model_family", arguments.model_family.as_deref().map(Value::from), about);
    skeleton.optional("summary", arguments.summary.as_deref().map(Value::from), "What it is, in a sentence.");

    let offering = Offering {
        developer: developer.map_or(Optional::Absent, Optional::Known),
        platform: platform.map_or(Required::Unread, Required::Known),
        ..Offering::default()
    };
    let misnamed = registry.misnamed();
    let resolved = resolve(id.as_str(), &offering, registry.shared(&misnamed));
    let mut answered: BTreeMap<String, Vec<&Dimension>> = BTreeMap::new();
    let mut offered: BTreeMap<String, Vec<&Dimension>> = BTreeMap::new();
    let mut left = Vec::new();
    for one in &resolved {
        let owner = match one.dimension.level.get() {
            Some(Level::Platform) => {
                offering.platform.known().map(|id| Entity::Platform(id.as_str().to_owned()))
            }
            Some(Level::Developer) => {
                offering.developer.known().map(|id| Entity::Organization(id.as_str().to_owned()))
            }
            None => None,
        };
        let offers = |owner: &Entity| offers_question(&text_of(folder, owner), one.dimension.id.text());
        match (&one.answer, owner) {
            (Answer::Cell(owner, _), _) => {
                answered.entry(owner.file()).or_default().push(one.dimension);
            }
            (Answer::Missing | Answer::Unknown, Some(owner)) if offers(&owner) => {
                offered.entry(owner.file()).or_default().push(one.dimension);
            }
            (Answer::Missing | Answer::Unknown, _) => left.push(one.dimension),
            _ => {}
        }
    }
    for (file, dimensions) in answered {
        let about = "Answered for it already, in";
        skeleton.elsewhere(about, &format!("{}{file}", folder.prefix), dimensions.into_iter());
    }
    for (file, dimensions) in offered {
        let file = format!("{}{file}", folder.prefix);
        let about = "To be answered where the answers hold for its other offerings as well, in";
        let number = skeleton.elsewhere(about, &file, dimensions.into_iter());
        skeleton.open_in(number, &file);
    }
    skeleton.cells("Questions that neither its platform nor its developer answers.", left.into_iter());
    Ok((Entity::Offering(id.as_str().to_owned()), skeleton))
}

fn platform(
    registry: &Registry,
    arguments: &NewPlatform,
    today: Date,
) -> Result<(Entity, Skeleton), Failure> {
    let former = registry.platforms.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
    let id: PlatformId = new_id("platform", arguments.id.as_deref(), former)?;
    let operator: Option<OrganizationId> = known_id(registry, "organization", arguments.operator.as_deref())?;
    let mut skeleton = Skeleton::new(Document::Platform, id.as_str(), today);
    skeleton.required("name", arguments.name.as_deref(), "The name of the service.");
    let about = "The organization that runs it.";
    skeleton.required("operator", operator.as_ref().map(OrganizationId::as_str), about);
    let about = "Answers that hold for every offering on the platform; the others belong to the offerings.";
    skeleton.offers(about, of_level(registry, Level::Platform));
    Ok((Entity::Platform(id.as_str().to_owned()), skeleton))
}

fn organization(
    registry: &Registry,
    arguments: &NewOrganization,
    today: Date,
) -> Result<(Entity, Skeleton), Failure> {
    let former = registry.organizations.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
    let id: OrganizationId = new_id("organization", arguments.id.as_deref(), former)?;
    let mut skeleton = Skeleton::new(Document::Organization, id.as_str(), today);
    skeleton.required("name", arguments.name.as_deref(), "The name of the company.");
    let homepage = arguments.homepage.as_ref().map(|url| Value::from(url.as_str()));
    skeleton.optional("homepage", homepage, "Its home page, an address that begins with https://.");
    let domains = (!arguments.domain.is_empty()).then(|| Value::texts(arguments.domain.iter().cloned()));
    skeleton.optional("domains", domains, "The domains on which it publishes, such as [\"acme.example\"].");
    let about = "Answers of the company as a developer of models; one that develops none has no cells.";
    skeleton.offers(about, of_level(registry, Level::Developer));
    Ok((Entity::Organization(id.as_str().to_owned()), skeleton))
}

fn of_level(registry: &Registry, level: Level) -> impl Iterator<Item = &Dimension> {
    registry.dimensions.iter().filter(move |dimension| dimension.level.get() == Some(level))
}

/// The text of an entity's file, as far as it can be read.
fn text_of(folder: &Folder, entity: &Entity) -> String {
    let bytes = folder.tree.read(&entity.file()).ok().and_then(Result::ok).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// "confidence: `high`, `medium` or `low`."
fn one_of<V: Vocabulary>(what: &str) -> String {
    let values: Vec<_> = V::ALL.iter().map(|value| value.id()).collect();
    format!("{what}: {}.", diagnostics::one_of(values))
}

/// Refuses an id that an entity of the kind of another cannot have.
pub(crate) fn check_new_id(registry: &Registry, like: &Entity, id: &str) -> Result<(), Failure> {
    match like {
        Entity::Organization(_) => {
            let former = registry.organizations.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            new_id::<OrganizationId, _>("organization", Some(id), former).map(drop)
        }
        Entity::Platform(_) => {
            let former = registry.platforms.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            new_id::<PlatformId, _>("platform", Some(id), former).map(drop)
        }
        _ => {
            let former = registry.offerings.iter().map(|(name, one)| (name.as_str(), &one.former_ids));
            new_id::<OfferingId, _>("offering", Some(id), former).map(drop)
        }
    }
}

/// The id, if it has its form and was not that of another before.
fn new_id<'a, I, F>(
    kind: &str,
    text: Option<&str>,
    known: impl Iterator<Item = (&'a str, &'a Optional<Vec<F>>)>,
) -> Result<I, Failure>
where
    I: FromStr<Err = InvalidId>,
    F: AsRef<str> + 'a,
{
    let Some(text) = text else {
        let message = format!("give the id of the {kind}: {} new {kind} ID", command());
        return Err(Failure::Usage(message));
    };
    let id = text.parse().map_err(|error| {
        Failure::Usage(match error {
            InvalidId::Form { form, .. } => {
                let kebab = kebab(text);
                let meant =
                    if kebab.is_empty() { String::new() } else { format!("; did you mean `{kebab}`?") };
                format!("the id {} is not in {form}{meant}", quoted(text))
            }
            InvalidId::TooLong(_) => error.to_string(),
        })
    })?;
    if is_device_name(text) {
        let message = format!(
            "the id {} is the name of a device in Windows, where no file can have it: take another, such as the name of the company behind it",
            quoted(text)
        );
        return Err(Failure::Usage(message));
    }
    for (name, former_ids) in known {
        if former_ids.items().iter().any(|former| former.as_ref() == text) {
            let message =
                format!("the id {} was that of {kind} {} before: take another", quoted(text), quoted(name));
            return Err(Failure::Usage(message));
        }
    }
    Ok(id)
}

/// The text in kebab-case.
fn kebab(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
