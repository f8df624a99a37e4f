//! From the events of a text to its values.

use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span};

use super::scalar::Scalars;
use super::{At, Chain, Form, Held, Node, Place, short};

/// The most values of a table that are compared by key with a new one; a larger table is left to the tree.
const MOST_ENTRIES: u32 = 256;

/// The most brackets within each other; what is deeper is left to the tree, which has a limit of its own.
const MOST_DEPTH: usize = 32;

/// Builds values from events, until something is refused.
pub(super) struct Builder<'t> {
    scalars: Scalars<'t>,
    nodes: Vec<Node<'t>>,
    /// The table of the last header.
    table: At,
    /// The lists and tables in brackets that are not closed yet.
    open: Vec<At>,
    /// The header that is being read: where it begins, and its keys.
    header: Option<(usize, Vec<Key<'t>>)>,
    /// The key whose value comes next.
    key: Option<Key<'t>>,
    is_refused: bool,
}

/// A key and its bytes.
#[derive(Clone, Copy)]
struct Key<'t> {
    name: &'t str,
    span: Span,
}

impl Key<'_> {
    /// The place of its value.
    fn place(self, span: Span) -> Place {
        Place::new(range(self.span), range(span))
    }
}

fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

/// Notes that there was an error.
struct Failed(bool);

impl ErrorSink for Failed {
    fn report_error(&mut self, _: ParseError) {
        self.0 = true;
    }
}

impl<'t> Builder<'t> {
    /// The values of a text; nothing where something is invalid, or of a form that files seldom have.
    pub(super) fn read(text: &'t str) -> Option<Vec<Node<'t>>> {
        let source = Source::new(text);
        let mut tokens = Vec::with_capacity(text.len() / 8);
        tokens.extend(source.lex());
        let document =
            Node::new("", Held::Table(Chain { form: Form::Header, ..Chain::default() }), Place::default());
        let mut nodes = Vec::with_capacity(tokens.len() / 4 + 1);
        nodes.push(document);
        let mut builder = Self {
            scalars: Scalars::new(text),
            nodes,
            table: 0,
            open: Vec::new(),
            header: None,
            key: None,
            is_refused: false,
        };
        let mut failed = Failed(false);
        parse_document(&tokens, &mut builder, &mut failed);
        (!failed.0 && !builder.is_refused).then_some(builder.nodes)
    }

    /// Adds a value to the innermost list or table; where it is, unless its key is there already.
    fn add(&mut self, held: Held<'t>, span: Span) -> Option<At> {
        let parent = self.open.last().copied().unwrap_or(self.table);
        let (key, place) = match &self.nodes[parent as usize].held {
            Held::Table(_) => {
                let key = self.key.take().filter(|key| self.is_new(parent, key.name))?;
                (key.name, key.place(span))
            }
            _ => ("", Place::new(0..0, range(span))),
        };
        Some(Node::push(&mut self.nodes, parent, key, held, place))
    }

    fn is_new(&self, table: At, key: &str) -> bool {
        let Held::Table(chain) = &self.nodes[table as usize].held else { return false };
        chain.count < MOST_ENTRIES && self.find(table, key).is_none()
    }

    fn find(&self, table: At, key: &str) -> Option<At> {
        let Held::Table(chain) = &self.nodes[table as usize].held else { return None };
        let mut at = chain.first;
        while at != 0 {
            let node = &self.nodes[at as usize];
            if node.key == key {
                return Some(at);
            }
            at = node.next;
        }
        None
    }

    /// The table that a header begins.
    fn begin(&mut self, path: &[Key<'t>], span: Span, is_list: bool) -> Option<At> {
        let (last, above) = path.split_last()?;
        let mut table = 0;
        for key in above {
            table = match self.find(table, key.name) {
                None if self.is_new(table, key.name) => {
                    self.push_table(table, key.name, Form::Implied, key.place(key.span))
                }
                None => return None,
                Some(at) => match &self.nodes[at as usize].held {
                    Held::Table(chain) if chain.form != Form::Closed => at,
                    Held::List(chain) if chain.form == Form::Headers => chain.last,
                    _ => return None,
                },
            };
        }
        let item = || Place::new(0..0, range(span));
        match self.find(table, last.name) {
            None if !self.is_new(table, last.name) => None,
            None if is_list => {
                let list = Held::List(Chain { form: Form::Headers, ..Chain::default() });
                let list = Node::push(&mut self.nodes, table, last.name, list, last.place(span));
                Some(self.push_table(list, "", Form::Header, item()))
            }
            None => Some(self.push_table(table, last.name, Form::Header, last.place(span))),
            Some(at) => match &mut self.nodes[at as usize].held {
                Held::List(chain) if is_list && chain.form == Form::Headers => {
                    Some(self.push_table(at, "", Form::Header, item()))
                }
                Held::Table(chain) if !is_list && chain.form == Form::Implied => {
                    chain.form = Form::Header;
                    self.nodes[at as usize].place = last.place(span);
                    Some(at)
                }
                _ => None,
            },
        }
    }

    fn push_table(&mut self, parent: At, key: &'t str, form: Form, place: Place) -> At {
        let table = Held::Table(Chain { form, ..Chain::default() });
        Node::push(&mut self.nodes, parent, key, table, place)
    }

    fn open(&mut self, held: Held<'t>, span: Span) -> bool {
        match self.add(held, span) {
            Some(at) if self.open.len() < MOST_DEPTH => self.open.push(at),
            _ => self.is_refused = true,
        }
        !self.is_refused
    }

    fn close(&mut self, span: Span) {
        if let Some(at) = self.open.pop() {
            self.nodes[at as usize].place.span.end = short(0..span.end()).end;
        }
    }

    fn close_header(&mut self, close: Span, is_list: bool) {
        let (start, path) = self.header.take().unwrap_or_default();
        match self.begin(&path, Span::new_unchecked(start, close.end()), is_list) {
            Some(table) => self.table = table,
            None => self.is_refused = true,
        }
    }
}

impl EventReceiver for Builder<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.header = Some((span.start(), Vec::new()));
    }

    fn std_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.close_header(span, false);
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.header = Some((span.start(), Vec::new()));
    }

    fn array_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.close_header(span, true);
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.open(Held::Table(Chain::default()), span)
    }

    fn inline_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.open(Held::List(Chain::default()), span)
    }

    fn array_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        match (self.scalars.key(span, encoding), &mut self.header) {
            (Some(name), Some((_, path))) => path.push(Key { name, span }),
            // A dotted key has several before its value.
            (Some(name), None) if self.key.is_none() => self.key = Some(Key { name, span }),
            _ => self.is_refused = true,
        }
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let held = self.scalars.value(span, encoding, errors);
        if held.and_then(|held| self.add(held, span)).is_none() {
            self.is_refused = true;
        }
    }

    fn comment(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.scalars.comment(span, errors);
    }

    fn newline(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.scalars.newline(span, errors);
    }

    fn error(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.is_refused = true;
    }
}
