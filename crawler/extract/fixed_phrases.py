"""The standing phrases that sites everywhere write word for word; the whole line, as in `phrases`.

They are looked up, not searched for: however many there are, a line is asked once.
"""

import re

LONGEST = 60
"""Characters of a line that may be one of them."""
_TEXTS = {
    "part": """
        also in this section; people are also reading; around the web; don't miss; editor's
        picks; editors' picks; from our partners; in other news; keep reading; latest;
        latest articles; latest headlines; latest news; latest stories; more like this; more news;
        more stories; popular now;
        popular posts; read next; recent posts; recommended for you; top news; top stories;
        topics in this article; trending now; up next; we recommend; what others are reading;
        what to read next; you might be interested in; aktuelle meldungen; aktuelle nachrichten;
        aktuelle themen; auch lesenswert; die neuesten artikel; lesetipps; meistgelesen;
        meistgelesene artikel; neueste artikel; neueste beiträge; top-themen; weitere themen;
        weiterführende links; à découvrir; à ne pas manquer; articles liés; articles similaires;
        dans la même rubrique; les plus lus; les plus récents; nos derniers articles; pour aller
        plus loin; artículos relacionados; destacados; le puede interesar; le recomendamos; lo
        más leído; lo más visto; más información; más leídas; más noticias; más sobre este tema;
        otras noticias; te recomendamos; temas relacionados; últimas noticias; artigos
        relacionados; conteúdo relacionado; mais lidas; mais notícias; mais sobre o assunto;
        saiba mais; últimas notícias; articoli correlati; articoli recenti; i più letti; in
        evidenza; per approfondire; ultime notizie; gerelateerde artikelen; laatste nieuws; meer
        nieuws; meest gelezen; najczęściej czytane; najnowsze; polecane; polecamy; powiązane
        artykuły; warto przeczytać; mest leste; mest læste; mest læst; mest läst; mest lästa;
        senaste nytt; seneste nyt; siste nytt; aiheesta lisää; luetuimmat; uusimmat; çok
        okunanlar; ilgili haberler; ilginizi çekebilir; son haberler; son dakika haberleri;
        articole recomandate; articole similare; cele mai citite; ultimele știri; mohlo by vás
        zajímat; nejčtenější; související články; súvisiace články; najčítanejšie; ajánlott
        cikkek; kapcsolódó cikkek; legolvasottabb; legfrissebb; artikel terkait; berita terkait;
        berita terpopuler; terpopuler; bài liên quan; tin cùng chuyên mục; tin liên quan; tin
        mới nhất; najnovije vijesti; najčitanije; povezane vijesti; povezani članci
    """,
    "offer": """
        accept all cookies; accept cookies; allow cookies and continue; annonce; annons;
        annonse; artikkelen fortsetter under annonsen; artikkelen fortsætter efter annoncen;
        cancel anytime; continua após a publicidade; continua dopo la pubblicità; haberin
        devamı; hirdetés; inzerce; la suite après la publicité; mainos; publicidade; pubblicità;
        quảng cáo; reklam; reklame; reclamă; start your free trial; subscriber only; tanıtım;
        unsubscribe; oglas; oglasi
    """,
    "button": """
        artikel teilen; bookmark; copy link; copy this link; copy to clipboard; deel dit
        artikel; del artikkelen; del artiklen; dela artikeln; font size; jaa artikkeli; link
        copied; link copied to clipboard; link kopiert; listen to article; listen to this
        article; now playing; open in app; opens in a new tab; opens in a new window; opens in
        new tab; opens in new window; pause video; play video; print article; print this
        article; print this page; read aloud; report an error; republish this article; save
        article; save for later; see all; seite drucken; send article; share article; share full
        article; sign out; skip advertisement; skip ad; suggest a correction; text size; this
        video is playing in picture-in-picture; toggle menu; unmute; video player is loading;
        view all; view in gallery; whatsapp share; zoom; zum seitenanfang; zur startseite;
        zurück zur startseite; zurück zur übersicht; commenter; réagir; imprimer l'article;
        partager l'article; compartilhe; compartilhar; comparte; compartir noticia; escuchar;
        ouvir notícia; ascolta l'articolo; condividi l'articolo; udostępnij artykuł; paylaş;
        yazdır; bagikan
    """,
    "note": """
        archivbild; archivfoto; file image; file photo; foto de archivo; fotos; image for
        representation; imagen de archivo; photo d'archives; photo d'illustration;
        representational image; representational photo; representative image; representative
        photo; riproduzione riservata; stock image; stock photo; symbolbild; symbolfoto; the end
    """,
}
_NO_WORD = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip()


_FAMILIES = {_key(phrase): family for family, text in _TEXTS.items() for phrase in text.split(";")}


def fixed_family(low: str) -> str | None:
    """The family of phrases that the line, in lower case, is of; None where it is none."""
    return _FAMILIES.get(_key(low)) if len(low) <= LONGEST else None
