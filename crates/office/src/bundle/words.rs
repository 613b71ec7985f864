//! The words of a bundle: what a reader of the archive reads without our pages.

use domain::dossier::Event;
use domain::text::fold;

/// What happened, as the pages say it.
pub(super) fn title(event: &Event) -> &'static str {
    match event {
        Event::Submitted(_) => "Nộp hồ sơ",
        Event::Received(_) => "Tiếp nhận hồ sơ",
        Event::SupplementRequested(_) => "Yêu cầu bổ sung",
        Event::Supplemented(_) => "Bổ sung hồ sơ",
        Event::NotAccepted(_) => "Từ chối tiếp nhận",
        Event::Transferred(_) => "Chuyển đến đơn vị giải quyết",
        Event::Assigned(_) => "Phân công thụ lý",
        Event::StepCompleted(_) => "Thực hiện bước xử lý",
        Event::Proposed(_) => "Trình kết quả",
        Event::SentBack(_) => "Trả lại dự thảo",
        Event::Signed(_) => "Ký kết quả",
        Event::Issued(_) => "Phát hành kết quả",
        Event::Returned(_) => "Trả kết quả",
        Event::Withdrawn(_) => "Rút hồ sơ",
        Event::PaymentRequested(_) => "Yêu cầu nghĩa vụ tài chính",
        Event::PaymentConfirmed(_) => "Xác nhận đã nộp tiền",
        Event::Reappointed(_) => "Xin lỗi và hẹn lại",
        Event::DueCorrected(_) => "Điều chỉnh ngày hẹn theo lịch",
        Event::Stopped(_) => "Dừng giải quyết",
    }
}

/// A name for a file in the archive: ASCII letters, digits and hyphens, at most 48.
pub(super) fn file_name(title: &str, media_type: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let folded: String = fold(title).chars().map(plain).collect();
    let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(48).collect();
    let name = name.trim_end_matches('-');
    let ending = match media_type {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/heic" => "heic",
        _ => "bin",
    };
    let name = if name.is_empty() { "giay-to" } else { name };
    format!("{name}.{ending}")
}

/// What is said in the archive about the archive.
pub(super) const READ_ME: &str = "\
TRỌN BỘ HỒ SƠ / THE WHOLE DOSSIER

manifest.json      mỗi tệp: tên gọi, loại, mã băm SHA-256 / every file: title, type, SHA-256
SHA256SUMS         kiểm tra / check: sha256sum -c SHA256SUMS
papers/            giấy tờ đã nộp / the papers that were handed in
made/              giấy tờ cơ quan lập / the papers that the office made
timeline.json,
timeline.pdf       quá trình giải quyết / the course
ledger/facts.jsonl mỗi việc một dòng / one line for each fact: its entry in the log, as text;
                   its leaf = SHA-256(0x00 || entry) (RFC 6962); where salt and payload are given,
                   its commit = SHA-256(salt || payload)
ledger/checkpoint  đầu sổ đã ký, bao trùm mọi việc ở trên / a signed head that covers all of them
ledger/key.pub     khóa của sổ / the key of the log
";
