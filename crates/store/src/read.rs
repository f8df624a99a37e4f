//! The values of a data file, as records read them.

use std::borrow::Cow;

use diagnostics::closest;
use model::Date;
use model::read::{Input, Scalar};
use toml_splice::{Datetime, Held, Item};

/// A value of a file, or the file itself.
#[derive(Clone, Copy)]
pub(crate) struct FileValue<'v>(pub(crate) Item<'v>);

impl<'v> Input<'v> for FileValue<'v> {
    fn is_list(&self) -> bool {
        matches!(self.0.held(), Held::List(_))
    }

    fn is_table(&self) -> bool {
        matches!(self.0.held(), Held::Table(_))
    }

    #[inline]
    fn scalar(self) -> Scalar<'v> {
        match self.0.held() {
            Held::Text(text) => Scalar::Text(Cow::Borrowed(text)),
            Held::Integer(number) => Scalar::Integer(*number),
            Held::Float(number) => Scalar::Decimal(Cow::Borrowed(number)),
            Held::Bool(value) => Scalar::Bool(*value),
            Held::Datetime(moment) => plain_date(moment).map_or(Scalar::Other, Scalar::Date),
            Held::Beyond(_) | Held::List(_) | Held::Table(_) => Scalar::Other,
        }
    }

    fn items(self) -> Option<impl ExactSizeIterator<Item = Self>> {
        Some(self.0.items()?.map(Self))
    }

    fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'v str, Self)>> {
        Some(self.0.entries()?.map(|(key, value)| (key, Self(value))))
    }

    fn meant(unknown: &str, lacking: &[&'static str]) -> Option<&'static str> {
        closest(unknown, lacking.iter().copied())
    }
}

/// The day of a bare date; nothing for times, and dates with times.
fn plain_date(moment: &Datetime) -> Option<Date> {
    match (moment.date, moment.time, moment.offset) {
        (Some(date), None, None) => {
            Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8)
        }
        _ => None,
    }
}
