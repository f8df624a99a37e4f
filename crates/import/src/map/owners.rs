//! Owners by their ids and by the names that the registry prints, and whose answer it is that a row gives about a
//! service.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use diagnostics::{Candidates, closest, one_of, quoted};
use model::{Entity, Level, Offering, OfferingId, Registry, folded_name, is_entity_id};

use crate::map::look_alikes::{as_it_looks, odd_characters};
use crate::map::name_index::{NameIndex, Naming};
use crate::read::invalid_cell::InvalidCell;

impl NameIndex<'_> {
    /// The owner that a text names, as tables write it; nothing where the text does so already, or is an id.
    pub(crate) fn owner(&self, text: &str, naming: Naming) -> Result<Option<String>, InvalidCell> {
        let is_kind = |kind| matches!(kind, "offering" | "platform" | "organization");
        let id = text.split_once(':').filter(|(kind, _)| is_kind(*kind)).map_or(text, |(_, id)| id);
        if id.parse::<OfferingId>().is_ok() {
            return Ok(None);
        }
        let (kind, name) = match text.split_once(':') {
            Some((kind, name)) => (Some(folded_name(kind)), name.trim()),
            None => (None, text),
        };
        let kind = match kind.as_deref() {
            None if naming == Naming::Offering => Some("offering"),
            None => None,
            Some("offering") => Some("offering"),
            Some("platform") => Some("platform"),
            Some("organization" | "organisation") => Some("organization"),
            // A name may hold a colon.
            Some(_) => None,
        };
        let name = if kind.is_some() { name } else { text };
        match kind {
            Some(kind) if name.parse::<OfferingId>().is_ok() => {
                let written = format!("{kind}:{name}");
                Ok((written != text).then_some(written))
            }
            None if naming == Naming::Service => self.service(text),
            kind => self.named(text, name, kind),
        }
    }

    /// The id of the entity of a kind that a text names; nothing where the text is an id.
    pub(crate) fn reference(&self, text: &str, kind: &str) -> Result<Option<String>, InvalidCell> {
        if text.parse::<OfferingId>().is_ok() {
            return Ok(None);
        }
        let owner = self.named(text, text, Some(kind))?;
        Ok(owner.and_then(|owner| owner.split_once(':').map(|(_, id)| id.to_owned())))
    }

    /// The owner of this name, of a kind if one is given.
    fn named(&self, text: &str, name: &str, kind: Option<&str>) -> Result<Option<String>, InvalidCell> {
        let found = self.all(name, kind);
        match found.as_slice() {
            [one] => Ok(Some(one.clone())),
            [] => {
                let message =
                    format!("{}{} is not an owner in the registry", quoted(text), odd_characters(text));
                Err(InvalidCell::new(message, self.nearest_owner(name, kind)))
            }
            several => {
                let message = format!("{} is the name of several owners", quoted(text));
                Err(InvalidCell::new(
                    message,
                    format!("write {}", one_of(several.iter().map(String::as_str))),
                ))
            }
        }
    }

    /// The owners of a name or id, of a kind if one is given, as tables write them.
    fn all(&self, name: &str, kind: Option<&str>) -> Vec<String> {
        let of_kind = |owner: &&Entity| kind.is_none_or(|kind| owner.kind() == kind);
        let found = self.owners().get(&folded_name(name)).into_iter().flatten().filter(of_kind);
        let mut found: Vec<String> = found.filter_map(Entity::reference).collect();
        if let (true, Some(kind)) = (found.is_empty(), kind) {
            let found_by_id = self.owners().get(&folded_name(&format!("{kind}:{name}")));
            found.extend(found_by_id.into_iter().flatten().filter_map(Entity::reference));
        }
        found
    }

    /// The same, if there is one alone.
    fn only(&self, name: &str, kind: Option<&str>) -> Option<String> {
        let mut found = self.all(name, kind);
        found.pop().filter(|_| found.is_empty())
    }

    fn nearest_owner(&self, name: &str, kind: Option<&str>) -> String {
        if self.is_quiet.load(Ordering::Relaxed) {
            return String::new();
        }
        if let Some(owner) = as_it_looks(name).and_then(|name| self.only(&name, kind)) {
            return format!("did you mean `{owner}`?");
        }
        if let Some((kind, id)) = name.split_once(':')
            && let Some(kind) = closest(kind, ["offering", "platform", "organization"])
            && id.trim().parse::<OfferingId>().is_ok()
        {
            return format!("did you mean `{kind}:{}`?", id.trim());
        }
        let of_kind =
            |owner: &&Entity| is_entity_id(owner.id()) && kind.is_none_or(|kind| owner.kind() == kind);
        let candidates = match kind {
            None => &self.candidates[0],
            Some("offering") => &self.candidates[1],
            Some("platform") => &self.candidates[2],
            Some(_) => &self.candidates[3],
        };
        let has_kind = |(_, owners): &(&String, &Vec<Entity>)| owners.iter().any(|owner| of_kind(&owner));
        let names = || self.owners().iter().filter(has_kind).map(|(name, _)| name.as_str());
        let meant = candidates
            .get_or_init(|| Candidates::new(names()))
            .closest(&folded_name(name))
            .and_then(|meant| self.owners().get(meant));
        let meant = meant.and_then(|owners| owners.iter().find(of_kind)).and_then(Entity::reference);
        match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "write `offering:ID`, `platform:ID` or `organization:ID`, with the id in {}, or the name that the registry prints",
                OfferingId::FORM
            ),
        }
    }

    /// Of owners that are not there, those of another kind that have the same id, as tables write them.
    pub(crate) fn elsewhere<'e>(&self, owners: impl Iterator<Item = &'e Entity>) -> BTreeMap<Entity, String> {
        let other = |owner: &Entity| {
            let id = owner.id();
            let Registry { organizations, platforms, offerings, .. } = self.registry;
            let kinds = [
                (offerings.contains_key(id), Entity::Offering(id.to_owned())),
                (platforms.contains_key(id), Entity::Platform(id.to_owned())),
                (organizations.contains_key(id), Entity::Organization(id.to_owned())),
            ];
            let there: Vec<_> =
                kinds.into_iter().filter(|(is_there, _)| *is_there).map(|(_, one)| one).collect();
            if there.contains(owner) { None } else { there.first()?.reference() }
        };
        owners.filter_map(|owner| Some((owner.clone(), other(owner)?))).collect()
    }

    fn owners(&self) -> &BTreeMap<String, Vec<Entity>> {
        self.owners.get_or_init(|| {
            let mut owners: BTreeMap<String, Vec<Entity>> = BTreeMap::new();
            let Registry { organizations, platforms, offerings, .. } = self.registry;
            let organizations =
                organizations.iter().map(|(id, one)| (id, &one.name, Entity::Organization(id.clone())));
            let platforms = platforms.iter().map(|(id, one)| (id, &one.name, Entity::Platform(id.clone())));
            let offerings = offerings.iter().map(|(id, one)| (id, &one.name, Entity::Offering(id.clone())));
            for (id, name, owner) in organizations.chain(platforms).chain(offerings) {
                let reference = owner.reference().unwrap_or_default();
                // By its id alone, only an offering is named.
                let id = if matches!(owner, Entity::Offering(_)) { id.as_str() } else { "" };
                for name in [name.text(), reference.as_str(), id].map(folded_name) {
                    let known = owners.entry(name).or_default();
                    if !known.contains(&owner) {
                        known.push(owner.clone());
                    }
                }
            }
            owners.remove("");
            owners
        })
    }

    /// The service of this name: an offering; else the one on the platform, or of the developer, that has the name,
    /// if there is one alone; else the platform.
    fn service(&self, text: &str) -> Result<Option<String>, InvalidCell> {
        let named: Vec<&Entity> = self.owners().get(&folded_name(text)).into_iter().flatten().collect();
        let own: Vec<String> = named
            .iter()
            .filter_map(|one| matches!(one, Entity::Offering(_)).then(|| one.reference())?)
            .collect();
        if !own.is_empty() {
            return self.named(text, text, Some("offering"));
        }
        let is_of = |offering: &Offering, owner: &Entity| match owner {
            Entity::Platform(id) => offering.platform.text() == id,
            Entity::Organization(id) => offering.developer.known().is_some_and(|one| one.as_str() == id),
            _ => false,
        };
        let of = |owner: &Entity| -> Vec<&String> {
            self.registry.offerings.iter().filter(|(_, one)| is_of(one, owner)).map(|(id, _)| id).collect()
        };
        if let Some(id) = named.iter().map(|owner| of(owner)).find_map(|ids| (ids.len() == 1).then(|| ids[0]))
        {
            return Ok(Some(format!("offering:{id}")));
        }
        if let Some(platform) = named.iter().find(|owner| matches!(owner, Entity::Platform(_))) {
            return Ok(platform.reference());
        }
        let message = format!("{}{} is not an offering or a platform", quoted(text), odd_characters(text));
        let help = match named.first().map(|owner| of(owner)) {
            Some(ids) if !ids.is_empty() => {
                format!("write one of its offerings: {}", one_of(ids.iter().map(|id| id.as_str())))
            }
            _ => self.nearest_owner(text, Some("offering")),
        };
        Err(InvalidCell::new(message, help))
    }

    /// Whose answer a question about a service is. Of a developer-level question, the organization that develops an
    /// offering or operates a platform; of others, the offering where it answers itself today, else its platform.
    pub(crate) fn answerer(&self, service: &str, dimension: &str) -> Result<Option<String>, InvalidCell> {
        let Registry { dimensions, platforms, offerings, .. } = self.registry;
        let level = dimensions.get(dimension).and_then(|one| one.level.known().copied());
        let (Some(level), Some((kind, id))) =
            (level, service.split_once(':').or(Some(("offering", service))))
        else {
            return Ok(None);
        };
        if let Some(platform) = platforms.get(id).filter(|_| kind == "platform") {
            let operator = platform.operator.known().filter(|_| level == Level::Developer);
            return Ok(operator.map(|operator| format!("organization:{operator}")));
        }
        let Some(offering) =
            offerings.get(id).filter(|one| kind == "offering" && one.cell(dimension).is_none())
        else {
            return Ok(None);
        };
        match (level, offering.developer.known(), offering.platform.known()) {
            (Level::Developer, Some(developer), _) => Ok(Some(format!("organization:{developer}"))),
            (Level::Developer, None, _) => {
                let message =
                    format!("{} has no developer, and {} is about one", quoted(id), quoted(dimension));
                Err(InvalidCell::new(message, "clear the answer: the question does not apply"))
            }
            (Level::Platform, _, Some(platform)) => Ok(Some(format!("platform:{platform}"))),
            (Level::Platform, _, None) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{
        Cell, Dimension, DimensionFile, DimensionId, Dimensions, Optional, Organization, Platform, Required,
    };

    use super::*;

    /// Two services of Acme on its own cloud and on Globex, and a host of many developers.
    fn registry() -> Registry {
        let dimension = |id: &str, level: Level| Dimension {
            id: id.parse::<DimensionId>().unwrap().into(),
            level: level.into(),
            ..Dimension::default()
        };
        let dimensions =
            vec![dimension("soc2_type2", Level::Platform), dimension("gpai_cop", Level::Developer)];
        let offering = |id: &str, name: &str, platform: &str, developer: Option<&str>| {
            let offering = Offering {
                id: id.parse::<OfferingId>().unwrap().into(),
                name: name.to_owned().into(),
                platform: platform.parse::<model::PlatformId>().unwrap().into(),
                developer: developer.map(|id| id.parse::<model::OrganizationId>().unwrap()).into(),
                ..Offering::default()
            };
            (id.to_owned(), offering)
        };
        let platform = |id: &str, name: &str, operator: &str| {
            let operator = operator.parse::<model::OrganizationId>().unwrap().into();
            (id.to_owned(), Platform { name: name.to_owned().into(), operator, ..Platform::default() })
        };
        let acme = Organization { name: "Acme".to_owned().into(), ..Organization::default() };
        let mut offerings = BTreeMap::from([
            offering("acme-chat", "Acme Chat", "acme-cloud", Some("acme")),
            offering("acme-on-globex", "Acme on Globex", "globex", Some("acme")),
            offering("globex-host", "Globex Host", "globex", None),
        ]);
        let cells = BTreeMap::from([("soc2_type2".parse().unwrap(), Cell::default())]);
        offerings.get_mut("acme-on-globex").unwrap().cells = Optional::Known(cells);
        Registry {
            dimensions: Dimensions::new(DimensionFile { dimensions: Required::Known(dimensions) }),
            organizations: BTreeMap::from([("acme".to_owned(), acme)]),
            platforms: BTreeMap::from([
                platform("acme-cloud", "Acme Cloud", "acme"),
                platform("globex", "Globex", "globex-corp"),
                platform("hooli-1", "Hooli Inference", "hooli"),
            ]),
            offerings,
            ..Registry::default()
        }
    }

    #[test]
    fn owners_go_by_id_and_name_in_any_case() {
        let registry = registry();
        let names = NameIndex::new(&registry);
        let owner =
            |text: &str, naming| names.owner(text, naming).map_err(|invalid| invalid.help.into_owned());
        let is = |text: &str| Ok(Some(text.to_owned()));
        for text in ["platform: acme-cloud", "Platform:ACME-cloud", "Acme Cloud", "acme cloud"] {
            assert_eq!(owner(text, Naming::Owner), is("platform:acme-cloud"), "{text}");
        }
        assert_eq!(
            owner("Platform:Hooli-1", Naming::Owner),
            is("platform:hooli-1"),
            "by its id, not its name"
        );
        assert_eq!(owner("platform:acme-cloud", Naming::Owner), Ok(None));
        assert_eq!(owner("Acme_Chat", Naming::Owner), is("offering:acme-chat"));
        assert_eq!(owner("Acme", Naming::Owner), is("organization:acme"));
        assert_eq!(owner("anything-new", Naming::Owner), Ok(None));
        assert_eq!(owner("Amce Cloud", Naming::Owner), Err("did you mean `platform:acme-cloud`?".to_owned()));
        assert!(owner("Acme Cloud", Naming::Offering).is_err(), "a platform is not an offering");
        for (text, meant) in [
            ("\u{430}cme-chat", "offering:acme-chat"),
            ("offering:\u{430}\u{441}m\u{435}-\u{441}h\u{430}t", "offering:acme-chat"),
            ("platform:acme-cl\u{3bf}ud", "platform:acme-cloud"),
            ("\u{440}latform:acme-cloud", "platform:acme-cloud"),
        ] {
            assert_eq!(owner(text, Naming::Owner), Err(format!("did you mean `{meant}`?")), "{text}");
        }
        let message = names.owner("\u{430}cme-chat", Naming::Owner).unwrap_err().message;
        assert_eq!(
            message,
            "`\u{430}cme-chat` (with `\u{430}` U+0430, which looks like `a`) is not an owner in the registry"
        );
        assert_eq!(
            owner("Acme Chatt", Naming::Offering),
            Err("did you mean `offering:acme-chat`?".to_owned())
        );
        assert_eq!(
            owner("platfrom:acme-cloud", Naming::Owner),
            Err("did you mean `platform:acme-cloud`?".to_owned())
        );
        assert_eq!(names.reference("Acme", "organization").unwrap(), Some("acme".to_owned()));
        let [here, there] = [Entity::Offering("globex".to_owned()), Entity::Offering("acme-chat".to_owned())];
        let elsewhere = names.elsewhere([&here, &there].into_iter());
        assert_eq!(elsewhere, BTreeMap::from([(here, "platform:globex".to_owned())]));
    }

    #[test]
    fn an_answer_about_a_service_goes_to_whom_the_question_is_about() {
        let registry = registry();
        let names = NameIndex::new(&registry);
        let answerer = |service: &str, dimension: &str| {
            names.answerer(service, dimension).map_err(|invalid| invalid.message)
        };
        let is = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(answerer("acme-chat", "gpai_cop"), is("organization:acme"));
        assert_eq!(answerer("offering:acme-chat", "soc2_type2"), is("platform:acme-cloud"));
        assert_eq!(answerer("acme-on-globex", "soc2_type2"), Ok(None), "it answers itself today");
        assert_eq!(answerer("platform:globex", "soc2_type2"), Ok(None));
        assert_eq!(answerer("platform:globex", "gpai_cop"), is("organization:globex-corp"));
        assert_eq!(answerer("organization:acme", "gpai_cop"), Ok(None));
        assert_eq!(answerer("acme-chat", "no_question"), Ok(None));
        assert!(answerer("globex-host", "gpai_cop").is_err());

        let service =
            |text: &str| names.owner(text, Naming::Service).map_err(|invalid| invalid.help.into_owned());
        assert_eq!(service("Acme Cloud"), is("offering:acme-chat"), "its only one");
        assert_eq!(service("Globex"), is("platform:globex"));
        let offerings = "write one of its offerings: `acme-chat` or `acme-on-globex`";
        assert_eq!(service("Acme"), Err(offerings.to_owned()));
    }
}
