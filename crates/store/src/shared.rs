//! The data that all offerings share.

use std::collections::BTreeMap;

use diagnostics::Finding;
use model::{Dimensions, Misnamed, Organization, Platform, RegistryInfo, SharedRecords, Visits};

use crate::parse::Parse;

/// How many files were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// All.
    pub read: usize,
    /// Files or folders of which something could not be read.
    pub partial: usize,
}

/// What all offerings share, read before them.
#[derive(Debug, Default)]
pub struct SharedFiles {
    /// What the registry is.
    pub info: RegistryInfo,
    /// The questions.
    pub dimensions: Dimensions,
    /// The organizations by file name.
    pub organizations: BTreeMap<String, Organization>,
    /// The platforms by file name.
    pub platforms: BTreeMap<String, Platform>,
    /// The visits of pages by host.
    pub visits: BTreeMap<String, Visits>,
    /// The misnamed files among the organizations and platforms.
    pub(crate) misnamed: Misnamed,
    /// What the structure of these files refuses.
    pub findings: Vec<Finding>,
    /// What their comments hold that readers cannot see.
    pub comments: Vec<Finding>,
    /// How many of these files were read.
    pub files: FileCounts,
}

impl SharedFiles {
    /// Where offerings inherit from.
    pub fn records(&self) -> SharedRecords<'_> {
        SharedRecords {
            dimensions: &self.dimensions,
            organizations: &self.organizations,
            platforms: &self.platforms,
            misnamed: &self.misnamed,
        }
    }

    /// Notes the findings of a file, and returns what it holds.
    pub(crate) fn take<T>(&mut self, parsed: Parse<T>) -> T {
        self.files.read += 1;
        self.files.partial += usize::from(parsed.is_partial());
        self.findings.extend(parsed.findings);
        self.comments.extend(parsed.comments);
        parsed.value
    }
}
