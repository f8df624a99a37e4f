//! `explain`: the page of a rule, or the rules of a group.

use diagnostics::{closest, command};

use crate::arguments::{ExplainArguments, ListFormat};
use crate::global::Global;
use crate::terminal::{color_out, paint, print, print_styled, width};
use crate::{Failure, Outcome, pages};

/// The columns beyond which prose is hard to read.
const READABLE: usize = 100;

pub(crate) fn run(global: &Global, arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.rule else {
        super::rules::list(global, ListFormat::Human)?;
        print(&format!(
            "\n{} explain RULE shows the page of one, such as `cell/stale` or `stale`\n",
            command()
        ))?;
        return Ok(Outcome::Success);
    };
    let groups = || lint::catalogue().iter().map(|rule| rule.id.group());
    let group = name.strip_suffix("/*").unwrap_or(name);
    if groups().any(|known| known == group) {
        let rules: Vec<_> = super::rules::catalogue().filter(|rule| rule.id.group() == group).collect();
        print_styled(color_out(global), &super::rules::table(color_out(global), width(), &rules))?;
        return Ok(Outcome::Success);
    }
    let rule = lint::find(name).map_err(|unknown| {
        let names = super::rules::catalogue().filter_map(|rule| Some(rule.id.as_str().split_once('/')?.1));
        let candidates = groups().chain(names).filter(|_| !group.contains('/'));
        let meant = closest(group, candidates).filter(|meant| groups().any(|known| known == *meant));
        let of_group =
            |meant| format!("there is no rule or group `{name}`: did you mean the group `{meant}/*`?");
        Failure::Usage(meant.map_or_else(|| unknown.to_string(), of_group))
    })?;
    let (color, info) = (color_out(global), rule.info());
    let severity = paint(color, super::rules::sgr(info.severity), info.severity.name());
    let mut out = format!("{}\n", paint(color, "1", info.id.as_str()));
    out.push_str(&format!("{severity}, scope {}, {}\n\n", info.scope.name(), super::rules::mends(info.fix)));
    out.push_str(&pages::rendered(info.page, color, width().min(READABLE)));
    out.truncate(out.trim_end().len());
    out.push('\n');
    print_styled(color, &out)?;
    Ok(Outcome::Success)
}
