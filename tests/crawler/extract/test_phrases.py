"""Standing phrases take the whole line; sentences that hold the same words are the article's."""

import pytest

from crawler.extract.text.phrases.families import family_of, is_invitation


@pytest.mark.parametrize(
    "line",
    [
        "For more on news and current affairs please visit Isle News.",
        "Questions? Comments? Email us at",
        "Email the reporter at ann@isle.example",
        "Siga o canal da Ilha no WhatsApp",
        "Suivez-nous sur Facebook et Instagram",
        "Volg ons op Facebook",
        "Please enable JavaScript to see this map.",
        "Your browser does not support the player.",
        "Island and pier, seen from the sea. Photo: Ann Lee",
        "The harbour in May. © Isle/Getty Images",
        "By signing up, you agree to our Terms of Use and Privacy Policy",
        "An error has occurred. Please try again later",
        "Weitere Informationen gibt es hier",
        "Fotostrecke: Die Fähre",
        "Bereits Abonnent?",
        "Latest news",
        "Explore more on these topics",
        "Die Redaktion empfiehlt",
        "Isle News' Ann Lee contributed to this report.",
        "You can reach Ann Lee at ann@isle.example",
        "Publisert 3. mai 2021",
        "Com informações da Agência Brasil",
        "» MÁS INFORMACIÓN:",
        "Read our full report here",
        "Don't miss a story – get alerts on your phone",
        "To continue reading, subscribe now",
        "You must be logged in to post a comment.",
        "Tell us what you think in the comments",
        "(With inputs from PTI)",
        "Edited by: Bo Ek",
        "Quelle: dpa",
        "Fot. PAP",
        "Keine Nachrichten mehr verpassen",
        "Il vous reste 70% de cet article à lire",
        "Přečtěte si také: Trajekt vyplul",
        "Simak berita lainnya",
        "为你推荐",
        "扫码阅读全文",
        "转载请注明出处：岛报",
        "特别声明：以上内容为用户上传，本平台仅提供信息存储服务。",
        "图片来自网络，如有侵权，请联系删除。",
        "(责编：李安)",
        "用微信扫码二维码",
        "下一篇：渡轮再次启航",
        "ⓒ 섬일보, 무단 전재 및 재배포 금지",
        "이안 기자 ian@isle.example",
        "無断転載を禁じます",
        "関連記事",
        "Подписывайтесь на наш канал",
        "Уважаемый посетитель, Вы зашли на сайт как незарегистрированный пользователь.",
        "Post Views: 1,204",
        "Beitragsaufrufe: 231",
        "1.234 visualizações",
        "Bu haber 12 kez okundu",
        "Количество просмотров: 1 204",
        "عدد المشاهدات: ١٢",
        "阅读量：1234",
        "อ่านข่าวเพิ่มเติม: เรือข้ามฟาก",
        "تابعونا على فيسبوك",
        "جميع الحقوق محفوظة",
        "Διαβάστε επίσης: Το πλοίο",
        "【字体：大 中 小】",
        "[打印] [收藏] [关闭]",
        "（原标题：渔港复工）",
        "核稿編輯：林小明",
        "【関連】酒米の作付け、過去最多に",
        "(사진=바다초등학교 제공)",
        "▶ 제보는 카카오톡 들녘제보",
        "کد خبر 85123456",
        "برچسب‌ها: کتابخانه، روستا",
        "לקבלת עדכונים הירשמו לניוזלטר",
        "लेटेस्ट न्यूज़ पढ़ें",
        "(भाषा इनपुट के साथ)",
        "Теги: лыжи, спорт",
        "Новость отредактировал: Анна - 3-12-2021, 12:05",
        "İLGİLİ HABERLER",
        "İlginizi Çekebilir",
        "Yorum yazarak topluluk kurallarımızı kabul etmiş bulunuyorsunuz.",
        "2 dk okuma süresi",
        "2 minuti di lettura",
        "Komentarze (5)",
        "Bình luận (0)",
        "/ritzau/",
        "請繼續往下閱讀...",
        "UYARI: Küfür, hakaret ve imalar içeren yorumlar onaylanmamaktadır.",
        "Δείτε όλες τις τελευταίες ειδήσεις από την Ελλάδα και τον κόσμο",
        "Halaman: 1 2 Semua",
        "(Theo Báo Phú An)",
        "Ultima actualización: 08/07/2023",
        "Denne artikkelen er over ett år gammel",
        "Bądź na bieżąco i obserwuj nas w Wiadomościach Google",
        "Με πληροφορίες από ΑΠΕ-ΜΠΕ",
        "อ่านข่าวที่เกี่ยวข้อง : เทศกาลโคมไฟ",
    ],
)
def test_a_line_that_is_nothing_else_is_a_phrase(line):
    assert family_of(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Let us know whether the ferry sails, the mayor asked the harbour master.",
        "Tell us what the storm was like.",
        "By entering the harbour, you leave the open sea.",
        "Unsere Fähre legte am Montag wieder ab.",
        "Hintergrund",
        "A script in JavaScript shows where every ferry is.",
        "Your browser tells the site which language you read.",
        "The island contributed to this history of seafaring.",
        "Reach for the cable, the mate said.",
        "Expand the harbour, the mayor said.",
        "With files and hammers they mended the hull.",
        "Source: the harbour master said so. Nobody else did.",
        "Keine Fähre fuhr am Montag.",
        "Support local fishermen",
        "This article has been updated.",
        "For more than a year nobody could visit the island.",
        "For more information on the ferry, please visit the harbour office.",
        "Follow the path to the pier, and you will see the new ferry.",
        "Join the two ropes with a knot.",
        "渡轮星期一再次启航，约三百人在码头等候。",
        "记者从港口了解到，船员检查了每一根缆绳。",
        "작가 이안은 섬에 산다.",
        "Паром снова вышел в море в понедельник.",
        "عادت العبارة إلى البحر يوم الاثنين.",
        "The film had 1,204 views by noon.",
        "Post views: none",
        "1,204 articles",
        "字体在灯塔的墙上清晰可见。",
        "关闭窗口后，渔民们离开了港口大楼。",
        "사진을 찍던 어부가 먼저 배를 보았다.",
        "در پایان خبر آمد که کشتی به بندر رسیده است.",
        "Theo Báo Phú An, con tàu đã về bến",
        "Теги на стенах маяка закрасили к празднику.",
        "Yorum yazarak başladı, sonra gemiyi satın aldı.",
        "Komentarze mieszkańców były krótkie i gorzkie.",
        "Bądź na bieżąco, mówił dziadek, bo morze nie czeka.",
        "Denne artikkelen i havneloven er hundre år gammel.",
    ],
)
def test_a_sentence_with_such_words_is_none(line):
    assert family_of(line) is None


@pytest.mark.parametrize("heading", ["Share this article", "Subscribe to our newsletter"])
def test_a_heading_may_be_an_invitation(heading):
    assert is_invitation(heading)


@pytest.mark.parametrize("heading", ["Next", "Home", "Search for the crew", "Share the load"])
def test_a_short_heading_or_one_of_other_words_is_none(heading):
    assert not is_invitation(heading)


def test_an_update_that_is_a_sentence_is_the_articles_own():
    assert family_of("Update: The number of sheep that drowned has risen to four.") is None
    assert family_of("Update: Four sheep drowned") == "more"
