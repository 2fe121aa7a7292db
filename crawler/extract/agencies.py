"""The names under which news agencies and press-release wires sign a dateline."""

import re

# As a dateline writes them; in any case. Wide lists of one country's agencies stand in a row.
_NAMES = """
AP; CNN Español; CNN Türk; Associated Press; The Associated Press; Reuters; Thomson Reuters; AFP;
Agence France-Presse; UPI; United Press International; Bloomberg; Bloomberg News; Dow Jones; Dow
Jones Newswires; CNN; CNN Business; CNN Newsource; BBC; NBC News; CBS News; ABC News; Fox News;
VOA; RFE/RL; Politico; Axios; McClatchy; TNS; Tribune News Service; Kyodo; Kyodo News; Jiji; Jiji
Press; Xinhua; China News Service; CNA; Yonhap; Newsis; KCNA; PTI; ANI; IANS; UNI; APP; PPI; INP;
NNI; BSS; UNB; Antara; Bernama; PNA; VNA; TNA; Lao PDR; dpa; dpa-AFX; AFX; ddp; dapd; epd; epdÖ;
KNA; SID; ots; APA; APA-OTS; sda; Keystone-SDA; ATS; Awp; Belga; ANP; Novum; Ritzau; TT; NTB; STT;
BNS; LETA; ELTA; PAP; KAI; ISBnews; ČTK; CTK; TASR; SITA; MTI; Agerpres; Mediafax; BTA; BGNES;
Tanjug; Fena; Srna; Hina; STA; ATA; ANA; ANA-MPA; AMNA; CNA Cyprus; ANSA; AGI; Adnkronos; Askanews;
Italpress; LaPresse; Agenzia Nova; 9Colonne; Radiocor; Teleborsa; EFE; Europa Press; EP;
Servimedia; Colpisa; Lusa; Télam; Telam; Andina; Notimex; Prensa Latina; PL; AVN; ABI; Agencia
Brasil; Agência Brasil; Estadão Conteúdo; Folhapress; NA; DyN; ANSA Brasil; Sputnik; RIA; RIA
Novosti; TASS; ITAR-TASS; Interfax; Interfax-Ukraine; Regnum; Ukrinform; UNIAN; UNN; BelTA;
Armenpress; Azertac; AzerTAc; Kazinform; Kabar; UzA; Trend News Agency; AA; Anadolu; Anadolu
Agency; DHA; İHA; IHA; ANKA; BHA; MENA; WAFA; Maan; Ma'an; PNN; SANA; NNA; SPA; WAM; QNA; KUNA;
BNA; ONA; Petra; INA; NINA; IRNA; ISNA; Fars; Mehr; Tasnim; Rudaw; ANHA; ANF; TAP; APS; MAP; LANA;
SUNA; NAN; GNA; KNA Kenya; SAnews; SAPA; ENA; AllAfrica; APO; APO Group; IPS; JTA; TPS; ANSAmed;
Vatican News; CNS; UCA News; Zenit; Fides; AsiaNews; Inter Press Service; The Canadian Press;
Canadian Press; CP; La Presse Canadienne; AAP; NZPA; RNZ; PA; PA Media; Press Association;
PRNewswire; PR Newswire; PRNewswire-PRWeb; PRWeb; Business Wire; GlobeNewswire; Globe Newswire;
Marketwired; CNW; Newswire; Newswire.ca; Accesswire; ACN Newswire; EIN Presswire; EQS; EQS-News;
news aktuell; presseportal; pressetext; JCN Newswire; Media OutReach; Media OutReach Newswire;
Newsfile; Newsfile Corp.; PR Wire; Wireline; USNewswire; M2 PRESSWIRE; States Newsroom; The
Conversation; Thomson Reuters Foundation; IRIN; Ecofin; Xinhua News Agency; ТАСС; ИТАР-ТАСС; РИА
Новости; РИА; Интерфакс; Росбалт; Регнум; БелТА; БЕЛТА; Укринформ; Укрінформ; УНИАН; УНІАН; УНН;
Интерфакс-Украина; Інтерфакс-Україна; Рейтер; Спутник; Казинформ; БТА; Танјуг; رويترز; أ ف ب; ا ف
ب; أ.ف.ب; أف ب; ا.ف.ب; فرانس برس; أسوشيتد برس; د ب أ; د.ب.أ; د ب ا; سانا; وفا; واس; وام; قنا; كونا;
بترا; واع; وات; واج; شينخوا; سبوتنيك; الأناضول; أ ش أ; أ.ش.أ; الشرق الأوسط; العربية; الجزيرة; ومع;
سونا; العمانية; ایرنا; ایسنا; تسنیم; رویترز; ΑΠΕ-ΜΠΕ; ΑΠΕ; ΑΜΠΕ; भाषा; वार्ता; TTXVN;
Dân trí; VnExpress; VietNamNet; VTC News; NLĐO; PLO; TTO; VOV; SGGP; SGGPO; Nexstar;
Gray News; Nexstar Media Wire; CNBC; NewsNation; The Center Square; Folhapress; CMC; Ecclesia;
Арменпресс; АФП; ДПА; Рейтерс; Синьхуа; Ховар; Молдпрес;
NAMPA; ПРАЙМ; AlterPresse; Pajhwok; News
1st; KNO; INA; АЗЕРТАДЖ; АЗЕРТАЖ; Кабар; רויטרס; الحياة; القدس العربي; وكالات;
الخليج; عكاظ; الوطن; एएनआई; पीटीआई;
आईएएनएस; यूएनआई; रासस; রয়টার্স; বাসস; পিটিআই; ইউএনবি; ইউএনআই; FNB; DIRE; Dire; Agenzia Dire; MIA; МИА;
Makfax; Moldpres; IPN; ATSH; Beta; Бета; FoNet; Onasa; SeeNews; Montsame; МОНЦАМЭ; AKIpress;
AZƏRTAC; Azərtac; Արմենպրես; ARMENPRESS; ინტერპრესნიუსი; MindaNews; Panapress; AIP; AIB; Inforpress;
ANGOP; New Ziana; ZANIS; Tolonews; Bakhtar; Khaama Press; الوطنية; وطنية; سبأ; معا; KPL; سبأنت;
المدى; الصباح; السومرية; Chainwire; CyberNewswire;
FinanceWire; ZEXPRWIRE; MarketersMEDIA; AETOSWire; NewsVoir; Nova;
Il Sole 24 Ore Radiocor; اے پی پی; اے ایف پی; ਪੀਟੀਆਈ; பிடிஐ; పీటీఐ; ಪಿಟಿಐ; പിടിഐ
"""  # fmt: skip


_ARABIC_MARKS = re.compile("[\u064b-\u0652]")


def _folded(name: str) -> str:
    return re.sub(r"[\s«»\"“”]+", " ", _ARABIC_MARKS.sub("", name)).replace("’", "'").strip(" .®™")


_SHORT = 4
"""Names with up to so many letters are told from words by their case."""
_LISTED = [_folded(name) for name in _NAMES.split(";")]
_KNOWN = frozenset(
    (*(name.casefold() for name in _LISTED if len(name) > _SHORT), *_LISTED)
) | frozenset(name.upper() for name in _LISTED)
# An outlet that signs with its own address: `JAKARTA, NEWS.example.com –`.
_DOMAINS = (
    "com org net news info co tv ru by ua am ge md az kz kg uz ng ke gh tz ug zm zw za sn ci "
    "ma dz tn ly eg sd ye sa ae qa kw om jo lb sy ps il ir iq tr in pk bd lk np vn th ph my "
    "id kh mm jp kr cn hk tw bg rs hr ba mk al gr cy pl cz sk hu ro lt lv ee fi dk de at ch "
    "nl be fr es pt it br ar cl mx pe ec uy py bo ve cr gt hn sv ni pa jm tt"
).split()
_ADDRESS = re.compile(
    rf"(?:[\w-]{{2,20}}\.){{1,3}}(?:{'|'.join(_DOMAINS)}|com\.[a-z]{{2}})",
    re.IGNORECASE,
)
# `dpa/lnw`, `AFP-JIJI`, `AP/Reuters`: several at once, or an agency and its desk.
_JOINED = re.compile(r"\s*[/|,]\s*|\s?-\s?|\s+(?:and|und|et|y|e|ve|и)\s+")
_LONGEST = 40
# `Agenzia Vista`, `ИА Regnum`, `Корр. БЕЛТА`: what calls itself an agency, or its correspondent.
_CALLED = re.compile(
    r"(?:agenzia|agencia|agência|agence|agentur|nyhetsbyrån|kantor berita|иа|агентство|"
    r"інформагентство|وكالة|خبرگزاری)\s\S.*"
    r"|\S+\s(?:nachrichtenagentur|news agency|haber ajansı)",
    re.IGNORECASE,
)
_CORRESPONDENT = re.compile(r"корр\.?\s", re.IGNORECASE)
# What newspapers and stations are called by: `Trinidad Guardian`, `Shafaq News`, `شفق نيوز`.
_PAPERS = (
    "advertiser advocate chronicle courier daily dispatch enquirer examiner express gazette "
    "gleaner globe guardian herald independent inquirer journal ledger mail mercury mirror monitor "
    "news observer post press radio record register reporter republic sentinel standard star sun "
    "telegraph times tribune tv anzeiger nachrichten rundschau tageblatt tagblatt zeitung"
).split()
_PAPER = re.compile(
    rf"(?!(?:An?|And|As|At|But|By|For|In|No|On|Our|That|This)\s)"
    rf"(?:[A-ZÄÖÜ][\w'’.&-]*\s){{1,3}}(?i:{'|'.join(_PAPERS)})"
    r"|\S+\s(?:نيوز|برس|تايمز|أونلاين|تي في)",
)
_LANGUAGES = frozenset(("mundo", "brasil", "türkçe", "arabic", "indonesia", "español", "türk"))


def is_agency(name: str) -> bool:
    """Whether `name` is an agency's, a wire's or an outlet's address; or the first of several."""
    if not 0 < len(name) <= _LONGEST:
        return False
    folded = _CORRESPONDENT.sub("", _folded(name))
    if _is_listed(folded) or _ADDRESS.fullmatch(folded) or _CALLED.fullmatch(folded):
        return True
    head, _, edition = folded.rpartition(" ")  # `CNN Indonesia`
    if edition.casefold() in _LANGUAGES and _is_listed(head):
        return True
    first, *others = _JOINED.split(folded)
    return bool(others) and _is_listed(first) and all(0 < len(other) <= 12 for other in others)


def may_sign(name: str) -> bool:
    """Whether `name`, where a report names its agency, is one: an agency's, a paper's, a station's.

    People are called so, too, for which nobody would take a byline: `Star`, `Post`, `Sun`.
    """
    if len(name) > _LONGEST:
        return False
    folded = _folded(name)
    if is_agency(name) or is_paper(folded):
        return True
    _, *others = _JOINED.split(folded)  # `HarbourPoint / Harbour News`
    return "/" in folded and any(is_paper(other) or _is_listed(other) for other in others)


def is_paper(name: str) -> bool:
    """Whether `name` is one that newspapers and stations go by, all words but the last capitalised.

    Of at least two words: the last alone is an everyday word.
    """
    return _PAPER.fullmatch(name) is not None


_REPORTER = re.compile(
    r"(?<!\w)(?:correspond|korrespond|corrispond|correspons|redacci|redaç|rédaction|redazion|redaktion|envoyé|inviat[oai]|enviad[oa]|reporter"
    r"|berichterstatter|verslaggever|संवाद|प्रतिनिध|ब्यूरो|वार्ताहर|প্রতিনিধি|প্রতিবেদক|সংবাদদাতা|நிருபர்|رپورٹر|نمائندہ|نامہ\sنگار)",
    re.IGNORECASE,
)


def is_reporter(name: str) -> bool:
    """Whether `name` tells what its bearer does for the paper: `de notre correspondant`."""
    return len(name) <= _LONGEST and _REPORTER.search(name) is not None


def is_short_for_paper(word: str) -> bool:
    """Whether `word` alone may stand for a newspaper: `Express`, `Observer`."""
    return word[:1].isupper() and word.lower() in _PAPERS


def _is_listed(name: str) -> bool:
    return name in _KNOWN or (len(name) > _SHORT and name.casefold() in _KNOWN)
