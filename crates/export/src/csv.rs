//! The registry as CSV files: RFC 4180 with LF line ends, quotes only where they are needed.
//!
//! Every text is exact, so the files read back without loss. Those for spreadsheets are guarded
//! against programs that take a text such as `=1+1` for a formula; the guard can be taken off again
//! ([`model::tabular::unguard`]).

mod answers;
mod column;
mod exceptions;
mod keys;
mod matrix;
mod package;
mod visits;
mod web;

use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use ::csv::{QuoteStyle, Terminator, WriterBuilder};
use model::Registry;
use model::tabular::{GUARD_MARK, guard};
use rayon::prelude::*;
use serde_json::Value;

use self::answers::answers;
use self::column::columns;
use self::exceptions::exceptions;
use self::matrix::matrix;
use self::package::package;
use self::visits::visits;
use self::web::metadata;
use crate::columns::{Column, Schemas};
use crate::left_out::unread;
use crate::tables::{Row, Table, tables};
use crate::{Export, Hashed, OutputFile};

/// What no table has a column for.
pub(crate) const UNPUBLISHED: [&str; 5] = ["id", "former_ids", "allow", "reviews", "flags"];

/// How many parts of a table are made together, on all cores, before they are written.
const TOGETHER: usize = 512;

/// The tables of organizations, platforms, offerings and cells; as separate views the evidence, the
/// exceptions, all answers, the matrix of their grades and the visits; and the description of all as a data package and for the Web.
/// [`model::tabular`] says which columns they have and how these hold lists and facts.
///
/// ```
/// # let registry = model::Registry::default();
/// let export = export::csv(&registry);
/// let platforms = export.files.iter().find(|file| file.path == "platforms.csv").ok_or("no table")?;
/// assert_eq!(std::str::from_utf8(&platforms.bytes())?, "id,name,operator\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn csv(registry: &Registry) -> Export<'_> {
    export(registry, all_tables(registry))
}

/// The same, guarded for spreadsheets.
pub fn csv_for_spreadsheets(registry: &Registry) -> Export<'_> {
    export(registry, all_tables(registry).into_iter().map(guarded).collect())
}

fn all_tables(registry: &Registry) -> Vec<Table<'_>> {
    let views = [exceptions(registry), answers(registry), matrix(registry), visits(registry)];
    tables(registry).into_iter().chain(views).collect()
}

fn export<'a>(registry: &'a Registry, tables: Vec<Table<'a>>) -> Export<'a> {
    let schemas = Schemas::new();
    let described = tables.into_iter().map(|table| {
        let columns = columns(&schemas, &table, &registry.dimensions);
        Arc::new(TableFile { table, columns, sum: OnceLock::new() })
    });
    let tables: Arc<[_]> = described.collect();
    let mut files: Vec<_> = tables
        .iter()
        .map(|file| {
            let (path, file) = (file.path(), Arc::clone(file));
            OutputFile::later(path, move |out| file.write(out).map(drop))
        })
        .collect();
    files.push(description("datapackage.json", &tables, |tables| package(&registry.info, tables)));
    files.push(description("csv-metadata.json", &tables, |tables| Ok(metadata(&registry.info, tables))));
    Export::new(files, unread(registry, &UNPUBLISHED))
}

fn description<'a>(
    path: &str,
    tables: &Arc<[Arc<TableFile<'a>>]>,
    describe: impl Fn(&[Arc<TableFile<'a>>]) -> io::Result<Value> + Send + Sync + 'a,
) -> OutputFile<'a> {
    let tables = Arc::clone(tables);
    OutputFile::about_others(path.to_owned(), move |out| writeln!(out, "{:#}", describe(&tables)?))
}

/// The table with the guard on every header and text, and the column that says so.
fn guarded(table: Table<'_>) -> Table<'_> {
    let guard = |row: Row| row.iter().map(|text| guard(text).into_owned()).collect();
    let mut table = table.map(guard);
    table.header.push(GUARD_MARK.to_owned());
    table
}

/// A table as a file.
struct TableFile<'a> {
    table: Table<'a>,
    columns: Vec<Column>,
    /// The hash and the size of the file, once it is written.
    sum: OnceLock<(String, usize)>,
}

impl TableFile<'_> {
    fn path(&self) -> String {
        format!("{}.csv", self.table.name)
    }

    /// Its hash and its size. Where it was not written yet, it is made for that.
    fn sum(&self) -> io::Result<(String, usize)> {
        self.sum.get().cloned().map_or_else(|| self.write(&mut io::sink()), Ok)
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<(String, usize)> {
        let mut out = Hashed::new(out);
        out.write_all(&self.lines(std::iter::once(self.table.header.clone())))?;
        for first in (0..self.table.parts()).step_by(TOGETHER) {
            let parts = first..self.table.parts().min(first + TOGETHER);
            let lines: Vec<_> =
                parts.into_par_iter().map(|part| self.lines(self.table.part(part).into_iter())).collect();
            lines.iter().try_for_each(|lines| out.write_all(lines))?;
        }
        let sum = out.end()?;
        Ok(self.sum.get_or_init(|| sum).clone())
    }

    fn lines(&self, rows: impl Iterator<Item = Row>) -> Vec<u8> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::Any(b'\n'))
            .quote_style(QuoteStyle::Necessary)
            // All rows are as long as the header; being flexible leaves the writer nothing to refuse.
            .flexible(true)
            .from_writer(Vec::new());
        let mut whole = |row: Row| {
            let texts = row.iter().map(String::as_str).chain(std::iter::repeat(""));
            writer.write_record(texts.take(self.table.header.len()))
        };
        let mut rows = rows;
        match (rows.try_for_each(&mut whole), writer.into_inner()) {
            (Ok(()), Ok(bytes)) => bytes,
            _ => unreachable!("memory takes every byte"),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::tabular::{CELL_COLUMNS, WHOLE_MARK, cell_columns};
    use model::{Optional, Organization, Required};
    use serde_json::json;

    use super::*;
    use crate::sample;

    fn file(export: &Export<'_>, path: &str) -> String {
        let file = export.files.iter().find(|file| file.path == path).unwrap();
        String::from_utf8(file.bytes().into_owned()).unwrap()
    }

    /// What each row of a table states, by column. Each has a digest, which is left out.
    fn stated(table: &str) -> Vec<String> {
        let mut reader = ::csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().unwrap().clone();
        let row = |record: ::csv::StringRecord| {
            let digest = header.iter().zip(&record).find(|(column, _)| *column == WHOLE_MARK).unwrap().1;
            assert!(digest.len() == 17 && digest.starts_with('w'), "{digest}");
            let stated = header.iter().zip(&record).filter(|(_, text)| !text.is_empty() && *text != digest);
            stated.map(|(column, text)| format!("{column}={text}")).collect::<Vec<_>>().join("|")
        };
        reader.records().map(|record| row(record.unwrap())).collect()
    }

    #[test]
    fn writes_each_table() {
        let registry = sample::registry();
        let export = csv(&registry);
        let paths: Vec<_> = export.files.iter().map(|file| &*file.path).collect();
        assert_eq!(
            paths,
            [
                "answers.csv",
                "cells.csv",
                "csv-metadata.json",
                "datapackage.json",
                "evidence.csv",
                "exceptions.csv",
                "matrix.csv",
                "offerings.csv",
                "organizations.csv",
                "platforms.csv",
                "visits.csv"
            ]
        );
        assert!(export.left_out.is_empty());
        assert_eq!(
            file(&export, "organizations.csv"),
            "id,name,homepage,domains\n\
             microsoft,Microsoft,https://microsoft.com/,\"microsoft.com, azure.com\"\n\
             openai,OpenAI,,\n"
        );
        assert_eq!(file(&export, "platforms.csv"), "id,name,operator\nazure,Microsoft Azure,microsoft\n");
        assert_eq!(
            file(&export, "offerings.csv"),
            "id,name,developer,platform,category,model_family,summary\n\
             azure-openai,OpenAI models on Azure,openai,azure,cloud_distribution,GPT,\"Sold by \"\"Microsoft\"\".\"\n"
        );
        let cells = file(&export, "cells.csv");
        let mut header = cell_columns(2);
        header.insert(CELL_COLUMNS.len(), WHOLE_MARK.to_owned());
        assert_eq!(cells.lines().next().unwrap(), header.join(","));
        assert_eq!(
            stated(&cells),
            [
                "owner=organization:microsoft|dimension=gpai_cop|status=yes_public|confidence=high",
                "owner=organization:openai|dimension=gpai_cop|status=yes_public",
                "owner=platform:azure|dimension=soc2_type2|status=yes_sales_gated|confidence=medium|\
                 confidence_reasons=gated_document, scope_unverified|headline=Report needs an account|\
                 note=First line\ngoes on.\n\nSecond paragraph.|tier=enterprise_only|route=trust_center_nda|\
                 facts=criteria=[\"security\", \"privacy\"]; report_date=2026-03-31; scope_public=true; \
                 version=\"1.10\"|source_url=https://example.com/a(b)?x=1&y=2|source_title=Trust portal|\
                 source_role=primary|fetch_outcome=blocked|fetched_on=2026-07-05|http_status=403|\
                 verified_on=2026-07-06|source_2_url=https://example.org/|\
                 source_2_archived_url=https://archive.org/1",
                "owner=offering:azure-openai|dimension=data_residency|status=yes_public|confidence=high|\
                 headline=Choose a region|default=requires_config|geography=EU, US|\
                 geography_note=other regions on request|parts=zone=yes|\
                 override_reason=The family is served from two regions only.",
            ]
        );
        assert_eq!(
            file(&export, "evidence.csv"),
            "owner,dimension,n,url,title,role,quote,fetch_outcome,fetched_on,http_status,fetch_via,reported_by,archived_url,seen,seen_on\n\
             platform:azure,soc2_type2,1,https://example.com/a(b)?x=1&y=2,Trust portal,primary,,blocked,2026-07-05,403,,,,,\n\
             platform:azure,soc2_type2,2,https://example.org/,,,,,,,,,https://archive.org/1,,\n"
        );
    }

    #[test]
    fn the_matrix_has_a_column_for_each_question() {
        assert_eq!(
            file(&csv(&sample::registry()), "matrix.csv"),
            "offering,name,developer,platform,soc2_type2,data_residency,gpai_cop\n\
             azure-openai,OpenAI models on Azure,OpenAI,Microsoft Azure,yes_sales_gated,yes_public,yes_public\n"
        );
    }

    #[test]
    fn every_answer_has_a_row_that_says_what_was_read() {
        assert_eq!(
            file(&csv(&sample::registry()), "answers.csv"),
            "offering,name,developer,platform,dimension,value,confidence,headline,own_reading,as_of,expires,\
             expires_by,verified,to_check,owner\n\
             azure-openai,OpenAI models on Azure,OpenAI,Microsoft Azure,soc2_type2,yes_sales_gated,medium,\
             Report needs an account,false,,,,2026-07-06,,platform:azure\n\
             azure-openai,OpenAI models on Azure,OpenAI,Microsoft Azure,data_residency,yes_public,high,\
             Choose a region,false,,,,,not_read,offering:azure-openai\n\
             azure-openai,OpenAI models on Azure,OpenAI,Microsoft Azure,gpai_cop,yes_public,,,false,,,,,\
             \"confidence, not_read\",organization:openai\n"
        );
    }

    #[test]
    fn exceptions_have_a_table() {
        let mut registry = sample::registry();
        sample::own_cell(&mut registry, "data_residency").exceptions =
            sample::known(vec![sample::exception()]);
        assert_eq!(
            file(&csv(&registry), "exceptions.csv"),
            "owner,dimension,n,models,status,headline,note,facts\n\
             offering:azure-openai,data_residency,1,\"gpt-x, gpt-y\",no,Kept in one region,\
             One region only.,retention_days=30\n"
        );
    }

    #[test]
    fn texts_for_spreadsheets_are_no_formulas_and_their_table_says_so() {
        let mut registry = sample::registry();
        registry.organizations.get_mut("openai").unwrap().name = sample::text("=1+1").into();
        registry.organizations.get_mut("microsoft").unwrap().name = sample::text("'tis").into();
        let organizations = file(&csv_for_spreadsheets(&registry), "organizations.csv");
        assert_eq!(
            organizations,
            "id,name,homepage,domains,#guarded\n\
             microsoft,''tis,https://microsoft.com/,\"microsoft.com, azure.com\",\n\
             openai,'=1+1,,,\n"
        );
        assert!(file(&csv(&registry), "organizations.csv").contains("\nopenai,=1+1,,\n"));
    }

    #[test]
    fn tables_are_described() {
        let registry = sample::registry();
        let export = csv(&registry);
        let package: Value = serde_json::from_str(&file(&export, "datapackage.json")).unwrap();
        assert_eq!(package["licenses"], json!([{ "name": "CC-BY-4.0" }]));
        let cells = &package["resources"][3];
        assert_eq!(
            (&cells["path"], &cells["bytes"]),
            (&json!("cells.csv"), &json!(file(&export, "cells.csv").len()))
        );
        let field = |name: &str| {
            let fields = cells["schema"]["fields"].as_array().unwrap();
            fields.iter().find(|field| field["name"] == name).unwrap().clone()
        };
        assert_eq!(
            field("confidence"),
            json!({
                "name": "confidence",
                "type": "string",
                "description": "How certain the grade is.",
                "constraints": { "enum": ["high", "medium", "low"] },
            })
        );
        assert_eq!(field("status")["constraints"]["required"], true);
        assert_eq!(field("source_2_fetched_on")["type"], "date");
        assert_eq!(field("http_status")["type"], "integer");
        assert_eq!(field("source_url")["constraints"], Value::Null);
        let metadata: Value = serde_json::from_str(&file(&export, "csv-metadata.json")).unwrap();
        assert_eq!(metadata["tables"][3]["tableSchema"]["primaryKey"], json!(["owner", "dimension"]));
        let columns = |table: &Value| table["tableSchema"]["columns"].as_array().unwrap().len();
        for (table, resource) in
            metadata["tables"].as_array().unwrap().iter().zip(package["resources"].as_array().unwrap())
        {
            assert_eq!(columns(table), resource["schema"]["fields"].as_array().unwrap().len());
            for column in resource["schema"]["fields"].as_array().unwrap() {
                assert!(!column["description"].as_str().unwrap().is_empty(), "{column}");
            }
        }
    }

    #[test]
    fn tables_of_many_parts_are_in_order_and_described_before_and_after_they_are_written() {
        let mut registry = sample::registry();
        let openai = registry.organizations["openai"].clone();
        let ids = (0..2 * TOGETHER + 1).map(|nth| format!("one-{nth:05}"));
        registry.organizations = ids.map(|id| (id, openai.clone())).collect();
        let export = csv(&registry);
        assert!(
            export.files.iter().all(|file| file.made().is_none()),
            "a table is held before it is written"
        );
        let describe = || file(&export, "datapackage.json");
        let before = describe();
        let organizations = file(&export, "organizations.csv");
        let ids: Vec<_> = organizations.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert!(ids.iter().eq(registry.organizations.keys()));
        assert!(before.contains(&crate::sha256(organizations.as_bytes())));
        assert_eq!(before, describe());
    }

    #[test]
    fn leaves_out_what_could_not_be_read() {
        let mut registry = sample::registry();
        registry
            .organizations
            .insert("broken".to_owned(), Organization { cells: Optional::Unread, ..Organization::default() });
        let azure = registry.platforms.get_mut("azure").unwrap();
        let Optional::Known(cells) = &mut azure.cells else { unreachable!() };
        let cell = cells.values_mut().next().unwrap();
        cell.confidence = Optional::Unread;
        cell.reviews = Optional::Unread;
        let Optional::Known(evidence) = &mut cell.evidence else { unreachable!() };
        evidence[0].url = Required::Unread;

        let export = csv(&registry);
        let told: Vec<_> = export
            .left_out
            .iter()
            .map(|subject| {
                let field = subject.field.as_ref().map(ToString::to_string);
                (subject.entity.to_string(), field.unwrap_or_default())
            })
            .collect();
        let told: Vec<_> = told.iter().map(|(entity, field)| (&**entity, &**field)).collect();
        assert_eq!(
            told,
            [
                ("organization broken", ""),
                ("platform azure", "confidence"),
                ("platform azure", "evidence[0].url")
            ]
        );
        assert!(!file(&export, "organizations.csv").contains("broken"));
        let cells = file(&export, "cells.csv");
        assert!(cells.contains("yes_sales_gated,,\"gated_document"), "{cells}");
        // A source without an address would be another source when it is imported.
        assert!(!cells.contains("Trust portal"), "{cells}");
    }

    #[test]
    fn an_empty_registry_is_headers() {
        let registry = Registry::default();
        let export = csv(&registry);
        assert_eq!(file(&export, "platforms.csv"), "id,name,operator\n");
        assert!(file(&export, "cells.csv").ends_with("archived_url,verified_on,#whole\n"));
    }
}
