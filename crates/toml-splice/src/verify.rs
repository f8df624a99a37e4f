//! Reads an edited text again: it must say what the edits promise, and everything else as before.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::edit::Edit;
use crate::meaning::Meaning;
use crate::parse::Toml;
use crate::path::{Path, Step};
use crate::values::Values;

/// Returns whether `after` is valid TOML and says exactly what the edits make of a text.
pub(crate) fn keeps_promise<'e>(
    toml: &'e Toml<'e>,
    after: &str,
    edits: impl IntoIterator<Item = &'e Edit>,
) -> bool {
    let after = Values::parse(after);
    after.is_some_and(|after| made(toml, edits).is_some_and(|made| made.is_said_by(after.root())))
}

/// What a text says with the edits made. Every path is one of the unedited text, so values
/// change first, items go from the last to the first, and keys change from the inmost to the
/// outmost.
fn made<'e>(toml: &'e Toml<'e>, edits: impl IntoIterator<Item = &'e Edit>) -> Option<Meaning<'e>> {
    let mut said = toml.root().meaning();
    let (mut parts, mut removals, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for edit in edits {
        match edit {
            Edit::Set(path, value) => set(&mut said, path.steps(), value.into())?,
            Edit::Replace(path, range, with) => parts.push((path, range, with)),
            Edit::Remove(path) => removals.push(path),
            Edit::Rename(path, name) => names.push((path, name)),
        }
    }
    parts.sort_by_key(|(path, range, _)| (*path, range.start));
    for (path, range, with) in parts.into_iter().rev() {
        let Meaning::Text(text) = at(&mut said, path.steps())? else { return None };
        text.get(range.clone())?;
        text.to_mut().replace_range(range.clone(), with);
    }
    removals.sort();
    for path in removals.into_iter().rev() {
        let (last, parent) = path.steps().split_last()?;
        match (at(&mut said, parent)?, last) {
            (Meaning::Table(fields), Step::Key(key)) => drop(fields.remove(key.as_str())?),
            (Meaning::List(items), Step::Index(index)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => return None,
        }
    }
    names.sort();
    for (path, name) in names.into_iter().rev() {
        rename(&mut said, path, name)?;
    }
    Some(said)
}

fn rename<'e>(said: &mut Meaning<'e>, path: &Path, name: &'e str) -> Option<()> {
    let (Step::Key(key), parent) = path.steps().split_last()? else { return None };
    let Meaning::Table(fields) = at(said, parent)? else { return None };
    let value = fields.remove(key.as_str())?;
    fields.insert(Cow::Borrowed(name), value).is_none().then_some(())
}

fn at<'v, 'e>(value: &'v mut Meaning<'e>, path: &[Step]) -> Option<&'v mut Meaning<'e>> {
    path.iter().try_fold(value, |here, step| match (here, step) {
        (Meaning::Table(fields), Step::Key(key)) => fields.get_mut(key.as_str()),
        (Meaning::List(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Gives a path a value; tables and lists on the way are made where they are missing.
fn set<'e>(value: &mut Meaning<'e>, path: &'e [Step], new: Meaning<'e>) -> Option<()> {
    let Some((step, rest)) = path.split_first() else {
        *value = new;
        return Some(());
    };
    let inner = match (value, step) {
        (Meaning::Table(fields), Step::Key(key)) => {
            fields.entry(Cow::Borrowed(key.as_str())).or_insert_with(|| empty_for(rest))
        }
        (Meaning::List(items), Step::Index(index)) => {
            if *index >= items.len() {
                items.push(empty_for(rest));
            }
            let last = items.len() - 1;
            items.get_mut((*index).min(last))?
        }
        _ => return None,
    };
    set(inner, rest, new)
}

fn empty_for<'e>(path: &[Step]) -> Meaning<'e> {
    match path.first() {
        Some(Step::Index(_)) => Meaning::List(Vec::new()),
        _ => Meaning::Table(BTreeMap::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::path;

    #[test]
    fn nothing_but_what_is_promised_may_change() {
        let toml = Toml::parse("a = 1\nb = 10:00:00\nc = 99999999999999999999\nd = 1.0\ne = inf\n[f]\n");
        let edits = [Edit::Set(path("a"), 2.into())];
        let kept = |after: &str| keeps_promise(&toml, after, &edits);
        assert!(kept("a = 2\nb = 10:00:00\nc = 99999999999999999999\nd = 1.00\ne = inf\n"));
        for (from, to) in [
            ("a = 2", "a = 2.0"),
            ("a = 2", "a = '2'"),
            ("10:00:00", "11:00:00"),
            ("99999999999999999999", "99999999999999999998"),
            ("1.0", "1.5"),
            ("inf", "-inf"),
            ("e = inf", "g = inf"),
            ("e = inf", "e = inf\ng = 1"),
            ("e = inf", "e = "),
        ] {
            let after = "a = 2\nb = 10:00:00\nc = 99999999999999999999\nd = 1.0\ne = inf\n".replace(from, to);
            assert!(!kept(&after), "{after}");
        }
    }
}
