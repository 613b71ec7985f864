//! The columns of the forms: their names for programs, their headings for people, and their cells.

use super::sheet::Cell;
use domain::statistics::offer::Offer;
use domain::statistics::{report06a, report07a};

pub(super) fn cells_06a(c: &report06a::Cells) -> Vec<Cell> {
    let numbers = [
        c.total,
        c.online,
        c.direct,
        c.carried_over,
        c.resolved,
        c.early,
        c.on_time,
        c.late,
        c.running,
        c.running_in_time,
        c.running_late,
    ];
    numbers.map(Cell::Number).to_vec()
}

pub(super) fn cells_07a(c: &report07a::Cells) -> Vec<Cell> {
    let n = Cell::Number;
    vec![
        n(c.total),
        n(c.carried_over),
        n(c.online_full),
        n(c.online_partial),
        n(c.online_other),
        n(c.post),
        n(c.counter),
        Cell::measured(c.outside_boundary),
        n(c.waiting_in_time),
        n(c.waiting_late),
        n(c.not_accepted),
        n(c.settled),
        n(c.early),
        n(c.on_time),
        n(c.late_with_apology),
        n(c.late_without_apology),
        n(c.running),
        n(c.running_in_time),
        n(c.running_late),
        n(c.stopped),
        n(c.withdrawn),
        n(c.paid),
        Cell::measured(c.paid_online),
        Cell::measured(c.paid_direct),
    ]
}

pub(super) fn cells_of_offer(offer: &Offer) -> Vec<Cell> {
    let counts = [
        offer.procedures,
        offer.at_one_stop,
        offer.processed_at_one_stop,
        offer.level_3,
        offer.level_4,
        offer.partial,
        offer.full,
        offer.by_post,
        offer.complete,
    ];
    let mut cells = counts.map(Cell::Number).to_vec();
    cells.extend(match offer.cut {
        Some(cut) => [
            Cell::Number(cut.count),
            Cell::Hundredths(cut.min),
            Cell::Hundredths(cut.max),
            Cell::Hundredths(cut.mean),
        ],
        None => [Cell::Number(0), Cell::Nothing, Cell::Nothing, Cell::Nothing],
    });
    cells
}

pub(super) type Headings = &'static [(&'static str, &'static str)];

pub(super) const COLUMNS_06A: Headings = &[
    ("level", "Cấp"),
    ("field", "Mã lĩnh vực"),
    ("field_name", "(2) Lĩnh vực"),
    ("total", "(3) Nhận giải quyết, tổng số"),
    ("online", "(4) Trong kỳ, trực tuyến"),
    ("direct", "(5) Trong kỳ, trực tiếp, bưu chính"),
    ("carried_over", "(6) Từ kỳ trước"),
    ("resolved", "(7) Đã giải quyết, tổng số"),
    ("early", "(8) Trước hạn"),
    ("on_time", "(9) Đúng hạn"),
    ("late", "(10) Quá hạn"),
    ("running", "(11) Đang giải quyết, tổng số"),
    ("running_in_time", "(12) Trong hạn"),
    ("running_late", "(13) Quá hạn"),
];

pub(super) const COLUMNS_07A: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("total", "Tiếp nhận, tổng số"),
    ("carried_over", "Kỳ trước chuyển qua"),
    ("online_full", "Trực tuyến toàn trình"),
    ("online_partial", "Trực tuyến một phần"),
    ("online_other", "Trực tuyến hình thức khác"),
    ("post", "Bưu chính"),
    ("counter", "Trực tiếp"),
    ("outside_boundary", "Phi địa giới"),
    ("waiting_in_time", "Chờ tiếp nhận, đúng hạn"),
    ("waiting_late", "Chờ tiếp nhận, quá hạn"),
    ("not_accepted", "Không được tiếp nhận"),
    ("settled", "Đã giải quyết, tổng số"),
    ("early", "Trước hạn"),
    ("on_time", "Đúng hạn"),
    ("late_with_apology", "Quá hạn, đã có thư xin lỗi"),
    ("late_without_apology", "Quá hạn, chưa có thư xin lỗi"),
    ("running", "Đang giải quyết, tổng số"),
    ("running_in_time", "Trong hạn"),
    ("running_late", "Quá hạn"),
    ("stopped", "Dừng xử lý"),
    ("withdrawn", "Rút hồ sơ"),
    ("paid", "Thanh toán, tổng số"),
    ("paid_online", "Thanh toán trực tuyến"),
    ("paid_direct", "Thanh toán trực tiếp"),
];

pub(super) const COLUMNS_II07: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("late", "Quá hạn, tổng số"),
    ("consulted_agency", "Do cơ quan phối hợp"),
    ("own_steps", "Do cán bộ, công chức"),
    ("regulation", "Do quy định của thủ tục"),
    ("system", "Do hệ thống, đường truyền"),
    ("unexplained", "Nguyên nhân khác, chưa rõ"),
];

pub(super) const COLUMNS_TT01: Headings = &[
    ("kind", "Loại"),
    ("id", "Mã"),
    ("name", "Cơ quan, cán bộ"),
    ("dossiers", "Số hồ sơ đã giải quyết"),
    ("1_total_time", "1. Tổng thời gian"),
    ("2_time_of_each", "2. Thời gian từng cơ quan"),
    ("3_contacts", "3. Số lần liên hệ"),
    ("4_agencies", "4. Số cơ quan phải liên hệ"),
    ("5_one_stop", "5. Tổ chức tại một cửa"),
    ("6_publication", "6. Công khai"),
    ("7_behaviour", "7. Thái độ"),
    ("8_petitions", "8. Tiếp thu, giải trình"),
    ("9_online_services", "9. Dịch vụ công trực tuyến"),
    ("sum", "Tổng điểm đã có"),
    ("possible", "Tối đa của phần đã có"),
    ("grade", "Xếp loại"),
];

pub(super) const COLUMNS_QD766: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("group", "Nhóm"),
    ("id", "Chỉ số"),
    ("part", "Đạt"),
    ("whole", "Trên tổng số"),
    ("percent", "Tỷ lệ (%)"),
    ("threshold", "Ngưỡng (%)"),
    ("reached", "So với ngưỡng (%)"),
];

pub(super) const COLUMNS_CATALOGUE: Headings = &[
    ("agency", "Mã đơn vị"),
    ("agency_name", "Đơn vị"),
    ("procedures", "Số thủ tục"),
    ("at_one_stop", "Tại một cửa"),
    ("processed_at_one_stop", "Giải quyết toàn bộ tại một cửa"),
    ("level_3", "Mức độ 3"),
    ("level_4", "Mức độ 4"),
    ("partial", "Một phần"),
    ("full", "Toàn trình"),
    ("by_post", "Qua bưu chính"),
    ("complete", "Công khai đủ bộ phận"),
    ("times_cut", "Số thời hạn được cắt giảm"),
    ("cut_min", "Cắt giảm ít nhất (%)"),
    ("cut_max", "Cắt giảm nhiều nhất (%)"),
    ("cut_mean", "Cắt giảm trung bình (%)"),
];

pub(super) const COLUMNS_REGISTER: Headings = &[
    ("code", "Mã hồ sơ"),
    ("agency", "Mã đơn vị"),
    ("procedure", "Mã thủ tục"),
    ("procedure_name", "Thủ tục"),
    ("channel", "Cách nộp"),
    ("received", "Ngày tiếp nhận"),
    ("ended", "Ngày kết thúc"),
    ("standing", "Tình trạng"),
    ("returned", "Ngày trả kết quả"),
    ("supplement_rounds", "Số lần yêu cầu bổ sung"),
];
