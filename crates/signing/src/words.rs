//! A verdict in the words of those who hold the paper.

use domain::time::{Instant, local};

use crate::error::Unreadable;
use crate::validate::{Examined, Finding, Verdict};

/// A language that people are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Tiếng Việt.
    Vietnamese,
    /// English.
    English,
}

impl Verdict {
    /// One sentence or more: what the file is, and what to do when it is not as it should be.
    #[must_use]
    pub fn in_words(&self, language: Language) -> Vec<String> {
        match self {
            Verdict::Unreadable(why) => vec![unreadable(*why, language).to_owned()],
            Verdict::Unsigned => vec![
                match language {
                    Language::Vietnamese => "Tệp chưa được ký số.",
                    Language::English => "The file has no digital signature.",
                }
                .to_owned(),
            ],
            Verdict::Signed(all) => all.iter().map(|one| one.in_words(language)).collect(),
        }
    }
}

impl Examined {
    /// By whom, when, and what it is worth.
    #[must_use]
    pub fn in_words(&self, language: Language) -> String {
        let who = match (&self.organisation, self.signer.is_empty(), language) {
            (_, true, Language::Vietnamese) => "không rõ".to_owned(),
            (_, true, Language::English) => "unknown".to_owned(),
            (Some(organisation), ..) if *organisation != self.signer => {
                format!("{} ({organisation})", self.signer)
            }
            (Some(_) | None, ..) => self.signer.clone(),
        };
        let worth = finding(self.finding, language);
        let when = self.when(language);
        match language {
            Language::Vietnamese => format!("Chữ ký số của {who}{when}: {worth}"),
            Language::English => format!("Digital signature of {who}{when}: {worth}"),
        }
    }

    fn when(&self, language: Language) -> String {
        match (self.stamped_at, self.signed_at, language) {
            (Some(at), _, Language::Vietnamese) => {
                format!(", {} (có dấu thời gian)", clock(at))
            }
            (Some(at), _, Language::English) => format!(", {} (time-stamped)", clock(at)),
            (None, Some(at), Language::Vietnamese) => {
                format!(", {} (theo người ký, không có dấu thời gian)", clock(at))
            }
            (None, Some(at), Language::English) => {
                format!(", {} (by the signer, not time-stamped)", clock(at))
            }
            (None, None, Language::Vietnamese | Language::English) => String::new(),
        }
    }
}

fn clock(at: Instant) -> String {
    local(at).strftime("%H:%M %d/%m/%Y").to_string()
}

fn finding(finding: Finding, language: Language) -> &'static str {
    let (vietnamese, english) = match finding {
        Finding::Valid => {
            ("hợp lệ; tệp không bị sửa từ khi ký.", "valid; the file is as it was signed.")
        }
        Finding::Altered => (
            "không hợp lệ: tệp đã bị sửa sau khi ký. Hãy xin lại bản gốc.",
            "not valid: the file was altered after signing. Ask for the original.",
        ),
        Finding::AddedTo => (
            "không hợp lệ: sau khi ký, tệp đã được thêm nội dung. Hãy xin lại bản gốc.",
            "not valid: content was added after signing. Ask for the original.",
        ),
        Finding::Expired => (
            "không hợp lệ: lúc ký, chứng thư số chưa hoặc không còn hiệu lực.",
            "not valid: the certificate did not hold at the time of signing.",
        ),
        Finding::UnknownIssuer => (
            "chưa tin được: không rõ tổ chức nào cấp chứng thư số.",
            "cannot be trusted: the issuer of the certificate is unknown.",
        ),
        Finding::WrongTimeStamp => (
            "không hợp lệ: dấu thời gian sai hoặc không rõ tổ chức cấp.",
            "not valid: the time-stamp is wrong or its authority unknown.",
        ),
        Finding::Unsupported => (
            "không kiểm tra được: hệ thống này không biết thuật toán ký.",
            "cannot be checked: this system does not know the algorithm.",
        ),
        Finding::WrongFormat => (
            "không đọc được: chữ ký không đúng định dạng PDF. Hãy ký lại bằng phần mềm ký số PDF.",
            "unreadable: not a PDF signature. Sign again with a program that signs PDF files.",
        ),
    };
    said(vietnamese, english, language)
}

fn unreadable(why: Unreadable, language: Language) -> &'static str {
    let (vietnamese, english) = match why {
        Unreadable::NotPdf => (
            "Tệp không phải là PDF. Hãy chọn tệp PDF.",
            "The file is not a PDF. Choose a PDF file.",
        ),
        Unreadable::TooLarge => ("Tệp PDF quá lớn.", "The PDF is too large."),
        Unreadable::TooMany => ("Tệp PDF quá phức tạp.", "The PDF has too many parts."),
        Unreadable::Encrypted => (
            "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi thử lại.",
            "The PDF is encrypted. Remove the password and try again.",
        ),
        Unreadable::Damaged => {
            ("Tệp PDF bị hỏng. Hãy xin lại bản gốc.", "The PDF is damaged. Ask for the original.")
        }
    };
    said(vietnamese, english, language)
}

fn said(vietnamese: &'static str, english: &'static str, language: Language) -> &'static str {
    match language {
        Language::Vietnamese => vietnamese,
        Language::English => english,
    }
}
