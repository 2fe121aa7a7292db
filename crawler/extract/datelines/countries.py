"""The names of the world's states and of parts of states, as datelines write them."""

import re

# Members and observers of the United Nations in their short English names, with the usual other
# forms, and the places that reports are filed from as if they were states.
_NAMES = """
Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Armenia; Australia;
Austria; Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin;
Bhutan; Bolivia; Bosnia; Bosnia and Herzegovina; Botswana; Brazil; Brunei; Bulgaria; Burkina Faso;
Burma; Burundi; Cambodia; Cameroon; Canada; Cape Verde; Central African Republic; Chad; Chile;
China; Colombia; Comoros; Congo; Costa Rica; Croatia; Cuba; Cyprus; Czech Republic; Czechia;
Denmark; Djibouti; Dominica; Dominican Republic; DR Congo; East Timor; Ecuador; Egypt; El Salvador;
England; Equatorial Guinea; Eritrea; Estonia; Eswatini; Ethiopia; Fiji; Finland; France; Gabon;
Gambia; Germany; Ghana; Greece; Greenland; Grenada; Guatemala; Guinea; Guinea-Bissau; Guyana; Haiti;
Honduras; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland; Israel; Italy; Ivory Coast;
Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kiribati; Kosovo; Kuwait; Kyrgyzstan; Laos; Latvia;
Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; Madagascar; Malawi;
Malaysia; Maldives; Mali; Malta; Marshall Islands; Mauritania; Mauritius; Mexico; Micronesia;
Moldova; Monaco; Mongolia; Montenegro; Morocco; Mozambique; Myanmar; Namibia; Nauru; Nepal;
Netherlands; New Zealand; Nicaragua; Niger; Nigeria; North Korea; North Macedonia;
Northern Ireland; Norway; Oman; Pakistan; Palau; Palestine; Panama; Papua New Guinea; Paraguay;
Peru; Philippines; Poland; Portugal; Puerto Rico; Qatar; Romania; Russia; Rwanda; Saint Lucia;
Samoa; San Marino; Saudi Arabia; Scotland; Senegal; Serbia; Seychelles; Sierra Leone; Singapore;
Slovakia; Slovenia; Solomon Islands; Somalia; South Africa; South Korea; South Sudan; Spain;
Sri Lanka; Sudan; Suriname; Sweden; Switzerland; Syria; Taiwan; Tajikistan; Tanzania; Thailand;
Timor-Leste; Togo; Tonga; Trinidad and Tobago; Tunisia; Turkey; Türkiye; Turkmenistan; Tuvalu;
UAE; UK; USA; U.K.; U.S.; U.S.A.; Uganda; Ukraine; United Arab Emirates; United Kingdom;
United States; Uruguay; Uzbekistan; Vanuatu; Vatican City; Venezuela; Vietnam; Wales; Yemen;
Zambia; Zimbabwe; U.S. Virgin Islands; British Virgin Islands; Cayman Islands; Bermuda; Antigua;
St. Kitts; St. Kitts and Nevis; St. Lucia; St. Vincent; St. Vincent and the Grenadines; Trinidad;
Turks and Caicos; Turks and Caicos Islands; Curacao; Curaçao; Aruba; Guadeloupe; Martinique; Guam;
French Guiana; American Samoa; New Caledonia; French Polynesia; Cook Islands; Faroe Islands;
Gibraltar; Macau; Cabo Verde; Sao Tome and Principe; DRC; Democratic Republic of Congo;
Democratic Republic of the Congo; Republic of Congo; Viet Nam; Great Britain; Northern Cyprus;
Palestinian Territories; Western Sahara
"""
# In other languages, the states that reports come from most.
_OTHER_NAMES = """
Deutschland; Österreich; Schweiz; Frankreich; Italien; Spanien; Polen; Ungarn; Russland; Belgien;
Niederlande; Großbritannien; Türkei; Griechenland; Ukraine; Libanon; Syrien; Irak; Ägypten; Indien;
Allemagne; Autriche; Suisse; Italie; Espagne; Belgique; Russie; Turquie; Liban; Syrie; Égypte;
Maroc; Algérie; Tunisie; Sénégal; Mali; Cameroun; Haïti; Chine; Japon; Inde; États-Unis;
Alemania; Francia; España; Italia; Rusia; Turquía; Líbano; Siria; Egipto; México; Perú; Brasil;
Estados Unidos; Reino Unido; Ucrania; República Dominicana; Puerto Rico; Argentina; Chile;
Colombia; Venezuela; Ecuador; Bolivia; Paraguay; Uruguay; Guatemala; Honduras; Nicaragua; Cuba;
Panamá; El Salvador; Costa Rica; Haití; Japón; China; Corea del Sur; Marruecos; Polonia; Grecia;
République centrafricaine; Côte d’Ivoire; Burkina Faso; République démocratique du Congo; Gabon;
Tchad; Bénin; Togo; Mauritanie; Grèce; Pologne; Hongrie; Roumanie; Corée du Sud; Norwegen;
Schweden; Dänemark; Finnland; Rumänien; Bulgarien; Kroatien; Serbien; Tschechien; Slowakei;
Luxemburg; Portugal; Irland; Japan; China; Südkorea; Mexiko; Brasilien; Kanada; Australien;
Germania; Svizzera; Spagna; Russia; Turchia; Libano; Ucraina;
Alemanha; França; Espanha; Rússia; Almanya; Fransa; İtalya; Rusya; Suriye; Lübnan; Irak; Mısır;
Россия; Украина; Беларусь; Казахстан; Армения; Азербайджан; Грузия; Германия; Франция; США; Сирия;
Турция; Україна; لبنان; سوريا; العراق; مصر; الأردن; فلسطين; اليمن; السودان; ليبيا; فرنسا; ألمانيا
"""
_KNOWN = frozenset(name.strip().casefold() for name in f"{_NAMES};{_OTHER_NAMES}".split(";"))
# The states of the USA in full and as their press shortens them, and other names that English and
# German datelines add to a town's.
_REGIONS = frozenset(
    name.strip().casefold()
    for name in """
Alabama; Ala; Alaska; Arizona; Ariz; Arkansas; Ark; California; Calif; Colorado; Colo; Connecticut;
Conn; Delaware; Del; Florida; Fla; Georgia; Ga; Hawaii; Idaho; Illinois; Ill; Indiana; Ind; Iowa;
Kansas; Kan; Kentucky; Ky; Louisiana; La; Maine; Maryland; Md; Massachusetts; Mass; Michigan; Mich;
Minnesota; Minn; Mississippi; Miss; Missouri; Mo; Montana; Mont; Nebraska; Neb; Nevada; Nev;
New Hampshire; N.H; New Jersey; N.J; New Mexico; N.M; New York; N.Y; North Carolina; N.C;
North Dakota; N.D; Ohio; Oklahoma; Okla; Oregon; Ore; Pennsylvania; Pa; Rhode Island; R.I;
South Carolina; S.C; South Dakota; S.D; Tennessee; Tenn; Texas; Utah; Vermont; Vt; Virginia; Va;
Washington; Wash; West Virginia; W.Va; W. Va; Wisconsin; Wis; Wyoming; Wyo; D.C; Alberta; Alta;
British Columbia; B.C; Manitoba; Man; New Brunswick; N.B; Newfoundland; Nova Scotia; N.S; N.L;
P.E.I; N.W.T; Ontario;
Ont; Quebec; Que; Saskatchewan; Sask; Yukon; Nunavut; Newfoundland and Labrador;
Prince Edward Island; Northwest Territories; New South Wales; NSW; Victoria; Vic; Queensland; Qld;
Tasmania; Tas; South Australia; Western Australia; Northern Territory; Bayern; Baden-Württemberg;
Nordrhein-Westfalen; Niedersachsen; Brandenburg; Mecklenburg-Vorpommern; Rheinland-Pfalz; Saarland;
Sachsen-Anhalt; Schleswig-Holstein; Bavaria; Saxony; Niederösterreich; Oberösterreich; Steiermark;
Vorarlberg; Burgenland; Hessen; Sachsen; Thüringen; Tirol; Kärnten;
Andhra Pradesh; Arunachal Pradesh; Assam; Bihar; Chhattisgarh; Goa; Gujarat; Haryana;
Himachal Pradesh; Jammu and Kashmir; Jharkhand; Karnataka; Kerala; Madhya Pradesh; Maharashtra;
Manipur; Meghalaya; Mizoram; Nagaland; Odisha; Rajasthan; Sikkim; Tamil Nadu; Telangana; Tripura;
Uttar Pradesh; Uttarakhand; West Bengal; Punjab; Sindh; Balochistan; Khyber Pakhtunkhwa; Kashmir;
Aguascalientes; Baja California; Campeche; Chiapas; Chihuahua; Coahuila; Colima; Durango;
Guanajuato; Guerrero; Hidalgo; Jalisco; Michoacán; Morelos; Nayarit; Nuevo León; Oaxaca; Puebla;
Querétaro; Quintana Roo; Sinaloa; Sonora; Tabasco; Tamaulipas; Tlaxcala; Veracruz; Yucatán;
Zacatecas; Ags; B.C.S; Camp; Chis; Chih; Coah; Col; Dgo; Gto; Gro; Hgo; Jal; Méx; Edomex; Mor;
Nay; N.L; Oax; Pue; Qro; Q. Roo; Q.Roo; S.L.P; Sin; Son; Tab; Tamps; Tlax; Ver; Yuc; Zac;
Hubei; Hunan; Guangdong; Sichuan; Zhejiang; Jiangsu; Fujian; Shandong; Henan; Hebei; Yunnan;
Xinjiang; Tibet; Guangxi; Anhui; Jilin; Liaoning; Shaanxi; Shanxi; Gansu; Hainan; Inner Mongolia;
Aceh; Bali; Papua; West Java; East Java; Central Java; North Sumatra; Sarawak; Sabah; Johor; Perak;
Selangor; Pahang; Kelantan; Terengganu; Kedah; Penang; Catalonia; Andalusia; Sicily; Lombardy;
Tuscany; Veneto; Normandy; Brittany; Provence; Chechnya; Dagestan; Tatarstan; Siberia; Darfur;
Tigray; Puntland; Somaliland; Biafra; Kivu; North Kivu; South Kivu; Nagorno-Karabakh; Abkhazia;
South Ossetia; Transnistria; Golan Heights; Sinai; Catamarca; Mindanao; Isle of Wight;
Gaza Strip; West Bank; Crimea; Kurdistan; Oder; Saale; Main; Breisgau; Havel
""".split(";")
)

_STATE_CODES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC "
    "SK".split()
)


def is_state_code(name: str) -> bool:
    """Whether `name` is the post office's code of a state of the USA or a province of Canada."""
    return name.strip(" .") in _STATE_CODES


def is_country(name: str) -> bool:
    """Whether `name` names a state, in any case and with or without `the`."""
    return re.sub(r"^the ", "", name.strip().casefold()) in _KNOWN


def is_region(name: str) -> bool:
    """Whether `name` surely names a part of a state: listed, or two capitals, as in post codes."""
    folded = name.strip().casefold().rstrip(".")
    return folded in _REGIONS or (len(name) == 2 and name.isascii() and name.isupper())


_IN_GEORGIA = frozenset(
    "tbilisi batumi kutaisi rustavi gori zugdidi poti telavi mestia sukhumi tskhinvali akhaltsikhe "
    "akhalkalaki ozurgeti kobuleti borjomi".split()
)


def is_country_around(place: str, name: str) -> bool:
    """Whether `name` is that of a country; of two Georgias `place` tells which."""
    return is_country(name) or (name.lower() == "georgia" and place.lower() in _IN_GEORGIA)
