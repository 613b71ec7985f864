//! The installation's secrets and what is derived from them: pseudonyms, subject tags, the codes
//! that open a dossier to its holder.

use crate::ports::Chance;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Two independent 32-byte secrets. They never enter the database.
#[derive(Clone)]
pub struct Keys {
    /// Seed of the Ed25519 key that signs the ledger's checkpoints.
    pub ledger_seed: [u8; 32],
    /// Key of all pseudonyms and look-up codes.
    pub tag_key: [u8; 32],
}

/// Letters of look-up codes: no 0/O, 1/I/L, so that they survive a telephone call.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789#";

impl Keys {
    /// Fresh secrets.
    #[must_use]
    pub fn generate(chance: &dyn Chance) -> Keys {
        let mut keys = Keys { ledger_seed: [0; 32], tag_key: [0; 32] };
        chance.fill(&mut keys.ledger_seed);
        chance.fill(&mut keys.tag_key);
        keys
    }

    /// The pseudonym of an official in the ledger: linkable within the installation, not outside.
    #[must_use]
    pub fn actor_tag(&self, official: &str) -> String {
        hex::encode(&self.tag("actor", official)[..8])
    }

    /// Marks the same person asking for the same procedure, so that refiling is countable without
    /// a name (`security.md` A9).
    #[must_use]
    pub fn subject_tag(&self, identity: &str, procedure: &str) -> String {
        hex::encode(&self.tag("subject", &format!("{identity}|{procedure}"))[..12])
    }

    /// Whose a result is: the same for all results of a person or organisation, and no way back to
    /// the personal number or tax code.
    #[must_use]
    pub fn owner_tag(&self, identity: &str) -> String {
        hex::encode(&self.tag("owner", identity)[..16])
    }

    /// The code printed on the receipt that opens more than the progress of a dossier: eight
    /// letters, 40 bits, derived, so that a reprint shows the same one.
    #[must_use]
    pub fn lookup_code(&self, dossier: &str) -> String {
        let tag = self.tag("lookup", dossier);
        tag.iter().map(|byte| LETTERS[usize::from(byte % 31)] as char).take(8).collect()
    }

    /// Keeps a ticket from being changed on its way.
    #[must_use]
    pub(crate) fn ticket_seal(&self, ticket: &str) -> String {
        hex::encode(self.tag("ticket", ticket))
    }

    /// Is this the seal of that ticket? Takes the same time wherever the two differ.
    #[must_use]
    pub(crate) fn is_ticket_seal(&self, ticket: &str, seal: &str) -> bool {
        hex::decode(seal).is_ok_and(|seal| self.mac("ticket", ticket).verify_slice(&seal).is_ok())
    }

    fn tag(&self, purpose: &str, text: &str) -> [u8; 32] {
        self.mac(purpose, text).finalize().into_bytes().into()
    }

    fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.tag_key).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::SeededChance;

    #[test]
    fn derived_values_are_stable_and_apart() {
        let keys = Keys::generate(&SeededChance::new(1));
        assert_eq!(keys.lookup_code("a"), keys.lookup_code("a"));
        assert_ne!(keys.lookup_code("a"), keys.lookup_code("b"));
        assert_ne!(keys.actor_tag("a"), keys.owner_tag("a")[..16]);
        assert_ne!(keys.actor_tag("a"), keys.subject_tag("a", "")[..16]);
        assert_eq!(keys.lookup_code("a").len(), 8);
        assert!(!keys.lookup_code("a").contains('#'));
        let seal = keys.ticket_seal("a");
        assert!(keys.is_ticket_seal("a", &seal) && !keys.is_ticket_seal("b", &seal));
        assert!(!keys.is_ticket_seal("a", &seal[2..]) && !keys.is_ticket_seal("a", "no"));
    }
}
