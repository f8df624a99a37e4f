//! Names that Windows keeps for devices, so that no file there can have them.

/// Returns whether a file of this name, with or without an ending, cannot be made on Windows.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let is_port = |number: &str| {
        let mut digits = number.chars();
        matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || ["com", "lpt"].into_iter().filter_map(|port| stem.strip_prefix(port)).any(is_port)
}

#[cfg(test)]
mod tests {
    use super::is_device_name;

    #[test]
    fn devices_are_known_in_every_spelling() {
        for name in ["nul", "NUL.toml", "com1", "LPT9", "con.x.y", "com²"] {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["null", "com", "com10", "console", "nul-host", "lpta"] {
            assert!(!is_device_name(name), "{name}");
        }
    }
}
