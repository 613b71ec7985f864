//! What every field of a form has: label, hint, message, the frame around them.

use super::{Attributes, Classes, Content};

/// The frame around a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[cfg_attr(test, serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FormGroup {
    /// More classes.
    pub classes: Classes,
    /// More attributes.
    pub attributes: Attributes,
    /// Between the message and the input; the examples of the package have none.
    #[cfg_attr(test, serde(skip))]
    pub before_input: Content,
}

/// The ids of all that describes a field.
pub(super) fn described(more: &str, id: &str, hint: bool, error: bool) -> String {
    let hint = if hint { format!("{id}-hint") } else { String::new() };
    let error = if error { format!("{id}-error") } else { String::new() };
    [more, &hint, &error].into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Hint and message of a field or of a group of choices.
macro_rules! group {
    ($($name:ident),+) => {$(
        impl $name {
            /// With help.
            #[must_use]
            pub fn hint(mut self, hint: impl Into<Content>) -> $name {
                self.hint = Some(Hint::new(hint));
                self
            }

            /// With what is wrong, if anything is.
            #[must_use]
            pub fn error(mut self, error: Option<ErrorMessage>) -> $name {
                self.error_message = error;
                self
            }

            fn own_hint(&self) -> Option<Hint> {
                let mut hint = self.hint.clone()?;
                hint.id = format!("{}-hint", self.own_id());
                Some(hint)
            }

            fn own_error(&self) -> Option<ErrorMessage> {
                let mut error = self.error_message.clone()?;
                error.id = format!("{}-error", self.own_id());
                Some(error)
            }
        }
    )+};
}
pub(super) use group;

/// What every field does.
macro_rules! control {
    ($($name:ident),+) => {
        $crate::kit::components::control::group!($($name),+);
        $(impl $name {
            /// A field with its name and what it asks for.
            pub fn new(name: impl Display, label: impl Into<Content>) -> $name {
                $name { name: name.to_string(), label: Label::new(label), ..$name::default() }
            }

            /// With an id other than the name.
            #[must_use]
            pub fn id(mut self, id: impl Display) -> $name {
                self.id = id.to_string();
                self
            }

            /// With more classes.
            #[must_use]
            pub fn class(mut self, class: impl Display) -> $name {
                self.classes.add(class);
                self
            }

            /// With a label only for those who listen: the column of a table says it to others.
            #[must_use]
            pub fn quiet(mut self) -> $name {
                self.label.classes.add("govuk-visually-hidden");
                self.form_group.classes.add("govuk-!-margin-bottom-0");
                self
            }

            fn own_id(&self) -> &str {
                if self.id.is_empty() { &self.name } else { &self.id }
            }

            fn own_label(&self) -> Label {
                let mut label = self.label.clone();
                self.own_id().clone_into(&mut label.target);
                label
            }

            fn described(&self) -> String {
                let (hint, error) = (self.hint.is_some(), self.error_message.is_some());
                $crate::kit::components::control::described(
                    &self.described_by, self.own_id(), hint, error,
                )
            }
        })+
    };
}
pub(super) use control;
