"""Words that open a paragraph as a place would, and are none: labels, roles, days of the week."""

import re

from crawler.extract.datelines.place_names import folded

_WEEKDAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag
    freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes
    miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato
    domenica понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок
    середа четвер пʼятниця п'ятниця субота неділя poniedziałek wtorek środa czwartek piątek sobota
    niedziela pondělí úterý středa čtvrtek pátek neděle hétfő kedd szerda csütörtök péntek szombat
    vasárnap måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
    pazartesi salı çarşamba perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu
    minggu segunda-feira terça-feira quarta-feira quinta-feira sexta-feira luni marți miercuri joi
    vineri sâmbătă duminică सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार সোমবার মঙ্গলবার
    বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার
    """.split()
)
# What newsrooms put before a report, and words that open sentences.
_LABELS = _WEEKDAYS | frozenset(
    """
    update updated breaking exclusive live watch video videos photo photos read opinion analysis
    editorial commentary correction review corrected advisory note news explainer factbox podcast
    listen q&a report release study check interview profile feature preview recap image images
    source credit file editor editors summary highlights published posted immediate contact media
    newsletter column quiz exklusiv eilmeldung meinung kommentar analyse foto fotos stand bild
    symbolbild archivbild archivfoto von quelle hinweis liveblog ticker vidéo alerte urgent última
    exclusif entretien édito mise exclusiva vídeo análisis opinión entrevista actualización imagen
    esclusiva analisi opinione intervista aggiornamento son özel haber видео фото мнение срочно
    обновлено эксклюзив عاجل فيديو خاص by por par agencia agence agency fuente fonte redacción text
    direct enquête récit portrait reportage décryptage témoignage tribune chronique infographie
    crónica reportaje cronaca warning alert related in im am on at for as with from after before
    since nach seit mit für bei ab bis dans depuis desde nel dal и на the a an he she it we they
    this that why how what who today heute sponsored advertisement advertorial anzeige werbung
    publicité publicidad trailer gallery slideshow poll transcript recipe urgente exclusivo
    eksklusif berita análise infográfico galeria galería fotogalería fotoğraf fotoğraflar опрос
    интервью репортаж обзор инфографика story sport sports fußball football calcio fútbol πηγή
    πηγές φωτογραφία kaynak sumber źródło zdroj kilde källa bron forrás sursa джерело источник
    источники المصدر المصادر منبع nguồn स्रोत publicerad publicerat publisert offentliggjort
    opublikowano publikacja publikováno zverejnené veröffentlicht aktualisiert uppdaterad oppdatert
    opdateret publié publiée publicado publicada atualizado actualizado pubblicato aggiornato
    gepubliceerd geplaatst bijgewerkt diterbitkan dipublikasikan diperbarui yayınlanma güncelleme
    опубликовано опубліковано оновлено julkaistu päivitetty megjelent frissítve publicat actualizat
    δημοσιεύθηκε ενημερώθηκε đăng created modified last credits writer writers author authors
    reporter autor autora autores auteur redaktion redacção redação redazione rédaction redactie
    redaktor редакция editado edited trending viral spoiler spoilers obituary obituaries explained
    factcheck fact-check roundup round-up takeaway takeaways timeline verdict quotes scoop rumor
    rumour leaked caption subscribe giveaway livestream webinar liveticker eil eilt gastbeitrag
    gastkommentar leserbrief leserbriefe leitartikel glosse kolumne rezension porträt hintergrund
    faktencheck newsblog presseschau nachruf bildergalerie exclu sondage billet éditorial dossier
    bonus bilan débat témoignages édition sondeo columna perfil reseña encuesta investigación
    claves minuto trascendido editoriale rubrica ritratto recensione sondaggio inchiesta
    approfondimento pagelle retroscena diretta caso storia coluna reportagem pesquisa enquete
    recenzja wywiad felieton komentarz reportaż pilne wideo zdjęcia relacja sonda opinia analiza
    sondaż rozhovor komentář názor exkluzivně exkluzívne živě naživo aktuálně aktualizováno
    aktualizované aktualizirano ažurirano hitno najnovije ekskluzivno ekskluzívno uživo intervju
    komentar kolumna mišljenje vijest izdvajamo exkluzív interjú vélemény élő exclusivitate
    interviu opinie analiză actualizare извънредно ексклузивно интервю коментар анализ обновена
    терміново інтерв'ю думка огляд відео колонка інфографіка прогноз дополнено эфир онлайн разбор
    recensie terugblik krönika ledare debatt recension senaste leder kronikk anmeldelse klumme
    kronik haastattelu kolumni pääkirjoitus kommentti uutisanalyysi röportaj yorum analiz galeri
    gündem opini wawancara infografis exklusivt exklusif eksklusivt ekslusif αποκλειστικό
    συνέντευξη άποψη ανάλυση έκτακτο βίντεο
    share agenda glossary disclaimer reminder clarification retraction statement transcripts
    map maps vote votes poll polls crash club sign quick key points match results tickets discount
    headlines replay shop scores score recall recalls cartoon comic spotted save final ticker guide
    kurzmeldung kurzmeldungen kurznachrichten vivo savoir retenir voir lire errata erratas erratum
    corrigendum διαβάστε επίσης également también também anche auch także також také тоже также
    ayrıca ook weiterlesen lesen leggi lees leia lea zobacz czytaj читайте смотрите читайте дивіться
    backgrounder sidebar highlight reaction reactions tip tips howto how-to tl psa eta ama
    overview perspective survey surveys dear need
    agenda calendario calendrier kalender ingredients zutaten ingrédients ingredientes ingredienti
    atualização correção aviso comunicado vídeos fotos retificação errata rectificación aclaración
    correctif précision rectificatif rettifica precisazione korrektur berichtigung klarstellung
    rectificatie correctie sprostowanie aktualizacja опровержение исправление уточнение справка
    поправка виправлення довідка уточнення düzeltme güncellendi duyuru açıklama canlı bilgi
    επικαιροποίηση διόρθωση ενημέρωση ρεπορτάζ φωτογραφίες σχόλιο βίντεο
    مباشر تحديث تصحيح تحليل رأي حصري صور بالصور بالفيديو مقال تقرير خبر تنويه توضيح شاهد بيان ملف
    ویدیو ویدئو فیلم عکس تصاویر فوری گزارش یادداشت تحلیل مصاحبه گفتگو خبر اصلاحیه
    וידאו וידיאו צפו מבזק בלעדי פרשנות דעה תמונות עדכון תיקון ראיון חדשות הבהרה
    facebook instagram twitter telegram whatsapp youtube tiktok linkedin pinterest reddit
    """.split()
)
_BARE_LABELS = frozenset(folded(label) for label in _LABELS if not label.isascii())
"""Capitals are often written without their marks: `VIDEO`, `ΒΙΝΤΕΟ`, `ATUALIZACAO`."""
_ALONE = frozenset(
    """
    alcaldesa gobernadora concejal concejala diputado diputada senador senadora juez jueza fiscal
    abogado abogada testigo vecino vecina nasdaq nikkei sensex nifty kospi
    horoscope horoskop horóscopo oroscopo horoscoop гороскоп horoskopy serie série series seria
    recette receta ricetta receita rezept przepis recept tarif
    periodista presidente presidenta ministro ministra pregunta respuesta moderador moderadora
    entrevistador locutor portavoz alcalde gobernador pergunta resposta jornalista journaliste
    réponse président ministre frage antwort moderator moderatorin journalist reporter president
    minister interviewer host answer domanda risposta giornalista вопрос ответ ведущий журналист
    business politics health science technology tech sports culture arts music film films books
    food travel lifestyle entertainment education environment weather traffic markets stocks
    finance economy world local national international community crime courts religion opinion
    letters events jobs politik wirtschaft kultur wetter verkehr gesundheit wissen lokales panorama
    feuilleton polizei politique économie société santé météo monde sciences environnement justice
    éducation política economía sociedad cultura salud deportes sucesos clima economia società
    salute meteo sport scuola ambiente lavoro saúde esporte educação polityka gospodarka pogoda
    społeczeństwo политика экономика общество погода спорт культура ekonomi siyaset spor sağlık
    eğitim politiek economie weer
    """.split()
)
"""Who speaks in the record of a talk, and a paper's sections: `PRESIDENTE.- Muy …`, `HEALTH — `.

Labels only where nothing stands with them: there are a National City and a Business Bay.
"""
_ENDINGS = frozenset(
    "cup league bowl championship championships deals event events briefing play know deeper "
    "readers letter letters".split()
)
"""What labels end with; names of towns begin with some of it: `LEAGUE CITY`."""
_WORLD_BODIES = frozenset(
    """
    nato otan unicef unesco unhcr acnur unrwa opec opep osce osze nasa fifa uefa fiba conmebol
    concacaf interpol europol eurojust frontex asean brics mercosur ecowas cedeao sadc apec oecd
    ocde iaea aiea unifil minusma monusco aukus usaid mossad hamas hezbollah taliban нато
    юнеско юнисеф фифа уефа опек обсе оон магатэ брикс интерпол наса обсє інтерпол
    """.split()
)
"""Bodies that the press of the whole world calls by one word, often in capitals."""
_BODIES = frozenset(
    "bank board bureau church city college council court department district government institute "
    "ministry museum office province school society state town university village".split()
)
"""What stands before `of` and a place in the name of a body, which files no report."""
_OUTLETS = frozenset(("news", "newsletter", "review", "sport", "sports", "report", "text"))
_WITH_ARTICLE = frozenset(
    (("the", "hague"), ("the", "bronx"), ("a", "coruña"), ("santo", "domingo"), ("newport", "news"))
)
"""Places whose names begin as sentences do, or end as a weekday or a label."""
_SITUATED = re.compile(
    r"ABOARD\s.+|(?:IN|ON|OFF|ALONG|NEAR|OVER)\s(?:THE\s)?"
    r"(?:(?:GULF|SEA|STRAITS?|BAY|COAST|ISLANDS?)\sOF\s.+"
    r"|(?!THE\s)\S.*\s(?:SEA|OCEAN|GULF|RIVER|BORDER|CHANNEL|STRAIT|DESERT|MOUNTAINS|ISLANDS?))"
)


def is_label(place: str) -> bool:
    """Whether `place` begins or ends as a newsroom's label does, or as a sentence."""
    words = re.findall(r"[^\s/.]+", place.lower().replace("i̇", "i"))
    if not words or tuple(words[:2]) in _WITH_ARTICLE or is_situated(place):
        return False
    if words[1:2] == ["of"] and words[0] in _BODIES and not place.isupper():
        return True
    is_alone = len(words) == 1 and (words[0] in _ALONE or words[0] in _WORLD_BODIES)
    if is_alone or words[0] in _LABELS or words[-1] in _LABELS or words[-1] in _ENDINGS:
        return True
    return place.isupper() and folded(words[0]) in _BARE_LABELS


def is_situated(place: str) -> bool:
    """Whether `place`, in capitals, tells where no town is: `IN THE GULF OF GUINEA`."""
    return _SITUATED.fullmatch(place) is not None


def is_weekday(name: str) -> bool:
    """Whether `name` is a day of the week."""
    return name.lower() in _WEEKDAYS


def is_outlet(name: str) -> bool:
    """Whether `name` ends as an outlet's does, of which only the last word is a label's."""
    words = name.lower().split()
    return len(words) > 1 and words[-1] in _OUTLETS and words[0] not in _LABELS
