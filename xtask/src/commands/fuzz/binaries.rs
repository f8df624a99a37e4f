//! The property tests as compiled: which test binary runs which.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use store::StoreError;

use crate::Failure;

/// A property test that can be run.
#[derive(Debug, Clone)]
pub(super) struct Test {
    /// Its name with the crate, and the file of `tests` if it is in one: `import::round_trip::no_bytes…`.
    pub(super) name: String,
    /// What the binary calls it.
    pub(super) path: String,
    /// How many inputs it draws in a run.
    pub(super) cases: u64,
    /// The test binary.
    pub(super) binary: PathBuf,
    /// The folder of its crate, where cargo runs it.
    pub(super) folder: PathBuf,
}

impl Test {
    /// The name of its function, which no other property test has.
    pub(super) fn function(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or(&self.path)
    }
}

/// Compiles all tests as `cargo test` does, and returns those that are property tests.
pub(super) fn build(root: &Path, properties: &BTreeMap<String, u64>) -> Result<Vec<Test>, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let arguments =
        ["test", "--workspace", "--tests", "--no-run", "--message-format=json-render-diagnostics"];
    let built = Command::new(&cargo)
        .args(arguments)
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(StoreError::io("run", Path::new(&cargo)))?;
    if !built.status.success() {
        return Err(Failure::Usage("the tests do not compile".to_owned()));
    }
    let mut tests = Vec::new();
    for message in built.stdout.split(|byte| *byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Value>(message) else { continue };
        if message.pointer("/profile/test") != Some(&Value::Bool(true)) {
            continue;
        }
        let text = |pointer| message.pointer(pointer).and_then(Value::as_str);
        let (Some(binary), Some(manifest), Some(target)) =
            (text("/executable"), text("/manifest_path"), text("/target/name"))
        else {
            continue;
        };
        let folder = Path::new(manifest).parent().unwrap_or(root);
        let package = folder.file_name().unwrap_or_default().to_string_lossy();
        let prefix = if *package == *target { package.into_owned() } else { format!("{package}::{target}") };
        for path in listed(Path::new(binary))? {
            let test = Test {
                name: format!("{prefix}::{path}"),
                path,
                cases: 0,
                binary: binary.into(),
                folder: folder.into(),
            };
            if let Some(cases) = properties.get(test.function()) {
                tests.push(Test { cases: *cases, ..test });
            }
        }
    }
    tests.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(tests)
}

/// The tests that a test binary has.
fn listed(binary: &Path) -> Result<Vec<String>, StoreError> {
    let list = Command::new(binary).arg("--list").output().map_err(StoreError::io("run", binary))?;
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    Ok(list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}
