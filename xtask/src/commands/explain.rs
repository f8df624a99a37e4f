//! `explain`: the page of a rule.

use crate::cli::{ExplainArguments, Global, ListFormat};
use crate::terminal::{color_out, paint, print};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.rule else {
        return super::rules::list(global, ListFormat::Human);
    };
    let rule = lint::find(name).map_err(|error| Failure::Usage(error.to_string()))?;
    let info = rule.info();
    let color = color_out(global);
    let mut out = format!("{} ({})\n", paint(color, "1", info.id.as_str()), info.severity.name());
    let body = info.page.split_once('\n').map_or("", |(_, body)| body);
    for line in body.lines() {
        match line.strip_prefix("## ") {
            Some(heading) => out.push_str(&paint(color, "1;4", heading)),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    print(out.as_bytes())?;
    Ok(Outcome::Success)
}
