//! The command line of `recheck`.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;
use model::Url;

use super::ListFormat;
use crate::maintenance::Making;

const PAGES: &str = "Which pages";
const SOURCES: &str = "Where to look";

/// Look at the pages that answers cite: record visits, look for the quotes in them, and flag what is missing. A visit is
/// never a reading: no grade, confidence or date that a person stated changes.
///
/// A look is kept in `.evidence/`, beside the data folder, until it is recorded with --write: a run that was stopped
/// goes on where it was. So are the texts that were read, which --diff compares.
#[derive(Debug, Args)]
#[command(after_help = "\
SUBJECT is KIND:ID[/QUESTION], such as platform:acme-cloud/gdpr_dpa. Several conditions narrow the choice.

Examples:
  trustreg recheck --due 30                   pages of answers that are due within 30 days
  trustreg recheck acme-chat --write          pages of one offering, and record what was seen
  trustreg recheck --all --git ../versions --declarations ../declarations
  trustreg recheck --host acme.example --web-archive
  trustreg recheck --all --list > seeds.txt   for a crawler; then: recheck --all --warc FILE…
  trustreg recheck --diff https://acme.example/dpa")]
#[command(group = clap::ArgGroup::new("pages").required(true).multiple(true))]
pub(crate) struct RecheckArguments {
    /// Pages that these answers cite
    #[arg(value_name = "SUBJECT", group = "pages", help_heading = PAGES)]
    pub(crate) subjects: Vec<String>,
    /// Pages of this host; repeats
    #[arg(long, value_name = "HOST", group = "pages", help_heading = PAGES)]
    pub(crate) host: Vec<String>,
    /// Pages of answers that are due within so many days, or flagged
    #[arg(long, value_name = "DAYS", group = "pages", help_heading = PAGES)]
    pub(crate) due: Option<u32>,
    /// All pages
    #[arg(long, group = "pages", conflicts_with_all = ["subjects", "host", "due"], help_heading = PAGES)]
    pub(crate) all: bool,
    /// Look in these WARC files of a crawler, not on the network; repeats
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = SOURCES)]
    pub(crate) warc: Vec<PathBuf>,
    /// Look in this git archive of documents, not on the network: a clone in the layout of Open Terms Archive; repeats
    #[arg(long, value_name = "DIR", help_heading = SOURCES)]
    pub(crate) git: Vec<PathBuf>,
    /// The repository that declares from which addresses the documents of the archive come; repeats, in the order of --git
    #[arg(long, value_name = "DIR", requires = "git", help_heading = SOURCES)]
    pub(crate) declarations: Vec<PathBuf>,
    /// The address at which the git archive is published, if it is not that of its remote `origin`; repeats
    #[arg(long, value_name = "URL", requires = "git", help_heading = SOURCES)]
    pub(crate) published: Vec<Url>,
    /// Look at the copies of a web archive, not at the pages themselves: the Internet Archive, or another one by its
    /// Memento TimeGate
    #[arg(long, value_name = "TIMEGATE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["warc", "git"], help_heading = SOURCES)]
    pub(crate) web_archive: Option<Option<Url>>,
    /// How many hosts to ask at a time; each is asked for one page after the other
    #[arg(long, value_name = "N", default_value = "8", conflicts_with_all = ["warc", "git"], help_heading = SOURCES)]
    pub(crate) hosts: NonZero<usize>,
    /// The address at which sites can find out who asks them [default: `repository_url` of registry.toml]
    #[arg(long, value_name = "URL", help_heading = SOURCES)]
    pub(crate) contact: Option<Url>,
    /// Look at all pages again, even those that a run has seen which did not record it
    #[arg(long, conflicts_with_all = ["warc", "git"], help_heading = SOURCES)]
    pub(crate) again: bool,
    /// Look at nothing: print the addresses, a line each, as a crawler takes them
    #[arg(long, conflicts_with_all = ["warc", "git", "write", "diff"])]
    pub(crate) list: bool,
    /// Look at nothing: print what changed in the text of this page between the last two visits that read it
    #[arg(long, value_name = "URL", group = "pages", conflicts_with_all = ["subjects", "host", "due", "all", "warc", "git", "write"])]
    pub(crate) diff: Option<Url>,
    /// How the result is listed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) making: Making,
}
