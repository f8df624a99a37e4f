//! The kinds of texts that people write.

/// The kind of a text, which decides what it may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// A name or label.
    Name,
    /// The title of a page, or a question.
    Title,
    /// The watch-out of a cell.
    Headline,
    /// Sentences that belong to an answer.
    Prose,
    /// Why something was decided or asked.
    Remark,
    /// Guidance for those who grade, or a notice to readers.
    Guide,
    /// Words of a page.
    Quote,
    /// A fact or an item of one.
    Fact,
    /// How to report a correction.
    Contact,
    /// Who decided, or answers for something.
    Person,
    /// A word of a form that the structure does not know: a licence, a domain, the id of a rule.
    Code,
    /// An address.
    Address,
}
