"""How pages say what they do not show, and on which conditions they do; words of `page_notes`."""

from crawler.extract.text.phrases.note_table import Table

CONDITIONS = (
    Table(  # the text goes on below an advertisement or a picture
        "offer",
        120,
        """
        article continues; story continues; the article continues; text continues;
        continues below; continue reading below; this article continues; der artikel geht;
        artikel wird; der text geht; text geht; weiter geht es; l'article continue;
        la suite de l'article; suite de l'article; la suite; suite après; el artículo continúa;
        la nota continúa; continúa; continua; segue; sigue leyendo; l'articolo continua;
        l'articolo prosegue; prosegue; o artigo continua; a matéria continua; matéria continua;
        lees verder; artikel gaat; het artikel gaat; tekst gaat; tekst loopt;
        artiklen fortsætter; artikkelen fortsetter; saken fortsetter; teksten fortsetter;
        artikeln fortsätter; texten fortsätter; juttu jatkuu; teksti jatkuu; artikkeli jatkuu;
        dalsza część; dalszy ciąg; ciąg dalszy; reszta tekstu; článek pokračuje; pokračování;
        článok pokračuje; pokračovanie; text pokračuje; a cikk; cikkünk; articolul continuă;
        articolul continua; статията продължава; текстът продължава; текст се наставља; наставак;
        nastavak; tekst se; članak se; članek se; nadaljevanje; το άρθρο; η συνέχεια;
        haberin devamı; haber devam; yazının devamı; продолжение; статья продолжается;
        продовження; стаття продовжується; artikkel jätkub; lugu jätkub; raksta turpinājums;
        turpinājums; straipsnis; tęsinys; artikulli vazhdon; artikulli vijon; l'article continua;
        artikel berlanjut; scroll; يستمر; المقال; ادامه
        """,
        """
        below; after; beneath; this ad; advert; to continue; unten; unterhalb; nach der; anzeige;
        werbung; après; dessous; ci-dessous; publicité; pub.; tras; después; debajo; abajo;
        abaixo; após; depois; publicid; publicad; anuncio; dopo; sotto; pubblicità; onder;
        hieronder; advertentie; na de; efter; etter; under; annonc; annons; billede; bilde;
        video; jälkeen; alla; mainos; kuvan; pod.; poniżej; reklam; reklám; niżej; za reklam;
        po reklam; níže; nižšie; alább; hirdetés; folytatód; după; sub.; mai jos; рекламата;
        след; надолу; испод; после; ispod; nakon; oglas; pod oglasom; spodaj; μετά; κάτω;
        διαφήμιση; aşağı; sonra; реклам; нижче; ниже; після; под; allpool; pärast; reklaam; zem.;
        pēc; reklām; žemiau; po.; poshtë; pas.; reklama; sota; després; publicitat; di bawah;
        iklan; content; بعد; الإعلان; أدناه; تبلیغ
        """,
    ),
    Table(  # something that the page cannot show, or shows on conditions
        "technical",
        330,
        """
        vi använder; vi bruger; vi bruker; nous utilisons; utilizamos; usamos; utilizziamo;
        wij gebruiken; we gebruiken; używamy; používáme; používame; sütiket; folosim; използваме;
        користимо; koristimo; uporabljamo; χρησιμοποιούμε; мы используем; ми використовуємо;
        käytämme; kasutame; izmantojam; naudojame; نستخدم; en vous inscrivant; en vous abonnant;
        en validant; al suscribirte; al registrarte; ao assinar; ao se inscrever; iscrivendoti;
        door je aan; mit ihrer anmeldung; ved at tilmelde; genom att; newsletter sign-up;
        sign-up failed; submission failed; please refresh; use of this site; use of this website;
        by using this; inhalt auf; inhalt konnte; dieser inhalt ist; der inhalt;
        das video konnte; das video kann; the video; this video; the media; the content;
        this content; this feature; this map; this chart; this interactive; this player;
        this embed; this page requires; this site requires; this form; your device;
        your web browser; your current browser; sorry, your; sorry, this; javascript is;
        javascript must; javascript seems; it seems; you need; you must; we need; to see this;
        we were unable; unable to; failed to; no compatible; video player; the player;
        ihre daten; deine daten; wir geben; the page you; some features; dieses video;
        diesen inhalt; dieser inhalt; dieses element; diese inhalte; an dieser; hier würde;
        hier finden sie; leider; ihr browser; um dieses; um diesen; um diese; um inhalte;
        zum anzeigen; für die anzeige; zur anzeige; mit klick; wir verwenden; wir nutzen;
        bitte aktivieren; bitte erlauben; mit der weitergabe; ce contenu; cette vidéo;
        votre navigateur; pour voir; pour afficher; pour visualiser; en cliquant; vous devez;
        impossible; este contenido; este video; este vídeo; tu navegador; su navegador; para ver;
        para visualizar; este conteúdo; seu navegador; o seu navegador; questo contenuto;
        questo video; il tuo browser; per visualizzare; per vedere; deze inhoud; deze content;
        deze video; dit artikel bevat; om deze; je browser; uw browser; dette indhold; indholdet;
        din browser; för att se; for å se; for at se; innholdet; innehållet; denne siden; selain;
        sisältö; nähdäksesi; ta treść; twoja przeglądarka; aby zobaczyć; aby wyświetlić;
        váš prohlížeč; pro zobrazení; váš prehliadač; pre zobrazenie; az ön böngészője; a videó;
        a tartalom; browserul; pentru a; вашият браузър; ваш браузер; vaš preglednik;
        vaš pretraživač; vaš brskalnik; za ogled; ο browser; το πρόγραμμα; tarayıcınız; bu video;
        bu içerik; для просмотра; чтобы увидеть; для перегляду; щоб переглянути; video nav; šis;
        teie brauser; jūsu naršyklė; متصفحك; مرورگر; הדפדפן; browser anda; peramban; trình duyệt;
        el teu navegador; we use; we and our
        """,
        """
        conditions générales; condiciones; condizioni; voorwaarden; vilkår; villkor; nutzungsbed;
        refresh; try again; sütik; колачић; küpsis; sīkdat; eväst; our terms; terms of;
        darstellbar; nicht anzeigen; nicht geladen; could not be; cannot be; can't be;
        can not be; is not available; isn't available; not supported; isn’t available; any more;
        unsupported; no longer available; third part; third-part; cookie; tracking; javascript;
        browser; load.; loaded; playback; source found; consent; your permission; enabled; embed;
        privacy; geladen; angezeigt; akzeptier; zustimm; an dritte; weitergegeben; einwillig;
        *anbieter; externe; einverstanden; nicht verfügbar; nicht abgespielt; datenschutz;
        unterstützt; personenbezogen; navigateur; accepter; consentement; affiché; charg;
        disponible; acept; naveg; cargar; compatible; conteúdo externo; cookies; caricar; accett;
        toestemming; accepteer; ondersteun; acceptere; samtykk; indlæses; tillat; godta;
        accepterar; samtycke; godkänn; stöd; eväste; hyväksy; ladata; tue; akcept; zgod; obsług;
        załadow; souhlas; podporuje; nepodporuje; načíst; súhlas; načítať; támogat; elfogad;
        betölt; acord; accept; поддърж; согласие; подржава; podržava; pristanak; piškotk;
        kolačić; podpira; υποστηρίζ; αποδοχή; desteklem; çerez; yüklen; поддержива; загруз;
        підтриму; завантаж; tīmekļ; toeta; slapuk; palaik; يدعم; ملفات تعريف; پشتیبانی; תומך;
        mendukung; dimuat; hỗ trợ; admet; galetes
        """,
    ),
    Table(  # who may read on
        "offer",
        300,
        """
        du kan læse; her kan du læse; du kan lese; du kan läsa; ten materiał; ten tekst;
        haberin tamamını; yazının tamamını; jetzt vier; jetzt einen; jetzt den; jetzt kostenlos;
        bei uns lesen; sie sind bereits; schon registriert; bereits registriert; du bist bereits;
        for å lese; for at læse; få adgang; få tilgang; to unlock; aby přečíst; pro čtení;
        pre čítanie; para leer; per sbloccare; um weiter; subscribers can; subscribers have;
        subscribers get; become a; premium content; premium article; exclusive for; exclusive to;
        already a; not a subscriber; not a member; only subscribers; you have; you've; you’ve;
        this is your; this article is; this story is; this content is; this is a premium;
        this is a subscriber; this is a members; this is an exclusive; to read; to keep;
        to access; want to read; for unlimited; for full access; your subscription; read this;
        der artikel ist; dieser artikel; dieser inhalt; dieser beitrag; diesen artikel;
        sie möchten; sie wollen; den ganzen artikel; den vollständigen; um weiterzulesen;
        um diesen; weiterlesen; jetzt weiterlesen; sie haben; sie lesen; noch kein; noch keine;
        plus-artikel; mit einem; als abonnent; nur für; exklusiv für; cet article; l'article est;
        article réservé; contenu réservé; la lecture; la suite; vous êtes abonné; vous êtes déjà;
        vous avez; il vous; pour lire; pour continuer; l'accès; déjà abonné; este artículo;
        este contenido; contenido exclusivo; contenido solo; para seguir; para continuar;
        ya eres; ¿ya; solo para; si ya; artículo exclusivo; este conteúdo; conteúdo exclusivo;
        este artigo; este texto; para ler; artigo exclusivo; já é; você já é; questo articolo;
        questo contenuto; contenuto riservato; contenuto esclusivo; articolo riservato;
        per continuare; per leggere; sei già; hai già; dit artikel; dit is een premium;
        dit is een artikel; alleen voor; al abonnee; om verder; verder lezen; je hebt; u hebt;
        je las; denne artikel; artiklen er; denne artikkelen; denne saken; saken er; kun for;
        for abonnenter; allerede abonnent; den här artikeln; artikeln är; endast för;
        redan prenumerant; för att läsa; du har; vain tilaajille; tämä artikkeli; juttu on;
        tilaajille; ten artykuł; artykuł dostępny; artykuł tylko; treść dostępna; dostęp dla;
        tylko dla; masz już; aby czytać; pozostało; tento článek; článek je; jen pro; pouze pro;
        pokud jste; tento článok; článok je; len pre; ez a cikk; a cikk; acest articol;
        articol exclusiv; acest conținut; doar pentru; ai deja; тази статия; само за;
        овај чланак; ovaj članak; samo za; već ste; ta članek; članek je; αυτό το άρθρο;
        μόνο για; το άρθρο; bu haber; bu içerik; bu yazı; zaten abone; статья доступна;
        материал доступен; доступно; только для; ця стаття; стаття доступна; матеріал доступний;
        лише для; тільки для; šis raksts; raksts pieejams; artikkel on; see artikkel;
        šis straipsnis; straipsnis skirtas; ky artikull; هذا المحتوى; هذا المقال; כתבה זו;
        artikel ini; konten khusus; konten ini; bài viết này; aquest article; contingut exclusiu
        """,
        """
        låst; locked; zamčen; odemk; zamknut; odomk; entsperr; unlock; desbloque; débloqu;
        sblocc; odblokuj; probelesen; plus-inhalte; kostenlos testen; digitalabo; werbefrei;
        loggen; logga in; free article; free stories; free story; articles left;
        articles remaining; article limit; last free; subscriber; subscribing; subscription;
        e-edition; digital edition; unlimited access; members only; members-only; registered;
        register; gift article; monthly limit; paywall; premium; sign in; log in;
        read more stories; reading for free; *abonnent; *abo.; *abonnement; registrier;
        kostenpflichtig; freischalten; bezahl; abonné; réservé; offert; identifiez; *probeabo;
        s'abonner; connect; abonnez; suscriptor; suscrib; suscripción; registrad; registr;
        exclusiv; assinant; assine; abbonat; riservat; registrat; abbonamento; abonnee;
        gratis artikel; inloggen; lid.; abonner; innlogg; prenumerant; inlogg; abonemang; tilaaj;
        subskrybent; prenumerat; abonent; zalogow; předplat; přihlás; predplat; prihlás;
        előfizet; abonaț; abonaţ; абонат; претплат; pretplat; naročnik; συνδρομητ; abone; üye;
        подписчик; подписк; подпиской; зареєстрован; передплат; підписник; зарегистрирован;
        tellija; prenumerator; užsiprenumerav; للمشتركين; المشتركين; מנויים; למנויים; pelanggan;
        berlangganan; hội viên; subscriptor
        """,
    ),
    Table(  # what may be said below, and where
        "discussion",
        260,
        """
        коментарите; коментирането; komentiranje; kommenteerimine; artikli kommenteerimine;
        your comment; ihr kommentar; votre commentaire; tu comentario; ваш комментарий;
        ваш коментар; your email address; your e-mail address; votre adresse; tu dirección;
        su dirección; seu endereço; o seu endereço; il tuo indirizzo; je e-mailadres; ваш e-mail;
        vaše e-mailová; vaša e-mailová; vaš e-mail; wir weisen; bitte beachten;
        please note that comments; note that comments; to comment; to leave a comment;
        to post a comment; to join the conversation; to join the discussion; comments are;
        comments on; comments have; comments for; commenting; the comments; we welcome;
        we encourage; readers are; respond to; please keep; zu diesem artikel; zu diesem beitrag;
        zu diesem thema; die kommentare; kommentare sind; das kommentieren; kommentieren ist;
        kommentieren; hier können sie; schreiben sie ihre; was halten sie; was meinen sie;
        was denken sie; wie ist ihre; les commentaires; commentaires; los comentarios;
        comentarios; os comentários; comentários; i commenti; commenti; reacties; reageren;
        reageer; kommentarer; kommentarfältet; kommentointi; kommentit; komentarze; komentowanie;
        aby dodać; diskuse; diskuze; komentáře; diskusia; hozzászólás; comentariile; комментарии;
        коментарі; коментари; komentari; komentarji; σχόλια; yorum; yorumlar; пікіры;
        kommentaarid; komentāri; komentarai; komentet; komentar; bình luận; els comentaris;
        التعليقات; تعليقات; نظرات کاربران; תגובות
        """,
        """
        niet meer mogelijk; suletud; затворени; uzavřena; uzavretá; опубликован; модератор;
        awaiting; be published; freigeschaltet; publié; publicad; gepubliceerd; zveřejn; zverejn;
        objavljen; pubblicat; prijavljen; responsabilidad; responsabilidade;
        wird nicht veröffentlicht; moderier; moderated; registered; logged in; log in; sign in;
        closed; disabled; turned off; moderation; letters; guidelines; house rules; on topic;
        our editors; 250 words; 300 words; 500 words; kommentar; geschlossen; deaktiviert;
        einloggen; anmelden; moderiert; netiquette; fermés; clos; modér; connect; cerrad;
        moderad; encerrad; fechad; chius; moderat; responsabil; gesloten; inloggen; redactie;
        mail; lukket; logg; logga; stängd; suljettu; kirjaudu; zalog; wyłączon; zamkn; uzavřen;
        přihl; uzavret; prihl; lezár; bejelentkez; închis; autentific; закрыт; авториз; войдите;
        заборон; увійдіть; затворен; zatvoren; prijav; registrir; κλειστά; giriş; kapalı; sisene;
        ienāc; prisijung; masuk; đăng nhập; tancats; مغلقة; מערכת
        """,
    ),
    Table(  # a mistake may be told of, an article rated
        "discussion",
        200,
        """
        fehler gefunden; fehler entdeckt; fehler im; если вы нашли; если вы заметили; якщо ви;
        якщо ви помітили; found an; found a; see an; see something; hata bildir; fout gezien;
        fout gevonden; želite li; želite prijaviti; imate; spotted; notice; noticed;
        have you spotted; did you spot; did you find; haben sie; hast du; vous avez; une erreur;
        has visto; ¿has; viste; encontraste; encontrou; viu; encontrou um; vuoi; hai trovato;
        hai notato; foutje; zie je; heb je; har du; fundet; fant du; hittat; huomasitko;
        zauważyłeś; zauważyłaś; widzisz; znalazłeś; našli; našel; našla; našli jste; našli ste;
        viděli; všimli; hibát; hibát talált; ai găsit; ați găsit; ai observat; открихте; видяхте;
        уочили; уочисте; uočili; primijetili; opazili; ste našli; βρήκατε; εντοπίσατε; yanlış;
        нашли; заметили; увидели; ошибка; обнаружили; знайшли; помітили; знайшлі; заўважылі;
        märkasid; leidsid; pamanīji; atradi; pastebėjote; radote; keni; gjetët; најдовте; səhv;
        қате; اشتباه; وجدت; مצאתם; מצאתם; ראיתם; menemukan; phát hiện; how would;
        how do you rate; rate this; wie bewerten; bewerten sie; wie gefällt; war der; notez cet;
        califica; avalie; valuta; beoordeel; oceń; ohodnoťte; értékelje
        """,
        """
        an error; a mistake; a typo; error in; mistake in; fehler; eine erreur; une erreur;
        une faute; un error; una errata; um erro; un errore; un refuso; fout; foutje; fejl; feil;
        felet; fel.; virhe; błąd; błędy; literówk; chyba; chybu; hibát; greșeală; o eroare;
        грешка; грешку; grešku; pogrešku; napako; λάθος; hata; ошибк; опечатк; неточност; помилк;
        памылк; viga; vea.; kļūd; klaid; gabim; səhv; қате; اشتباه; خطأ; טעות; kesalahan; lỗi.;
        this article; this story; diesen artikel; dieser artikel; dieser beitrag; cet article;
        este artículo; esta nota; este artigo; questo articolo; dit artikel; artykuł; článek;
        článok; cikket
        """,
    ),
    Table(  # whoever liked what he read may say so
        "offer",
        260,
        """
        if you liked; if you enjoyed; si te gustó; si te ha gustado; te gustó; gostou;
        se você gostou; si cet; si vous avez; vous avez aimé; vous avez apprécié; hat ihnen;
        hat dir; wenn ihnen; če vam je; vam je; ti è piaciuto; se ti è; líbil; líbí; páčil; páči;
        ak sa; ha tetszett; tetszett; понравил; понравился; понравилась; сподобал; сподобалася;
        сподобався; podobał; podoba; vond je; vond u; kunne du; gillade du; likte du; pidit;
        dacă ți-a; dacă v-a; ți-a plăcut; ако ви; ако вам; ако сте; ako vam; sviđa; nëse ju;
        jei patiko; patiko; kui sulle; kas teile; ja jums; bu haberi; bu yazıyı; اگر این; אהבתם;
        jika anda; nếu bạn; इस खबर; अगर आपको; ďakujeme; děkujeme; dziękujemy; спасибо; дякуємо;
        благодарим; hvala; köszönjük; vă mulțumim; mulțumim; takk for; tak fordi; tack för;
        kiitos; aitäh; paldies; ačiū; faleminderit
        """,
        """
        article; story; piece; nota; artículo; noticia; matéria; artigo; texto; notícia;
        articolo; artikel; beitrag; text.; artykuł; tekst; článek; článok; stránk; cikk; írás;
        стать; материал; матеріал; статт; новост; articol; știre; статия; чланак; članek; članak;
        вест; vijest; artikkel; artiklen; artikeln; juttu; lugu; raksts; straipsn; artikull;
        haber; yazı; مطلب; הכתבה; artikel ini; bài viết; खबर; reading; že čtete; že čítate;
        że czytasz; że jesteś; что читаете; что вы с нами; що читаєте; olvas; citești; leser;
        læser; läser; luit; lugema; skaito; lexuat
        """,
    ),
)
