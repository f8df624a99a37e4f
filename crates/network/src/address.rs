//! Which addresses of the network belong to the public. All others are those of machines that only a reader of pages
//! could reach from here: this one, its neighbours, the network of a company, the services of a cloud.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// What the IANA registry of special-purpose IPv4 addresses lists, and what is for groups or reserved.
const SPECIAL_V4: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared, behind the address translation of a carrier
    ([127, 0, 0, 0], 8),     // this machine
    ([169, 254, 0, 0], 16),  // link-local, the metadata of clouds
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // assignments of protocols
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 31, 196, 0], 24), // AS112
    ([192, 52, 193, 0], 24), // automatic multicast tunnels
    ([192, 88, 99, 0], 24),  // relays from IPv6
    ([192, 168, 0, 0], 16),  // private
    ([192, 175, 48, 0], 24), // AS112
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // groups
    ([240, 0, 0, 0], 4),     // reserved, and broadcast
];

/// The only IPv6 addresses that are given to the public. Whatever is outside is special: this machine, addresses that
/// hold one of IPv4 (mapped, compatible, NAT64), unique local, link-local, site-local, groups, and what is to come.
const GLOBAL_V6: ([u16; 8], u32) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// What the IANA registry of special-purpose IPv6 addresses lists within it.
const SPECIAL_V6: &[([u16; 8], u32)] = &[
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // assignments of protocols, among them Teredo
    ([0x2001, 0x0db8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4, which holds an address of IPv4
    ([0x2620, 0x004f, 0x8000, 0, 0, 0, 0, 0], 48), // AS112
    ([0x3ffe, 0, 0, 0, 0, 0, 0, 0], 16), // a test network, given back
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
];

/// An address and a port that are open to the public. There is no other way to make one than to check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicAddress(SocketAddr);

impl PublicAddress {
    /// The address, if it belongs to the public.
    pub fn new(address: SocketAddr) -> Option<Self> {
        is_public(address.ip()).then_some(Self(address))
    }

    /// The address and the port.
    pub fn get(self) -> SocketAddr {
        self.0
    }
}

/// Whether an address belongs to the public.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL_V4.iter().any(|(net, length)| {
            Ipv4Addr::from(*net).to_bits() >> (32 - length) == address.to_bits() >> (32 - length)
        }),
        IpAddr::V6(address) => {
            let within = |(net, length): &([u16; 8], u32)| {
                Ipv6Addr::from(*net).to_bits() >> (128 - length) == address.to_bits() >> (128 - length)
            };
            within(&GLOBAL_V6) && !SPECIAL_V6.iter().any(within)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn public(text: &str) -> bool {
        PublicAddress::new(SocketAddr::new(text.parse().unwrap(), 443)).is_some()
    }

    /// The first and the last address of each special network, and their neighbours outside.
    #[test]
    fn no_special_address_is_public() {
        for (first, last) in [
            ("0.0.0.0", "0.255.255.255"),
            ("10.0.0.0", "10.255.255.255"),
            ("100.64.0.0", "100.127.255.255"),
            ("127.0.0.0", "127.255.255.255"),
            ("169.254.0.0", "169.254.255.255"),
            ("172.16.0.0", "172.31.255.255"),
            ("192.0.0.0", "192.0.0.255"),
            ("192.0.2.0", "192.0.2.255"),
            ("192.31.196.0", "192.31.196.255"),
            ("192.52.193.0", "192.52.193.255"),
            ("192.88.99.0", "192.88.99.255"),
            ("192.168.0.0", "192.168.255.255"),
            ("192.175.48.0", "192.175.48.255"),
            ("198.18.0.0", "198.19.255.255"),
            ("198.51.100.0", "198.51.100.255"),
            ("203.0.113.0", "203.0.113.255"),
            ("224.0.0.0", "255.255.255.255"),
            ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"),
            ("3ffe::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            assert!(!public(first) && !public(last), "{first} to {last}");
            let (before, after) = match (first.parse().unwrap(), last.parse().unwrap()) {
                (IpAddr::V4(first), IpAddr::V4(last)) => (
                    first.to_bits().checked_sub(1).map(|bits| IpAddr::V4(bits.into())),
                    last.to_bits().checked_add(1).map(|bits| IpAddr::V4(bits.into())),
                ),
                (IpAddr::V6(first), IpAddr::V6(last)) => (
                    first.to_bits().checked_sub(1).map(|bits| IpAddr::V6(bits.into())),
                    last.to_bits().checked_add(1).map(|bits| IpAddr::V6(bits.into())),
                ),
                _ => unreachable!(),
            };
            // 1fff:… and 4000:: are neighbours of the public part, 2000:: and 3fff:ffff:… are in it.
            for outside in [before, after].into_iter().flatten() {
                assert!(public(&outside.to_string()), "{outside} is beside {first} to {last}");
            }
        }
    }

    #[test]
    fn every_way_to_write_a_private_address_in_ipv6_is_refused() {
        for text in [
            "::1",
            "::",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::10.0.0.1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!public(text), "{text}");
        }
        for text in ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"] {
            assert!(public(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        /// What the standard library knows to be special is never public.
        #[test]
        fn the_standard_library_agrees(four in any::<u32>(), six in any::<u128>(), is_global in any::<bool>()) {
            let four = Ipv4Addr::from(four);
            let special = four.is_private() || four.is_loopback() || four.is_link_local() || four.is_multicast()
                || four.is_broadcast() || four.is_documentation() || four.is_unspecified();
            prop_assert!(!special || !is_public(four.into()), "{four}");
            let six = Ipv6Addr::from(if is_global { six } else { six >> 64 });
            let special = six.is_loopback() || six.is_multicast() || six.is_unspecified()
                || six.is_unique_local() || six.is_unicast_link_local() || six.to_ipv4().is_some();
            prop_assert!(!special || !is_public(six.into()), "{six}");
        }
    }
}
