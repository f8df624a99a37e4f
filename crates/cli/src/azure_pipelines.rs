//! The variables that Azure Pipelines sets for a job. GitHub Advanced Security for Azure DevOps takes a SARIF file only where
//! that says which pipeline made it.

use diagnostics::sarif::Automation;

/// What comes before what a pipeline is called, in the id of a run and in the names of its properties.
const PREFIX: &str = "azuredevops/pipeline/build/";

/// The pipeline in which the command runs, if it runs in one that says all that is needed.
pub(crate) fn pipeline(variable: impl Fn(&str) -> Option<String>) -> Option<Automation> {
    let known = |names: &[&str]| {
        let values = names.iter().filter_map(|name| variable(name));
        values.map(|value| value.trim().to_owned()).find(|value| !value.is_empty())
    };
    known(&["TF_BUILD"]).filter(|value| value.eq_ignore_ascii_case("true"))?;
    let organization = organization(&known(&["SYSTEM_COLLECTIONURI"])?)?;
    let definition = known(&["BUILD_DEFINITIONID", "SYSTEM_DEFINITIONID"])?;
    let phase = known(&["SYSTEM_PHASEID", "SYSTEM_JOBID"])?;
    let parts = [
        organization,
        known(&["SYSTEM_TEAMPROJECTID"])?,
        definition.clone(),
        phase.clone(),
        known(&["BUILD_SOURCEBRANCH"])?,
        known(&["BUILD_BUILDID"])?,
    ];
    let properties = [
        ("buildDefinitionId", definition),
        ("buildDefinitionName", known(&["BUILD_DEFINITIONNAME"])?),
        ("phaseId", phase),
        ("phaseName", known(&["SYSTEM_PHASENAME", "SYSTEM_JOBNAME"])?),
    ];
    Some(Automation {
        id: format!("{PREFIX}{}", parts.join("/")),
        properties: properties.into_iter().map(|(name, value)| (format!("{PREFIX}{name}"), value)).collect(),
    })
}

/// The organization of an address such as `https://dev.azure.com/acme/` or `https://acme.visualstudio.com/`.
fn organization(address: &str) -> Option<String> {
    let (host, path) = address.split_once("://")?.1.split_once('/')?;
    let name = match host.strip_suffix(".visualstudio.com") {
        Some(name) => name.trim_end_matches(".vsrm"),
        None => path.split('/').next()?,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Option<String> {
        let value = match name {
            "TF_BUILD" => "True",
            "SYSTEM_COLLECTIONURI" => "https://dev.azure.com/acme/",
            "SYSTEM_TEAMPROJECTID" => "937f0cd7-53ac-4bcc-9ff6-5945d6a8fc34",
            "SYSTEM_DEFINITIONID" => "42",
            "BUILD_DEFINITIONNAME" => "Lint",
            "SYSTEM_PHASEID" => "3a3a2a60-14c7-570b-14a4-fa42ad92f52a",
            "SYSTEM_PHASENAME" => "Job",
            "BUILD_SOURCEBRANCH" => "refs/heads/main",
            "BUILD_BUILDID" => "7",
            _ => return None,
        };
        Some(value.to_owned())
    }

    #[test]
    fn a_pipeline_is_named_as_azure_wants_it() {
        let automation = pipeline(variable).unwrap();
        let (project, phase) =
            ("937f0cd7-53ac-4bcc-9ff6-5945d6a8fc34", "3a3a2a60-14c7-570b-14a4-fa42ad92f52a");
        let id = format!("azuredevops/pipeline/build/acme/{project}/42/{phase}/refs/heads/main/7");
        assert_eq!(automation.id, id);
        let properties: Vec<_> = automation.properties.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(properties, ["42", "Lint", phase, "Job"]);
    }

    #[test]
    fn what_is_no_whole_pipeline_is_none() {
        for missing in
            ["TF_BUILD", "SYSTEM_COLLECTIONURI", "SYSTEM_DEFINITIONID", "SYSTEM_PHASENAME", "BUILD_BUILDID"]
        {
            assert!(pipeline(|name| variable(name).filter(|_| name != missing)).is_none(), "{missing}");
        }
    }

    #[test]
    fn organizations_are_found_in_both_kinds_of_address() {
        assert_eq!(organization("https://dev.azure.com/acme/").as_deref(), Some("acme"));
        assert_eq!(organization("https://acme.visualstudio.com/").as_deref(), Some("acme"));
        assert_eq!(organization("https://dev.azure.com/"), None);
    }
}
