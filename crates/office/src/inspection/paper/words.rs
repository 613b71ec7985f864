//! Vietnamese words of the papers.

use domain::inspection::command::{Form, Mark, Role, Severity};
use domain::inspection::files::Belongs;
use domain::inspection::measure::Unit;
use domain::inspection::{Measure, Stage, Status, Verdict};

pub(super) const fn form(form: Form) -> &'static str {
    match form {
        Form::Announced => "kiểm tra trực tiếp, có báo trước",
        Form::ByReport => "kiểm tra qua báo cáo",
        Form::Unannounced => "kiểm tra đột xuất",
    }
}

pub(super) const fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "Trưởng đoàn",
        Role::Deputy => "Phó Trưởng đoàn",
        Role::Secretary => "Thư ký",
        Role::Member => "Thành viên",
    }
}

pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Good => "Việc làm tốt",
        Severity::Note => "Lưu ý",
        Severity::Shortcoming => "Tồn tại, hạn chế",
        Severity::Violation => "Vi phạm",
    }
}

pub(super) const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Met => "Đạt",
        Mark::Partly => "Đạt một phần",
        Mark::NotMet => "Không đạt",
        Mark::NotApplicable => "Không áp dụng",
    }
}

pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "Chưa báo cáo",
        Status::Reported => "Đã báo cáo, chờ xác minh",
        Status::Rejected => "Chưa đạt, phải làm tiếp",
        Status::Verified => "Đã xác minh",
    }
}

pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "Khớp",
        Verdict::Different(_) => "Khác",
        Verdict::NotRecorded => "Chưa ghi nhận",
    }
}

pub(super) const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::ProceduresTotal => "Tổng số thủ tục hành chính",
        Measure::ProceduresAtOneStop => "Thủ tục thực hiện tại một cửa",
        Measure::OnlineLevel3 => "Thủ tục trực tuyến mức độ 3",
        Measure::OnlineLevel4 => "Thủ tục trực tuyến mức độ 4",
        Measure::OnlineLevel3And4 => "Thủ tục trực tuyến mức độ 3 và 4",
        Measure::PostalReceivedReturned => "Thủ tục nhận, trả qua bưu chính",
        Measure::TimeCutMin => "Cắt giảm thời gian, thấp nhất",
        Measure::TimeCutMax => "Cắt giảm thời gian, cao nhất",
        Measure::DossiersHandled => "Hồ sơ phải giải quyết",
        Measure::DossiersResolved => "Hồ sơ đã giải quyết",
        Measure::ResolvedEarly => "Giải quyết trước hạn",
        Measure::ResolvedOnTime => "Giải quyết đúng hạn",
        Measure::ResolvedLate => "Giải quyết quá hạn",
        Measure::RunningLate => "Đang giải quyết quá hạn",
        Measure::LateWithApology => "Quá hạn, đã có thư xin lỗi",
        Measure::SupplementedOften => "Bổ sung từ hai lần",
        Measure::NotAccepted => "Không tiếp nhận, trả lại",
        Measure::Withdrawn => "Người nộp rút hồ sơ",
        Measure::FinishedEarlierShare => "Tỷ lệ hồ sơ xong sớm hơn hẹn",
        Measure::FinishedEarlierProcedures => "Tỷ lệ thủ tục phần lớn xong sớm",
    }
}

/// The value with its unit, as tables have it.
pub(super) fn amount(measure: Measure, hundredths: u64) -> String {
    let number = domain::inspection::claim::written(hundredths);
    match measure.unit() {
        Unit::Percent => format!("{number} %"),
        Unit::Procedure | Unit::Dossier => number,
    }
}

pub(super) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned => "Trong kế hoạch",
        Stage::Delegated => "Đã thành lập Đoàn",
        Stage::UnderWay => "Đang kiểm tra",
        Stage::MinutesSigned => "Đã ký biên bản",
        Stage::Concluded => "Đã kết luận",
        Stage::Closed => "Đã khắc phục xong",
    }
}

/// To what a file belongs.
pub(super) fn belongs(belongs: &Belongs) -> String {
    match belongs {
        Belongs::Report(no) => format!("kèm báo cáo thứ {no}"),
        Belongs::Finding(no) => format!("bằng chứng của phát hiện {no}"),
        Belongs::Answer(no) => format!("kèm giải trình phát hiện {no}"),
        Belongs::FollowUp(no) => format!("chứng minh khắc phục kiến nghị {no}"),
    }
}

/// `1.234.567`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// The place of the date line: the province without its office's words.
pub(super) fn place(province: &str) -> String {
    province.split("tỉnh ").last().unwrap_or(province).to_owned()
}
