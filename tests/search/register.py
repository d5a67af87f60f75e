"""Real products of the national register, as search sees them."""

from typing import Final, NamedTuple

from app.search.documents import SearchDocument


class _Row(NamedTuple):
    name_vi: str
    name_en: str
    producer: str
    place: tuple[str, ...]
    stars: int


_ROWS: Final = (
    _Row(
        "Mắc ca Lê Anh Tuy Đức",
        "Lê Anh Tuy Đức macadamia",
        "Hợp tác xã Nông nghiệp và Dịch vụ Long Việt",
        (
            "Lâm Đồng",
            "Đắk Nông",
            "xã Quảng Trực",
        ),
        4,
    ),
    _Row(
        "Hạt Mắc ca Mơ Nông",
        "Mơ Nông macadamia nuts",
        "Hợp tác xã Nông nghiệp xanh Quảng Trực",
        (
            "Lâm Đồng",
            "Đắk Nông",
            "xã Quảng Trực",
        ),
        4,
    ),
    _Row(
        "Tiêu xanh sấy thăng hoa",
        "Freeze-dried green pepper",
        "Công ty TNHH TM XNK Sachi Thịnh Phát",
        (
            "Lâm Đồng",
            "Đắk Nông",
            "phường Nghĩa Trung",
        ),
        4,
    ),
    _Row(
        "Hạt Điều rang muối",
        "Salt-roasted cashews",
        "Công ty TNHH TM XNK Sachi Thịnh Phát",
        (
            "Lâm Đồng",
            "Đắk Nông",
            "phường Nghĩa Trung",
        ),
        4,
    ),
    _Row(
        "Trà thảo mộc 7 vị",
        "Seven-herb tea",
        "Công ty TNHH An Tây Nguyên",
        (
            "Lâm Đồng",
            "Đắk Nông",
            "xã Thuận Hà",
        ),
        3,
    ),
    _Row(
        "Trà Bí đao",
        "Winter melon tea",
        "Hợp tác xã Trà Organic Tây Nguyên",
        (
            "Lâm Đồng",
            "Đắk Nông",
            "xã Nam Dong",
        ),
        3,
    ),
    _Row(
        "Rượu gạo sương mù đông trùng hạ thảo",
        'Cordyceps rice spirit "Sương mù"',
        "Công ty TNHH Cordyceps",
        (
            "Lâm Đồng",
            "xã Bình Thạnh",
        ),
        3,
    ),
    _Row(
        "Đông trùng hạ thảo sấy thăng hoa",
        "Freeze-dried cordyceps",
        "Công ty TNHH Nấm Tâm Phúc Lâm Đồng",
        (
            "Lâm Đồng",
            "thị trấn Liên Nghĩa",
        ),
        3,
    ),
    _Row(
        "Đông trùng hạ thảo ngâm mật ong",
        "Cordyceps in honey",
        "Công ty TNHH Nấm Tâm Phúc Lâm Đồng",
        (
            "Lâm Đồng",
            "thị trấn Liên Nghĩa",
        ),
        3,
    ),
    _Row(
        "Rượu đông trùng hạ thảo",
        "Cordyceps spirit",
        "Công ty TNHH Nấm Tâm Phúc Lâm Đồng",
        (
            "Lâm Đồng",
            "thị trấn Liên Nghĩa",
        ),
        3,
    ),
    _Row(
        "Trà đông trùng hạ thảo tứ vị",
        "Four-flavour cordyceps tea",
        "Công ty TNHH Nấm Tâm Phúc Lâm Đồng",
        (
            "Lâm Đồng",
            "thị trấn Liên Nghĩa",
        ),
        3,
    ),
    _Row(
        "Khoai Khoái sấy giòn vị rong biển",
        "Khoái crispy sweet potato, seaweed",
        "Công ty Cổ phần Viên Sơn",
        (
            "Lâm Đồng",
            "xã Liên Hiệp",
        ),
        3,
    ),
    _Row(
        "Khoai Khoái sấy giòn vị bò đút lò",
        "Khoái crispy sweet potato, roast beef",
        "Công ty Cổ phần Viên Sơn",
        (
            "Lâm Đồng",
            "xã Liên Hiệp",
        ),
        3,
    ),
    _Row(
        "Cà phê Rin",
        "Rin coffee",
        "Hộ kinh doanh Bùi Anh Tuấn",
        (
            "Lâm Đồng",
            "xã Đà Loan",
        ),
        3,
    ),
    _Row(
        "Gạo sạch Bắc Ruộng ST25",
        "Bắc Ruộng clean ST25 rice",
        "Hợp tác xã Dịch vụ Nông nghiệp Bắc Ruộng 1",
        (
            "Lâm Đồng",
            "Bình Thuận",
            "xã Bắc Ruộng",
        ),
        3,
    ),
    _Row(
        "Nước mắm nguyên chất cá cơm 60 độ đạm Suchi",
        "Suchi pure anchovy fish sauce 60°N",
        "Công ty Cổ phần Chế biến và Xuất khẩu Nước mắm Phan Thiết - Mũi Né",
        (
            "Lâm Đồng",
            "Bình Thuận",
            "phường Phú Hài",
        ),
        4,
    ),
    _Row(
        "Nước mắm cá cơm nguyên chất 40 độ đạm Suchi",
        "Suchi pure anchovy fish sauce 40°N",
        "Công ty Cổ phần Chế biến và Xuất khẩu Nước mắm Phan Thiết - Mũi Né",
        (
            "Lâm Đồng",
            "Bình Thuận",
            "phường Phú Hài",
        ),
        4,
    ),
    _Row(
        "Nước mắm truyền thống Cá Đen",
        "Cá Đen traditional fish sauce",
        "Công ty TNHH Cá Đen",
        (
            "Lâm Đồng",
            "Bình Thuận",
            "phường Phú Hài",
        ),
        4,
    ),
    _Row(
        "Nước mắm Mẫu Hoàng",
        "Mẫu Hoàng fish sauce",
        "Công ty Cổ phần Nước mắm Phan Thiết",
        (
            "Lâm Đồng",
            "Bình Thuận",
            "phường Phú Hài",
        ),
        4,
    ),
    _Row(
        "Bưởi da xanh Ninh Thới",
        "Ninh Thới green-skin pomelo",
        "HTXNN Ninh Thới",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "xã Ninh Thới",
        ),
        3,
    ),
    _Row(
        "Mứt dừa sữa dẻo",
        "Soft milk coconut jam",
        "Hộ kinh doanh Nguyễn Thị Thu Phương",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "xã Ninh Thới",
        ),
        3,
    ),
    _Row(
        "Nhãn xuồng cơm vàng",
        "Yellow-flesh longan",
        "Tổ hợp tác nhãn Rạch Đùi",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "xã Ninh Thới",
        ),
        3,
    ),
    _Row(
        "Củ cải muối Chịt Sa",
        "Chịt Sa pickled radish",
        "Hộ kinh doanh Vương Tiễn Khanh",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "xã Hòa Ân",
        ),
        3,
    ),
    _Row(
        "Ca cao cà phê",
        "Cocoa coffee",
        "Hộ SXKD Nguyễn Văn Sang",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "xã Hòa Ân",
        ),
        3,
    ),
    _Row(
        "Mứt dừa sáp Cẩm Hằng",
        "Cẩm Hằng macapuno jam",
        "Hộ kinh doanh Nguyễn Thị Cẩm Hằng",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "thị trấn Cầu Kè",
        ),
        3,
    ),
    _Row(
        "Bánh ống gạo dừa",
        "Coconut rice rolls",
        "Cơ sở sản xuất bánh kẹo Ngọc Phát",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "thị trấn Cầu Kè",
        ),
        3,
    ),
    _Row(
        "Bánh ống gạo ngũ cốc",
        "Cereal rice rolls",
        "Cơ sở sản xuất bánh kẹo Ngọc Phát",
        (
            "Vĩnh Long",
            "Trà Vinh",
            "thị trấn Cầu Kè",
        ),
        3,
    ),
    _Row(
        "Nước mắm Phú Quốc Khải Hoàn 38 độ đạm",
        "Khải Hoàn Phú Quốc fish sauce 38°N",
        "Công ty Cổ phần thương mại Khải Hoàn",
        (
            "An Giang",
            "Kiên Giang",
            "thị trấn Dương Đông",
        ),
        5,
    ),
    _Row(
        "Bánh đậu trà xanh Rồng Vàng Hoàng Gia",
        "Rồng Vàng Hoàng Gia green-tea mung bean cake",
        "CTCP Hoàng Giang",
        (
            "Hải Phòng",
            "Hải Dương",
            "phường Cẩm Thượng",
        ),
        4,
    ),
    _Row(
        "Chè đậu đen cốt dừa Hoàng Gia",
        "Hoàng Gia black bean sweet soup with coconut",
        "CTCP Hoàng Giang",
        (
            "Hải Phòng",
            "Hải Dương",
            "phường Cẩm Thượng",
        ),
        4,
    ),
    _Row(
        "Lược Vạc",
        "Vạc bamboo comb",
        "",
        (
            "Hải Phòng",
            "Hải Dương",
            "xã Thái Học",
        ),
        3,
    ),
    _Row(
        "Thịt lợn hương",
        "Hương-breed pork",
        "Công ty CP khai thác khoáng sản Thiên Thuận Tường",
        ("Quảng Ninh",),
        4,
    ),
    _Row(
        "Thịt lợn hướng nạc nguồn gốc châu Âu",
        "Lean pork of European stock",
        "Công ty CP khai thác khoáng sản Thiên Thuận Tường",
        ("Quảng Ninh",),
        4,
    ),
    _Row(
        "Nước khoáng Quang Hanh Fresh vị chanh muối",
        "Quang Hanh Fresh salted lemon water",
        "Công ty CP nước khoáng Quang Hanh",
        ("Quảng Ninh",),
        4,
    ),
    _Row(
        "Chè đinh Tân Cương Hảo Đạt",
        'Hảo Đạt Tân Cương "đinh" tea',
        "HTX chè Hảo Đạt",
        (
            "Thái Nguyên",
            "xã Tân Cương",
        ),
        5,
    ),
    _Row(
        "Du lịch văn hóa dân tộc Tày bản làng Thái Hải",
        "Tày ethnic cultural tourism, Thái Hải village",
        "Công ty TNHH Thái Hải",
        (
            "Thái Nguyên",
            "xã Thịnh Đức",
        ),
        5,
    ),
    _Row(
        "Chè búp tím Thanh Ba",
        "Thanh Ba purple-bud tea",
        "Công ty TNHH Đầu tư và phát triển Trà UT",
        ("Phú Thọ",),
        5,
    ),
    _Row("Cà phê Khe Sanh", "Khe Sanh coffee", "HTX nông sản Khe Sanh", ("Quảng Trị",), 5),
    _Row(
        "Vicumax Mật ong Nano curcumin",
        "Vicumax honey nano curcumin supplement",
        "Công ty CP Curcumin Bắc Hà",
        (
            "Thái Nguyên",
            "Bắc Kạn",
        ),
        5,
    ),
    _Row(
        "Cà phê bột nguyên chất Bích Thao",
        "Bích Thao pure ground coffee",
        "HTX Cà phê Bích Thao",
        ("Sơn La",),
        5,
    ),
    _Row(
        "Chè tôm nõn Hảo Đạt",
        'Hảo Đạt "tôm nõn" tea',
        "HTX chè Hảo Đạt",
        (
            "Thái Nguyên",
            "xã Tân Cương",
        ),
        5,
    ),
    _Row(
        "Mật ong Phúc Thành",
        "Phúc Thành honey",
        "HTX nuôi ong Phúc Thành",
        (
            "Thái Nguyên",
            "xã Hóa Trung",
        ),
        3,
    ),
    _Row(
        "Tương ớt mè Daichi",
        "Daichi sesame chilli sauce",
        "Công ty TNHH Daichi Foods",
        (
            "Đà Nẵng",
            "Quảng Nam",
        ),
        4,
    ),
    _Row(
        "Dầu mè đen nguyên chất Bảo Tâm",
        "Bảo Tâm pure black sesame oil",
        "HTX Sản xuất dầu thực vật nguyên chất Bảo Tâm",
        (
            "Đà Nẵng",
            "Quảng Nam",
        ),
        4,
    ),
    _Row(
        "Mật ong dú Kỳ Tân",
        "Kỳ Tân stingless-bee honey",
        "Cơ sở mật ong Huỳnh Trưởng",
        (
            "Đà Nẵng",
            "Quảng Nam",
            "xã Tam Dân",
        ),
        3,
    ),
    _Row(
        "Dầu đậu phụng nguyên chất An Khang",
        "An Khang pure peanut oil",
        "Cơ sở sản xuất dầu thực vật An Khang",
        (
            "Đà Nẵng",
            "Quảng Nam",
            "xã Tam Vinh",
        ),
        3,
    ),
    _Row(
        "Dầu lạc nguyên chất Super Green",
        "Super Green pure peanut oil",
        "Công ty TNHH MTV Từ Phong",
        ("Quảng Trị",),
        4,
    ),
    _Row("Hạt tiêu Cùa", "Cùa pepper", "HTX Nông nghiệp Dịch vụ Tiêu Cùa", ("Quảng Trị",), 3),
    _Row(
        "Bơ đậu phộng Super Green",
        "Super Green peanut butter",
        "Công ty TNHH MTV Từ Phong",
        ("Quảng Trị",),
        3,
    ),
    _Row("Tranh gạo", "Rice-grain paintings", "Công ty TNHH MTV Kiều Trân Phát", ("Quảng Trị",), 3),
    _Row(
        "Măng dầm tỏi ớt",
        "Bamboo shoots in garlic and chilli",
        "Công ty TNHH MTV Hoàng Tuấn Tùng",
        ("Quảng Trị",),
        3,
    ),
    _Row(
        "Bưởi cốm Hương Thọ",
        "Hương Thọ pomelo",
        "",
        (
            "Huế",
            "Thừa Thiên Huế",
            "xã Hương Thọ",
        ),
        3,
    ),
    _Row(
        "Sà rông thổ cẩm Khmer Văn Giáo",
        "Văn Giáo Khmer brocade sarong",
        "HTX Dệt thổ cẩm Khmer Văn Giáo",
        (
            "An Giang",
            "xã Văn Giáo",
        ),
        3,
    ),
    _Row(
        "Điểm tham quan du lịch Nhà cổ Ba Đức",
        "Ba Đức ancient house tourist site",
        "",
        (
            "Đồng Tháp",
            "Tiền Giang",
        ),
        4,
    ),
    _Row(
        "Lục bình gốm Mỹ Thiện",
        "Mỹ Thiện ceramic vase",
        "Hộ kinh doanh Đặng Văn Trịnh",
        (
            "Quảng Ngãi",
            "xã Bình Sơn",
        ),
        4,
    ),
    _Row(
        "Cao tỏi đen Phú Sinh",
        "Phú Sinh black garlic extract",
        "Công ty TNHH Thương mại và Dịch vụ Phú Sinh",
        (
            "Quảng Ngãi",
            "đặc khu Lý Sơn",
        ),
        4,
    ),
    _Row("Quả nhãn Phong Niên", "Phong Niên longan", "HTX Minh Ngọc", ("Lào Cai",), 3),
    _Row(
        "Tấm trải trang trí Thổ cẩm",
        "Brocade decorative throw",
        "Công ty TNHH Thương mại Tổng hợp Lan Rừng",
        ("Lào Cai",),
        3,
    ),
    _Row(
        "Cà phê Superior",
        "Superior coffee",
        "Công ty TNHH Thương mại và dịch vụ Hương Hương Phú",
        (
            "Đắk Lắk",
            "Phú Yên",
            "xã Bình Kiến",
        ),
        4,
    ),
    _Row(
        "Cà phê Đak Yang", "Đak Yang coffee", "HTX Nông nghiệp và Dịch vụ Nam Yang", ("Gia Lai",), 4
    ),
    _Row("Mật ong Bometa", "Bometa honey", "Công ty CP Tập đoàn Bometa", ("Nghệ An",), 4),
    # Known specialities that the register's extract lacks.
    _Row(
        "Chè Shan tuyết Suối Giàng",
        "Suối Giàng Shan snow tea",
        "HTX Suối Giàng",
        ("Lào Cai", "Yên Bái"),
        5,
    ),
    _Row("Trà Shan tuyết Tà Xùa", "Tà Xùa Shan snow tea", "HTX chè Tà Xùa", ("Sơn La",), 4),
    _Row("Cà phê bột Buôn Ma Thuột", "Buôn Ma Thuột ground coffee", "HTX Ea Tu", ("Đắk Lắk",), 4),
    _Row("Muối lắc tôm", "Shrimp shaker salt", "Cơ sở Lắc Lắc", ("Tây Ninh",), 3),
    _Row("Đường thốt nốt Palmania", "Palmania palm sugar", "Công ty Palmania", ("An Giang",), 5),
)

DOCUMENTS: Final = tuple(
    SearchDocument(
        product_id=number,
        version=1,
        name_vi=row.name_vi,
        name_en=row.name_en,
        producer=row.producer,
        place=row.place,
        stars=row.stars,
    )
    for number, row in enumerate(_ROWS, start=1)
)
NAMES: Final = {document.product_id: document.name_vi for document in DOCUMENTS}
