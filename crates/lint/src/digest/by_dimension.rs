//! What there is for questions, by their ids.

/// Values by dimension, in the order of the ids. A registry has many of these, so they take no more room than they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByDimension<T>(Box<[(Box<str>, T)]>);

impl<T> ByDimension<T> {
    /// The value for a question.
    pub fn get(&self, dimension: &str) -> Option<&T> {
        let at = self.0.binary_search_by(|(id, _)| (**id).cmp(dimension)).ok()?;
        Some(&self.0[at].1)
    }

    /// The questions that have a value.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(id, _)| &**id)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(id, value)| (&**id, value))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl<T> Default for ByDimension<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<'a, T> FromIterator<(&'a str, T)> for ByDimension<T> {
    /// Of several values for a question, the first counts.
    fn from_iter<I: IntoIterator<Item = (&'a str, T)>>(values: I) -> Self {
        let mut values: Vec<(Box<str>, T)> =
            values.into_iter().map(|(id, value)| (id.into(), value)).collect();
        values.sort_by(|(one, _), (other, _)| one.cmp(other));
        values.dedup_by(|(later, _), (first, _)| later == first);
        Self(values.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_ids_in_whatever_order_they_came() {
        let values: ByDimension<i32> =
            [("soc2", 1), ("dpa", 2), ("soc2", 3), ("zdr", 4)].into_iter().collect();
        assert_eq!(values.iter().collect::<Vec<_>>(), [("dpa", &2), ("soc2", &1), ("zdr", &4)]);
        assert_eq!((values.get("zdr"), values.get("iso"), values.count()), (Some(&4), None, 3));
    }
}
