//! A form as it stands in a page: one types only into what is there, and chooses only what is
//! offered.

use scraper::{ElementRef, Selector};

const BOUNDARY: &str = "ranh-gioi-7f3a";

/// A form with what stands in it.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Where it goes.
    pub(crate) action: String,
    multipart: bool,
    controls: Vec<Control>,
    /// Input, name of the file, bytes.
    files: Vec<(String, String, Vec<u8>)>,
}

#[derive(Clone, Debug)]
struct Control {
    name: String,
    /// `None` is not sent: a box without a tick.
    value: Option<String>,
    /// What may be chosen; empty for what is typed.
    offered: Vec<String>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Hidden,
    Typed,
    Chosen,
    File,
}

pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

impl Form {
    pub(crate) fn read(form: ElementRef<'_>) -> Form {
        let mut read = Form {
            action: form.attr("action").unwrap_or_default().to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            controls: Vec::new(),
            files: Vec::new(),
        };
        for element in form.select(&selector("input, select, textarea")) {
            if let Some(name) = element.attr("name") {
                read.add(name, element);
            }
        }
        read
    }

    fn add(&mut self, name: &str, element: ElementRef<'_>) {
        let value = element.attr("value").unwrap_or_default().to_owned();
        let mut control =
            Control { name: name.to_owned(), value: None, offered: Vec::new(), kind: Kind::Typed };
        match (element.value().name(), element.attr("type").unwrap_or_default()) {
            ("textarea", _) => {
                if element.attr("hidden").is_some() {
                    control.kind = Kind::Hidden;
                }
                control.value = Some(element.text().collect());
            }
            ("select", _) => {
                let options = selector("option");
                let of = |option: ElementRef<'_>| option.attr("value").unwrap().to_owned();
                let chosen = element.select(&selector("option[selected]")).next();
                let first = element.select(&options).next();
                control.value = chosen.or(first).map(of);
                control.offered = element.select(&options).map(of).collect();
                control.kind = Kind::Chosen;
            }
            (_, "file") => control.kind = Kind::File,
            (_, "radio" | "checkbox") => {
                let ticked = element.attr("checked").is_some().then(|| value.clone());
                if let Some(known) = self.controls.iter_mut().find(|known| known.name == name) {
                    known.offered.push(value);
                    known.value = known.value.take().or(ticked);
                    return;
                }
                (control.value, control.offered, control.kind) =
                    (ticked, vec![value], Kind::Chosen);
            }
            (_, "hidden") => (control.value, control.kind) = (Some(value), Kind::Hidden),
            _ => control.value = Some(value),
        }
        self.controls.push(control);
    }

    /// Types into a field, chooses or ticks.
    #[track_caller]
    pub(crate) fn set(&mut self, name: &str, text: &str) -> &mut Form {
        let control = self.controls.iter_mut().find(|control| control.name == name);
        let control = control.unwrap_or_else(|| panic!("{} has no field {name}", self.action));
        match control.kind {
            Kind::Typed => {}
            Kind::Chosen => {
                assert!(control.offered.iter().any(|known| known == text), "{name}: no {text}");
            }
            Kind::Hidden | Kind::File => panic!("nobody types into {name}"),
        }
        control.value = Some(text.to_owned());
        self
    }

    /// What nobody can do in a browser: changes or adds a field behind the page's back.
    pub(crate) fn forge(&mut self, name: &str, text: &str) -> &mut Form {
        self.controls.retain(|control| control.name != name);
        let (name, value) = (name.to_owned(), Some(text.to_owned()));
        self.controls.push(Control { name, value, offered: Vec::new(), kind: Kind::Hidden });
        self
    }

    /// Takes a field out of the form.
    pub(crate) fn without(&mut self, name: &str) -> &mut Form {
        self.controls.retain(|control| control.name != name);
        self
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        let control = self.controls.iter().find(|control| control.name == name);
        control.and_then(|control| control.value.as_deref()).unwrap_or_default()
    }

    /// What a field offers to choose from.
    pub(crate) fn offered(&self, name: &str) -> &[String] {
        let control = self.controls.iter().find(|control| control.name == name);
        control.map(|control| control.offered.as_slice()).unwrap_or_default()
    }

    /// Everything a person typed or chose: name and text.
    pub(crate) fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let shown = |control: &&Control| matches!(control.kind, Kind::Typed | Kind::Chosen);
        self.controls
            .iter()
            .filter(shown)
            .filter_map(|control| Some((control.name.as_str(), control.value.as_deref()?)))
    }

    /// The names of the inputs for files.
    pub(crate) fn file_inputs(&self) -> Vec<String> {
        let file = |control: &&Control| control.kind == Kind::File;
        self.controls.iter().filter(file).map(|control| control.name.clone()).collect()
    }

    /// Chooses a file.
    #[track_caller]
    pub(crate) fn attach(&mut self, input: &str, name: &str, bytes: &[u8]) -> &mut Form {
        assert!(self.multipart && self.file_inputs().iter().any(|known| known == input));
        self.detach(input);
        self.files.push((input.to_owned(), name.to_owned(), bytes.to_vec()));
        self
    }

    /// Chooses one file more where the input takes several.
    #[track_caller]
    pub(crate) fn attach_also(&mut self, input: &str, name: &str, bytes: &[u8]) -> &mut Form {
        assert!(self.file_inputs().iter().any(|known| known == input));
        self.files.push((input.to_owned(), name.to_owned(), bytes.to_vec()));
        self
    }

    /// Takes the file out of an input again.
    pub(crate) fn detach(&mut self, input: &str) -> &mut Form {
        self.files.retain(|(name, ..)| name != input);
        self
    }

    /// Content type and body, as browsers write them.
    pub(crate) fn encoded(&self) -> (String, Vec<u8>) {
        let sent = || {
            let pair = |control: &Control| {
                let text = control.value.as_ref()?.replace("\r\n", "\n").replace('\n', "\r\n");
                Some((control.name.clone(), text))
            };
            self.controls.iter().filter_map(pair)
        };
        if !self.multipart {
            let pair =
                |(name, text): (String, String)| format!("{}={}", escape(&name), escape(&text));
            let body = sent().map(pair).collect::<Vec<_>>().join("&");
            return ("application/x-www-form-urlencoded".to_owned(), body.into_bytes());
        }
        let mut body = Vec::new();
        for (name, text) in sent() {
            part(&mut body, &format!("name=\"{name}\""), text.as_bytes());
        }
        for input in self.file_inputs() {
            // An input without a file is sent all the same, without a name.
            let kind = "\r\ncontent-type: application/octet-stream";
            let head = |file: &str| format!("name=\"{input}\"; filename=\"{file}\"{kind}");
            let chosen = self.files.iter().filter(|(name, ..)| *name == input);
            if chosen.clone().next().is_none() {
                part(&mut body, &head(""), &[]);
            }
            for (_, file, bytes) in chosen {
                part(&mut body, &head(file), bytes);
            }
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }
}

fn part(body: &mut Vec<u8>, head: &str, content: &[u8]) {
    let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {head}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

/// Percent-encodes a text for a form or a query.
pub(crate) fn escape(text: &str) -> String {
    let one = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"-._*".contains(&byte) => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
