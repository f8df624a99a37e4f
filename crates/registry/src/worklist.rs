//! What there is to read again: the cells that are due or questioned, grouped by the pages that settle them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use model::{Answer, Cell, Date, Dimension, Entity, Evidence, Ground, Registry, Role, Subject, Url, resolve};

/// Which cells are listed.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Those that are due by this day.
    pub until: Date,
    /// Those with an open flag.
    pub flagged: bool,
    /// Those that speak as of no day, in the place of those that are due.
    pub undated: bool,
}

/// A cell that is to be read again.
#[derive(Debug, Clone)]
pub struct ToRead<'r> {
    /// The cell.
    pub subject: Subject,
    /// Its question.
    pub dimension: &'r Dimension,
    /// What it says.
    pub cell: &'r Cell,
    /// The last day on which it counts as current; none for one that speaks as of no day, unless a fact ends.
    pub due: Option<Date>,
    /// What ends on that day.
    pub due_by: Option<Ground<'r>>,
    /// How many offerings have it as their answer.
    pub offerings: usize,
}

/// A page whose reading settles cells.
#[derive(Debug, Clone)]
pub struct PageToRead<'r> {
    /// Its address.
    pub url: &'r Url,
    /// Its title, where a cell states it.
    pub title: Option<&'r str>,
    /// The day of its newest reading.
    pub read_on: Option<Date>,
    /// The cells, those that are due first first.
    pub cells: Vec<ToRead<'r>>,
}

/// What there is to read again.
#[derive(Debug, Clone)]
pub struct Worklist<'r> {
    /// The pages: those with questioned cells first, then those whose cells are due first, then those that most
    /// offerings rest on. No cell is in two of them.
    pub pages: Vec<PageToRead<'r>>,
    /// The cells that cite no page.
    pub without_page: Vec<ToRead<'r>>,
}

impl ToRead<'_> {
    /// Its place in an order by need: questioned cells first, then by the day on which they are due, then by how
    /// many offerings rest on them.
    fn need(&self) -> (bool, Option<Date>, Reverse<usize>) {
        (self.cell.open_flags().next().is_none(), self.due, Reverse(self.offerings))
    }
}

impl<'r> Worklist<'r> {
    /// What there is to read again in a registry. Of the pages, as few are chosen as a greedy search finds: each time
    /// the one that settles most of the cells that are left.
    pub fn of(registry: &'r Registry, wanted: Wanted) -> Self {
        let mut cells = wanted_cells(registry, wanted);
        cells.sort_by(|a, b| a.need().cmp(&b.need()).then_with(|| a.subject.cmp(&b.subject)));
        let mut citing: BTreeMap<Cow<'r, str>, Vec<usize>> = BTreeMap::new();
        for (at, one) in cells.iter().enumerate() {
            for url in settling(one.cell).filter_map(|evidence| evidence.url.known()) {
                let citing = citing.entry(url.identity()).or_default();
                if citing.last() != Some(&at) {
                    citing.push(at);
                }
            }
        }
        let mut left: Vec<Option<ToRead<'r>>> = cells.into_iter().map(Some).collect();
        let mut pages = Vec::new();
        let mut candidates: BinaryHeap<(usize, Reverse<&str>)> =
            citing.iter().map(|(url, cells)| (cells.len(), Reverse(url.as_ref()))).collect();
        while let Some((number, Reverse(url))) = candidates.pop() {
            let open: Vec<usize> = citing[url].iter().copied().filter(|at| left[*at].is_some()).collect();
            match open.len() {
                0 => {}
                // Others were taken since by pages that settle more.
                fewer if fewer < number => candidates.push((fewer, Reverse(url))),
                _ => pages.extend(page(url, open.iter().filter_map(|at| left[*at].take()).collect())),
            }
        }
        pages.sort_by(|a, b| {
            let need = |page: &PageToRead<'_>| page.cells.iter().map(ToRead::need).min();
            let weight =
                |page: &PageToRead<'_>| Reverse(page.cells.iter().map(|one| one.offerings).sum::<usize>());
            let (first, second) =
                (need(a).map(|need| (need.0, need.1)), need(b).map(|need| (need.0, need.1)));
            first
                .cmp(&second)
                .then_with(|| weight(a).cmp(&weight(b)))
                .then_with(|| a.url.as_str().cmp(b.url.as_str()))
        });
        Self { pages, without_page: left.into_iter().flatten().collect() }
    }

    /// All cells of the list.
    pub fn cells(&self) -> impl Iterator<Item = &ToRead<'r>> {
        self.pages.iter().flat_map(|page| &page.cells).chain(&self.without_page)
    }
}

/// The evidence whose reading settles a cell: what the graded party or an authority publishes and, where none of
/// that is cited, all that is.
fn settling(cell: &Cell) -> impl Iterator<Item = &Evidence> {
    let own = |one: &&Evidence| matches!(one.counted_role(), Some(Role::Primary | Role::Authority));
    let any_own = cell.evidence.items().iter().any(|one| own(&one));
    cell.evidence.items().iter().filter(move |one| !any_own || own(one))
}

/// A page with the cells that it settles.
fn page<'r>(identity: &str, cells: Vec<ToRead<'r>>) -> Option<PageToRead<'r>> {
    let cited: Vec<&'r Evidence> = cells
        .iter()
        .flat_map(|one| one.cell.evidence.items())
        .filter(|one| one.url.known().is_some_and(|url| url.identity() == identity))
        .collect();
    let url = cited.iter().find_map(|one| one.url.known())?;
    let title = cited.iter().find_map(|one| one.title.known()).map(String::as_str);
    let read_on = cited.iter().filter_map(|one| one.own_reading_on()).max();
    Some(PageToRead { url, title, read_on, cells })
}

/// The stored cells that are wanted.
fn wanted_cells(registry: &Registry, wanted: Wanted) -> Vec<ToRead<'_>> {
    let resting = resting(registry);
    let mut found = Vec::new();
    for (entity, dimension, cell) in registry.stored_cells() {
        let end = cell.end(dimension);
        let is_due = match wanted.undated {
            true => cell.as_of().is_none(),
            false => end.is_some_and(|end| end.day <= wanted.until),
        };
        if is_due || wanted.flagged && cell.open_flags().next().is_some() {
            let offerings = resting.get(&(entity.clone(), dimension.id.text())).copied().unwrap_or(0);
            let subject = Subject::cell(entity, dimension.id.text());
            let (due, due_by) = (end.map(|end| end.day), end.map(|end| end.of));
            found.push(ToRead { subject, dimension, cell, due, due_by, offerings });
        }
    }
    found
}

/// How many offerings have each stored cell as their answer.
fn resting(registry: &Registry) -> HashMap<(Entity, &str), usize> {
    let misnamed = registry.misnamed();
    let shared = registry.shared(&misnamed);
    let mut resting = HashMap::new();
    for (name, offering) in &registry.offerings {
        for resolved in resolve(name, offering, shared) {
            let Some(dimension) = registry.dimensions.get(resolved.dimension.id.text()) else { continue };
            if let Answer::Cell(entity, _) = resolved.answer {
                *resting.entry((entity, dimension.id.text())).or_default() += 1;
            }
        }
    }
    resting
}

#[cfg(test)]
mod tests {
    use model::{Dimension, DimensionFile, Dimensions, Fetch, FetchOutcome, Flag, Offering, Optional, Via};

    use super::*;

    fn evidence(page: &str, role: Role) -> Evidence {
        let fetch = Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: Optional::Known(day("2026-01-01")),
            via: Optional::Known(Via::Direct),
            ..Fetch::default()
        };
        let url: Option<Url> = format!("https://a.example/{page}").parse().ok();
        Evidence {
            url: url.map_or_else(Default::default, Into::into),
            role: Optional::Known(role),
            fetch: Optional::Known(fetch),
            ..Evidence::default()
        }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap_or_else(|_| unreachable!("{text} is a day"))
    }

    /// A registry of one question and an offering a cell, each citing pages.
    fn registry(cells: &[&[(&str, Role)]]) -> Registry {
        let Ok(id) = "soc2_type2".parse::<model::DimensionId>() else { unreachable!("it is an id") };
        let dimension = Dimension { id: id.clone().into(), ..Dimension::default() };
        let dimensions = Dimensions::new(DimensionFile { dimensions: vec![dimension].into() });
        let offerings = cells.iter().enumerate().map(|(at, pages)| {
            let pages = pages.iter().map(|(page, role)| evidence(page, *role)).collect();
            let cell = Cell { evidence: Optional::Known(pages), ..Cell::default() };
            let cells = Optional::Known([(id.clone(), cell)].into());
            (format!("o{at}"), Offering { cells, ..Offering::default() })
        });
        Registry { dimensions, offerings: offerings.collect(), ..Registry::default() }
    }

    /// The pages of a list, each with its offerings.
    fn told(list: &Worklist<'_>) -> Vec<String> {
        let page = |page: &PageToRead<'_>| {
            let cells: Vec<_> = page.cells.iter().map(|one| one.subject.entity.id()).collect();
            format!("{}: {}", page.url.as_str().rsplit('/').next().unwrap_or_default(), cells.join(" "))
        };
        list.pages.iter().map(page).collect()
    }

    /// Everything that is due within some years.
    fn all() -> Wanted {
        Wanted { until: day("2036-01-01"), flagged: true, undated: false }
    }

    #[test]
    fn as_few_pages_are_listed_as_settle_all_cells() {
        let p = Role::Primary;
        let registry =
            registry(&[&[("a", p), ("z", p)], &[("b", p), ("z", p)], &[("c", p)], &[("z", p), ("c", p)]]);
        assert_eq!(told(&Worklist::of(&registry, all())), ["z: o0 o1 o3", "c: o2"]);
        let before = Wanted { until: day("2026-06-29"), ..all() };
        assert!(Worklist::of(&registry, before).pages.is_empty(), "all are due on 2026-06-30");
        assert_eq!(Worklist::of(&registry, Wanted { until: day("2026-06-30"), ..all() }).cells().count(), 4);
    }

    #[test]
    fn pages_of_others_settle_what_cites_no_page_of_the_party() {
        let (p, s) = (Role::Primary, Role::Secondary);
        let registry = registry(&[&[("own", p), ("blog", s)], &[("blog", s)], &[]]);
        let list = Worklist::of(&registry, all());
        assert_eq!(told(&list), ["blog: o1", "own: o0"]);
        assert!(list.without_page.is_empty(), "a cell without evidence is undated");
        let undated = Worklist::of(&registry, Wanted { undated: true, ..all() });
        assert_eq!((undated.pages.len(), undated.without_page.len()), (0, 1));
    }

    #[test]
    fn questioned_cells_come_first() {
        let p = Role::Primary;
        let mut registry = registry(&[&[("a", p)], &[("a", p)], &[("b", p)]]);
        let flagged = registry.offerings.get_mut("o2").and_then(|one| match &mut one.cells {
            Optional::Known(cells) => cells.values_mut().next(),
            _ => None,
        });
        flagged.into_iter().for_each(|cell| cell.flags = Optional::Known(vec![Flag::default()]));
        assert_eq!(told(&Worklist::of(&registry, all())), ["b: o2", "a: o0 o1"]);
        let flagged = Worklist::of(&registry, Wanted { until: day("2026-01-02"), ..all() });
        assert_eq!(told(&flagged), ["b: o2"]);
    }
}
