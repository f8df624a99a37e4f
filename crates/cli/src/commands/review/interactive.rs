//! Goes through the pages one by one, and records what a person answers about each. Every answer is written at once,
//! by the command of that name.

mod answer;

use std::collections::HashSet;
use std::io;

use diagnostics::{count, printable};
use model::{Date, FetchOutcome, PageVisits, Sighting, Subject, Url, Vocabulary};
use registry::{PageToRead, ToRead};

use self::answer::{Answer, HELP, answer};
use super::{cells, heading};
use crate::arguments::{
    CorrectArguments, DismissArguments, FlagArguments, RereadArguments, SurenessArguments, VerifyArguments,
};
use crate::commands::{correct, dismiss, flag, reread, verify};
use crate::global::Global;
use crate::maintenance::Making;
use crate::maintenance::subjects::name;
use crate::terminal::{ask, color_out, complain, paint, print, print_styled};
use crate::{Failure, Outcome};

/// Goes through the pages, and says at the end how many are settled.
pub(super) fn run(
    global: &Global,
    pages: &[PageToRead<'_>],
    visits: &PageVisits,
    today: Date,
) -> Result<Outcome, Failure> {
    let color = color_out(global);
    let mut sitting = Sitting::default();
    for (at, page) in pages.iter().enumerate() {
        let head = paint(color, "2", &format!("[{} of {}]", at + 1, pages.len()));
        print_styled(color, &format!("\n{head} {}", shown(page, visits, today, color)))?;
        loop {
            let Some(line) = ask("v, r, c, f, d, x, s, q, or ? for help")? else { return sitting.ended() };
            let Some((what, chosen)) = answer(&line, page.cells.len()) else {
                print(HELP)?;
                continue;
            };
            let chosen: Vec<&ToRead<'_>> = chosen.iter().map(|at| &page.cells[*at]).collect();
            match what {
                Answer::Quit => return sitting.ended(),
                Answer::Skip => break,
                _ => {}
            }
            match sitting.carry_out(global, what, page.url, &chosen) {
                Ok(Some(Outcome::Success)) => {
                    sitting.decisions += 1;
                    if matches!(what, Answer::Verify | Answer::Read | Answer::Unreadable)
                        && chosen.len() == page.cells.len()
                    {
                        break;
                    }
                }
                Ok(_) => {}
                Err(Failure::Usage(message)) => complain(global, &message),
                Err(other) => return Err(other),
            }
        }
    }
    sitting.ended()
}

/// The page with its cells, what each says, and what machines have seen since.
fn shown(page: &PageToRead<'_>, visits: &PageVisits, today: Date, color: bool) -> String {
    let mut out = heading(page, color);
    let evidence = page.cells.iter().flat_map(|one| one.cell.evidence.items());
    let of_page =
        |one: &&model::Evidence| one.url.known().is_some_and(|url| url.identity() == page.url.identity());
    let seen = evidence.filter(of_page).find_map(|one| visits.sighting(one));
    if let Some((sighting, on)) = seen {
        let what = match sighting {
            Sighting::Unchanged => "the same text as when it was read",
            Sighting::StillThere => "there, but its text changed or is not comparable",
            Sighting::NotFound => "not found",
        };
        out.push_str(&format!("  seen by `recheck` on {on}: {what}\n"));
    }
    for ((at, one), due) in page.cells.iter().enumerate().zip(cells(&page.cells, today, color)) {
        let text = |text: Option<&String>| text.map(|text| printable(text.trim()).into_owned());
        let about =
            text(one.cell.headline.known()).or_else(|| text(one.cell.note.known())).unwrap_or_default();
        out.push_str(&format!("{}{due}", paint(color, "1", &(at + 1).to_string())));
        if !about.is_empty() {
            out.push_str(&format!("      {}\n", diagnostics::cut(&about, 200)));
        }
        let quotes =
            one.cell.evidence.items().iter().filter(of_page).filter_map(|one| text(one.quote.known()));
        quotes.for_each(|quote| out.push_str(&format!("      \"{}\"\n", diagnostics::cut(&quote, 300))));
    }
    out
}

/// What is known of a sitting.
#[derive(Debug, Default)]
struct Sitting {
    /// How many decisions were recorded.
    decisions: usize,
    /// Who decides; asked once.
    by: String,
    /// The cells whose flags were closed.
    closed: HashSet<Subject>,
}

impl Sitting {
    fn ended(&self) -> Result<Outcome, Failure> {
        print(&format!("\n{} recorded\n", count(self.decisions, "decision")))?;
        Ok(Outcome::Success)
    }

    /// Asks for what the answer needs, and carries it out. Nothing where the person gives no answer.
    fn carry_out(
        &mut self,
        global: &Global,
        what: Answer,
        url: &Url,
        chosen: &[&ToRead<'_>],
    ) -> Result<Option<Outcome>, Failure> {
        let making = Making { write: true };
        let subjects: Vec<String> = chosen.iter().map(|one| name(&one.subject)).collect();
        let is_open = |one: &&&ToRead<'_>| {
            one.cell.open_flags().next().is_some() && !self.closed.contains(&one.subject)
        };
        let flagged: Vec<Subject> = chosen.iter().filter(is_open).map(|one| one.subject.clone()).collect();
        let outcome = match what {
            Answer::Verify => {
                let reason = match flagged.is_empty() {
                    false => filled("Why the open flag is settled (empty: it stays open)")?,
                    true => None,
                };
                let by = match &reason {
                    Some(_) => Some(self.named()?),
                    None => None,
                };
                let arguments = VerifyArguments {
                    subjects,
                    read: Some(url.clone()),
                    on: None,
                    by,
                    reason,
                    flag: None,
                    sureness: SurenessArguments::default(),
                    making,
                };
                verify::run(global, &arguments)?
            }
            Answer::Read => reread::run(global, &reread_as(url, subjects, FetchOutcome::Ok, making))?,
            Answer::Unreadable => {
                let outcomes = [
                    FetchOutcome::NotFound,
                    FetchOutcome::Blocked,
                    FetchOutcome::Gated,
                    FetchOutcome::Unreadable,
                    FetchOutcome::Failed,
                ];
                let ids = diagnostics::one_of(outcomes.iter().map(|outcome| outcome.id()));
                let Some(text) = filled(&format!("What came of it: {ids}"))? else { return Ok(None) };
                let meant = outcomes.into_iter().find(|outcome| outcome.id() == text.replace(' ', "_"));
                let Some(meant) = meant else { return Err(Failure::Usage(format!("write {ids}"))) };
                let is_verified = chosen.iter().any(|one| !one.cell.verified_on.is_absent());
                let question = "A confirmation may rest on the earlier reading. Remove it (y), or keep it and flag the answers (n)?";
                let decided = if is_verified { filled(question)? } else { Some("y".to_owned()) };
                match decided.as_deref() {
                    Some("y" | "yes") => {
                        let arguments =
                            RereadArguments { unverify: true, ..reread_as(url, subjects, meant, making) };
                        reread::run(global, &arguments)?
                    }
                    Some("n" | "no") => {
                        let what = format!("{url} could not be read: {}.", meant.label().to_lowercase());
                        flag::run(global, &FlagArguments { subjects, what, id: None, on: None, making })?
                    }
                    _ => return Ok(None),
                }
            }
            Answer::Flag => {
                let Some(what) = filled("The question")? else { return Ok(None) };
                flag::run(global, &FlagArguments { subjects, what, id: None, on: None, making })?
            }
            Answer::Dismiss => {
                let Some(reason) = filled("Why it was unfounded, and what you read")? else {
                    return Ok(None);
                };
                let by = self.named()?;
                // Each flag by its name, since a cell may have several.
                let mut last = Outcome::Success;
                for one in chosen.iter().filter(|one| !self.closed.contains(&one.subject)) {
                    for flag in one.cell.open_flags() {
                        let arguments = DismissArguments {
                            subjects: vec![name(&one.subject)],
                            flag: Some(flag.id.text().to_owned()),
                            by: by.clone(),
                            reason: reason.clone(),
                            on: None,
                            making,
                        };
                        last = dismiss::run(global, &arguments)?;
                    }
                }
                last
            }
            Answer::Correct => {
                let [subject] = subjects.as_slice() else {
                    return Err(Failure::Usage("name one answer to correct, such as: c 1".to_owned()));
                };
                let mut set = Vec::new();
                while let Some(one) = filled("KEY=VALUE, such as status=partial (empty: no more)")? {
                    set.push(one);
                }
                if set.is_empty() {
                    return Ok(None);
                }
                let Some(reason) = filled("What was wrong")? else { return Ok(None) };
                let arguments = CorrectArguments {
                    subject: subject.clone(),
                    set,
                    unset: Vec::new(),
                    read: Some(url.clone()),
                    flag: None,
                    by: self.named()?,
                    reason,
                    on: None,
                    sureness: SurenessArguments::default(),
                    making,
                };
                correct::run(global, &arguments)?
            }
            Answer::Skip | Answer::Quit => return Ok(None),
        };
        if matches!(what, Answer::Verify | Answer::Dismiss | Answer::Correct) {
            self.closed.extend(flagged);
        }
        Ok(Some(outcome))
    }

    /// Who decides.
    fn named(&mut self) -> Result<String, Failure> {
        if self.by.is_empty() {
            self.by = filled("Your name, for the record")?
                .ok_or_else(|| Failure::Usage("a decision needs the name of who made it".to_owned()))?;
        }
        Ok(self.by.clone())
    }
}

fn reread_as(url: &Url, subjects: Vec<String>, outcome: FetchOutcome, making: Making) -> RereadArguments {
    RereadArguments {
        url: url.clone(),
        subjects,
        outcome: Some(outcome),
        via: None,
        on: None,
        archived: None,
        http_status: None,
        quote: None,
        unverify: false,
        sureness: SurenessArguments::default(),
        making,
    }
}

/// Asks a question; nothing where the line is empty or the input ends.
fn filled(question: &str) -> io::Result<Option<String>> {
    let line = ask(question)?.unwrap_or_default();
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}
