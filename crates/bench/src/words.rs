//! The contents of generated registries: the questions, and sentences of notes.

/// Each dimension, and whether it grades the developer.
pub(crate) const DIMENSIONS: [(&str, bool); 11] = [
    ("soc2_type2", false),
    ("iso_27001", false),
    ("iso_42001", false),
    ("trust_center", false),
    ("hipaa_baa", false),
    ("gdpr_dpa", false),
    ("training_on_customer_data", false),
    ("retention_zdr", false),
    ("data_residency", false),
    ("gpai_cop", true),
    ("art53_summary", true),
];

/// How many cells an offering has with those that it inherits, and how many rows in a table of cells.
pub const CELLS: usize = DIMENSIONS.len();

/// Sentences, some with characters beyond ASCII or with quotes.
pub(crate) const SENTENCES: [&str; 8] = [
    "The statement was read on the operator's own page and names this service in its scope list.",
    "The report itself is shared only after a login, so that its scope was not checked a second time.",
    "A scope appendix lists \"the models\" by name; earlier versions used the former product name.",
    "The wording changed between two copies: the older one promised 30 days, the newer one gives none.",
    "Customers apply through a form; approval is manual and takes, by the page's estimate, 5–10 days.",
    "Default settings apply to all new accounts, yet an administrator may turn them off.",
    "For customers in the EEA the commitment is made by the Irish entity — the contract says so.",
    "São Paulo and Zürich were added as regions; the table of regions marks both as preview.",
];
