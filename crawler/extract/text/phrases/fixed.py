"""The standing phrases that sites everywhere write word for word, and nothing else in the line.

They are looked up, not searched for: however many there are, a line is asked once.
"""

import re

LONGEST = 60
"""Characters of a line that may be one of them."""
_TEXTS = {
    "part": """
        also in this section; people are also reading; around the web; don't miss; editor's picks;
        editors' picks; from our partners; in other news; keep reading; latest; latest articles;
        latest headlines; latest news; latest stories; more like this; more news; more stories;
        popular now; popular posts; read next; recent posts; recommended for you; top news; top
        stories; topics in this article; trending now; up next; we recommend; what others are
        reading; what to read next; you might be interested in; aktuelle meldungen; aktuelle
        nachrichten; aktuelle themen; auch lesenswert; die neuesten artikel; lesetipps;
        meistgelesen; meistgelesene artikel; neueste artikel; neueste beiträge; top-themen;
        weitere themen; weiterführende links; à découvrir; à ne pas manquer; articles liés;
        articles similaires; dans la même rubrique; les plus lus; les plus récents; nos derniers
        articles; pour aller plus loin; artículos relacionados; destacados; le puede interesar; le
        recomendamos; lo más leído; lo más visto; más información; más leídas; más noticias; más
        sobre este tema; otras noticias; te recomendamos; temas relacionados; últimas noticias;
        artigos relacionados; conteúdo relacionado; mais lidas; mais notícias; mais sobre o
        assunto; saiba mais; últimas notícias; articoli correlati; articoli recenti; i più letti;
        in evidenza; per approfondire; ultime notizie; gerelateerde artikelen; laatste nieuws;
        meer nieuws; meest gelezen; najczęściej czytane; najnowsze; polecane; polecamy; powiązane
        artykuły; warto przeczytać; mest leste; mest læste; mest læst; mest läst; mest lästa;
        senaste nytt; seneste nyt; siste nytt; aiheesta lisää; luetuimmat; uusimmat; çok
        okunanlar; ilgili haberler; ilginizi çekebilir; son haberler; son dakika haberleri;
        articole recomandate; articole similare; cele mai citite; ultimele știri; mohlo by vás
        zajímat; nejčtenější; související články; súvisiace články; najčítanejšie; ajánlott
        cikkek; kapcsolódó cikkek; legolvasottabb; legfrissebb; artikel terkait; berita terkait;
        berita terpopuler; terpopuler; bài liên quan; tin cùng chuyên mục; tin liên quan; tin mới
        nhất; najnovije vijesti; najčitanije; povezane vijesti; povezani članci; around the bbc;
        breaking news; quick guide; related internet links; top stories today; explore more on
        these topics; aus dem archiv; neueste nachrichten; die redaktion empfiehlt; empfehlungen
        der redaktion; unsere empfehlung für sie; unsere empfehlungen; en savoir plus; à voir
        aussi; también te puede interesar; también le puede interesar; approfondisci; guarda
        anche; bekijk ook; meer over dit onderwerp; więcej na ten temat; se også; se också; katso
        myös; mer om ämnet; mer om; daha fazla haber; vezi și; vezi şi; about the author;
        about the
        authors; about the writer; meet the author; über den autor; über die autorin; über die
        autoren; sobre el autor; sobre la autora; sobre los autores; sobre la firma; acerca del
        autor; acerca de la autora; sobre o autor; sobre a autora; sobre os autores; sobre
        l'autor; à propos de l'auteur; à propos de l'autrice; à propos des auteurs; sull'autore;
        sull'autrice; informazioni sull'autore; over de auteur; om forfatteren; om författaren;
        kirjoittajasta; o autorze; o autorce; o autorovi; o autorce článku; o autoru; o autorici;
        despre autor; a szerzőről; yazar hakkında; tentang penulis; về tác giả; об авторе; об
        авторах; про автора; за автора; σχετικά με τον συντάκτη; عن الكاتب; عن المؤلف; درباره
        نویسنده; על הכותב; על הכותבת; लेखक के बारे में; 关于作者; 作者简介; 關於作者;
        筆者プロフィール; 著者プロフィール; 저자 소개; more
        coverage; featured stories; popular in the community; hot topics; what's trending; content
        from our partners; related video; related videos; top picks; beliebteste artikel;
        empfohlene artikel; aus dem ressort; passend zum thema; das interessiert andere leser;
        andere leser interessierten sich auch für; nos articles; nos dernières vidéos;
        recomendados; te sugerimos; noticias de última hora; tipp der redaktion; most commented;
        看更多相關報導; この記事のキーワード; アクセスランキング; 다른기사 보기;
        기자의 다른 기사 보기; 당신만 안 본 뉴스; اخبار مرتبط; برچسب‌ها;
        نظر شما; نظرات کاربران; دیدگاه‌ها; پیشنهاد سردبیر; ارسال نظر; الكلمات الدلالية;
        كلمات مفتاحية; תגיות; теги; موضوعات ذات صلة;
        أخبار ذات صلة; قد يعجبك أيضاً; قد يعجبك أيضا; الأكثر قراءة; أخبار متعلقة; مقالات متعلقة;
        اترك تعليقاً; اترك تعليقا; תגובות; אולי יעניין אותך; संबंधित खबरें; यह भी देखें;
        हे वाचलंत का; संबंधित बातम्या; আপনার মতামত লিখুন; সম্পর্কিত খবর; தொடர்புடைய செய்திகள்;
        مزید خبریں; متعلقہ خبریں; другие новости по теме; похожие новости; самое читаемое;
        новости партнёров; новости партнеров; оставить комментарий; більше новин; новини за темою;
        останні новини; читайте на цю тему; povezane vesti; najnovije vesti; vezani članci;
        sorodne novice; povezane novice; mohlo by vás zaujímať; știri pe aceeași temă;
        adaugă un comentariu; adaugă comentariu; ροή ειδήσεων; bunlar da ilginizi çekebilir;
        yorumlar; yorum yap; habere yorum kat; benzer haberler; oxşar xəbərlər; digər xəbərlər;
        tópicos relacionados; scrivi un commento; artikel berkaitan; berita berkaitan
    """,
    "offer": """
        mainos alkaa; mainos päättyy; mainos päättyi; contenuto sponsorizzato; contenido
        patrocinado; conteúdo patrocinado; contenu sponsorisé; gesponsorde inhoud; annoncørbetalt
        indhold; annonsørinnhold; materiał sponsorowany; artykuł sponsorowany; komerční sdělení;
        placená inzerce; реклама 18; promo; accept all cookies; accept cookies; allow cookies and
        continue; annonce; annons; annonse; artikkelen fortsetter under annonsen; artikkelen
        fortsætter efter annoncen; cancel anytime; continua após a publicidade; continua dopo la
        pubblicità; haberin devamı; hirdetés; inzerce; la suite après la publicité; mainos;
        publicidade; pubblicità; quảng cáo; reklam; reklame; reclamă; start your free trial;
        subscriber only; tanıtım; unsubscribe; oglas; oglasi; after newsletter promotion; skip
        past newsletter promotion; paid content; partner content; sponsored content; exklusiv für
        abonnenten; jetzt mitglied werden; inicia sesión; start the day smarter; please disable
        your ad blocker; abone ol; subscribe; be the first to know; thank you for subscribing;
        thanks for signing up; you're all set; keep reading for free; want to keep reading; like
        what you're reading; enjoying this article; loved this article; become a member today;
        make a donation; consider supporting us; we rely on readers like you; ad; ads; ad choices;
        report ad; remove ads; advertiser content; gesponsert; verlagsangebot; anzeige anzeige;
        kostenlos testen; gratis lesen; jetzt abo abschließen; abo abschließen; monatlich kündbar;
        sie sind bereits abonnent; bereits abonnent; noch kein abo; passwort vergessen; jetzt fan
        werden; jetzt herunterladen; app herunterladen; push-nachrichten aktivieren; immer
        informiert; bleiben sie informiert; bleiben sie auf dem laufenden; je m'abonne; se
        connecter; s'inscrire; créer un compte; soutenez-nous; faites un don; télécharger
        l'application; descarga la app; únete; crea tu cuenta; ya soy suscriptor; apóyanos;
        e-mail-adresse eingeben; votre adresse email;
        विज्ञापन; বিজ্ঞাপন; விளம்பரம்; ప్రకటన; โฆษณา; تبلیغات; محتوى إعلاني; إعلانات; advertentie;
        reklaam; reklāma; muat turun aplikasi; bizi takip edin; bizi sosial şəbəkələrdə izləyin;
        мы в соцсетях; мы в социальных сетях
    """,
    "button": """
        please try again later; please try again; commenter cet article; bu habere yorum yaz;
        yorum yaz; komentiraj; добавить комментарий; dodaj komentarz; přidat komentář;
        इस खबर को शेयर करें;
        artikel teilen; bookmark; copy link; copy this link; copy to clipboard; deel dit artikel;
        del artikkelen; del artiklen; dela artikeln; font size; jaa artikkeli; link copied; link
        copied to clipboard; link kopiert; listen to article; listen to this article; now playing;
        open in app; opens in a new tab; opens in a new window; opens in new tab; opens in new
        window; pause video; play video; print article; print this article; print this page; read
        aloud; report an error; republish this article; save article; save for later; see all;
        seite drucken; send article; share article; share full article; sign out; skip
        advertisement; skip ad; suggest a correction; text size; this video is playing in
        picture-in-picture; toggle menu; unmute; video player is loading; view all; view in
        gallery; whatsapp share; zoom; zum seitenanfang; zur startseite; zurück zur startseite;
        zurück zur übersicht; commenter; réagir; imprimer l'article; partager l'article;
        compartilhe; compartilhar; comparte; compartir noticia; escuchar; ouvir notícia; ascolta
        l'articolo; condividi l'articolo; udostępnij artykuł; paylaş; yazdır; bagikan; show
        caption; hide caption; toggle caption; view image in fullscreen; enlarge image; view
        gallery; view slideshow; more photos; expand; collapse; reuse this content; hear more from
        the hosts; like this; author archive; auf einer seite lesen; inhaltsverzeichnis; auf x
        teilen; artikel vorlesen lassen; diesen artikel verschenken; feedback an die redaktion;
        produktempfehlung; bei amazon ansehen; audio herunterladen; podcast abonnieren; bild
        vergrößern; offrir cet article; ajouter à vos favoris; copier le lien; leer más; sigue
        leyendo; comparte esta noticia; guarda il video; ascolta; ver mais; continue lendo; ouça;
        assista; zobacz galerię; wróć na stronę główną; del; tips oss; dela; tipsa oss; jaa;
        distribuie; sdílet; megosztás; bagikan artikel ini; daha fazla; learn more; find out more;
        find out more here; click for more; swipe for more; scroll for more; picture gallery;
        watch now; watch live; text settings; story text; schriftgröße; vorlesen; text vorlesen;
        audio-version; zum artikel; zum video; zum podcast; zur bildergalerie; zur galerie; zum
        liveblog; zum liveticker; zum autor; zur person; jetzt teilen; kontakt zur redaktion;
        redaktion kontaktieren; leserbrief schreiben; korrektur melden; bilderstrecke;
        fotostrecke; lire l'article; écouter l'article; escucha el artículo; something went wrong;
        datenschutzerklärung; gérer mes cookies; j'accepte;
        我要纠错; 查看全文; 返回首页; 返回顶部; 點我看更多; 請繼續往下閱讀; 請往下繼續閱讀;
        写真を見る; シェアする; ツイート;
        ご意見・ご感想はこちら; 이 기사를 공유합니다; 이 기사 어땠나요;
        본문 글씨 줄이기; 본문 글씨 키우기; 본문의 검색 링크는 ai 자동 인식으로 제공됩니다;
        삭제한 댓글은 다시 복구할 수 없습니다; 그래도 삭제하시겠습니까;
        기사 스크랩하기; 바로가기; 복사하기; لینک کوتاه; به اشتراک بگذارید; اشتراک گذاری;
        بازگشت به صفحه اصلی;
        کپی لینک; شارك المقال; شارك هذا الخبر; شارك الخبر; شارك; مشاركة; طباعة; نسخ الرابط;
        تم النسخ; تم نسخ الرابط; לכתבות נוספות באתר; שתפו בפייסבוק; שתפו; שתף; पढ़ें पूरी खबर;
        पूरी खबर पढ़ें; लेटेस्ट न्यूज़ पढ़ें; शेयर करें; শেয়ার করুন; возврат к списку;
        вернуться к списку; вернуться назад; сообщить об ошибке; версия для печати; распечатать;
        обсудить; поділитися; роздрукувати; vstoupit do diskuse; sdílet na facebooku;
        nahlásit chybu v článku; distribuie articolul; κοινοποίηση; κοινοποιήστε; εκτύπωση;
        haberi paylaş; escuchar artículo; continúa leyendo; continua a leggere;
        diesen artikel weiterempfehlen; deel dit bericht; rätta text- och faktafel;
        gulir untuk melanjutkan; halaman selanjutnya; chia sẻ; ดูข่าวต้นฉบับ; แชร์
    """,
    "note": """
        archivbild; archivfoto; file image; file photo; foto de archivo; fotos; image for
        representation; imagen de archivo; photo d'archives; photo d'illustration;
        representational image; representational photo; representative image; representative
        photo; riproduzione riservata; stock image; stock photo; symbolbild; symbolfoto; the end;
        avec afp; avec reuters; mit agenturmaterial; tous droits réservés; todos los derechos
        reservados; tutti i diritti riservati; todos os direitos reservados; alle rechten
        voorbehouden; tüm hakları saklıdır; foto di repertorio; foto d'archivio; foto ilustrativa;
        imagen ilustrativa; imagem ilustrativa; foto de arquivo; kuvituskuva; arkistokuva;
        illustrationsfoto; arkivfoto; arkivbild; illustrasjonsfoto; genrebild; zdjęcie
        ilustracyjne; ilustrační foto; ilustrační snímek; ilustračné foto; illusztráció; borítókép
        illusztráció; imagine cu caracter ilustrativ; imagine de arhivă; foto arhiva; архивна
        снимка; снимката е илюстративна; arhivska fotografija; ilustracija; илустрација; архивска
        фотографија; simbolična fotografija; φωτογραφία αρχείου; φωτο αρχείου; arşiv; temsili
        fotoğraf; temsili görsel; архивное фото; фото из архива; иллюстративное фото; ілюстративне
        фото; архівне фото; ілюстраційне фото; pilt on illustratiivne; foto ilustruese; foto
        arkivi; ảnh minh họa; foto ilustrasi; ภาพประกอบ; صورة أرشيفية; صورة تعبيرية; عکس تزئینی;
        عکس آرشیوی; אילוסטרציה; תמונת ארכיון; 資料照;
        資料圖片; 資料圖; 示意圖; 资料图; 资料图片; 示意图; 자료사진; 資料写真;
        イメージ写真; media caption; image caption; image source;
        фото автора; фото редакции; фото из архива редакции; фото из открытых источников;
        фото автора и из архива; foto cortesía; foto cedida; haber merkezi
    """,
    "discussion": """
        comentarios cerrados; commentaires fermés; commentaires clos; commenti chiusi; comentários
        encerrados; kommentar verfassen; alle kommentare lesen; an der diskussion teilnehmen;
        jetzt kommentieren; lire les commentaires; reageer; notify me of new posts by email; your
        email address will not be published; required fields are marked; jetzt mitdiskutieren;
        voir les commentaires; most liked; sort by newest
    """,
}
_NO_WORD = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip()


_FAMILIES = {_key(phrase): family for family, text in _TEXTS.items() for phrase in text.split(";")}


def fixed_family(low: str) -> str | None:
    """The family of phrases that the line, in lower case, is of; None where it is none."""
    return _FAMILIES.get(_key(low)) if len(low) <= LONGEST else None
