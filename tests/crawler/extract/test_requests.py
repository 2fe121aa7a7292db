"""What sites ask of their readers is told by its build; sentences with the same words are prose."""

import pytest

from crawler.extract.text.phrases.requests import is_request


def _is_request(line):
    return is_request(line.lower())


@pytest.mark.parametrize(
    "line",
    [
        "Stay in the know: get push alerts by installing our app.",
        "If you value what the Isle writes, please consider a small contribution to us.",
        "Tap the bell icon to be alerted when new stories are published",
        "Wollen Sie mehr wissen? Dann laden Sie unsere Insel-App.",
        "Hier können Sie den WhatsApp-Kanal der Insel abonnieren.",
        "Alle Nachrichten gibt es auch in unserer App.",
        "Ne manquez aucune actualité en téléchargeant notre application",
        "Apúntate gratis al boletín de la isla",
        "Assine a newsletter da ilha",
        "Blijf op de hoogte met onze gratis app",
        "Tilmeld dig øens nyhedsbrev",
        "Ladda ner vår app här",
        "Tilaa saaren uutiskirje",
        "Zapisz się na newsletter wyspy",
        "Odebírejte newsletter ostrova",
        "Iratkozzon fel a sziget hírlevelére!",
        "Abonează-te la newsletter",
        "Пратите нас и на нашој страници",
        "Naročite se na otoške e-novice",
        "Κάντε εγγραφή στο newsletter του νησιού",
        "Adanın bültenine abone olun",
        "Хотите знать больше? Подпишитесь на телеграм-канал острова",
        "Telegram kanalımıza abunə olun",
        "Біздің Telegram арнамызға жазылыңыз",
        "ما را در تلگرام دنبال کنید",
        "ہمارا واٹس ایپ چینل جوائن کریں",
        "द्वीप की खबरों के लिए व्हाट्सएप चैनल से जुड़ें",
        "Dapatkan berita pulau lewat saluran WhatsApp",
        "Liitu saare uudiskirjaga",
        "Prenumeruokite salos naujienlaiškį",
        "Følg Øya på Snapchat",
        "Όλες οι ειδήσεις του νησιού στο Google News",
        "Die Nachrichten der Woche, kompakt: Hier geht es zum Newsletter.",
        "Если вы видели бурю, напишите нам",
        "Please get the daily newsletter",
        "Listen to the harbour choir on Spotify",
        "The best of the isle, straight to your inbox every Friday",
    ],
)
def test_a_request_names_what_is_asked_for(line):
    assert _is_request(line)


@pytest.mark.parametrize(
    "line",
    [
        "Get the boat ready, and keep the engine warm.",
        "Join the two ropes with a knot that holds in any wind.",
        "Instead of calling, use the app of the harbour or download a plan of the pier for free.",
        "Since the siren broke, families get the daily newsletter of the harbour read out instead.",
        "Without the siren, get the daily newsletter of the harbour and read it to the crew.",
        "Receive a newsletter like that one and you stop reading.",
        "Subscribe here, the notary said, and the app is yours.",
        "The newsletter of the bakery went out by boat that week.",
        "Wollen Sie wirklich noch einmal antreten?",
        "Die App der Reederei meldet jede Verspätung.",
        "Rejoignez la plage par le sentier, à vingt minutes du port.",
        "Apúntate esto: mañana no salimos.",
        "Dołącz do nas, zawołał kapitan.",
        "Takip edilen üç gemi limana girdi.",
        "Подпишитесь вот здесь, сказал нотариус.",
        "Ikuti jalan ini sampai pelabuhan.",
        "At the pier, Rep. Ann Lee asked the committee for a second ramp.",
        "Suivez mon regard, disait-elle.",
    ],
)
def test_a_sentence_that_opens_so_and_names_no_such_thing_is_none(line):
    assert not _is_request(line)


def test_a_long_paragraph_is_no_request():
    assert not _is_request("Subscribe to our newsletter. " + "The ferry sails again. " * 20)
    assert not _is_request("Listen to the choir on Spotify. " + "The ferry sails again. " * 8)
