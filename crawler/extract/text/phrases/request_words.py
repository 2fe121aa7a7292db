"""The words of `requests`, in lower case, divided by semicolons."""

WHATEVER = """
    got something to say; you're reading our; you are reading our; you’re reading our;
    aidez-nous à; prova gratis; prøv gratis; prueba gratis; probeer gratis; teste grátis;
    testez gratuitement; tips oss; tip os; zachęcamy do komentowania; zachęcamy do dyskusji;
    zapraszamy do komentowania; zapraszamy do dyskusji; μείνετε συντονισμένοι; ставте вподобайку;
    نظر خود را; نظرات خود را; अपनी राय; ऐसी ही और; इस खबर को; इस ख़बर को; bonyeza hapa;
    subscriu-te; jetzt reinhören; you can unsubscribe; stories you may have missed;
    stories you might have missed; in case you missed it; ohodnoťte článek; dites-nous;
    cuéntanos en; dinos en los; write to us at; write to us with; write to us if; drop us a line;
    we're gathering; we are gathering; we're collecting; we want to hear; we'd like to hear;
    we would like to hear; we'd love to hear; write to our; contactez-nous; écrivez-nous;
    escríbenos; escribinos; escreva para; fale com a redação; scrivici; scrivi alla redazione;
    schrijf ons; laat het ons weten; skriv til os; skriv till oss; skriv til oss; napište nám;
    napíšte nám; dajte nám vedieť; dejte nám vědět; pošlete nám; pošlite nám; przyślij je;
    przyślij nam; daj nam znać; írjon nekünk; küldje el nekünk; scrie-ne; scrieți-ne; trimite-ne;
    пишете ни; пишите нам; напишите нам; присылайте нам; сообщите нам; пишіть нам; напишіть нам;
    надсилайте нам; parašykite mums; praneškite mums; kirjuta meile; anna meile teada;
    saada meile; rakstiet mums; bize yazın; bizə yazın; כתבו לנו; שלחו לנו; راسلنا; راسلونا;
    na shkruani; pišite nam; javite nam; pošaljite nam; јавите нам; пошаљите нам; пишите ни;
    geben sie uns bescheid; schreiben sie uns; sagen sie uns; support us; podpořte nás;
    podporte nás; wesprzyj nas; подкрепете ни; поддержите нас; підтримайте нас; podržite nas;
    podprite nas; soutenez-nous; sostienici; sostieni il nostro; steun ons; støt os; støtt oss;
    stöd oss; tue meitä; toeta meid; paremkite mus; atbalsti mūs; bizi destekleyin;
    támogasson minket; támogass minket; támogasd; ادعمنا; תמכו בנו; придружите нам се;
    придружете ни се; pridružite nam se; pridruži nam se; присъединете се към нас;
    приєднуйтесь до нас; далучайцеся да нас; присоединяйтесь к нам; доєднуйтесь;
    pievienojies mums; pievienojieties mums; prisijunkite prie mūsų; liitu meiega;
    unisciti a noi; junte-se a nós; únete a nosotros; rejoignez-nous; bize katılın;
    gửi bình luận; mọi ý kiến; bạn đọc gửi; have questions or; have a question about this;
    have feedback; got feedback; questions or comments; do you have feedback;
    do you have a question about; hit play; press play; click play; hazte socio; hazte socia;
    hazte suscriptor; hazte miembro; ayúdanos a; mail naar; mail ons; har du tips; har du et tip;
    tipsa oss; kontakta redaktionen; masz dla nas temat; masz temat; masz newsa; widziałeś coś;
    byłeś świadkiem; napisz do nas; napisz na; ha tetszett a cikk; tetszett a cikk; follow us;
    find us on; like us on; join us on; síguenos; síganos; seguinos; siga-nos; segui-nos;
    suivez-nous; rejoignez-nous sur; retrouvez-nous sur; seguici; segueix-nos; seguiu-nos;
    folgen sie uns; folge uns; folgt uns; volg ons; følg os; følg oss; følj oss; följ oss;
    seuraa meitä; obserwuj nas; śledź nas; polub nas; sledujte nás; sledujte nas; sledujte naše;
    pratite nas; spremljajte nas; sledite nam; urmăriți-ne; urmărește-ne; urmăreşte-ne;
    urmăriţi-ne; пратите нас; следете не; следете нè; последвайте ни; следите за нами;
    слідкуйте за нами; стежте за нами; читайте нас; сачыце за намі; jälgi meid; seko mums;
    sekojiet mums; sekite mus; na ndiqni; ακολουθήστε μας; ακολουθήστε το; bizi takip;
    kövessen minket; kövess minket; theo dõi chúng tôi; ikuti kami; tufuate; sundan kami;
    ikuti saluran; ikut saluran; გამოგვყევით; შემოგვიერთდით; მოგვყევით; հետևեք մեզ; تابعونا;
    تابعنا; עקבו אחרינו; ما را دنبال
"""
"""What opens a request whatever it names."""

SURE = """
    rep les; rep el butlletí; rep cada; accede a todo; abbonati a; kjøp; køb abonnement;
    odemkněte; odomknite; kommentoi; lähetä; tapkite; hier geht es; hier geht's; entre no canal;
    siga o canal; siga o grupo; acesse o canal; per ricevere; per rimanere aggiornat;
    per restare aggiornat; للاشتراك; للانضمام; لمتابعتنا; لمتابعة أخبار; mit diesem kostenlosen;
    mit diesem newsletter; vklopite obvestila; vklopite; uključite; включите уведомления;
    увімкніть; włącz; zapněte; zapnite; pour ne rien rater; pour ne rien manquer;
    pour ne rater aucun; pour recevoir; participe do grupo; entre no grupo; entre para o grupo;
    entre no nosso; participe do canal; participe do nosso; subscribe; sign up; signup;
    you can subscribe; you can follow us; you can sign up; wir freuen uns auf ihre;
    wir freuen uns über ihre; abonnieren sie; abonniere; abonniert; melden sie sich; melde dich;
    registrieren sie sich; abonnez-vous; abonne-toi; inscrivez-vous; s'inscrire; s'abonner;
    inscris-toi; recevez; suscríbete; suscríbase; suscribite; apúntate; apúntese; regístrate;
    recibe; recibí; inscreva-se; subscreva; assine; cadastre-se; receba; inscreve-te; faça parte;
    iscriviti; iscrivetevi; abbonati; ricevi; subscriu-te; subscriu-t'hi; apunta't;
    schrijf je in; meld je aan; abonneer je; schrijf u in; meld u aan; ontvang; tilmeld dig;
    skriv dig op; modtag; abonner på; meld deg på; få; få nyhetene; prenumerera; anmäl dig;
    skriv upp dig; tilaa; liity; zapisz się; zapisz sie; subskrybuj; zasubskrybuj; dołącz do nas;
    dołącz; přihlaste se; odebírejte; přihlašte se; prihláste sa; odoberajte; iratkozzon fel;
    iratkozz fel; kövesse; kövess; csatlakozzon; csatlakozz; abonează-te; abonați-vă; abonaţi-vă;
    abonează; înscrie-te; înscrieți-vă; urmărește; urmăriți; абонирайте се; абонирай се;
    запишете се; претплатите се; претплатете се; зачленете се; пријавите се; pretplatite se;
    prijavite se; preuzmite aplikaciju; skinite aplikaciju; скачайте приложение; pridružite se;
    naročite se; naročite; prijavite; εγγραφείτε; κάντε εγγραφή; γραφτείτε; κάντε like;
    βρείτε μας; μπείτε; подпишитесь; подписывайтесь; подпишись; подписывайся; підпишіться;
    підписуйтесь; підписуйтеся; підпишись; приєднуйтесь; приєднуйтеся; долучайтесь;
    присоединяйтесь; вступайте; падпісвайцеся; падпішыцеся; далучайцеся; გამოიწერეთ;
    შემოგვიერთდით; բաժանորդագրվեք; հետևեք; միացեք; liitu; telli; jälgi; pierakstieties;
    piesakies; pieraksties; abonē; seko; sekojiet; pievienojies; prenumeruokite;
    užsiprenumeruokite; užsisakykite; sekite; abonohuni; regjistrohuni; bashkohuni; ndiqni;
    na ndiqni; اشترك; اشتركوا; اشتركي; انضم; انضموا; تابع; تابعوا; تابعي; سجل; سجلوا; הצטרפו;
    הירשמו; עקבו; הרשמו; מצטרפים; dapatkan; ikuti; ikutlah; langganan; berlangganan; sertai;
    đăng ký; theo dõi; ติดตาม; กดติดตาม; สมัคร; jiunge; fuata; jisajili; pata; sundan; i-follow;
    mag-subscribe; harpidetu; tanysgrifiwch; cofrestrwch
"""
"""What opens a request if it names such a thing: who asks it is the site."""

FOLLOWING = """
    listen; listen to; hear; tune in; escucha; escuchá; écoutez; ascolta; ouça; hören sie; hör;
    beluister; luister; lyt; lyssna; hør; kuuntele; posłuchaj; poslouchejte; počúvajte; слушайте;
    слухайте; dinleyin; catch; subscribe; follow; folgen sie; folge; folgt; suivez; suis; sigue;
    siga; sigan; seguí; segui; segueix; volg; følg; følj; følgj; följ; seuraa; obserwuj; śledź;
    sledujte; sleduj; pratite; prati; spremljajte; sledite; urmărește; urmăreşte; urmăriți;
    следвайте; последвайте; пратите; следете; ακολουθήστε; ακολούθησε; читайте; смотрите;
    следите; слідкуйте; стежте; читайце; чытайце; сачыце; fuata; ikuti; theo dõi; join; únete;
    únase; unisciti; rejoignez; entre; acompanhe; curta; like; find; retrouvez; trova; encuentra;
    zobacz; czytaj; liity; liitu; gabung; όλες οι ειδήσεις; όλα τα νέα; find the; dołącz do;
    připojte se; pripojte sa; csatlakozz; csatlakozzon; alătură-te; alăturați-vă
"""
"""What opens a request if it names a network: `Follow the Isle on Telegram`."""

PLAIN = """
    catch up; have your say; take part; cast your vote; answer; fill in; installez; hent appen;
    join; follow; like; download; install; get; receive; enjoy; stay; keep; never miss;
    don't miss; don’t miss; become; support; consider; help us; if you value; if you like;
    if you want; if you'd like; if you appreciate; want; would you like; do you want; have you;
    listen; tune in; hear; watch; take; try; test; play; tap; click; turn on; enable; activate;
    add; set; choose; check out; discover; explore; find; visit; see; read; send; write; e-mail;
    email; contact; tell; share; vote; donate; give; contribute; pledge; buy; book; register;
    create; log in; sign in; start; unlock; access; upgrade; make; got a; have a; do you have;
    you can; laden sie; lade; lesen sie; holen sie; hol dir; erhalten sie; erhalte; bleiben sie;
    bleib; bleibe; verpassen sie; verpasse; verpass; folgen sie; folge; folgt; hören sie; hör;
    schreiben sie; schreib; schicken sie; senden sie; diskutieren sie; diskutiere; teilen sie;
    teile; unterstützen sie; unterstütze; werden sie; werde; aktivieren sie; wollen sie;
    willst du; möchten sie; möchtest du; haben sie; hast du; können sie; kannst du; finden sie;
    nutzen sie; testen sie; sichern sie; entdecken sie; entdecke; besuchen sie; machen sie; mach;
    stimmen sie; suivez; rejoignez; retrouvez; téléchargez; télécharger; découvrez; ne manquez;
    ne ratez; restez; activez; écoutez; soutenez; participez; réagissez; donnez; partagez;
    vous souhaitez; vous voulez; envie; déposez; envoyez; écrivez; contactez; cliquez; profitez;
    accédez; sigue; sigan; siga; seguí; únete; únase; unite; sumate; súmate; descarga; descargá;
    descargue; entérate; mantente; no te pierdas; activa; activá; escucha; apoya; hazte;
    comparte; ayúdanos; quieres; quiere; si quieres; si te; haz clic; pincha; clic; consulta;
    participa; accede; escríbenos; también puedes; puedes; acompanhe; entre; baixe; clique; quer;
    fique; ative; ouça; apoie; participe; curta; compartilhe; você; torne-se; confira;
    descarregue; junte-se; resta; rimani; scarica; segui; entra; unisciti; clicca; attiva;
    ascolta; sostieni; vuoi; scopri; partecipa; scrivi; condividi; se vuoi; per rimanere;
    per restare; puoi; leggi; diventa; blijf; volg; wil je; wilt u; luister; steun; klik; mis;
    heb je; lees; praat mee; følg; hent; lyt; støt; vil du; bliv; læs; last ned; lytt; hør;
    støtt; följ; ladda; lyssna; missa; stöd; vill du; håll dig; läs; tipsa; klicka; seuraa;
    lataa; kuuntele; haluatko; pysy; tue; lue; klikkaa; lähetä; pobierz; bądź; śledź; obserwuj;
    polub; słuchaj; posłuchaj; wesprzyj; chcesz; masz; kliknij; czytaj; nie przegap; wyślij;
    oglądaj; skomentuj; sledujte; stáhněte; stiahnite; poslouchejte; počúvajte; chcete; podpořte;
    podporte; staňte; klikněte; kliknite; nenechte; nenechajte; zůstaňte; získejte; získajte;
    máte; napište; napíšte; töltse; hallgassa; támogassa; ne maradjon; szeretne; olvassa; küldje;
    értesüljön; lájkolja; descarcă; descărcați; ascultă; susține; vrei; citește; intră; intrați;
    dă; fii; alătură-te; poți; изтеглете; слушайте; подкрепете; искате; харесайте; следвайте;
    присъединете; очакваме; вижте; преузмите апликацију; преузмите; пратите; подржите;
    прикључите; преземете; следете; поддржете; желите; preuzmite; skinite; pratite; podržite;
    priključite; želite; spremljajte; prenesite; podprite; naložite; μάθετε; κατεβάστε;
    ακολουθήστε; διαβάστε; ακούστε; στηρίξτε; θέλετε; δείτε; indirin; indir; dinleyin; destek;
    читайте; следите; скачайте; скачивайте; установите; смотрите; поддержите; хотите; хочешь;
    узнавайте; оставайтесь; заходите; добавьте; делитесь; слідкуйте; стежте; завантажуйте;
    слухайте; дивіться; підтримайте; підтримуйте; хочете; дізнавайтесь; ставайте; долучайтеся;
    сачыце; чытайце; глядзіце; падтрымайце; lae; kuula; toeta; loe; lejupielādē; klausies;
    atbalsti; lasi; uzzini; atsisiųskite; klausykite; paremkite; skaitykite; norite; shkarkoni;
    dëgjoni; lexoni; mbështetni; baixa't; descarrega't; segueix; escolta; fes-te; vols; حمل;
    حملوا; لمتابعة; لمزيد; يمكنكم; يمكنك; كن; كونوا; شارك; شاركونا; ادعم; אהבתם; רוצים; כדי;
    לקבלת; הורידו; האזינו; unduh; baca; simak; gabung; bergabung; nikmati; dukung; tonton;
    jangan; tham gia; tải; mời; cập nhật; ดาวน์โหลด; เพิ่มเพื่อน; pakua; tembelea; soma; endelea;
    unataka; kwa habari; i-download; bisitahin; আরো; খবর
"""
"""What opens a request if it names such a thing, and says whose it is or what for."""

ASKING = """
    nachhören; mitdiskutieren; paylaşın; paylaşın!; اظہار کریں; जुड़े रहें; பகிரவும்; பகிருங்கள்;
    শেয়ার করুন; লাইক দিন; शेयर कीजिए; loggen sie sich ein; einloggen; ein abonnement; اضغط هنا;
    haberdar olun; haberiniz olsun; abonnieren; anmelden; herunterladen; folgen; registrieren;
    eintragen; aanmelden; abonneren; downloaden; inschrijven; abone olun; abone ol;
    abone olabilirsiniz; takip edin; takip et; takip edebilirsiniz; takip etmek için tıklayın;
    katılın; indirin; tıklayın; tıklayınız; beğenin; abunə olun; izləyin; qoşulun; yükləyin;
    жазылыңыз; жазылыңыздар; тіркеліңіз; қосылыңыз; жүктеңіз; катталыңыз; кошулуңуз;
    obuna bo‘ling; obuna bo'ling; kuzatib boring; دنبال کنید; دنبال نمایید; عضو شوید; بپیوندید;
    دانلود کنید; مشترک شوید; کلیک کنید; جوائن کریں; فالو کریں; سبسکرائب کریں; کلک کریں;
    ڈاؤن لوڈ کریں; وزٹ کریں; फॉलो करें; फ़ॉलो करें; फोलो करें; जुड़ें; जुड़िए; सब्सक्राइब करें;
    डाउनलोड करें; क्लिक करें; लाइक करें; पढ़ें; शेयर करें; जॉइन करें; ज्वाइन करें; ज्वॉइन करें; फॉलो करा;
    जॉईन करा; क्लिक करा; ફોલો કરો; જોડાઓ; ক্লিক করুন; ফলো করুন; অনুসরণ করুন; সাবস্ক্রাইব করুন;
    যুক্ত হোন; যুক্ত হন; ডাউনলোড করুন; যোগ দিন; জয়েন করুন; চোখ রাখুন; லைக் செய்யவும்;
    இணையுங்கள்; இணையவும்; பின்தொடரவும்; பின்தொடருங்கள்; கிளிக் செய்யவும்; கிளிக் செய்யுங்கள்;
    பின் தொடரவும்; ఫాలో అవ్వండి; ఫాలో అవండి; ഫോളോ ചെയ്യുക; ਫਾਲੋ ਕਰੋ; गर्नुहोस्
"""
"""What ends a request, in languages that put the verb last."""

THINGS = """
    *předplat; *predplat; *ניוזלטר; uutisvinkki; juttuvinkki; rewards; prenumerator;
    wo es podcasts gibt; al mes.; al mese; i en månad; *zuschrift; leserbrief; round-up; roundup;
    weekly edition; morning edition; weekend edition; weekly dispatch; notifiche; obvestila;
    obavijesti; obavještenja; уведомления; powiadomienia; delivered daily; delivered weekdays;
    delivered to; delivered straight; delivered every; l'appli; appli.; *telegram; *whatsapp;
    *instagram; tiktok; viber; bluesky; google news; google nachrichten; google noticias;
    google notícias; google actualités; google discover; google haberler; google-nieuws;
    app store; google play; flipboard; preferred source; *newsletter; e-news; enews; bulletin;
    briefing; inbox; our channel; our page; push; notification; alerts; bell icon; subscription;
    subscriber; supporter; membership; our journalism; our reporting; our work; digest;
    *rundbrief; *abo.; *abos.; *abonnement; *probemonat; benachrichtigung; push-; mitteilungen;
    eilmeldung; *mitglied; *kanäle; infobrief; lettre d'info; lettre d'actu; infolettre;
    boîte mail; boite mail; notre application; notre chaîne; chaîne whatsapp; notifications;
    abonné; réseaux sociaux; alertes; boletín; correo; notificaciones; redes sociales;
    suscriptor; suscripción; redes sociais; assinante; assinatura; notificações; boletim;
    abbonamento; abbonato; i social; pagina facebook; butlletí; xarxes; nieuwsbrief;
    nieuwsupdate; *meldingen; *brev; appen; notis; nyhetsvarsel; jäsen; uutiskirje; sovellu;
    ilmoitukset; kanava; biuletyn; aplikacj; powiadomie; prenumerat; społeczności;
    sociálních sít; sociálnych sieť; zpravodaj; odběr; odber; noviniek; aplikac; aplikác;
    upozornění; upozornenia; hírlev; alkalmazás; oldalunk; csatorn; értesítés; aplicați;
    aplicaţi; canalul; notificări; știri; бюлетин; приложени; известия; билтен; апликациј;
    друштвеним мреж; društvenim mreža; aplikacij; *novice; e-novic; družbenih omrežj; zajednic;
    ενημερωτικό δελτίο; εφαρμογή; κανάλι; σελίδα; ειδοποιήσεις; bülten; kanalımız; uygulama;
    bildirim; sayfamız; kanalına; tətbiq; səhifə; *телеграм; телеграмм; вацап; ватсап; вотсап;
    вайбер; фејсбук; фейсбук; инстаграм; вконтакте; дзен; одноклассник; твиттер; твітер; ютуб;
    рассылк; розсилк; рассылку; приложение; застосунок; додаток; сповіщення; уведомлени;
    спільнот; арна; желі; арнамыз; дадатак; суполк; ტელეგრამ; ფეისბუქ; არხ; აპლიკაცი; სიახლე;
    վայբեր; տելեգրամ; ֆեյսբուք; ալիք; հավելված; uudiskirj; äpp; rakendus; jaunumu; lietotn;
    naujienlaišk; programėl; paskyr; socialin; sociāl; buletin; aplikacion; rrjete; واتساب; واتس;
    تلغرام; تليغرام; تيليجرام; تلجرام; فيسبوك; فيس; تويتر; إنستغرام; انستغرام; يوتيوب; قناتنا;
    قناة; نشرتنا; النشرة; تطبيق; صفحتنا; غوغل; جوجل; تلگرام; اینستاگرام; واتس‌اپ; واتساپ; کانال;
    خبرنامه; روبیکا; ایتا; *טלגרם; *וואטסאפ; *ווטסאפ; *פייסבוק; ניוזלטר; אפליקצי; *ערוץ; *קבוצ;
    واٹس; فیس; یوٹیوب; چینل; ٹوئٹر; گوگل; ایپ; व्हाट्सऐप; व्हाट्सएप; वॉट्सऐप; वाट्सएप; वॉट्सएप;
    टेलीग्राम; फेसबुक; फ़ेसबुक; यूट्यूब; ट्विटर; गूगल; चैनल; ऐप; एप; इंस्टाग्राम; गुगल; व्हॉट्सअ;
    ফেসবুক; গুগল; টেলিগ্রাম; হোয়াটসঅ্যাপ; ইউটিউব; চ্যানেল; পেজ; অ্যাপ; வாட்ஸ்அப்; வாட்ஸ் அப்;
    டெலிகிராம்; ஃபேஸ்புக்; பேஸ்புக்; யூடியூப்; சேனல்; கூகுள்; ట్విట్టర్; ఫేస్‌బుక్; వాట్సాప్;
    ચેનલ; વોટ્સએપ; ਚੈਨਲ; ഫേസ്ബുക്ക്; വാട്സ്ആപ്പ്; saluran; aplikasi; ponsel; surel; media sosial;
    fanpage; bản tin; ứng dụng; kênh; zalo; *เฟซบุ๊ก; *เฟสบุ๊ค; *ไลน์; *ยูทูบ; *แอป; *ทวิตเตอร์;
    chaneli; ukurasa; mitandao; kikundi; cylchlythyr; nuachtlitir; buletina
"""
"""What a request names, and hardly anything else does."""

NETWORKS = """
    podcast; spotify; apple podcasts; подкаст; youtube; facebook; *facebook; twitter; messenger;
    linkedin; discord; snapchat; tiktok; *instagram; *telegram; *whatsapp; viber; bluesky;
    mastodon; google news; google discover; google notícias; google noticias; google actualités;
    google nachrichten; google haberler; social media; sosiale medier; sociala medier;
    sociale medier; sosiaalise; soziale netzwerke; sozialen netzwerken; sozialen medien;
    réseaux sociaux; redes sociales; redes sociais; i social; xarxes socials; mediach społeczn;
    sociálních sít; sociálnych sieť; közösségi; rețele; друштвеним мреж; društvenim; družbenih;
    соцсет; соцмереж; соціальних мереж; социални мрежи; социјалните; сацсетк; фейсбук; фејсбук;
    инстаграм; *телеграм; вайбер; вајбер; вконтакте; дзен; ютуб; тикток; rrjete sociale;
    sociālajos; socialiniuose; sotsiaalmeedia; фэйсбук; x.com; on x.; na x.; auf x.; en x.;
    su x.; sur x.
"""
"""Where sites may be followed."""

COMMON = """
    live coverage; live updates; juttua; yorum; خبر; खबर; খবর; செய்தி; رائے; interview.; haber;
    celular; móvil; smartphone; telefon; facebook; twitter; plus-inhalte;
    facebook; twitter; youtube; messenger; linkedin; threads; discord; android; ios.; signal.;
    rss; patreon; x.com; huawei; appgallery; email; e-mail; mailbox; app.; apps.; podcast; quiz;
    crossword; puzzles; member.; contribution; donation; donate; comments; letters; tip.; tips.;
    story.; social media; account; poll; survey; tickets; kommentar; *meinung; anmerkung;
    hinweise; kritik; fehler; *mail; *kanal; *app; spende; *mail.; l'application; canal;
    commentaire; dons; grupo; aplicación; aplicativo; app; socio; comentario; canale; gruppo;
    lid.; reactie; kanał; profil; komentarz; kanál; pagina; канал; страниц; kanal; grup; канале;
    каналі"""
"""What it may name, and an article too: advice to its readers names apps and letters."""

OURS = """
    us.; our.; me.; my.; unser; uns.; nos.; notre; nous.; nuestr; nosotr; noss; conosco; nostr;
    ci.; ons.; onze.; vores; os.; vår; våre; vårt; oss.; meidän; meitä; nasz; nas.; nam.; naš;
    náš; nás.; nám; minket; oldalunk; *ünk; *unk; nostru; noastr; ne.; ни.; наш; нас.; нам; наші;
    не.; μας; bizi; bizim; *ımız; *imiz; *umuz; *ümüz; біз; нашу; мус; mus.; mūs; meie; meid;
    mums; tona; لنا; نا.; *تنا; قناتنا; ما.; شלנו; שלנו; אחרינו; ہمار; हमें; हमारे; हमसे; आमच्या;
    আমাদের; எங்கள்; kami; chúng tôi; เรา; *yetu; ჩვენ; մեր; մեզ
"""
"""Whose the thing is."""

LURES = """
    gibt es; auch fürs; tablet; free; here.; now.; daily; every day; every week; weekly; latest;
    breaking; news.; updates; alerts; headlines; never miss; know first; stay informed;
    up to date; wherever you; whenever; published; £; $; €; a month; today; small.; kostenlos;
    gratis; hier.; jetzt; nachrichten; neuesten; neuigkeit; verpass; täglich; wichtigsten;
    informiert; immer; laufenden; überall; gratuit; ici.; actualité; l'info; l'essentiel; chaque;
    directement; ci-dessous; información; noticias; aquí; novedades; cada; última; notícia;
    aqui.; grátis; informad; tempo real; notizie; qui.; ogni; aggiornat; novità; nieuws; hoogte;
    nyheder; nyheter; nyhet; her.; här.; uutis; ilmais; tästä; wiadomości; bieżąco; najnowsz;
    informacj; darmow; tutaj; tady.; zde.; tu.; zpráv; správ; zdarma; zadarmo; nejnov; hírek;
    itt.; ingyen; friss; noutăți; știri; ştiri; aici; новин; тук.; безплатн; вести; vijest;
    vesti; ovdje; ovde; besplatn; najnov; novic; tukaj; brezplač; νέα; ειδήσεις; εδώ; δωρεάν;
    δελτίο; haber; ücretsiz; gelişme; buradan; xəbər; новост; бесплатн; здесь; актуальн; первым;
    оперативн; безкоштовн; тут; першим; важлив; навін; бясплатн; жаңалық; uudis; siin; jaunum;
    šeit; naujien; čia; lajme; këtu; falas; notícies; أخبار; الأخبار; مجانا; هنا; جديد; לחצו;
    חדשות; כאן; اخبار; اینجا; رایگان; خبر; berita; terbaru; terkini; di sini; tin.; tin tức; mới;
    tại đây; ข่าว; habari; खबर; ख़बर; समाचार; न्यूज़; न्यूज; খবর; সংবাদ; নিউজ; செய்தி
"""
"""What it brings, or where it is to be had."""
