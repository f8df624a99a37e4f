//! What is there more than once. Tables of a whole registry need to hold no more than that.

use rayon::prelude::*;

/// Returns the values that are there more than once, in order.
pub(crate) fn repeated<T: Ord + Copy + Send>(mut values: Vec<T>) -> Vec<T> {
    values.par_sort_unstable();
    let mut repeated: Vec<_> = values.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
    repeated.dedup();
    repeated
}
