//! The command line of `new`.

use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use model::{Category, Unknown, Url, Vocabulary};

/// Create the file of an offering, a platform or an organization, with what is known. Comments say what to
/// fill in.
#[derive(Debug, Args)]
#[command(after_help = "\
In a terminal, what is not given is asked for.

Examples:
  trustreg new organization acme --name Acme --domain acme.example
  trustreg new platform acme-cloud --name 'Acme Cloud' --operator acme
  trustreg new offering acme-chat --developer acme --platform acme-cloud")]
pub(crate) struct NewArguments {
    /// The kind of file
    #[command(subcommand)]
    pub(crate) what: New,
}

/// The kinds of file.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum New {
    /// A model family as sold on one platform
    Offering(NewOffering),
    /// A service that serves models
    Platform(NewPlatform),
    /// A company that develops models, runs a platform, or both
    Organization(NewOrganization),
}

/// A model family as sold on one platform.
#[derive(Debug, Clone, Args)]
pub(crate) struct NewOffering {
    /// Its id, kebab-case, which is also the name of its file; asked for in a terminal, as all that is not given
    pub(crate) id: Option<String>,
    /// The name under which it is sold
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The organization that develops the models; none for a host of many developers
    #[arg(long, value_name = "ID")]
    pub(crate) developer: Option<String>,
    /// The platform that serves the models
    #[arg(long, value_name = "ID")]
    pub(crate) platform: Option<String>,
    /// How it reaches its customers; `first_party` where the developer operates the platform
    #[arg(long, value_parser = one_of::<Category>())]
    pub(crate) category: Option<Category>,
    /// The family of models
    #[arg(long, value_name = "NAME")]
    pub(crate) model_family: Option<String>,
    /// What it is, in a sentence
    #[arg(long, value_name = "TEXT")]
    pub(crate) summary: Option<String>,
}

/// A service that serves models.
#[derive(Debug, Clone, Args)]
pub(crate) struct NewPlatform {
    /// Its id, kebab-case, which is also the name of its file; asked for in a terminal, as all that is not given
    pub(crate) id: Option<String>,
    /// The name of the service
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The organization that runs it
    #[arg(long, value_name = "ID")]
    pub(crate) operator: Option<String>,
}

/// A company that develops models, runs a platform, or both.
#[derive(Debug, Clone, Args)]
pub(crate) struct NewOrganization {
    /// Its id, kebab-case, which is also the name of its file; asked for in a terminal, as all that is not given
    pub(crate) id: Option<String>,
    /// The name of the company
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Its home page
    #[arg(long, value_name = "URL")]
    pub(crate) homepage: Option<Url>,
    /// A domain on which it publishes; may be given more than once
    #[arg(long, value_name = "HOST")]
    pub(crate) domain: Vec<String>,
}

/// The values of a vocabulary.
pub(super) fn one_of<V: Vocabulary + FromStr<Err = Unknown> + Send + Sync>()
-> impl TypedValueParser<Value = V> {
    let values = V::ALL.iter().map(|value| PossibleValue::new(value.id()).help(value.meaning()));
    PossibleValuesParser::new(values).try_map(|id| id.parse())
}
