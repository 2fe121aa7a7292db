"""The names of the world's states, as English datelines write them."""

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
Zambia; Zimbabwe
"""
_KNOWN = frozenset(name.strip().casefold() for name in _NAMES.split(";"))


def is_country(name: str) -> bool:
    """Whether `name` names a state, in any case and with or without `the`."""
    return re.sub(r"^the ", "", name.strip().casefold()) in _KNOWN
