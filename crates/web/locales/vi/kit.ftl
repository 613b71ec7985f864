# Khung trang và các mẫu dùng chung.
brand = Một Cửa
province = Tỉnh Tuyên Quang
skip-to-content = Đến nội dung chính
title-error-prefix = Lỗi:
menu = Danh mục
language-switch = Ngôn ngữ
sign-out = Đăng xuất
signed-in-as = Đang đăng nhập
back-landmark = Quay lại
phase-demo = Bản chạy thử
phase-demo-text = Dữ liệu trên trang này không có thật. Không nhập thông tin cá nhân thật.
footer-links = Liên kết cuối trang
footer-owner = Bộ phận Một cửa các cấp của tỉnh vận hành trang này.
deadline-days-left =
    { $days ->
       *[other] Còn { $days } ngày
    }
