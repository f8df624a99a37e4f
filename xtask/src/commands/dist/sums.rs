//! The list of hashes, as `sha256sum --check` reads it.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};
use store::StoreError;

/// The name of the list.
pub(super) const FILE: &str = "SHA256SUMS";

/// Writes the list of the files in a folder, and returns it.
pub(super) fn write(folder: &Path) -> Result<String, StoreError> {
    let list = list(folder).map_err(StoreError::io("read", folder))?;
    let to = folder.join(FILE);
    fs::write(&to, &list).map_err(StoreError::io("write", &to))?;
    Ok(list)
}

fn list(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder)? {
        names.push(file?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| name != FILE);
    names.sort();
    let mut list = String::new();
    for name in names {
        for byte in Sha256::digest(fs::read(folder.join(&name))?) {
            let _ = write!(list, "{byte:02x}");
        }
        let _ = writeln!(list, "  {name}");
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_a_line_and_the_list_has_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "").unwrap();
        fs::write(folder.path().join("a"), "abc").unwrap();
        let expected = "\
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n\
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n";
        assert_eq!(write(folder.path()).unwrap(), expected);
        assert_eq!(write(folder.path()).unwrap(), expected);
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), expected);
    }
}
