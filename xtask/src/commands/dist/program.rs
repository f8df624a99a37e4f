//! The program: a wheel for Python, and an archive with the same binary for everyone else.

use std::borrow::Cow;
use std::env;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use cli::Failure;
use store::StoreError;
use zip::ZipArchive;

use super::archive::{self, Entry};
use super::call;
use super::release::Release;
use super::target::Target;

/// Files of the repository that the archive has, too.
const WITH_IT: [&str; 4] = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// What the program writes about itself, by the file in the archive.
const OF_ITSELF: [(&str, &[&str]); 4] = [
    ("trustreg.1", &["man"]),
    ("completions/trustreg.bash", &["completions", "bash"]),
    ("completions/_trustreg", &["completions", "zsh"]),
    ("completions/trustreg.fish", &["completions", "fish"]),
];

const MISSING: &str = "python3 -m pip install --requirement .ci/release.txt";

/// The name of the archive.
pub(super) fn archive(release: &Release, target: &Target) -> String {
    let ending = if target.is_windows() { "zip" } else { "tar.gz" };
    format!("{}.{ending}", release.named(target.triple))
}

/// The name of the wheel, as far as it is known before it is built.
pub(super) fn wheel(release: &Release, target: &Target) -> String {
    release.named(&format!("py3-none-*.whl for {}", target.linux.unwrap_or(target.triple)))
}

/// Builds the wheel and the archive.
pub(super) fn make(release: &Release, target: &Target) -> Result<(), Failure> {
    let wheel = build(release, target)?;
    let name = if target.is_windows() { "trustreg.exe" } else { "trustreg" };
    let program = from_wheel(&wheel, name).map_err(StoreError::io("read", &wheel))?;
    let folder = release.named(target.triple);
    let mut entries = vec![Entry { path: format!("{folder}/{name}"), bytes: program, is_program: true }];
    let built = wheel.with_file_name(name);
    write_program(&built, &entries[0].bytes).map_err(StoreError::io("write", &built))?;
    for (path, arguments) in OF_ITSELF {
        entries.push(Entry::new(format!("{folder}/{path}"), said(&built, arguments)?));
    }
    for path in WITH_IT {
        let bytes = fs::read(release.root.join(path)).map_err(StoreError::io("read", path.as_ref()))?;
        entries.push(Entry::new(format!("{folder}/{path}"), bytes));
    }
    let to = release.folder.join(archive(release, target));
    archive::write(&to, entries, release.time).map_err(StoreError::io("write", &to))?;
    let kept = release.folder.join(wheel.file_name().unwrap_or_default());
    fs::copy(&wheel, &kept).map_err(StoreError::io("write", &kept))?;
    Ok(())
}

/// Builds the wheel, and returns its path.
fn build(release: &Release, target: &Target) -> Result<PathBuf, Failure> {
    let out = release.root.join("target/dist").join(target.triple);
    if out.exists() {
        fs::remove_dir_all(&out).map_err(StoreError::io("remove", &out))?;
    }
    let mut maturin = Command::new("maturin");
    maturin.args(["build", "--profile", "dist", "--target", target.triple, "--out"]).arg(&out);
    if let Some(linux) = target.linux {
        maturin.args(["--zig", "--compatibility", linux]);
    }
    maturin.current_dir(&release.root).envs(environment(release, target)?);
    call(&mut maturin, MISSING)?;
    let files = fs::read_dir(&out).map_err(StoreError::io("open", &out))?;
    let wheel = files
        .filter_map(Result::ok)
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"));
    wheel.ok_or_else(|| Failure::Usage(format!("`maturin` wrote no wheel into {}", out.display())))
}

/// The environment of the build: it states the commit and its time, and leaves out the folders of this machine and the
/// time of the build.
fn environment(release: &Release, target: &Target) -> Result<Vec<(&'static str, String)>, Failure> {
    let home = cargo_home()?;
    let folders = [(release.root.as_path(), "/trustreg"), (home.as_path(), "/cargo")];
    let each =
        |flag: &str| folders.map(|(folder, name)| format!("{flag}{}={name}", folder.display())).to_vec();
    let mut for_rust = each("--remap-path-prefix=");
    let mut for_c = each("-ffile-prefix-map=");
    if target.is_windows() {
        for_rust.push("-Clink-arg=/Brepro".to_owned());
        // Its compiler knows no such flags, and writes paths into debugging information only.
        for_c.clear();
    } else {
        // By the variable below these would be those of the commit, but cargo does not compile C again when it changes.
        for_c.extend(
            ["-Wno-builtin-macro-redefined", "-D__DATE__=\"\"", "-D__TIME__=\"\""].map(str::to_owned),
        );
    }
    Ok(vec![
        ("SOURCE_DATE_EPOCH", release.time.to_string()),
        ("TRUSTREG_COMMIT", release.commit.clone()),
        ("CARGO_INCREMENTAL", "0".to_owned()),
        // Its separator lets folders have blanks in their names.
        ("CARGO_ENCODED_RUSTFLAGS", for_rust.join("\u{1f}")),
        ("CFLAGS", for_c.join(" ")),
    ])
}

/// The folder in which cargo keeps the sources of libraries.
fn cargo_home() -> Result<PathBuf, Failure> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    home.ok_or_else(|| Failure::Usage("the folder of cargo is not known: set CARGO_HOME".to_owned()))
}

/// Returns the program that a wheel holds.
fn from_wheel(wheel: &Path, name: &str) -> io::Result<Vec<u8>> {
    let mut wheel = ZipArchive::new(File::open(wheel)?)?;
    let ending = format!(".data/scripts/{name}");
    let mut paths = wheel.file_names().filter_map(Result::ok).map(Cow::into_owned);
    let path = paths.find(|path| path.ends_with(&ending)).ok_or(io::ErrorKind::NotFound)?;
    drop(paths);
    let mut bytes = Vec::new();
    wheel.by_name(&path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_program(to: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(to, bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(to, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Returns what the program prints.
fn said(program: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = Command::new(program).args(arguments).output().map_err(StoreError::io("run", program))?;
    if !output.status.success() {
        return Err(Failure::Usage(format!("{} cannot run here", program.display())));
    }
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::super::target::TARGETS;
    use super::*;

    fn release() -> Release {
        Release {
            root: PathBuf::from("/home/jane/toolkit"),
            folder: PathBuf::new(),
            version: "1.2.3",
            commit: "79574aa1c2".to_owned(),
            time: 7,
            day: "2026-07-15".to_owned(),
        }
    }

    #[test]
    fn binstall_finds_the_archive_of_each_target() {
        let manifest = include_str!("../../../../crates/cli/Cargo.toml");
        let stated = |key: &str| {
            let line = manifest.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))).unwrap();
            line.trim_end_matches('"').replace("{ version }", "1.2.3")
        };
        let release = release();
        for target in &TARGETS {
            let suffix = if target.is_windows() { ".zip" } else { ".tar.gz" };
            let with_target = |text: String| text.replace("{ target }", target.triple);
            let address = with_target(stated("pkg-url")).replace("{ archive-suffix }", suffix);
            assert!(address.ends_with(&format!("/v1.2.3/{}", archive(&release, target))), "{address}");
            assert_eq!(
                with_target(stated("bin-dir")),
                format!("{}/{{ bin }}{{ binary-ext }}", release.named(target.triple))
            );
        }
    }

    #[test]
    fn a_build_names_no_folder_of_this_machine() {
        let release = release();
        let variables = environment(&release, Target::named("x86_64-unknown-linux-gnu").unwrap()).unwrap();
        let value = |name: &str| &variables.iter().find(|(known, _)| *known == name).unwrap().1;
        assert!(
            value("CARGO_ENCODED_RUSTFLAGS")
                .starts_with("--remap-path-prefix=/home/jane/toolkit=/trustreg\u{1f}")
        );
        assert!(value("CFLAGS").contains("-ffile-prefix-map=/home/jane/toolkit=/trustreg "));
        assert_eq!(
            (value("SOURCE_DATE_EPOCH").as_str(), value("TRUSTREG_COMMIT").as_str()),
            ("7", "79574aa1c2")
        );
    }
}
