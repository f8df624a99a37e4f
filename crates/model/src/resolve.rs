//! Resolves an offering: its own cells, and those that it inherits from its platform and developer.

use std::collections::{BTreeMap, HashMap};

use crate::{
    Cell, DefaultState, Dimension, DimensionId, Dimensions, Entity, Level, Offering, Optional, Organization,
    Platform, Status,
};

/// Where offerings inherit from.
#[derive(Debug, Clone, Copy)]
pub struct SharedRecords<'a> {
    /// The questions.
    pub dimensions: &'a Dimensions,
    /// The organizations by file name.
    pub organizations: &'a BTreeMap<String, Organization>,
    /// The platforms by file name.
    pub platforms: &'a BTreeMap<String, Platform>,
    /// The misnamed files among them.
    pub misnamed: &'a Misnamed,
}

/// The answer that holds for an offering.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<'a> {
    /// A cell, and who stores it.
    Cell(Entity, &'a Cell),
    /// The question is about the developer, and the offering serves models of many.
    NotApplicable,
    /// There is no answer.
    Missing,
    /// Somebody may answer, but the file that would say so could not be read.
    Unknown,
}

/// The operator's own answer to a developer-level question, beside the developer's.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorAnswer<'a> {
    /// The operator of the platform, by its file name.
    pub organization: &'a str,
    /// Its answer as a developer of models.
    pub cell: &'a Cell,
}

/// One dimension of a resolved offering.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved<'a> {
    /// The question.
    pub dimension: &'a Dimension,
    /// The answer that holds.
    pub answer: Answer<'a>,
    /// The answer that would be inherited, if the offering's own cell replaces it.
    pub overridden: Option<(Entity, &'a Cell)>,
    /// The operator's own developer-level answer, where the operator is not the developer.
    pub operator: Option<OperatorAnswer<'a>>,
}

impl<'a> Resolved<'a> {
    /// The cell that holds, if there is one.
    pub fn cell(&self) -> Option<&'a Cell> {
        match self.answer {
            Answer::Cell(_, cell) => Some(cell),
            _ => None,
        }
    }

    /// The known status of the cell that holds.
    pub fn status(&self) -> Option<Status> {
        self.cell()?.status.get()
    }

    /// Returns whether a buyer must look before signing: an answer that is not a clean public yes.
    pub fn is_watch_out(&self) -> bool {
        self.status().is_some_and(|status| status != Status::YesPublic)
    }

    /// Returns whether a public yes holds only after the buyer has set or asked for something.
    pub fn is_setting_to_make(&self) -> bool {
        let default = self.cell().and_then(|cell| cell.default.get());
        self.status() == Some(Status::YesPublic)
            && matches!(default, Some(DefaultState::RequiresConfig | DefaultState::RequiresApproval))
    }
}

/// The files that state another id than their name says: their names, by the ids.
#[derive(Debug, Clone, Default)]
pub struct Misnamed {
    organizations: HashMap<String, String>,
    platforms: HashMap<String, String>,
}

impl Misnamed {
    /// The misnamed among these, by file name.
    pub fn new(
        organizations: &BTreeMap<String, Organization>,
        platforms: &BTreeMap<String, Platform>,
    ) -> Self {
        // Of several that state the same id, the first is found.
        let by_id = |ids: &mut dyn Iterator<Item = (&String, &str)>| {
            let mut names = HashMap::new();
            for (name, id) in ids.filter(|(name, id)| name.as_str() != *id) {
                names.entry(id.to_owned()).or_insert_with(|| name.clone());
            }
            names
        };
        Self {
            organizations: by_id(&mut organizations.iter().map(|(name, one)| (name, one.id.text()))),
            platforms: by_id(&mut platforms.iter().map(|(name, one)| (name, one.id.text()))),
        }
    }
}

impl<'a> SharedRecords<'a> {
    /// The organization with this id, found by file name or else by the id that its file states, so
    /// that a misnamed file is one fault and not one at every reference.
    pub fn organization(&self, id: &str) -> Option<(&'a str, &'a Organization)> {
        let by_name = self.organizations.get_key_value(id);
        let by_id = || self.organizations.get_key_value(self.misnamed.organizations.get(id)?);
        let found = by_name.or_else(by_id);
        found.map(|(name, organization)| (name.as_str(), organization))
    }

    /// The platform with this id, found as organizations are.
    pub fn platform(&self, id: &str) -> Option<(&'a str, &'a Platform)> {
        let by_name = self.platforms.get_key_value(id);
        let by_id = || self.platforms.get_key_value(self.misnamed.platforms.get(id)?);
        let found = by_name.or_else(by_id);
        found.map(|(name, platform)| (name.as_str(), platform))
    }
}

/// Where one offering inherits from, looked up once for all questions.
struct Sources<'a> {
    platform: Option<(&'a str, &'a Platform)>,
    /// Unread where there is no such organization, too.
    developer: Optional<(&'a str, &'a Organization)>,
    /// The operator of the platform, where it is not the developer.
    operator: Option<(&'a str, &'a Organization)>,
}

impl<'a> Sources<'a> {
    fn of(offering: &Offering, shared: SharedRecords<'a>) -> Self {
        let platform = offering.platform.known().and_then(|id| shared.platform(id.as_str()));
        let developer = match &offering.developer {
            Optional::Absent => Optional::Absent,
            Optional::Unread => Optional::Unread,
            Optional::Known(id) => shared.organization(id.as_str()).map_or(Optional::Unread, Optional::Known),
        };
        let operator = platform.and_then(|(_, platform)| platform.operator.known());
        let operator =
            operator.filter(|id| offering.developer.known().is_some_and(|developer| developer != *id));
        let operator = operator.and_then(|id| shared.organization(id.as_str()));
        Self { platform, developer, operator }
    }

    /// The answer that the offering would inherit.
    fn inherited(&self, dimension: &Dimension) -> Answer<'a> {
        match dimension.level.get() {
            None => Answer::Unknown,
            Some(Level::Platform) => self.platform.map_or(Answer::Unknown, |(name, platform)| {
                answer(&platform.cells, dimension, || Entity::Platform(name.to_owned()))
            }),
            Some(Level::Developer) => match self.developer {
                Optional::Absent => Answer::NotApplicable,
                Optional::Unread => Answer::Unknown,
                Optional::Known((name, organization)) => {
                    answer(&organization.cells, dimension, || Entity::Organization(name.to_owned()))
                }
            },
        }
    }

    /// The operator's own answer to a developer-level question, where the operator is not the
    /// developer.
    fn operator(&self, dimension: &Dimension) -> Option<OperatorAnswer<'a>> {
        let (organization, entity) = self.operator.filter(|_| dimension.level.is(Level::Developer))?;
        Some(OperatorAnswer { organization, cell: entity.cell(dimension.id.text())? })
    }
}

/// What is stored as the answer to a question, and by whom.
fn answer<'a>(
    cells: &'a Optional<BTreeMap<DimensionId, Cell>>,
    dimension: &Dimension,
    owner: impl FnOnce() -> Entity,
) -> Answer<'a> {
    match cells {
        Optional::Unread => Answer::Unknown,
        Optional::Absent => Answer::Missing,
        Optional::Known(cells) => match cells.get(dimension.id.text()) {
            Some(cell) => Answer::Cell(owner(), cell),
            None => Answer::Missing,
        },
    }
}

/// Every dimension of an offering with the answer that holds, in the order of the dimensions.
pub fn resolve<'a>(name: &str, offering: &'a Offering, shared: SharedRecords<'a>) -> Vec<Resolved<'a>> {
    let sources = Sources::of(offering, shared);
    let resolve_one = |dimension: &'a Dimension| {
        let inherited = sources.inherited(dimension);
        let operator = sources.operator(dimension);
        let (answer, overridden) =
            match answer(&offering.cells, dimension, || Entity::Offering(name.to_owned())) {
                Answer::Missing => (inherited, None),
                own @ Answer::Cell(..) => {
                    let overridden = match inherited {
                        Answer::Cell(owner, cell) => Some((owner, cell)),
                        _ => None,
                    };
                    (own, overridden)
                }
                unknown => (unknown, None),
            };
        Resolved { dimension, answer, overridden, operator }
    };
    shared.dimensions.iter().map(resolve_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DimensionFile, Required};

    fn cell(status: Status) -> Cell {
        Cell { status: status.into(), ..Cell::default() }
    }

    fn dimension(id: &str, level: Level) -> Dimension {
        Dimension {
            id: id.parse::<crate::DimensionId>().unwrap().into(),
            level: level.into(),
            ..Dimension::default()
        }
    }

    #[test]
    fn a_misnamed_file_is_found_by_the_id_that_it_states() {
        let stating =
            |id: &str| Organization { id: Required::Known(id.parse().unwrap()), ..Organization::default() };
        let organizations = [("a", "c"), ("b", "c"), ("d", "d")];
        let organizations = organizations.map(|(name, id)| (name.to_owned(), stating(id))).into();
        let (dimensions, platforms) = (Dimensions::default(), BTreeMap::new());
        let shared = SharedRecords {
            dimensions: &dimensions,
            organizations: &organizations,
            platforms: &platforms,
            misnamed: &Misnamed::new(&organizations, &platforms),
        };
        let found = |id: &str| shared.organization(id).map(|(name, _)| name);
        assert_eq!(["a", "b", "c", "d", "e"].map(found), [Some("a"), Some("b"), Some("a"), Some("d"), None]);
    }

    #[test]
    fn answers_come_from_the_level_that_a_question_is_about() {
        let dimensions = Dimensions::new(DimensionFile {
            dimensions: vec![
                dimension("soc2_type2", Level::Platform),
                dimension("gpai_cop", Level::Developer),
            ]
            .into(),
        });
        let cells = |id: &str, status| Optional::Known(BTreeMap::from([(id.parse().unwrap(), cell(status))]));
        let organizations = BTreeMap::from([
            (
                "openai".to_owned(),
                Organization { cells: cells("gpai_cop", Status::YesPublic), ..Organization::default() },
            ),
            (
                "microsoft".to_owned(),
                Organization { cells: cells("gpai_cop", Status::Partial), ..Organization::default() },
            ),
        ]);
        let platforms = BTreeMap::from([(
            "azure".to_owned(),
            Platform {
                operator: Required::Known("microsoft".parse().unwrap()),
                cells: cells("soc2_type2", Status::YesSalesGated),
                ..Platform::default()
            },
        )]);
        let shared = SharedRecords {
            dimensions: &dimensions,
            organizations: &organizations,
            platforms: &platforms,
            misnamed: &Misnamed::default(),
        };
        let mut offering = Offering {
            developer: Optional::Known("openai".parse().unwrap()),
            platform: Required::Known("azure".parse().unwrap()),
            ..Offering::default()
        };

        let resolved = resolve("azure-openai", &offering, shared);
        assert_eq!(
            resolved[0].answer,
            Answer::Cell(Entity::Platform("azure".into()), platforms["azure"].cell("soc2_type2").unwrap())
        );
        assert!(resolved[0].is_watch_out() && resolved[0].operator.is_none());
        assert_eq!(resolved[1].status(), Some(Status::YesPublic));
        assert_eq!(resolved[1].operator.as_ref().unwrap().cell.status, Status::Partial.into());

        offering.developer = Optional::Absent;
        offering.cells = cells("soc2_type2", Status::Partial);
        let resolved = resolve("azure-openai", &offering, shared);
        assert_eq!(resolved[0].status(), Some(Status::Partial));
        assert!(resolved[0].overridden.is_some());
        assert_eq!(resolved[1].answer, Answer::NotApplicable);
    }
}
