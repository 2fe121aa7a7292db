"""How pages point to other articles, and label what stands beside; words of `page_notes`."""

from crawler.extract.text.phrases.note_table import Table

POINTERS = (
    Table(  # that links of the same matter stand below or behind
        "more",
        340,
        """
        lesen sie hier; lesen sie mehr; lesen sie weiter; lies mehr; lies hier; lies weiter;
        lies dazu; lesen sie dazu; przeczytaj więcej; olvass tovább; olvasson tovább; olvass még;
        olvass el; olvasson el; simak berita; simak selengkapnya; simak video; cek juga;
        cek berita; cek selengkapnya; basahin; panoorin; mời quý; mời bạn; mời độc giả;
        pogledajte više; pogledaj još; čitajte više; čitajte i; lire la suite; lire plus;
        voir plus; voir la suite; voir également; lea más; ver más; vea más; mira además;
        lihat selengkapnya; lees verder; zobacz wideo; zobacz więcej; zobacz dalej; czytaj dalej;
        citeşte mai; читайте далее; читайте ещё; читай также; leggi qui; leggi tutto;
        leggi tutta; ayrıca bak; lasiet vēl; przeczytaj również; prečítajte aj; přečtěte také;
        čítajte i; čítajte více; шукайте також; lesen sie jetzt auch; lesen sie auch; lies auch;
        sehen sie auch; siehe auch; hören sie auch; lire aussi; lire également; à lire également;
        à lire aussi; à voir aussi; voir aussi; la rédaction vous conseille; sur le même sujet;
        también te puede interesar; te puede interesar; te podría interesar; le puede interesar;
        quizás te interese; puede interesarte; lee también; lea también; leer también;
        leé también; mirá también; mira también; ver también; vea también; lee aquí; lea aquí;
        lea además; consulta aquí; relacionado:; relacionada:; nota relacionada;
        noticia relacionada; leia também; leia ainda; leia mais; leia a íntegra; veja também;
        veja mais; veja ainda; saiba mais; confira também; assista também; ouça também;
        leggi anche; leggi tutte; guarda anche; ti potrebbe; potrebbe interessarti;
        per approfondire; lees ook; lees meer; lees hier; bekijk ook; bekijk hier; zie ook;
        læs også; læs mere; se også; hør også; läs också; läs även; läs mer; läs vidare;
        se också; lyssna också; les også; les mer; les meir; les òg; lue myös; lue lisää;
        katso myös; kuuntele myös; czytaj też; czytaj także; czytaj również; czytaj więcej;
        przeczytaj też; przeczytaj także; zobacz też; zobacz także; zobacz również;
        zobacz koniecznie; polecamy także; sprawdź też; čtěte také; čtěte i; čtěte též;
        čtěte více; přečtěte si; podívejte se také; čítajte aj; čítajte tiež; čítajte viac;
        prečítajte si; pozrite si aj; olvasta már; olvassa el; ez is érdekelheti;
        kapcsolódó cikk; kapcsolódó cikkeink; bővebben; további részletek; ajánlott; citește și;
        citeşte şi; citiți și; citește mai; vezi și; vezi şi; pe același subiect; прочетете още;
        прочетете и; вижте още; вижте и; още по темата; четете още; прочитајте још; прочитајте и;
        погледајте и; погледајте још; читајте још; види још; прочитајте повеќе; прочитај и;
        поврзани; повеќе за; pročitajte još; pročitajte i; pročitajte više; pročitaj još;
        pogledajte i; pogledajte još; čitajte još; vezano:; preberite tudi; preberite še;
        preberite več; poglejte tudi; poglejte si; διαβάστε επίσης; διαβάστε ακόμα;
        διαβάστε ακόμη; διαβάστε και; διαβάστε εδώ; διαβάστε περισσότερα; δείτε επίσης;
        δείτε ακόμα; δείτε και; δείτε εδώ; σχετικά άρθρα; ilginizi çekebilir;
        ayrıca bakınız; ayrıca oku; bunlara da; bunu da; bu haberi de;
        ilgili haber; читать также; читайте также; читайте еще; читайте тоже; читайте по теме;
        смотрите также; смотрите ещё; см. также; по теме:; ещё по теме; еще по теме; подробнее:;
        читать далее; материалы по теме; читайте також; читайте ще; читати також; дивіться також;
        дивіться ще; за темою:; більше за темою; чытайце таксама; чытайце яшчэ; глядзіце таксама;
        ასევე წაიკითხეთ; წაიკითხეთ ასევე; იხილეთ ასევე; ასევე იხილეთ; კითხულობდე; კարդացեք նաև;
        կարդացեք նաև; կարդալ նաև; կարդացեք նաեւ; դիտեք նաև; həmçinin oxuyun; həmçinin bax;
        oxuyun:; bunu da oxuyun; оқи отырыңыз; тағы оқыңыз; сондай-ақ оқыңыз; сондай-ақ қараңыз;
        ўқинг:; o‘qing:; یہ بھی پڑھیں; یہ بھی دیکھیں; مزید پڑھیں; بیشتر بخوانید; بیشتر بدانید;
        همچنین بخوانید; مطالب مرتبط; اقرأ أيضا; اقرأ أيضًا; اقرأ أيضاً; إقرأ أيضا; إقرأ أيضاً;
        شاهد أيضا; شاهد أيضاً; طالع أيضا; اقرأ المزيد; قد يهمك; ذات صلة; קראו גם; קראו עוד;
        עוד בנושא; ראו גם; לקריאה נוספת; צפו גם; כתבות נוספות; यह भी पढ़ें; ये भी पढ़ें;
        और पढ़ें; इसे भी पढ़ें; हे ही वाचा; हेही वाचा; আরও পড়ুন; আরো পড়ুন; এ সম্পর্কিত;
        மேலும் படிக்க; இதையும் படிங்க; இதையும் படியுங்கள்; આ પણ વાંચો; ఇది కూడా చదవండి;
        ఇవీ చదవండి; ഇതും വായിക്കുക; ਇਹ ਵੀ ਪੜ੍ਹੋ; baca juga; baca selengkapnya; lihat juga;
        simak juga; tonton juga; xem thêm; đọc thêm; xem ngay; tin liên quan; mời xem; soma pia;
        soma zaidi; pia soma; loe ka; loe lisaks; loe veel; vaata ka; lasi arī; lasi vairāk;
        lasiet arī; skaties arī; saistītie raksti; taip pat skaitykite; skaitykite taip pat;
        skaityk daugiau; plačiau skaitykite; lexo edhe; lexoni edhe; lexo më; lexo gjithashtu;
        shiko edhe; shihni edhe; llegeix també; llegiu també; vegeu també; mira també;
        இதையும் படிக்க; ఇవి కూడా చదవండి; കൂടുതൽ വായിക്കുക; ഇതുകൂടി വായിക്കുക; ಇದನ್ನೂ ಓದಿ;
        karanta kuma; ተጨማሪ ያንብቡ; skaitykite daugiau; ezt is olvasd; ezt is olvassa; baca lagi;
        irakurri ere; darllenwch hefyd; léigh freisin; basahin din; basahin rin; panoorin:
        """,
    ),
    Table(  # where news is told as it comes, and when a programme was on the air
        "more",
        200,
        """
        alle; alles; aktuelle; die aktuellen; alle aktuellen; die neuesten; follow live;
        follow our live; live updates; live blog; liveblog; live coverage; for live; toutes les;
        suivez en direct; suivez le direct; sigue en directo; sigue en vivo; minuto a minuto;
        acompanhe ao vivo; segui la diretta; la diretta; volg ons liveblog; følg; följ;
        relacja na żywo; wszystkie; онлайн; прямая; все новости; текстовая
        """,
        """
        *newsblog; *liveblog; live-blog; liveticker; live-ticker; *newsticker; nachrichtenblog;
        live blog; live coverage; live updates; as they happen; as it happened; direct; en vivo;
        en directo; ao vivo; diretta; liveblog; na żywo; онлайн; трансляция
        """,
    ),
    Table(  # how long it takes to read
        "button",
        60,
        """
        reading time; read time; estimated reading; min read; lesezeit; lesedauer;
        temps de lecture; durée de lecture; lecture de; tiempo de lectura; tempo de leitura;
        tempo di lettura; leestijd; læsetid; lesetid; lästid; lukuaika; czas czytania;
        doba čtení; čas čtení; doba čítania; čas čítania; olvasási idő; timp de citire;
        timp de lectură; време за четене; време читања; vrijeme čitanja; vreme čitanja;
        čas branja; χρόνος ανάγνωσης; okuma süresi; время чтения; время на чтение; час читання;
        час чытання; lugemisaeg; lasīšanas laiks; skaitymo laikas; waktu baca; lama baca;
        thời gian đọc; temps de lectura; وقت القراءة; مدة القراءة; زمان مطالعه; זמן קריאה;
        oxuma vaxtı; оқу уақыты
        """,
    ),
    Table(  # the same, and who took the picture or wrote: a label, and what it is of
        "note",
        340,
        """
        pour aller plus loin; pour en savoir plus; notre dossier; dossier; editor's picks;
        editors' picks; our picks; texto; textos; top image; header image; hero image;
        translation; übersetzung; traduction; traducción; tradução; traduzione; vertaling;
        oversættelse; oversettelse; översättning; tłumaczenie; tłum; překlad; preklad; fordítás;
        traducere; превод; prevod; prijevod; μετάφραση; çeviri; перевод; переклад; terjemahan;
        read; watch; listen; hear; see; gallery; sendung; sendedatum; sendetermin; sendehinweis;
        gesendet; video; in pictures; cover photo; lead image; featured image; main image; words;
        text by; sigue leyendo; lee; mira; leer; ver; galería; en fotos; en imágenes; leia;
        leggi; guarda; lire; voir; en images; lees; bekijk; lesetipp; bilder; video-tipp;
        aufmacherbild; titelfoto; læs; se; les; läs; lue; katso; kuva; kuvat; wideo; galeria;
        fotogalerie; snímka; ilustrační foto; ilustračné foto; titulní foto; borítókép;
        kiemelt kép; nyitókép; képek; illusztráció; imagine; foto; sursa foto; sursă foto;
        surse foto; снимка; снимки; фотография; фотографија; илустрација; слика; slika;
        ilustracija; naslovna fotografija; fotografija; fotografije; φωτογραφία; φωτογραφίες;
        φωτό; βίντεο; πηγή; görsel; fotoğraf; fotoğraflar; haber merkezi; muhabir; editör;
        kamera; видео; фото; изображение; скриншот; иллюстрация; зображення; ілюстрація;
        скріншот; фотаздымак; крыніца; источник; джерело; автор; ფოტო; წყარო; ავტორი; լուսանկարը;
        լուսանկար; աղբյուր; fotolar; mənbə; müəllif; сурет; дереккөз; pildid; fotod; allikas;
        avots; attēls; šaltinis; nuotrauka; nuotr; asociatyvi nuotr; burimi; foto ilustrim;
        извор; penulis; editor; reporter; wartawan; pewarta; laporan; sumber; foto ilustrasi;
        ảnh; nguồn; nguồn ảnh; tác giả; theo; ภาพ; ที่มา; picha; chanzo; mwandishi; font;
        fotos de; قراءة; صورة; تصوير; المصدر; مصدر الصورة; عکس; منبع; خبرنگار; תצלום; צילום;
        קרדיט; מקור; تصویر; ذریعہ; फोटो; फ़ोटो; तस्वीर; स्रोत; ছবি; সূত্র; படம்; ஆதாரம்; ચિત્ર;
        ఫోటో; теги; метки; ключевые слова; новость отредактировал; новость отредактировала;
        просмотров;
        просмотры; ключові слова; etiketler; etiket; címkék; štítky; etichete; oznake; ознаке;
        avainsanat; emneord; nøkkelord; nyckelord; từ khóa; แท็ก; תגיות; برچسب‌ها; کلیدواژه‌ها;
        کد خبر; الكلمات الدلالية; كلمات مفتاحية; الوسوم; وسوم; সম্পাদক ও প্রকাশক; izvor; címlapkép
        """,
        is_label=True,
    ),
    Table(  # where something is to be seen, heard or read
        "more",
        160,
        """
        hier können sie; hier kannst du; hier finden sie; hier findest du; hier lesen sie;
        hier sehen sie; hier hören sie; hier gibt es; unter diesem beitrag; unter diesem artikel;
        assista; veja o vídeo; guarda il; guarda la; mira el; mira los; mirá el; watch the;
        watch our; watch above; listen to the; regardez; voir la vidéo; se videoen; her kan du;
        här kan du; se video; katso video; katso kuvat; obejrzyj; podívejte; pozrite; nézze;
        nézd; urmăriți; вижте видео; погледајте видео; pogledajte video; poglejte; δείτε το;
        izleyin; смотрите видео; дивіться відео; beluister; bekijk de; click on the; klicken sie;
        the content below; diese grafik; explore the
        """,
        """
        anhören; ansehen; nachlesen; nachhören; artikel; beitrag; kommentieren; podcast;
        newsletter; interview.; übersicht; abonnieren; herunterladen; above; below; acima;
        abaixo; sopra; sotto; arriba; abajo; ci-dessus; ci-dessous; hieronder; hier de; nedenfor;
        ovenfor; nedan; alla.; poniżej; níže; nižšie; lent.; mai jos; по-долу; испод; ispod;
        spodaj; παρακάτω; aşağıda; ниже; нижче; se videoen; læse mere; läsa mer; lese mer; höra;
        se hele; commercial partner; full interview; the map to; the chart to
        """,
    ),
)
