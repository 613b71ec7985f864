# Lời của các thành phần khi trang không tự nói.
component-warning = Cảnh báo
