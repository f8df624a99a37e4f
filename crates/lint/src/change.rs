//! What became of the registry since a base revision.

use model::{Entity, Optional};

use crate::{Digest, EntityDigest};

/// Two states of the registry.
pub struct ChangeContext<'a> {
    /// The base revision.
    pub before: &'a Digest,
    /// What it became.
    pub after: &'a Digest,
}

/// What became of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// It is there, under its old id or a new one.
    Lives(&'a Entity, &'a EntityDigest),
    /// It is not there any more.
    Gone,
    /// The ids that entities had before could not all be read.
    Unknown,
}

impl<'a> ChangeContext<'a> {
    /// What became of an entity of the base revision: the entity of its id, or else the one of its kind
    /// that had its id before.
    pub fn fate(&self, entity: &Entity) -> Fate<'a> {
        if let Some((entity, digest)) = self.after.entities.get_key_value(entity) {
            return Fate::Lives(entity, digest);
        }
        let of_kind = || self.after.entities.iter().filter(|(other, _)| other.kind() == entity.kind());
        let had_id =
            |digest: &EntityDigest| digest.former_ids.items().iter().any(|former| former == entity.id());
        match of_kind().find(|(_, digest)| had_id(digest)) {
            Some((entity, digest)) => Fate::Lives(entity, digest),
            None if of_kind().any(|(_, digest)| digest.former_ids.is_unread()) => Fate::Unknown,
            None => Fate::Gone,
        }
    }

    /// Whether something of the base revision was taken out on purpose: an entity or, with a dimension,
    /// one of its cells. What could not be read may say so.
    pub(crate) fn is_retired(&self, entity: &Entity, dimension: Option<&str>) -> bool {
        let reference = entity.reference();
        self.after.retired.is_unread()
            || self.after.retired.items().iter().any(|retired| {
                let is_meant = retired.entity.known().is_none_or(|one| Some(one) == reference.as_ref());
                is_meant
                    && match &retired.dimension {
                        Optional::Absent => dimension.is_none(),
                        Optional::Unread => true,
                        Optional::Known(one) => dimension == Some(one.as_str()),
                    }
            })
    }
}
