//! Numbers that a seed decides.

/// SplitMix64. It is written out here because a corpus must have the same bytes on every machine and with every version
/// of every library.
pub(crate) struct Draw(u64);

impl Draw {
    /// The numbers of one of many things: it depends on the seed and on nothing that was drawn for the others, so
    /// that they can be made in any order.
    #[must_use]
    pub(crate) fn of(seed: u64, thing: &str) -> Self {
        // FNV-1a.
        let hash = thing.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut draw = Self(seed);
        draw.0 = draw.next() ^ hash;
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        // The remainder is below the limit.
        (self.next() % limit.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub(crate) fn is_one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several things.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of a seed.
    fn numbers(seed: u64, thing: &str) -> Vec<usize> {
        let mut draw = Draw::of(seed, thing);
        (0..8).map(|_| draw.below(1_000)).collect()
    }

    #[test]
    fn a_seed_and_a_thing_decide_the_numbers() {
        assert_eq!(numbers(1, "a"), numbers(1, "a"));
        assert_ne!(numbers(1, "a"), numbers(2, "a"));
        assert_ne!(numbers(1, "a"), numbers(1, "b"));
        // The first numbers of the published algorithm, from the state 0.
        let mut draw = Draw(0);
        assert_eq!([draw.next(), draw.next()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    }
}
