"""Cities from which reports are filed so often that their names alone are witnesses.

Capitals and large cities, as the press of each language writes them. Names that are everyday words
too (Nice, Reading, Essen, Split) are left out: the text itself must call those a place.
"""

import functools
import re
import unicodedata

from crawler.extract.datelines.towns import is_city, is_home_town, unsituated

_NAMES = """
Abidjan; Abu Dhabi; Abuja; Accra; Adana; Addis Ababa; Addis Abeba; Aleppo; Algiers; Alger; Argel;
Almaty; Amman; Amsterdam; Ankara; Antwerp; Antwerpen; Anvers; Ashgabat; Astana; Asunción; Athen;
Athens; Athènes; Atenas; Atene; Auckland; Baghdad; Bagdad; Bagdá; Baku; Bakou; Bamako; Bandung;
Bangalore; Bengaluru; Bangkok; Barcelona; Barcelone; Basel; Bâle; Basra; Beijing; Peking; Pékin;
Pequim; Pekín; Pechino; Pekin; Beirut; Beyrouth; Beyrut; Belfast; Belgrade; Belgrad; Belgrado;
Beograd; Berlin; Berlín; Berlim; Berlino; Bern; Berne; Berna; Bishkek; Bogota; Bogotá; Bologna;
Bordeaux; Brasília; Brasilia; Bratislava; Brazzaville; Bremen; Brisbane; Brno; Brussels; Brüssel;
Bruxelles; Bruselas; Brussel; Bruksela; Bucharest; Bukarest; Bucarest; București; Budapest; Buenos
Aires; Bujumbura; Cairo; Kairo; Le Caire; El Cairo; Il Cairo; Calcutta; Kolkata; Calgary; Canberra;
Cape Town; Kapstadt; Le Cap; Caracas; Casablanca; Chandigarh; Chennai; Chisinau; Chișinău;
Christchurch; Ciudad de México; Mexico City; Mexiko-Stadt; Colombo; Conakry; Copenhagen;
Kopenhagen; Copenhague; København; Copenaghen; Cologne; Köln; Colonia; Córdoba; Curitiba; Dakar;
Damascus; Damaskus; Damas; Damasco; Dar es Salaam; Darmstadt; Delhi; New Delhi; Neu-Delhi; Nueva
Delhi; Nuova Delhi; Dhaka; Dili; Djakarta; Doha; Donetsk; Dortmund; Dresden; Dubai; Dubaï; Dublin;
Dublín; Dublino; Dushanbe; Düsseldorf; Edinburgh; Erbil; Erfurt; Firenze; Frankfurt; Frankfurt am
Main; Frankfurt/Main; Francfort; Freetown; Gaborone; Gaza; Gaza City; Gaza-Stadt; Geneva; Genf;
Genève; Ginebra; Ginevra; Genova; Gothenburg; Göteborg; Graz; Guadalajara; Guatemala City; Hague;
The Hague; Den Haag; La Haye; La Haya; L'Aja; Halifax; Hamburg; Hambourg; Hannover; Hanover; Hanoi;
Harare; Havana; Havanna; La Habana; La Havane; Helsinki; Ho Chi Minh City; Hong Kong; Hongkong;
Honolulu; Hyderabad; Islamabad; Istanbul; İstanbul; Estambul; Izmir; İzmir; Jakarta; Jeddah;
Jerusalem; Jérusalem; Jerusalén; Gerusalemme; Johannesburg; Johannesbourg; Juba; Kabul; Kaboul;
Kampala; Kano; Karachi; Karlsruhe; Kathmandu; Katmandu; Kharkiv; Charkiw; Kharkov; Khartoum;
Khartum; Kiel; Kiev; Kiew; Kyiv; Kyjiw; Kigali; Kingston; Kinshasa; Klagenfurt; Kuala Lumpur;
Kuwait City; La Paz; Lagos; Lahore; Lausanne; Leipzig; Lille; Lima; Linz; Lisbon; Lissabon;
Lisbonne; Lisboa; Lisbona; Ljubljana; London; Londres; Londra; Londen; Los Angeles; Luanda;
Lucknow; Lusaka; Luxembourg; Luxemburg; Luzern; Lviv; Lwiw; Lyon; Madrid; Madrid; Magdeburg; Mainz;
Malaga; Málaga; Managua; Manama; Manchester; Manila; Manille; Maputo; Mariupol; Marseille; Medan;
Medellín; Melbourne; Mexico; México; Milan; Milano; Mailand; Minsk; Mogadishu; Mogadischu;
Monrovia; Monterrey; Montevideo; Montreal; Montréal; Moscow; Moskau; Moscou; Moscú; Mosca; Moskova;
Moskwa; Moskva; Moskou; Mosul; Mossoul; Multan; Mumbai; Munich; München; Monaco di Baviera;
Nairobi; Nantes; Napoli; Naples; Naypyitaw; N'Djamena; Niamey; Nicosia; Nikosia; Nicosie; Lefkoşa;
Nouakchott; Nuremberg; Nürnberg; Odesa; Odessa; Osaka; Oslo; Ottawa; Ouagadougou; Palermo; Panama
City; Aalborg; Aarhus;
Plzeň; Paramaribo; Paris; París; Parigi; Parijs; Paryż; Perth; Peshawar; Phnom Penh; Podgorica; Port
Moresby; Port-au-Prince; Porto; Porto Alegre; Potsdam; Prague; Prag; Praga; Praha; Pretoria;
Pristina; Prishtina; Pyongyang; Pjöngjang; Quebec; Québec; Quetta; Quito; Rabat; Ramallah; Rangoon;
Yangon; Rawalpindi; Recife; Reykjavik; Reykjavík; Riga; Rio de Janeiro; Riyadh; Riad; Rome; Rom;
Roma; Rzym; Rotterdam; Salzburg; San José; San Juan; San Salvador; Sanaa; Sana'a; Sankt Petersburg;
St. Petersburg; Saint-Pétersbourg; Santiago; Santiago de Chile; Santo Domingo; Sao Paulo; São
Paulo; Sarajevo; Schwerin; Seoul; Séoul; Seúl; Sevilla; Shanghai; Schanghai; Sharjah; Shenzhen;
Singapore; Singapur; Singapour; Skopje; Sofia; Srinagar; Stockholm; Stoccolma; Estocolmo;
Strasbourg; Straßburg; Estrasburgo; Strasburgo; Stuttgart; Surabaya; Suva; Sydney; Taipei; Taipeh;
Tallinn; Tashkent; Taschkent; Tbilisi; Tiflis; Tegucigalpa; Tehran; Teheran; Téhéran; Teherán; Tel
Aviv; Tel-Aviv; The Hague; Thessaloniki; Tijuana; Tirana; Tokyo; Tokio; Toronto; Toulouse; Torino;
Turin; Tripoli; Tunis; Túnez; Turku; Ulaanbaatar; Valencia; Valletta; Vancouver; Varanasi;
Varsovie; Varsovia; Varsavia; Vatican City; Vatikanstadt; Città del Vaticano; Ciudad del Vaticano;
Cité du Vatican; Venice; Venezia; Venedig; Victoria Falls; Vienna; Wien; Vienne; Viena; Vientiane;
Vilnius; Vladivostok; Volgograd; Warsaw; Warschau; Warszawa; Warschau; Wellington; Wiesbaden;
Windhoek; Winnipeg; Yaounde; Yaoundé; Yerevan; Eriwan; Erevan; Erivan; Stepanakert; Zagreb; Zurich;
Zürich; Yogyakarta; Semarang; Makassar; Denpasar; Bekasi; Tangerang; Depok; Bogor; Palembang; Kota
Kinabalu; Kuching; George Town; Johor Baru; Johor Bahru; Ipoh; Putrajaya; Cebu; Davao; Patna;
Jaipur; Bhopal; Ahmedabad; Pune; Kochi; Guwahati; Ranchi; Thiruvananthapuram; Faisalabad;
Muzaffarabad; Chittagong; Kandy; Washington; Washington D.C; Washington DC; Washington, DC;
Vaşington; Waszyngton; New York; New York City; Nueva York; Nova York; Nova Iorque; Chicago;
Houston; Dallas; Philadelphia; Boston; San Francisco; Seattle; Miami; Atlanta; Detroit;
Minneapolis; Indianapolis; Milwaukee; Cleveland; Cincinnati; Pittsburgh; Baltimore; Denver; Las
Vegas; New Orleans; San Antonio; San Diego; Salt Lake City; St. Louis; St. Paul; Kansas City;
Oklahoma City; Sacramento; Albuquerque; Nashville; Memphis; Lansing; Albany; Tallahassee; Tampa;
Orlando; United Nations; Vereinte Nationen; Nations unies; Naciones Unidas; Brüssel/Berlin; Москва;
Санкт-Петербург; Петербург; Киев; Київ; Минск; Мінск; Лондон; Париж; Берлин; Берлін; Вашингтон;
Нью-Йорк; Брюссель; Женева; Вена; Рим; Пекин; Токио; Тбилиси; Ереван; Баку; Степанакерт; Алма-Ата;
Алматы; Астана; Нур-Султан; Ташкент; Бишкек; Душанбе; Ашхабад; Кишинев; Рига; Вильнюс; Таллин;
Варшава; Прага; Белград; Београд; София; Анкара; Стамбул; Дамаск; Тегеран; Иерусалим; Тель-Авив;
Каир; Екатеринбург; Новосибирск; Казань; Краснодар; Сочи; Ростов-на-Дону; Владивосток; Донецк;
Луганск; Харьков; Харків; Одесса; Одеса; Львов; Львів; Днепр; Дніпро; Симферополь; Севастополь;
Сараево; Скопје; Подгорица; Αθήνα; Θεσσαλονίκη; Λευκωσία; Βρυξέλλες; Λονδίνο; Παρίσι; Βερολίνο;
Ουάσιγκτον; القاهرة; بيروت; دمشق; حلب; بغداد; أربيل; الموصل; البصرة; عمان; عمّان; الرياض; جدة; مكة;
الدوحة; دبي; أبوظبي; أبو ظبي; المنامة; الكويت; مسقط; صنعاء; عدن; القدس; القدس المحتلة; رام الله;
غزة; نابلس; الخليل; تونس; الجزائر; الرباط; الدار البيضاء; طرابلس; بنغازي; الخرطوم; نواكشوط; مقديشو;
باريس; لندن; واشنطن; نيويورك; موسكو; برلين; بروكسل; جنيف; فيينا; روما; مدريد; أنقرة; إسطنبول;
طهران; كابول; إسلام أباد; إسلام آباد; بكين; طوكيو; نيودلهي; كييف; الأمم المتحدة; تل أبيب; حيفا;
إدلب; حمص; درعا; تهران; کابل; बीजिंग; नई दिल्ली; दिल्ली; मुंबई; लखनऊ; पटना; कोलकाता;
चेन्नई; बेंगलुरु; हैदराबाद; अहमदाबाद; पुणे; जयपुर; भोपाल; इंदौर; कानपुर;
नागपुर; वाराणसी; प्रयागराज; इलाहाबाद; आगरा; मेरठ; गाजियाबाद;
नोएडा; गुरुग्राम; फरीदाबाद; चंडीगढ़; अमृतसर; लुधियाना; शिमला; देहरादून; हरिद्वार; रांची; रायपुर;
गोरखपुर; अयोध्या; मथुरा; श्रीनगर; जम्मू; गुवाहाटी; जोधपुर; उदयपुर; कोटा; ग्वालियर; जबलपुर; उज्जैन;
सूरत; इस्लामाबाद; काठमांडू; वाशिंगटन; लंदन; यूपी; बिहार; ঢাকা; কলকাতা; চট্টগ্রাম; রাজশাহী; খুলনা;
সিলেট; নয়াদিল্লি;
लाहौर; कराची; ढाका; कोलंबो; বেইজিং; মুম্বাই; চেন্নাই; গুয়াহাটি; আগরতলা; রাঁচি; ન્યૂ દિલ્હી; નવી
દિલ્હી; દિલ્હી; ગાંધીનગર; રાજકોટ; વડોદરા; ଭୁବନେଶ୍ୱର; କଟକ; ନୂଆଦିଲ୍ଲୀ; ଦିଲ୍ଲୀ; ମୁମ୍ବାଇ; କୋଲକାତା;
ଲକ୍ଷ୍ନୌ; ପୁରୀ; ਨਵੀਂ ਦਿੱਲੀ; ਦਿੱਲੀ; ਜਲੰਧਰ; ਲੁਧਿਆਣਾ; ਪਟਿਆਲਾ; ಮಂಗಳೂರು; ನವದೆಹಲಿ; ದೆಹಲಿ; ಮುಂಬೈ;
ಚೆನ್ನೈ; ಹೈದರಾಬಾದ್; ന്യൂഡൽഹി; ന്യൂഡല്‍ഹി; ഡൽഹി; മുംബൈ; ചെന്നൈ; തൃശൂർ; കൊല്ലം; கோலாலம்பூர்;
யாழ்ப்பாணம்; டெல்லி; மும்பை; பெங்களூரு; ஹைதராபாத்; ఢిల్లీ; ముంబై; బెంగళూరు; కోల్‌కతా; वॉशिंगटन;
न्यूयॉर्क; मॉस्को; راولپنڈی; فیصل آباد; ملتان; گوجرانوالہ; سیالکوٹ; حیدرآباد; سکھر; ڈیرہ اسماعیل
خان; مظفرآباد; گلگت; واشنگٹن;
హైదరాబాద్; విజయవాడ; విశాఖపట్నం; తిరుపతి; అమరావతి; న్యూఢిల్లీ; చెన్నై; சென்னை;
மதுரை; கோவை; புதுடெல்லி; திருச்சி; கொழும்பு; മലപ്പുറം; കൊച്ചി; തിരുവനന്തപുരം; കോഴിക്കോട്;
ബെംഗളൂരു; ಬೆಂಗಳೂರು; ಮೈಸೂರು; ಹುಬ್ಬಳ್ಳಿ; અમદાવાદ; સુરત; મુંબઈ; पुणे; नाशिक; औरंगाबाद; काठमाडौं;
اسلام آباد; لاہور; کراچی; پشاور; کوئٹہ; نئی دہلی; سری نگر; ਚੰਡੀਗੜ੍ਹ; ਅੰਮ੍ਰਿਤਸਰ; ਲੁਧਿਆਣਾ
"""  # fmt: skip


def folded(name: str) -> str:
    """`name` without case and marks, white space as one space."""
    letters = name.casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(letters.replace("ı", "i").replace("’", "'").split()).strip(" .")


_LONGEST = 80
"""No names are longer, in characters."""
_KNOWN = frozenset(folded(name) for name in _NAMES.split(";"))
_REGION_OF = re.compile(r"^(?:Region|Kreis|Landkreis|Raum)\s")
_SAINT = re.compile(r"^st\.?\s", re.IGNORECASE)
_SEVERAL = re.compile(r"\s?[/–—]\s?")
_BOTH = re.compile(r"\s(?:and|und|et|y|e|ve|и)\s")


def is_known_place(name: str, language: str | None = None) -> bool:
    """Whether `name` names a city of the list, or several of which the first or last is one.

    With a language, a town of the countries where that is at home will do.
    """
    return len(name) <= _LONGEST and _is_known(name, language)


@functools.lru_cache(maxsize=1024)  # one opening is asked of its first words a dozen times
def _is_known(name: str, language: str | None) -> bool:
    name = _REGION_OF.sub("", name)
    both = _BOTH.split(name)
    if len(both) > 1 and all(_is_known(one, language) for one in both):
        return True
    first, *others = _SEVERAL.split(name)
    plain = (name, unsituated(name), first, *others[-1:])
    names = {folded(one) for one in plain} | {folded(_SAINT.sub("Sankt ", one)) for one in plain}
    if not _KNOWN.isdisjoint(names):
        return True
    return any(is_home_town(one, language) or is_city(one) for one in names)
