//! The programs that are measured, and the one that measures.

use std::path::PathBuf;

use cli::{Failure, Global};

use crate::cargo;

/// The programs of this workspace, built.
pub(super) struct Programs {
    /// The folder of the workspace.
    pub(super) root: PathBuf,
    /// `trustreg`, as it is released.
    pub(super) released: PathBuf,
    /// `cargo xtask`.
    pub(super) xtask: PathBuf,
    /// `bench`, which makes corpora, only reads them, and measures processes; built as `trustreg`.
    pub(super) bench: PathBuf,
}

impl Programs {
    /// Builds them, or finds that they are built.
    pub(super) fn build(global: &Global, root: PathBuf) -> Result<Self, Failure> {
        let build = |profile, package, binary| {
            // Last the name of the binary. `cargo xtask` is built without the default features.
            let features = if package == "xtask" { &["--no-default-features"][..] } else { &[] };
            let arguments =
                [&["--profile", profile, "--package", package], features, &["--bin", binary]].concat();
            let message =
                format!("building `{binary}` with the profile `{profile}`, which takes minutes once");
            cargo::build(global, &root, &arguments, &message)
        };
        let released = build("dist", "cli", "trustreg")?;
        let bench = build("dist", "bench", "bench")?;
        let xtask = build("xtask", "xtask", "xtask")?;
        Ok(Self { root, released, xtask, bench })
    }
}
