//! `export site`: the registry as a web site. Pages are rendered in parallel and staged as they come,
//! so that a registry of any size is published in bounded memory.

use diagnostics::{Locator, RuleInfo};
use export::{Download, Edition, Export, OutputFile, Site, SiteInputs};
use model::Date;
use store::{FileLocator, Store};

use crate::arguments::ExportArguments;
use crate::commands::rules;
use crate::folder::Folder;
use crate::global::Global;
use crate::output_folder::OutputFolder;
use crate::terminal::note;
use crate::{Failure, Outcome};

/// The most offerings of which a workbook is published: it is made in memory, and larger ones are a
/// burden to their readers.
const WORKBOOK: usize = 2_000;

/// Writes the site, or with `--check` shows what differs.
pub(super) fn run(global: &Global, folder: &Folder, arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let mut parts = Parts::read(global, folder)?;
    let out = arguments.out.clone().unwrap_or_else(|| folder.repository().join("dist/site"));
    let ownership = super::ownership(arguments.format, false);
    let mut output = OutputFolder::open(&out, folder.absolute(), ownership, super::mode(arguments))?;
    parts.beside(global, |files| output.put_all(&files))?;
    let locator = FileLocator::new(&folder.tree, folder.in_repository());
    let site = parts.site(Some(&locator), None);
    super::tell_left_out(global, &site.left_out(), parts.edition.later());
    if let Some(unread) = export::reading::unread(&parts.edition.coverage()) {
        note(global, &unread);
    }
    output.put(site.files(), |file| &file.path, |_| false, |file, out| out.write_all(&site.render(file)))?;
    super::end(global, arguments, &out, &output.finish()?)
}

/// What a site is made of.
pub(crate) struct Parts {
    pub(crate) edition: Edition,
    rules: Vec<RuleInfo>,
    downloads: Vec<Download>,
    without_workbook: Option<String>,
}

impl Parts {
    /// Reads the registry.
    pub(crate) fn read(global: &Global, folder: &Folder) -> Result<Self, Failure> {
        let (registry, _) = Store::open(&folder.tree)?.registry()?;
        let edition = Edition::new(registry, global.today.unwrap_or_else(Date::today));
        let rules = rules::catalogue().collect();
        Ok(Self { edition, rules, downloads: Vec::new(), without_workbook: None })
    }

    /// Makes the other exports that are published beside the pages, one after the other: JSON where its
    /// readers look for it, tables in their own folders. `put` takes their files and gives their sizes. A registry that does not fit into a workbook is
    /// published without one.
    pub(crate) fn beside(
        &mut self,
        global: &Global,
        mut put: impl FnMut(Vec<OutputFile<'_>>) -> Result<Vec<usize>, Failure>,
    ) -> Result<(), Failure> {
        let edition = &self.edition;
        let downloads = &mut self.downloads;
        let mut take = |files: Vec<OutputFile<'_>>| {
            let paths: Vec<_> = files.iter().map(|file| file.path.clone()).collect();
            let made = paths.into_iter().zip(put(files)?);
            downloads.extend(made.map(|(path, size)| Download { path, size }));
            Ok::<_, Failure>(())
        };
        take(export::json(edition).files)?;
        take(tables(edition))?;
        match workbook(edition) {
            Ok(workbook) => take(below("xlsx/", workbook))?,
            Err(reason) => {
                note(global, &format!("the site has no workbook: {reason}"));
                self.without_workbook = Some(reason);
            }
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
        let without_workbook = self.without_workbook.as_deref();
        let (rules, downloads) = (&self.rules, &self.downloads);
        Site::new(&self.edition, SiteInputs { rules, locator, downloads, without_workbook, preview_script })
    }
}

/// The files of an export, in a folder of their own.
fn below<'a>(folder: &str, export: Export<'a>) -> Vec<OutputFile<'a>> {
    let mut files = export.files;
    files.iter_mut().for_each(|file| file.path.insert_str(0, folder));
    files
}

/// The tables beside the pages.
pub(crate) fn tables(edition: &Edition) -> Vec<OutputFile<'_>> {
    below("csv/", export::csv(edition.registry()))
}

/// The workbook, or why there is none.
fn workbook(edition: &Edition) -> Result<Export<'static>, String> {
    let offerings = edition.registry().offerings.len();
    if offerings > WORKBOOK {
        return Err(format!("a workbook of {offerings} offerings would be too large to open"));
    }
    export::xlsx(edition.registry(), edition).map_err(|error| error.to_string())
}
