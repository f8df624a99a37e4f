//! One value of a document, and what is in it.

use std::ops::Range;

use super::{At, Chain, Held, Node};

/// One of the values.
#[derive(Debug, Clone, Copy)]
pub struct Item<'v> {
    nodes: &'v [Node<'v>],
    node: &'v Node<'v>,
}

impl<'v> Item<'v> {
    pub(super) fn root(nodes: &'v [Node<'v>]) -> Self {
        Self { nodes, node: &nodes[0] }
    }

    /// What it is.
    pub fn held(self) -> &'v Held<'v> {
        &self.node.held
    }

    /// The items, where it is a list.
    pub fn items(self) -> Option<impl ExactSizeIterator<Item = Self>> {
        match &self.node.held {
            Held::List(chain) => Some(self.within(chain)),
            _ => None,
        }
    }

    /// The values with their keys, where it is a table; no key occurs twice.
    pub fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'v str, Self)>> {
        match &self.node.held {
            Held::Table(chain) => Some(self.within(chain).map(|item| (&*item.node.key, item))),
            _ => None,
        }
    }

    /// The value of a key, where it is a table.
    pub fn get(self, key: &str) -> Option<Self> {
        self.entries()?.find_map(|(name, item)| (name == key).then_some(item))
    }

    /// The items of a list or the values of a table.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        match &self.node.held {
            Held::List(chain) | Held::Table(chain) => self.within(chain),
            _ => self.within(&Chain::default()),
        }
    }

    /// The bytes of its key; none for the document and for the items of lists.
    pub(crate) fn key_span(self) -> Option<Range<usize>> {
        Some(long(&self.node.place.key)).filter(|span| !span.is_empty())
    }

    /// Its bytes, as those of a node.
    pub(crate) fn span(self) -> Range<usize> {
        long(&self.node.place.span)
    }

    fn within(self, chain: &Chain) -> Items<'v> {
        Items { nodes: self.nodes, next: chain.first, left: chain.count as usize }
    }
}

fn long(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// What a table or list holds, in the order of the text.
struct Items<'v> {
    nodes: &'v [Node<'v>],
    next: At,
    left: usize,
}

impl<'v> Iterator for Items<'v> {
    type Item = Item<'v>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next == 0 {
            return None;
        }
        let node = &self.nodes[self.next as usize];
        self.next = node.next;
        self.left -= 1;
        Some(Item { nodes: self.nodes, node })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}
