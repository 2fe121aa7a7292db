"""Pages that state no charset, or a wrong one. All text is invented."""

import pytest

from crawler.extract.document.markup import decode
from crawler.extract.document.unlabelled import guess_charset
from crawler.extract.page import Page

RUSSIAN = "Нижний причал закрыли до рассвета, после того как вода поднялась выше старой стены."
GREEK = "Η κάτω προβλήτα έκλεισε πριν από την αυγή, αφού η παλίρροια ξεπέρασε το παλιό τείχος."
ARABIC = "أغلق الرصيف السفلي قبل الفجر بعد أن ارتفع المد فوق الجدار الحجري القديم في المدينة."
HEBREW = "הרציף התחתון נסגר לפני עלות השחר לאחר שהגאות עלתה מעל חומת האבן הישנה בעיר."
THAI = "ท่าเรือล่างถูกปิดก่อนรุ่งสาง หลังจากที่น้ำขึ้นสูงกว่ากำแพงหินเก่าของเมือง"
JAPANESE = "下の岸壁は夜明け前に閉鎖された。潮が古い石の壁を越えて、市場の地下室に流れ込んだ。"
KOREAN = "새벽 조수가 낡은 돌담을 넘어 어시장 지하실로 흘러들어 아래 부두가 폐쇄되었다."
SIMPLIFIED = "黎明前，潮水漫过旧石墙，流进鱼市的地下室，下码头因此关闭，直到水位下降。"
TRADITIONAL = "黎明前，潮水漫過舊石牆，流進魚市的地下室，下碼頭因此關閉，直到水位下降。"
GERMAN = (
    "Der untere Kai wurde gesperrt, nachdem die Flut über die alte Mauer stieg – „so früh wie nie“."
)
FRENCH = "Le quai fermé dès l’aube a rouvert à midi ; l’été prochain, le mur sera élevé, dit-on."
LANGUAGES = [
    *((RUSSIAN, charset) for charset in ("cp1251", "koi8-r", "cp866")),
    (GREEK, "cp1253"),
    (ARABIC, "cp1256"),
    (HEBREW, "cp1255"),
    (THAI, "cp874"),
    *((JAPANESE, charset) for charset in ("cp932", "euc_jp")),
    (KOREAN, "cp949"),
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "big5hkscs"),
    *((text, "cp1252") for text in (GERMAN, FRENCH)),
    *((text, wide) for text in (RUSSIAN, GERMAN) for wide in ("utf-16-le", "utf-16-be")),
]


def decoded(body, content_type=None):
    return decode(Page(url="https://news.example/", body=body, content_type=content_type))


@pytest.mark.parametrize(("text", "charset"), LANGUAGES)
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8"])
def test_bytes_tell_their_charset_where_no_label_does(text, charset, content_type):
    page = f"<html><title>Kai</title><p>{text}</p></html>"
    assert decoded(page.encode(charset), content_type) == page


@pytest.mark.parametrize(("text", "charset"), LANGUAGES)
def test_a_label_that_fits_is_believed(text, charset):
    page = f"<p>{text}</p>"
    assert decoded(page.encode(charset), f"text/html; charset={charset}") == page


@pytest.mark.parametrize(
    "body", [b"", b"<", b"<\0", b"<\0p>caf\xe9", b"\xff" * 40, bytes(range(256))]
)
def test_too_little_or_no_text_at_all_is_the_default_or_harmless(body):
    assert isinstance(decoded(body), str)
    assert guess_charset(body) == "cp1252"


def test_a_long_page_that_is_cut_within_a_letter_is_told_all_the_same():
    body = b"<p>" + (JAPANESE * 5_000).encode("cp932")
    assert guess_charset(body) == guess_charset(b"<" + body) == "cp932"
