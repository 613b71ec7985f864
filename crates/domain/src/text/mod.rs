//! Parsed strings: text enters the domain as one of these types or not at all. Every error says
//! what is wrong, so that the page can say what to do about it.

mod agency_code;
mod dossier_code;
mod email;
mod normal;
mod person_name;
mod personal_number;
mod phone;
mod result_code;
mod tax_code;

pub use agency_code::{AgencyCode, AgencyCodeError};
pub use dossier_code::{DossierCode, DossierCodeError};
pub use email::{EmailAddress, EmailError};
pub use normal::{fold, is_clean, normalise};
pub use person_name::{PersonName, PersonNameError};
pub use personal_number::{PersonalNumber, PersonalNumberError, Plausibility, Sex};
pub use phone::{PhoneError, PhoneNumber};
pub use result_code::ResultCode;
pub use tax_code::{TaxCode, TaxCodeError};

/// Display, `AsRef<str>` and `as_str` for a newtype over a string.
macro_rules! reads_as_text {
    ($name:ident) => {
        impl $name {
            /// The text in its one normal form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
use reads_as_text;
