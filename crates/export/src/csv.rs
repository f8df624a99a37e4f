//! The registry as CSV files: RFC 4180 with LF line ends, quotes only where they are needed.
//!
//! Every text is exact, so the files read back without loss; they are not guarded against programs
//! that take a text such as `=1+1` for a formula.

use ::csv::{QuoteStyle, Terminator, WriterBuilder};
use model::Registry;

use crate::left_out::unread;
use crate::tables::{Table, tables};
use crate::{Export, OutputFile};

/// What no table has a column for.
const UNPUBLISHED: [&str; 6] = ["id", "former_ids", "allow", "exceptions", "reviews", "flags"];

/// The tables of organizations, platforms, offerings and cells, and the evidence as a view of its
/// own. [`model::tabular`] says which columns they have and how these hold lists and facts.
pub fn csv(registry: &Registry) -> Export {
    let file = |table: &Table| OutputFile { path: format!("{}.csv", table.name), bytes: write(table) };
    Export::new(tables(registry).iter().map(file).collect(), unread(registry, &UNPUBLISHED))
}

fn write(table: &Table) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .quote_style(QuoteStyle::Necessary)
        // Rows are as long as the header; being flexible leaves the writer nothing to refuse.
        .flexible(true)
        .from_writer(Vec::new());
    let rows = std::iter::once(&table.header).chain(&table.rows);
    let written = rows.map(|row| writer.write_record(row)).find_map(Result::err);
    match (written, writer.into_inner()) {
        (None, Ok(bytes)) => bytes,
        _ => unreachable!("memory takes every byte"),
    }
}

#[cfg(test)]
mod tests {
    use model::{Optional, Organization, Required};

    use super::*;
    use crate::sample;

    fn file(export: &Export, path: &str) -> String {
        let file = export.files.iter().find(|file| file.path == path).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    }

    #[test]
    fn writes_each_table() {
        let export = csv(&sample::registry());
        let paths: Vec<_> = export.files.iter().map(|file| &*file.path).collect();
        assert_eq!(
            paths,
            ["cells.csv", "evidence.csv", "offerings.csv", "organizations.csv", "platforms.csv"]
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
        assert_eq!(
            file(&export, "cells.csv"),
            "owner,dimension,status,confidence,confidence_reasons,headline,note,tier,route,default,geography,\
             geography_note,facts,parts,override_reason,source_url,source_title,source_role,source_quote,\
             fetch_outcome,fetched_on,http_status,archived_url,verified_on,source_2_url,source_2_title,\
             source_2_role,source_2_quote,source_2_fetch_outcome,source_2_fetched_on,source_2_http_status,\
             source_2_archived_url\n\
             organization:microsoft,gpai_cop,yes_public,high,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n\
             organization:openai,gpai_cop,yes_public,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n\
             platform:azure,soc2_type2,yes_sales_gated,medium,\"gated_document, scope_unverified\",\
             Report needs an account,\"First line\ngoes on.\n\nSecond paragraph.\",enterprise_only,\
             trust_center_nda,,,,\"criteria=[\"\"security\"\", \"\"privacy\"\"]; report_date=2026-03-31; \
             scope_public=true; version=\"\"1.10\"\"\",,,https://example.com/a(b)?x=1&y=2,Trust portal,primary,,\
             blocked,2026-07-05,403,,2026-07-06,https://example.org/,,,,,,,https://archive.org/1\n\
             offering:azure-openai,data_residency,yes_public,high,,Choose a region,,,,requires_config,\
             \"EU, US\",other regions on request,,zone=yes,The family is served from two regions only.,,,,,,,,,,,,,,,,,\n"
        );
        assert_eq!(
            file(&export, "evidence.csv"),
            "owner,dimension,n,url,title,role,quote,fetch_outcome,fetched_on,http_status,archived_url\n\
             platform:azure,soc2_type2,1,https://example.com/a(b)?x=1&y=2,Trust portal,primary,,blocked,2026-07-05,403,\n\
             platform:azure,soc2_type2,2,https://example.org/,,,,,,,https://archive.org/1\n"
        );
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
        assert!(cells.contains(",,Trust portal,primary"), "{cells}");
    }

    #[test]
    fn an_empty_registry_is_headers() {
        let export = csv(&Registry::default());
        assert_eq!(file(&export, "platforms.csv"), "id,name,operator\n");
        assert!(file(&export, "cells.csv").ends_with("archived_url,verified_on\n"));
    }
}
