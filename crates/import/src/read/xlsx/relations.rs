//! The relations of the parts of a package (ECMA-376 part 2, section 9.3).

use std::collections::BTreeMap;

use crate::read::package::Package;
use crate::read::refused::Refused;
use crate::read::refused::few_marks;
use crate::read::xml::{Event, Xml};

/// What a part is related to.
#[derive(Debug)]
pub(super) struct Relation {
    /// The last segment of its type: `worksheet`, `hyperlink`.
    pub(super) kind: String,
    /// The part, or the address of something outside.
    pub(super) target: String,
}

/// The relations of a part, by their ids.
#[derive(Debug, Default)]
pub(super) struct Relations(BTreeMap<String, Relation>);

impl Relations {
    /// The relations of a part; the package itself has no name.
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Self, Refused> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = resolve(folder, &format!("_rels/{file}.rels"));
        let Some(text) = package.text(&name)? else { return Ok(Self::default()) };
        let mut xml = Xml::new(&name, &text);
        let mut relations = BTreeMap::new();
        loop {
            let element = match xml.next()? {
                Event::Start(element) => element,
                Event::Eof => return Ok(Self(relations)),
                _ => continue,
            };
            if element.local_name().as_ref() != "Relationship" {
                continue;
            }
            let attribute =
                |name| xml.attribute(&element, name).map(|value| value.unwrap_or_default().into_owned());
            let (id, kind, target) = (attribute("Id")?, attribute("Type")?, attribute("Target")?);
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target =
                if attribute("TargetMode")? == "External" { target } else { resolve(folder, &target) };
            relations.insert(id, Relation { kind, target });
            let what = "a part of the workbook is related to more than {} others";
            few_marks(relations.len(), what, "save the table in a separate workbook")?;
        }
    }

    /// The relation of an id.
    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.0.get(id)
    }

    /// The target of the first relation of a kind.
    pub(super) fn first(&self, kind: &str) -> Option<&str> {
        self.0.values().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
    }
}

/// The name of a part, seen from a folder of the package. It is looked up in the package and opens
/// nothing else.
fn resolve(folder: &str, target: &str) -> String {
    let absolute = target.starts_with('/');
    let mut segments: Vec<&str> = if absolute { Vec::new() } else { folder.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments.join("/")
}
