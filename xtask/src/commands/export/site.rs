//! `export site`: the registry as a web site. Pages are rendered in parallel and written as they come,
//! so that a registry of any size is published in bounded memory.

use std::borrow::Cow;

use diagnostics::{Locator, RuleInfo};
use export::{Download, Edition, Export, Site, SiteInputs};
use model::Date;
use rayon::prelude::*;
use store::{FileLocator, Store};

use crate::cli::{ExportArguments, Global};
use crate::commands::rules;
use crate::folder::Folder;
use crate::output::Output;
use crate::terminal::note;
use crate::{Failure, Outcome};

/// The most offerings of which a workbook is published: it is made in memory, and larger ones are a
/// burden to whoever opens them.
const WORKBOOK: usize = 2_000;

/// How many pages are rendered before they are written.
const CHUNK: usize = 256;

/// Writes the site, or with `--check` shows what differs.
pub(super) fn run(global: &Global, folder: &Folder, arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let mut parts = Parts::read(global, folder)?;
    let out = arguments.out.clone().unwrap_or_else(|| folder.repository().join("dist/site"));
    let mut output = Output::open(&out, arguments.check);
    parts.beside(|path, bytes| output.put(path, &bytes))?;
    let locator = FileLocator::new(&folder.tree, folder.in_repository());
    let site = parts.site(Some(&locator), None);
    super::tell_left_out(global, &site.left_out(), parts.edition.later());
    if let Some(unread) = export::reading::unread(&parts.edition.coverage()) {
        note(global, &unread);
    }
    for files in site.files().chunks(CHUNK) {
        let rendered: Vec<Cow<'_, [u8]>> = files.par_iter().map(|file| site.render(file)).collect();
        for (file, bytes) in files.iter().zip(rendered) {
            output.put(&file.path, &bytes)?;
        }
    }
    super::end(global, arguments, &out, &output.end_and_sweep("site")?)
}

/// What a site is made of.
pub(crate) struct Parts {
    pub(crate) edition: Edition,
    rules: Vec<RuleInfo>,
    downloads: Vec<Download>,
}

impl Parts {
    /// Reads the registry.
    pub(crate) fn read(global: &Global, folder: &Folder) -> Result<Self, Failure> {
        let (registry, _) = Store::open(&folder.tree)?.registry()?;
        let edition = Edition::new(registry, global.today.unwrap_or_else(Date::today));
        Ok(Self { edition, rules: rules::catalogue().collect(), downloads: Vec::new() })
    }

    /// Makes the other exports that are published beside the pages, one after the other: JSON where its
    /// readers look for it, tables in folders of their own.
    pub(crate) fn beside(
        &mut self,
        mut put: impl FnMut(&str, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let edition = &self.edition;
        let mut take = |folder: &str, export: Export| {
            export.files.into_iter().try_for_each(|file| {
                let path = format!("{folder}{}", file.path);
                self.downloads.push(Download { path: path.clone(), size: file.bytes.len() });
                put(&path, file.bytes)
            })
        };
        take("", export::json(edition))?;
        take("csv/", export::csv(edition.registry()))?;
        if edition.registry().offerings.len() <= WORKBOOK {
            take("xlsx/", export::xlsx(edition.registry(), edition)?)?;
        }
        self.downloads.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(())
    }

    /// The site, with the downloads made so far.
    pub(crate) fn site<'a>(
        &'a self,
        locator: Option<&'a dyn Locator>,
        preview_script: Option<&'a str>,
    ) -> Site<'a> {
        let inputs = SiteInputs { rules: &self.rules, locator, downloads: &self.downloads, preview_script };
        Site::new(&self.edition, inputs)
    }
}
