//! What every page is made of: the frame, the texts, the files of the browser, the parts.

pub mod assets;
pub(crate) mod bundle;
pub mod chart;
pub mod components;
pub mod error;
pub mod i18n;
pub mod layout;
pub mod posted;
pub mod session;
pub mod words;
