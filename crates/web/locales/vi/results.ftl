# Kho kết quả của người dân, dùng lại kết quả.
nav-own-results = Kết quả của tôi
own-results-title = Kết quả của tôi
own-results-lead = Mọi kết quả đã cấp cho số định danh của bạn, hoặc cho hồ sơ nộp từ tài khoản này.
own-results-empty = Bạn chưa có kết quả nào.
own-results-empty-advice = Khi hồ sơ được giải quyết xong, kết quả nằm ở đây và còn ở đây.
own-result = Kết quả
own-result-agency = Cơ quan cấp
own-result-issued = Ngày cấp
own-result-standing = Hiệu lực
own-result-paper = Bản PDF
own-result-open = Mở, in
own-result-download = Tải về
result-granted = Đã cấp
result-valid-until = Còn hiệu lực đến { $day }
result-expired = Hết hiệu lực từ sau { $day }
result-refused = Từ chối
