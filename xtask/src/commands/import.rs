//! `import`: plan a bulk import of tables and show it, or do it.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use diagnostics::human::{Renderer, Style};
use diagnostics::{Counts, Edit, Report, Severity, count, json, printable};
use import::{Import, Input, Options, Plan, Reading, import};
use lint::{Linter, Selection};
use model::{Date, Registry, Value};
use serde_json::json;
use store::{Editor, FileLocator, Source, Store, StoreError, Write, canonical, document_of};

use crate::cli::{Global, ImportArguments, ListFormat};
use crate::folder::Folder;
use crate::judge::{judge, judge_registry};
use crate::terminal::{color_out, paint, print, width, wrapped};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &ImportArguments) -> Result<Outcome, Failure> {
    let (folder, writer) = Folder::open_for(global, arguments.write)?;
    let today = global.today.unwrap_or_else(Date::today);
    let mut inputs = Vec::new();
    for path in &arguments.files {
        let size = fs::metadata(path).map_err(StoreError::io("read", path))?.len();
        if size > import::MAX_FILE_BYTES as u64 {
            return Err(Failure::Usage(format!(
                "{} has {size} bytes, a table may have {}",
                path.display(),
                import::MAX_FILE_BYTES
            )));
        }
        let bytes = fs::read(path).map_err(StoreError::io("read", path))?;
        inputs.push(Input { name: path.to_string_lossy().replace('\\', "/"), bytes });
    }
    let (current, _) = Store::open(&folder.tree)?.registry()?;
    let reading = Reading {
        sheets: arguments.sheet.clone(),
        encoding: arguments.encoding,
        fill_merged: arguments.fill_merged,
    };
    let Import { plan, registry, findings, places, rows } = import(&inputs, &current, &Options { reading });

    let files = FileLocator::new(&folder.tree, folder.prefix.clone());
    let linter = Linter::new(Selection::default());
    let before = Report::new(judge(&folder.tree, None, &linter, today)?.findings, Counts::default(), &files);
    let known: HashSet<&str> = before.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let locator = places.before(&files);
    let mut all = findings;
    let of_tables = all.len();
    all.extend(judge_registry(&registry, &linter, today));
    let mut report = Report::new(all, Counts::default(), &locator);
    // What stood before the import is no fault of it.
    report.keep(|finding| !known.contains(finding.fingerprint.as_str()));
    let refused = report.summary.errors > 0;

    match arguments.format {
        ListFormat::Json => print(format!("{}\n", document(&plan, &report)).as_bytes())?,
        ListFormat::Human => {
            let style = Style { color: color_out(global), width: width(), rule_pages: None };
            let shown = human(global, &plan, &report, Renderer::new(&locator, style), rows, of_tables);
            print(shown.as_bytes())?;
        }
    }
    if refused {
        return Ok(Outcome::Findings);
    }
    if let Some(writer) = writer {
        let writes = writes(&folder, &plan, &registry)?;
        writer.write(&writes)?;
        if !global.quiet && arguments.format == ListFormat::Human {
            print(format!("wrote {}\n", count(writes.len(), "file")).as_bytes())?;
        }
    }
    Ok(Outcome::Success)
}

/// The texts that the plan gives its files.
fn writes(folder: &Folder, plan: &Plan, registry: &Registry) -> Result<Vec<Write>, Failure> {
    let mut by_file: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for edit in &plan.edits {
        by_file.entry(edit.subject().entity.file()).or_default().push(edit.clone());
    }
    let existing: HashSet<String> = folder.tree.list()?.into_iter().collect();
    let mut writes = Vec::new();
    for (path, edits) in by_file {
        let Some(document) = document_of(&path) else { continue };
        let unchangeable = |reason: String| Failure::Usage(format!("{path}: {reason}: nothing was written"));
        if !existing.contains(&path) {
            let after = canonical::file(document, &new_file(&edits, registry)).into_bytes();
            writes.push(Write { path, before: None, after });
            continue;
        }
        let bytes = folder.tree.read(&path)?.map_err(&unchangeable)?;
        let text = String::from_utf8(bytes).map_err(|error| unchangeable(error.to_string()))?;
        let edited = Editor::new(document, &registry.dimensions).apply(&text, &edits);
        let edited = edited.map_err(|error| unchangeable(error.to_string()))?;
        writes.push(Write { path, before: Some(text.into_bytes()), after: edited.into_bytes() });
    }
    Ok(writes)
}

/// The fields of a new file: the entity's own, then its cells in the order of the dimensions.
fn new_file(edits: &[Edit], registry: &Registry) -> Vec<(String, Value)> {
    let (mut fields, mut cells) = (Vec::new(), Vec::new());
    for edit in edits {
        let Edit::Set(subject, value) = edit else { continue };
        match (&subject.dimension, &subject.field) {
            (Some(dimension), None) => cells.push((dimension.clone(), value.clone())),
            (None, Some(field)) => fields.push((field.to_string(), value.clone())),
            _ => {}
        }
    }
    let place = |id: &str| {
        registry.dimensions.iter().position(|dimension| dimension.id.text() == id).unwrap_or(usize::MAX)
    };
    cells.sort_by_key(|(id, _)| place(id));
    if !cells.is_empty() {
        fields.push(("cells".to_owned(), Value::Table(cells)));
    }
    fields
}

/// The plan as JSON.
fn document(plan: &Plan, report: &Report) -> serde_json::Value {
    let added: Vec<_> = plan
        .added
        .iter()
        .map(|one| json!({ "entity": one.entity.reference(), "dimension": one.dimension }))
        .collect();
    let changed: Vec<_> = plan
        .changed
        .iter()
        .map(|change| {
            json!({
                "entity": change.entity.reference(),
                "dimension": change.dimension,
                "field": change.field.to_string(),
                "old": change.old.as_ref().map(serde_json::Value::from),
                "new": serde_json::Value::from(&change.new),
            })
        })
        .collect();
    let conflicts: Vec<_> = plan.conflicts.iter().map(|conflict| {
        json!({ "entity": conflict.entity.reference(), "dimension": conflict.dimension, "places": conflict.places })
    }).collect();
    let findings: Vec<_> = report.findings.iter().map(json::finding).collect();
    json!({
        "version": 1,
        "added": added,
        "changed": changed,
        "unchanged": plan.unchanged,
        "conflicts": conflicts,
        "findings": findings,
        "summary": {
            "added": plan.added.len(),
            "changed_fields": plan.changed.len(),
            "unchanged": plan.unchanged,
            "conflicts": plan.conflicts.len(),
            "errors": report.summary.errors,
            "warnings": report.summary.warnings,
        },
    })
}

/// The most faults and changes that are shown to people.
const SHOWN: usize = 100;

fn human(
    global: &Global,
    plan: &Plan,
    report: &Report,
    mut renderer: Renderer<'_>,
    rows: usize,
    of_tables: usize,
) -> String {
    let color = color_out(global);
    let mut out = String::new();
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.clone().take(SHOWN).for_each(|finding| renderer.render(finding, &mut out));
    if errors.clone().count() > SHOWN {
        out.push_str(&format!("… and {} more errors\n\n", errors.clone().count() - SHOWN));
    }
    if global.verbose {
        let warnings = report.findings.iter().filter(|finding| finding.severity == Severity::Warning);
        warnings.take(SHOWN).for_each(|finding| renderer.render(finding, &mut out));
    }
    let name = |entity: &model::Entity, dimension: &Option<String>| match dimension {
        Some(dimension) => format!("{entity} {dimension}"),
        None => entity.to_string(),
    };
    for change in plan.changed.iter().take(SHOWN) {
        let shown = |value: &Value| printable(&diagnostics::cut(&canonical_text(value), 80)).into_owned();
        let old = change.old.as_ref().map_or_else(|| "nothing".to_owned(), shown);
        let subject = name(&change.entity, &change.dimension);
        let line = format!(
            "{} {subject} {}: {old} -> {}",
            paint(color, "33", "~"),
            change.field,
            shown(&change.new)
        );
        out.push_str(&(wrapped(&line, width(), "", "    ") + "\n"));
    }
    let mut added: BTreeMap<String, (bool, usize)> = BTreeMap::new();
    for one in &plan.added {
        let entry = added.entry(one.entity.to_string()).or_default();
        match one.dimension {
            None => entry.0 = true,
            Some(_) => entry.1 += 1,
        }
    }
    for (entity, (new, cells)) in added.iter().take(SHOWN) {
        let what = match (new, cells) {
            (true, 0) => "new".to_owned(),
            (true, cells) => format!("new, with {}", count(*cells, "cell")),
            (false, cells) => format!("{} new", count(*cells, "cell")),
        };
        out.push_str(&format!("{} {entity}: {what}\n", paint(color, "32", "+")));
    }
    let (changed, conflicts) =
        (count(plan.changed.len(), "changed field"), count(plan.conflicts.len(), "conflict"));
    out.push_str(&format!(
        "{}: {} added, {changed}, {} unchanged, {conflicts}; {}, {}\n",
        count(rows, "row"),
        plan.added.len(),
        plan.unchanged,
        count(report.summary.errors, "error"),
        count(report.summary.warnings, "warning"),
    ));
    if report.summary.errors > 0 {
        let blame = if of_tables > 0 { "the tables" } else { "the registry as it would be" };
        out.push_str(&format!("refused, since {blame} would not pass: nothing was written\n"));
    } else if plan.edits.is_empty() {
        out.push_str("nothing to do\n");
    }
    out
}

fn canonical_text(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        other => serde_json::Value::from(other).to_string(),
    }
}
