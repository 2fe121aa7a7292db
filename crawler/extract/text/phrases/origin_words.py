"""How pages say from where a text is, whose it is and who paid for it; words of `page_notes`."""

from crawler.extract.text.phrases.note_table import Table

ORIGINS = (
    Table(  # whose the rights are, and from where the text was taken
        "note",
        330,
        """
        նյութերն; նյութերը; bütün hüquqlar; материалды; материалдарды; сайт материалдарын;
        сайттағы; vervielfältigung nur; xəbərlərin; materiallardan; saytdakı; məlumatdan;
        toute reproduction; tous droits; reproduction; la reproduction; reprodução; a reprodução;
        riproduzione; la riproduzione è; la riproduzione, anche; la riproduzione totale;
        la riproduzione anche; la riproduzione dei contenuti; riproduzione riservata;
        reproduction of; no reproduction; any reproduction; unauthorized; unauthorised; copying;
        reprinted; republished; reproduced; cet article est republié; este artículo se republica;
        dieser artikel wird unter; this article is republished; this story is republished;
        this article was republished; this content is; nachdruck; vervielfältigung; jede;
        weiterverbreitung; die vervielfältigung; das kopieren; overname; niets uit; alle rechten;
        kopiering; eftertryck; eftertryk; alle rettigheter; alle rettigheder; ophavsret; kopioi;
        kaikki oikeudet; wszelkie prawa; kopiowanie; materiał chroniony; przedruk; dalsze;
        všechna práva; publikování; šíření; jakékoliv; všetky práva; akékoľvek; šírenie;
        minden jog; a cikkben; toate drepturile; preluarea; reproducerea; всички права;
        препечатван; използването; сва права; преузимање; sva prava; preuzimanje; prenošenje;
        vse pravice; kopiranje; όλα τα δικαιώματα; η αναδημοσίευση; αναδημοσίευση; tüm hakları;
        kaynak gösterilmeden; haberin tüm; bu haberin; kopyalanması; izinsiz; при использовании;
        при перепечатке; перепечатка; при цитировании; при копировании; любое использование;
        копирование; использование материалов; все права; при використанні; передрук;
        використання матеріалів; копіювання; будь-яке; усі права; всі права; выкарыстанне;
        перадрук; kõik õigused; kopeerimine; visas tiesības; pārpublicē; visos teisės; kopijuoti;
        be raštiško; të gjitha; ripublikimi; сите права; преземањето; tots els drets; hak cipta;
        bản quyền; جميع; استفاده; بازنشر; كلية; כל הזכויות; այս; բոլոր; მასალის; yalnız; istinad;
        barcha
        """,
        """
        հղում; qorunur; сілтеме; istinad; interdite; interdit; réservés; autorisation; prohibid;
        reservados; autorización; sin permiso; proibid; autorização; vietat; riservat;
        autorizzazione; senza il; prohibited; permission; forbidden; without; rewritten;
        redistributed; creative commons; license; licence; verboten; genehmigung; untersagt;
        gestattet; zustimmung; erlaubnis; vorbehalten; toestemming; voorbehouden; forbud;
        forbjud; förbjud; tillåt; tilladelse; tillatelse; reservert; forbeholdt; kielletty;
        pidätetään; zastrzeżone; zgody; zabronion; wymaga; vyhrazen; souhlas; zakázán; vyhraden;
        súhlas; zakázan; fenntart; tilos; engedély; rezervate; interzis; acord; permis; sursa;
        запазени; забранен; разреш; позволен; источник; задржана; дозвол; pridržan; zadržan;
        dozvol; zabranjen; saglasnost; pridržane; dovoljen; αναφορά; άδεια; επιφύλαξη;
        απαγορεύεται; saklıdır; yasaktır; izin; kaynak; kullanıl; гиперссылка; гиперссылк;
        ссылка; ссылки; ссылкой; защищен; запрещен; разрешен; разрешения; гіперпосилання;
        посилання; заборонен; захищені; спасылк; забаронен; kaitstud; keelatud; nõusolek;
        aizsargāt; aizliegt; atļauj; saugom; draudžiam; sutikim; rezervuara; ndalohet; lejen;
        pa leje; забрането; задржани; reservats; dilindungi; dilarang; tertulis; cấm; đồng ý;
        dưới mọi hình thức; محفوظة; إذن; دون; ذكر منبع; ذکر منبع; بلامانع; ממקור; שמורות;
        արգելվում; մեջբերում; იკრძალება; olunmalıdır; vacibdir
        """,
    ),
    Table(  # where a text appeared first: what content systems put at the end of feeds
        "note",
        260,
        """
        dit bericht; dit verhaal; dette innlegget; este post; questo post; dieser beitrag ist;
        articolul face; the post; this post; this article; this story; this essay; this piece;
        this column; this interview; a version of this; der beitrag; dieser beitrag; dieser text;
        dieser artikel; dieses interview; der artikel; cet article; l'article; ce texte;
        la entrada; este artículo; esta nota; este texto; esta entrevista; o post; este artigo;
        esta reportagem; l'articolo; questo articolo; het bericht; dit artikel; dit stuk;
        indlægget; innlegget; inlägget; denna artikel; den här artikeln; artikkeli; artykuł;
        tekst; wpis; tento text; tento článek; příspěvek; článok; tento článok; a bejegyzés;
        az írás; a cikk eredetileg; articolul; acest articol; този материал; публикацията;
        овај текст; ovaj članak; članak; prispevek; το άρθρο; αυτό το άρθρο; bu yazı; bu haber;
        запись; эта статья; материал; статья; допис; ця стаття; матеріал; ky artikull;
        artikel ini; tulisan ini; bài viết; aquest article
        """,
        """
        part of a series; part of our; part of an ongoing; teil unserer; teil einer serie;
        teil der serie; fait partie de notre; fait partie d'une; forma parte de una serie;
        forma parte de nuestra; din seria; faz parte da série; fa parte della serie;
        fa parte di una serie; deel uit van; en del av serien; en del af serien;
        součástí seriálu; súčasťou seriálu; částí série; część cyklu; częścią cyklu; є частиною;
        является частью; appeared first; first appeared; originally appeared; appears in;
        was originally; originally published; first published; was published first;
        published in partnership; was produced in; was co-published; erschien zuerst;
        erschien zunächst; zuerst erschienen; zuerst auf; ist zuerst; erschien am; stammt aus;
        est apparu en premier; est d'abord paru; a d'abord été; a été initialement;
        a initialement; est paru; se publicó primero; se publicó originalmente; fue publicad;
        apareció primero; fue originalmente; apareceu primeiro; foi publicad; foi originalmente;
        proviene da; è stato pubblicato; sembra essere; verscheen eerst; verscheen eerder;
        is eerder; werd eerst; blev først; dukkede; ble først; dök först; publicerades först;
        har tidigare; julkaistiin ensin; pochodzi z; ukazał się; pierwotnie; byl původně; vyšel;
        nejprve; vyšiel; pôvodne; először; megjelent; apare prima; a apărut; е публикуван;
        първоначално; првобитно; objavljen; je prvo; najprej; δημοσιεύτηκε; δημοσιεύθηκε;
        ilk olarak; ilk önce; впервые; была опубликована; опубликован; вперше; опублікован;
        u botua; telah tayang; pertama kali; đăng lần đầu; es va publicar
        """,
    ),
    Table(  # whose opinion it is
        "note",
        400,
        """
        die redaktion; der verlag; für den inhalt; the editors; the publisher; la redacción;
        la rédaction; la redazione; a redação; uredništvo; уредништво; redakcja; redakce;
        redakcia; a szerkesztőség; redacția; η σύνταξη; yayın; коментари; komentari; komentarze;
        komentáře; redaksi; comments; the views; views expressed; views in; opinions;
        the opinions; this is an opinion; this opinion; this column; this op-ed; this commentary;
        the author is solely; the writer's; the author's; diese kolumne; die kolumne;
        gastbeiträge; gastkommentare; namentlich; der kommentar gibt; die meinung;
        meinungsbeiträge; les propos; cette tribune; cette chronique; ce texte;
        les points de vue; los artículos; las opiniones; la opinión; el contenido; os artigos;
        as opiniões; a opinião; o texto; le opinioni; gli articoli; de mening; dit is een;
        opiniestuk; dette er; det här är; skribenten; debattören; debattinlägget; kirjoittaja;
        opinie; poglądy; autor je; názory; komentár; a szerző; a cikkben; opiniile; мнението;
        мненията; ставови; stavovi; mnenja; mnenje; τα κείμενα; οι απόψεις; yazarın;
        köşe yazıları; точка зрения; думка; погляди; редакция; редакція; seisukohad; arvamus;
        viedoklis; nuomonė; pikëpamjet; isi artikel; opini; tulisan; quan điểm; les opinions;
        الآراء; المقالات; مقالات; نظرات; דעות; האמור
        """,
        """
        nicht verantwortlich; keine haftung; not responsible; not liable; no se hace responsable;
        no se responsabiliza; décline toute; n'est pas responsable; non è responsabile;
        não se responsabiliza; не несет; не несёт; не несе; не носи; ne odgovara; не одговара;
        nie ponosi; neodpovídá; nezodpovedá; nenese; nem vállal; nu își asumă; δεν φέρει;
        sorumlu değil; bertanggung jawab; ansvarar inte; ставом редакциј; ставове редакциј;
        stavove redakcij; stavom redakcij; stavove uredništ; of the authors;
        responsabilité de leurs; of the author; of the writer; those of the; his own; her own;
        their own; are solely; do not represent; does not represent; do not reflect;
        does not reflect; not necessarily; opinion column; opinion piece; ausschließlich;
        nicht zwingend; nicht unbedingt; nicht notwendig; meinung der; meinung des; ansicht der;
        geben nicht; gibt nicht; n'engage; n’engage; ne reflète; ne reflètent; exclusiva;
        no refleja; no representa; responsabilidad; não reflet; não represent; responsabilidade;
        non rispecchia; non riflett; niet noodzakelijk; geeft de mening; opiniestuk; et debat;
        en debat; debattartikel; kronikk; debattindlæg; debatindlæg; mielipide; nie zawsze;
        nie odzwierciedl; nemusí; vyjadruje; nem feltétlen; nu reflect; не отраз; не съвпад;
        не одражав; nužno; ne odražav; ne odraža; ne izraža; δεν εκφράζ; απαραίτητα; yansıtmaz;
        может не; не совпада; не отража; може не; не збіга; не відобража; ei pruugi; nesakrīt;
        nebūtinai; nuk përfaq; tidak mewakili; tanggung jawab; không phản ánh; no reflecteixen;
        لا تعبر; بالضرورة; لزوما; אינן
        """,
    ),
    Table(  # who works here, and by which rules
        "part",
        90,
        """
        why you can trust; why trust; who we are; how we; our standards; about us; meet the;
        quiénes somos; qui sommes-nous; über uns; wer wir; chi siamo; quem somos; over ons;
        om oss; om os; o nas; o nás; o nama; за нас; о нама; о нас; hakkımızda; tentang kami;
        impressum; contact us; terms of; privacy; aviso legal; mentions légales; note legali;
        política de; politique de; datenschutz
        """,
        """
        trust; |; our reviews; newsroom; contact; legal; privacy; policy; impressum; datenschutz;
        we test; privacidad; privacidade; cookies; kontakt; контакт; iletişim; redaksi
        """,
    ),
    Table(  # who pays for what the text links to, and who paid for the text
        "note",
        400,
        """
        our journalism; our reporting; our independent; your support; your donation;
        your contribution; reader support; our newsroom; the content below; this content was;
        diese anzeige; dieser inhalt wurde; tento text; tento článok; tento článek;
        projekt vznikl; projekt vznikol; some links; some of the links; links in; the links;
        if you buy; if you click; if you purchase; if you make; when you buy; when you purchase;
        when you click; when you shop; when you book; products featured; products and; our team;
        all products; all featured; every product; we may; we receive; we earn; we get;
        we sometimes; this article contains; this article may; this post contains; this post may;
        this story contains; this page contains; this guide contains; as an amazon;
        as an affiliate; die mit; einige links; einige der; die links; bei links; bei den;
        im text; in diesem; wenn sie; wer über; dieser artikel enthält; dieser beitrag enthält;
        dieser text enthält; redaktioneller hinweis; hinweis; transparenz; transparenzhinweis;
        affiliate; wir erhalten; für käufe; les liens; certains liens; certains de;
        cet article contient; en tant que; en cliquant; los enlaces; algunos enlaces;
        este artículo contiene; como afiliado; si compras; os links; alguns links;
        este artigo contém; ao comprar; questo articolo contiene; alcuni link; se acquisti;
        in qualità; sommige links; als je; dit artikel bevat; artiklen indeholder;
        artikeln innehåller; artikkelen inneholder; reporting for this; this reporting;
        this project; this series; this coverage; this story; this article; this investigation;
        support for this; funding for; the reporting of; diese recherche; dieses projekt;
        die recherche; cette enquête; este reportaje; esta investigación; esta reportagem;
        questa inchiesta; dit project; materiał powstał; projekt realizowany; проєкт;
        матеріал створено; цей матеріал; материал подготовлен; acest material; ovaj projekat;
        ovaj tekst; овај пројекат; dự án
        """,
        """
        readers like you; depends on; because of you; commercial partner; our partner;
        advertiser; paid for by; s podporou; díky podpoře; ďakujeme za podporu; commission;
        affiliate; *affiliate-link; earn us; *provision; partnerlink; partner-link; vergütung;
        affiliation; afiliad; comisión; comissão; commissione; affili; commissie; supported by;
        support from; funded by; made possible; grant from; was supported; with support;
        fellowship; gefördert; unterstützt von; förderung; unterstützung; soutien; financé;
        con el apoyo; financiad; apoio; financiat; sostegno; steun van; dzięki wsparciu;
        dofinansowan; за підтримки; при поддержке; cu sprijinul; uz podršku; уз подршку
        """,
    ),
    Table(  # who put the text into this language
        "note",
        160,
        """
        dieser beitrag wurde; diese meldung wurde; der text wurde; translated by;
        translated from; this article was translated; this text was translated;
        this story was translated; übersetzt von; aus dem englischen; dieser text wurde;
        dieser artikel wurde; übersetzung aus; traduit par; traduit de; cet article a été;
        traducido por; traducido del; este artículo fue traducido; traduzido por; traduzido do;
        este artigo foi traduzido; tradotto da; traduzione di; vertaald door; vertaald uit;
        oversat af; artiklen er oversat; artikkelen er oversatt; oversatt av; översatt av;
        artikeln är översatt; przełożył; przełożyła; tłumaczył; tłumaczyła; přeložil; přeložila;
        preložil; preložila; fordította; traducere de; превел; превела; превод от; превео;
        prevela; preveo; s engleskog; перевела; перевёл; перевел; переклала; переклав;
        переклад з; tõlkinud; çeviren
        """,
        """
        by.; from.; machine; automat; artificial; ki.; übersetzt; en français; par.; de.; por.;
        del.; do.; da.; di.; door; uit.; af.; av.; redaks; maschinell; deepl; от.; s.; з.; с.;
        vom; aus.; a.; přeložil; translat
        """,
    ),
    Table(  # that it must not be taken, the ban first
        "note",
        300,
        """
        queda prohibida; queda prohibido; prohibida; prohibido; se prohíbe; está prohibida;
        é proibida; é proibido; proibida; proibido; è vietata; è vietato; vietata; vietato;
        está expresamente; do not; may not be; zabranjeno; zabranjena; забрањено; забрањена;
        забранено; забранява; ndalohet; απαγορεύεται; dilarang; cấm; không được; draudžiama;
        aizliegts; keelatud; запрещается; запрещено; забороняється; забаронена; يمنع; يحظر;
        لا يسمح; لا يجوز; es ist nicht gestattet; il est interdit; tilos; je zakázáno;
        je zakázané; zabrania się; qadağandır; yasaktır; queda totalmente
        """,
        """
        kopj; riprodh; reprodu; redistrib; copia; cópia; copy; difusi; publica; republish;
        preuzim; преузим; umnožav; prenošenj; ripublik; riproduk; αναδημοσίευση; αναπαραγωγή;
        mengutip; menyalin; menyebar; memperbanyak; sao chép; đăng lại; platin; kopij; perpublik;
        pārpublic; kopeer; копирован; перепечат; использован; передрук; نشر; بنشر; نقل; نسخ;
        اقتباس; vervielfält; reproduire; reproduction; másol; kopírov; kopiowan; rozpowszechnian
        """,
    ),
    Table(  # what nobody is liable for
        "note",
        400,
        """
        disclaimer; haftungsausschluss; avertissement; descargo de responsabilidad;
        clause de non-responsabilité; aviso legal; yasal uyarı; sorumluluk reddi;
        отказ от ответственности; wyłączenie odpowiedzialności
        """,
        is_label=True,
    ),
)
