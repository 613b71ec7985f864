//! What a delegation looks at: areas A–G, and the points of each (NĐ 63/2010 Đ35a.2 for area C;
//! the others as inspections of reform are held).

use serde::{Deserialize, Serialize};

/// An area of the reform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named by `Area::text`")]
pub enum Area {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
}

impl Area {
    /// Every area.
    pub const ALL: [Area; 7] = [Area::A, Area::B, Area::C, Area::D, Area::E, Area::F, Area::G];

    /// Its letter, in forms and facts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Area::A => "A",
            Area::B => "B",
            Area::C => "C",
            Area::D => "D",
            Area::E => "E",
            Area::F => "F",
            Area::G => "G",
        }
    }

    /// What it is about, as papers say it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Area::A => "Chỉ đạo, điều hành cải cách hành chính",
            Area::B => "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật",
            Area::C => "Cải cách thủ tục hành chính",
            Area::D => "Cải cách tổ chức bộ máy",
            Area::E => "Nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức",
            Area::F => "Cải cách tài chính công",
            Area::G => "Hiện đại hóa hành chính",
        }
    }

    /// The area of that letter.
    #[must_use]
    pub fn named(name: &str) -> Option<Area> {
        Area::ALL.into_iter().find(|area| area.name() == name)
    }
}

/// A point of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Its id: area and number.
    pub id: &'static str,
    /// Its area.
    pub area: Area,
    /// What is looked at.
    pub text: &'static str,
}

const fn point(id: &'static str, area: Area, text: &'static str) -> Point {
    Point { id, area, text }
}

/// Every point, in order.
pub const POINTS: [Point; 30] = [
    point("A1", Area::A, "Kế hoạch cải cách hành chính năm: ban hành đúng hạn, sản phẩm, tiến độ"),
    point("A2", Area::A, "Phân công lãnh đạo phụ trách, họp và chỉ đạo"),
    point("A3", Area::A, "Tuyên truyền cải cách hành chính"),
    point("A4", Area::A, "Tự kiểm tra ít nhất 50 % phòng, đơn vị trực thuộc"),
    point("A5", Area::A, "Báo cáo quý, sáu tháng, năm đúng hạn"),
    point("A6", Area::A, "Xử lý kiến nghị của lần kiểm tra trước"),
    point("B1", Area::B, "Kế hoạch xây dựng, rà soát, kiểm tra văn bản"),
    point("B2", Area::B, "Tham mưu văn bản đúng tiến độ"),
    point("B3", Area::B, "Theo dõi thi hành pháp luật"),
    point("C1", Area::C, "Công bố, công khai thủ tục đầy đủ, đúng hạn"),
    point("C2", Area::C, "Thủ tục thực hiện tại bộ phận một cửa"),
    point("C3", Area::C, "Quy trình nội bộ được phê duyệt"),
    point("C4", Area::C, "Rà soát, đơn giản hóa, cắt giảm thời gian"),
    point("C5", Area::C, "Kết quả giải quyết, hồ sơ quá hạn và thư xin lỗi"),
    point("C6", Area::C, "Bổ sung nhiều lần, từ chối tiếp nhận"),
    point("C7", Area::C, "Phản ánh, kiến nghị; đánh giá theo TT 01/2018/TT-VPCP Đ13"),
    point("C8", Area::C, "Mẫu hồ sơ: giấy tiếp nhận, phiếu kiểm soát, thành phần so với công bố"),
    point("D1", Area::D, "Chức năng, nhiệm vụ, quy chế làm việc"),
    point("D2", Area::D, "Vị trí việc làm, biên chế"),
    point("D3", Area::D, "Phân cấp, ủy quyền"),
    point("E1", Area::E, "Bố trí công chức theo vị trí việc làm, đào tạo, đánh giá"),
    point("E2", Area::E, "Kỷ luật, kỷ cương, văn hóa công sở"),
    point("E3", Area::E, "Công chức một cửa: thời hạn, người dự phòng, phụ cấp"),
    point("F1", Area::F, "Quy chế chi tiêu nội bộ, tự chủ, công khai"),
    point("F2", Area::F, "Quyết toán phí, lệ phí hằng quý với bộ phận một cửa (NĐ 61/2018 Đ12.9)"),
    point("G1", Area::G, "Văn bản điện tử ký số"),
    point("G2", Area::G, "Dịch vụ công trực tuyến, thanh toán, số hóa, tái sử dụng"),
    point("G3", Area::G, "Hệ thống quản lý chất lượng ISO 9001"),
    point("G4", Area::G, "Trang bị của bộ phận một cửa (NĐ 61/2018 Đ13)"),
    point("G5", Area::G, "An toàn thông tin, bảo vệ dữ liệu cá nhân"),
];

/// The data forms of the outline, with what each asks for.
pub const DATA_FORMS: [(&str, &str); 9] = [
    ("BM1", "Số liệu thủ tục hành chính: tổng số, tại một cửa, trực tuyến, bưu chính, cắt giảm"),
    ("BM2", "Kết quả giải quyết hồ sơ (biểu II.06a)"),
    ("BM3", "Hồ sơ quá hạn: mã, ngày, lý do, thư xin lỗi"),
    ("BM4", "Hồ sơ bổ sung từ hai lần, trả lại, rút"),
    ("BM5", "Phản ánh, kiến nghị"),
    ("BM6", "Văn bản quy phạm pháp luật"),
    ("BM7", "Nhân sự"),
    ("BM8", "Công nghệ thông tin"),
    ("BM9", "Thực hiện kiến nghị kỳ trước"),
];

/// The point of that id.
#[must_use]
pub fn point_of(id: &str) -> Option<&'static Point> {
    POINTS.iter().find(|point| point.id == id)
}
