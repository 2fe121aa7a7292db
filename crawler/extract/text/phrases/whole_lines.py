"""The standing phrases of news pages: offers, buttons, counters, stamps and what opens a new part.

A phrase takes the *whole* line, in lower case: words that occur in a sentence too say nothing
alone. Patterns are tried at a line's first letter only, and lines are bounded.
"""

import re

_NETWORKS = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|pinterest|pin it|e-?mail|mail|print|drucken|merken"
    r"|teilen|tweet|tweeten|reddit|flipboard|telegram|messenger|bluesky|threads|xing|copy link"
    r"|link kopieren|kopieren|compartir|partager|imprimer|imprimir|condividi|stampa|udostępnij"
    r"|tumblr|pocket|instagram|youtube|share|save|more|mehr|on|to|by|via|this|article|story|post)"
)
_DAY = r".{0,24}\d.{0,60}"
_NO_SENTENCE = r"(?!(?!.*\b(?:hier|lesen|finden|gibt|unter|auf)\b).*\.$)"
"""What follows leads somewhere, or does not end as a sentence does."""


def whole_line(*alternatives: str) -> str:
    """The pattern of lines that are one of these, whatever marks stand around."""
    return rf"\W*(?:{'|'.join(alternatives)})\W*"


_MORE = whole_line(
    r"related\s(?:story|article|video|post|reading)\s?:.{0,300}|(?:in\spictures|gallery|photos"
    r"|fotostrecke|bilderstrecke|bildergalerie)\s?:.{0,200}",
    (
        r"(?:mehr|alle|weitere)\s(?:artikel|beiträge|texte)\svon\b.{0,60}"
        r"|check\sback\s(?:for|soon)\b.{0,60}"
    ),
    r"(?:read|see|watch|view|hear|listen\sto|check\sout)\s(?:the|our|his"
    r"|her)\b.{0,60}\b(?:here|above|below|now)",
    r"(?:über\sdieses|(?:dieses|das))\sthema\s(?:im\sprogramm|berichtete\b).{0,160}",
    r"(?:read|see|watch|listen)\s(?:more|also|next|this|full)\b.{0,340}",
    r"also\s(?:read|see|on)\b.{0,340}",
    r"(?:read|watch|see|more|related|listen|lesen|mehr|update(?!.*[.!?]\W*$))\s?:.{0,340}",
    r"more\s(?:from|on|in|about|stories|news|to\sread)\b(?!.*\.$).{0,100}",
    r"mehr\s(?:zum|aus|lesen|dazu|von|zu|über|infos?|informationen|nachrichten)\b"
    rf"{_NO_SENTENCE}.{{0,100}}",
    r"auch\sinteressant.{0,340}|weiterlesen.{0,80}|zum\sthema\W.{0,80}|passend\sdazu.{0,120}",
    rf"weitere\s(?:artikel|themen|meldungen|nachrichten|infos?)\b{_NO_SENTENCE}.{{0,80}}",
    r"hier\sgeht'?s?\b.{0,80}",
    r"(?:続きを|関連記事|あわせて読).{0,80}|(?:相关|延伸)(?:阅读|新闻|推荐).{0,80}",
    r"(?:más|plus|mais|altro|meer|mer|mere|więcej|více|viac)\s"
    r"(?:sobre|sur|su|over|om|na\stemat|o)\b(?!.*\.$)"
    r".{0,100}|>>.{0,300}",
)
_PART = whole_line(
    r"related(?:\s(?:articles?|stories|posts?|news|content|topics?|coverage|links?|reading))?",
    r"recommended.{0,40}|trending.{0,40}|most\s(?:read|popular|viewed).{0,30}",
    r"you\smissed.{0,20}|you\s(?:may|might)\s(?:also|like|be)\b.{0,80}",
    r"(?:das\s)?könnte\s(?:sie|dich)\sauch.{0,60}",
    r"(?:ähnliche|verwandte)\s(?:artikel|beiträge|themen).{0,40}|mehr\szum\sthema.{0,30}",
    r"sur\sle\smême\s(?:sujet|thème).{0,40}|(?:te|le)?\s?puede\sinteresar.{0,60}",
    r"(?:notas?|noticias|notícias|artículos|articoli)\s(?:relacionad[oa]s|correlati).{0,20}",
    r"potrebbe\sinteressarti.{0,60}|об\sэтом\sже.{0,20}|по\sтеме",
)
_DO = (
    r"(?:follow|join|like|find|sigue|siga|acompanhe|curta|receba|participe|confira|compartilhe"
    r"|recibe|únete|comparte|descarga|suivez|rejoignez|retrouvez|partagez|téléchargez|segui|seguici"
    r"|ricevi|condividi|scarica|unisciti|volg|deel|obserwuj|polub|śledź|dołącz|udostępnij|ikuti"
    r"|dapatkan|simak|følg|följ|urmăre[șş]te|sledujte|pratite|kövess|seuraa)"
)
_OFFER = whole_line(
    r"get\saccess\sto\b.{0,380}|(?:breaking\s)?news\salerts?\b.{0,80}",
    r"by\s(?:signing|clicking|submitting|subscribing|continuing|registering|entering)\b.{0,60}\byou"
    r"\s(?:agree|accept|consent|acknowledge)\b.{0,240}",
    r"this\ssite\sis\sprotected\sby\b.{0,120}|i\sagree\sto\sreceive\b.{0,120}",
    r"mit\sder\s(?:anmeldung|nutzung|registrierung)\b.{0,40}\bstimmen\b.{0,200}|ich\sbin\sdamit"
    r"\seinverstanden\b.{0,300}|en\scliquant\ssur\b.{0,240}",
    r"(?:laden\ssie\s)?unsere\sapp\b.{0,100}|(?:alle|weitere|mehr)\sinformationen\b.{0,40}"
    r"\b(?:hier|unter\b.{0,60})",
    r"(?:view|see|read)\sour\s(?:privacy|cookie|terms)\b.{0,80}|continue\swith\s(?:google|apple"
    r"|facebook|email)",
    r"(?:you\scan\s)?(?:e-?mail|contact|reach|send)\b.{0,60}@\w.{0,60}",
    r"cet\sarticle\sest\s(?:réservé|payant)\b.{0,60}|contenido\sexclusivo\b.{0,60}",
    r"follow\s(?:the|these|this)\s(?:topics?|authors?|stor(?:y|ies))\b.{0,60}",
    r"(?:don'?t|don’t|never)\smiss\b.{0,120}\b(?:news|stor(?:y|ies)|updates?|alerts?"
    r"|articles?|headlines?)\b.{0,60}",
    r"(?:stay|keep)\sup\s(?:to\sdate|with)\b.{0,120}\b(?:news|stories|latest"
    r"|alerts?)\b.{0,100}",
    r"(?:to\sget|for|want|looking\sfor|get)\smore\s?(?:stories|news|content|\?).{0,160}",
    r"(?:our|with\sour|mit\sunserem|the\s(?:free|daily|weekly))\b.{0,40}\bnewsletter\b.{0,200}",
    r"get\sin\stouch\b.{0,240}|(?:have|were|are)\syou\s(?:been\s)?affected\b.{0,200}",
    r"if\syou\shave\sa\s(?:story|tip|news\stip)\b.{0,200}",
    r"support\s(?:independent|local|quality|free)\b.{0,40}\b(?:journalism|news\w*"
    r"|reporting)\b.{0,160}",
    r"(?:this\sis\sa\s)?(?:subscriber|member)s?[- ](?:only|exclusive)\b.{0,100}",
    r"this\s(?:story|article|content)\sis\s.{0,40}\b(?:subscriber|member)s?\b.{0,60}",
    r"unlimited\s(?:digital\s)?access\b.{0,100}|start\syour\b.{0,30}\btrial\b.{0,60}",
    r"try\sit\sfree\b.{0,60}|to\s(?:continue|keep)\sreading\b.{0,160}",
    r"(?:add|set|choose|make)\b.{0,60}\bpreferred\ssources?\b.{0,60}",
    (
        r"(?:keine?|nichts)\b.{0,40}\bverpassen\b(?=\W*$|\s?[!:?–-]|\s(?:mit|und)\b|\.\s).{0,100}"
        r"|melden\ssie\ssich\b.{0,80}\ban"
    ),
    (
        r"dies(?:er|e)\s(?:artikel|beitrag|text|inhalt)\sist\s(?:nur|exklusiv)\b.{0,80}"
        r"|ihnen\sgefällt\b.{0,160}"
    ),
    r"(?:sie\shaben|haben\ssie|du\shast)\b.{0,40}\b(?:abo|abonnement|konto|fehler)\b.{0,100}",
    r"fehler\s(?:gefunden|entdeckt)\b.{0,80}",
    r"recevez\b.{0,200}\b(?:newsletter|mail|actualité)\b.{0,100}|inscrivez-vous\b.{0,200}",
    r"(?:article|contenu)\s(?:réservé|premium)\b.{0,60}",
    r"la\ssuite\b.{0,20}\bréservée?\b.{0,80}|il\svous\sreste\b.{0,20}%.{0,60}",
    r"déjà\sabonné\b.{0,60}",
    r"dziękujemy\W+że\b.{0,200}",
    r"(?:this\s)?advert(?:isement|ising|orial)?s?"
    r"(?:\s?[.:|([–-].{0,90}|\s(?:continues?|feature|below|supplied"
    r"|by|from|is|will)\b.{0,60})?",
    r"(?:story|article)\scontinues\b.{0,60}|(?:continue\sreading|scroll\s(?:down|to)).{0,60}",
    r"(?:together|in\s(?:paid\s)?partnership)\swith\b(?!.*\.$).{1,40}"
    r"|(?:presented|brought\sto\syou)\sby\b(?!.*\.$).{1,40}"
    r"|a\s(?:message|word)\sfrom\sour\s(?:sponsor|partner)s?",
    r"(?:sponsored|promoted)\b(?!.*\.$).{0,60}|anzeige|werbung|publicidad|publicité|pubblicità",
    r"reklam[ay]?|iklan|реклама|إعلان|広告|广告",
    r"(?:get|receive)\s(?:the|our|more|your|all|unlimited|breaking)\b.{0,300}"
    r"(?:inbox|newsletter|access)\b"
    r".{0,60}|(?:get|download)\sthe\s(?:\S+\s){0,3}app",
    r"(?:jetzt|hier|unseren?|den|zum|für)\s.{0,60}newsletter.{0,300}|newsletter\b.{0,300}",
    r"sign(?:ed)?\s?(?:up|in)\b.{0,300}|subscribe\b.{0,300}|subscribers?\sonly.{0,60}",
    r"(?:abonnieren\ssie|abonnez-vous|s'abonner|suscríbete|inscreva-se|подписывайтесь)\b.{0,300}",
    r"(?:registrieren|anmelden|einloggen|log\s?in|register)"
    r"(?:\s(?:sie|now|here|hier|jetzt|for|to|with"
    r"|mit|or|oder)\b.{0,300})?",
    r"(?:start|try|get|unlock|enjoy|become|want|upgrade|choose|buy"
    r"|access)\b.{0,220}\b(?:subscri(?:be[rd]?|ptions?)|membership)\b.{0,160}",
    r"(?:testen|lesen|sichern|erhalten|holen|nutzen|genießen)\s(?:sie"
    r"|dir)\b.{0,220}\b(?:abos?|abonnements?|probemonat)\b.{0,160}",
    r"(?:profitez|découvrez|testez|accédez|lisez)\b.{0,220}\babonn\w+\b.{0,160}",
    r"(?:accede|disfruta|prueba|únete|hazte)\b.{0,220}\bsus?cr[ií]\w+\b.{0,160}",
    r"(?:accedi|prova|attiva|scopri)\b.{0,220}\babbona\w+\b.{0,160}",
    r"already\s(?:a\s)?(?:subscribe[rd]?|registered|have\san?)\b.{0,80}",
    r"(?:jetzt|hier)\s(?:abonnieren|registrieren|anmelden|kostenlos|lesen|klicken"
    r"|testen)\b(?!.*\.$).{0,120}",
    r"follow\s(?:us|me|@|him|her|our|.{0,40}\son)\b.{0,120}",
    r"(?:like|find)\sus\son\b.{0,80}",
    r"join\s(?:us|our|the\s(?:discussion|conversation))\b.{0,120}",
    r"download\s(?:the|our)\b.{0,100}",
    r"(?:click|tap|klicken\ssie|haz\sclic|clique|cliquez)\s(?:here|hier|auf|aquí|aqui|ici|to"
    r"|on)\b.{0,100}",
    r"(?:support|unterstütz\w+)\s(?:us|our|uns)\b.{0,300}|(?:donate|spenden?)\b.{0,60}",
    (
        r"(?:enter|provide)\syour\s(?:e?-?mail|post\s?code|zip|name|pass|user).{0,80}"
        r"|e-?mail(?:\saddress|-adresse)"
    ),
    r"(?:create|open)\san\saccount\b.{0,120}",
    r"please\s(?:log\sin|sign\sin|subscribe|enable|wait)\b.{0,300}",
    r"(?:have|got)\sa\s(?:story|tip|news)\b.{0,300}",
    r"do\syou\shave\sa\s(?:story|tip)\b.{0,300}",
    r"for\s(?:more|all|the\slatest|breaking)\s(?:on\s)?(?:\w+\s){0,2}(?:news|stories|updates"
    r"|coverage)\b.{0,200}\b(?:visit|follow|click|download|check\sout|like\sus)\b.{0,120}",
    r"(?:questions|comments|suggestions)\?.{0,160}",
    r"(?:e-?mail|contact)\s(?:us|me|him|her|the\s(?:author|reporter|writer|editor))\b.{0,160}",
    r"send\s(?:us\s)?(?:your|a|any)\s(?:tips?|comments?|feedback|letters?|stories)\b.{0,160}",
    r"(?:report|spotted|see)\s(?:a|an)\s(?:typo|error|mistake|correction)\b.{0,120}",
    rf"{_DO}\b.{{0,200}}\b(?:whatsapp|telegram|facebook|instagram|twitter|tiktok|youtube|google"
    r"|messenger|newsletter|boletín|redes|canale?s?|kanaa?l|réseaux|social|bluesky)\b.{0,100}",
)
_BUTTON = whole_line(
    rf"(?:{_NETWORKS}[\s,|/·]*){{1,12}}",
    r"share\s(?:this|on|via|article|story|with|the|your)\b.{0,60}|teilen\s(?:sie)?\b.{0,40}",
    r"(?:compartir|partager|condividi|udostępnij)\s(?!.*\.$).{0,40}",
    r"(?:artikel|beitrag)\s(?:teilen|drucken|merken|hören|anhören|vorlesen|kommentieren"
    r"|per\s.*)",
    r"back\sto\s(?:top|(?:the\s)?(?:index|list|overview|all|(?:latest\s)?news|articles|stories|blog"
    r"|home\w*|search)\b(?!.*\.$).{0,30})|nach\soben|zurück|next|previous|weiter|home|startseite",
    r"(?:skip|jump)\sto.{0,40}",
    r"close|schließen|menu|search|suche|(?:next|previous)\s(?:article|post|story)\b.{0,100}",
    r"loading.{0,20}|(?:show|view|load)\s(?:more|less|all)\b.{0,30}",
    r"mehr\s(?:anzeigen|laden|lesen)\b.{0,30}|play|pause|listen(?:\sto\sthis.{0,60})?",
    r"watch\sthis.{0,40}|hören|anhören|wird\sgeladen.{0,20}",
    r"(?:image|video|photo|bild)\s\d+\s(?:of|von)\s\d+.{0,40}",
    r"\d+\s?min(?:ute[ns]?|s|\.)?\s?(?:read|lesezeit|lesedauer|de\slecture|de\slectura|di\slettura)?",
    r"\d+\s(?:minut[io]\sdi\slettura|(?:dk|dakika)\.?\sokuma.{0,12})|lecture\s\d+\s?min.{0,6}",
    r"(?:lesezeit|lesedauer|reading\stime|tiempo\sde\slectura|temps\sde\slecture)\b.{0,40}",
)
_COUNTER = whole_line(
    r"\d[\d., \u00a0]{0,12}\s?[km]?\s?(?:shares?|comments?|likes?|views?|reactions?"
    r"|retweets?|kommentare?|mal geteilt|partages?|commentaires?|comentarios?|compartidos"
    r"|condivisioni|udostępnień|репостов|комментари(?:й|я|ев)|مشاركة|مشاركات|تعليق|تعليقات)",
)
_DISCUSSION = whole_line(
    r"(?:what\sdo\syou\sthink|what\sare\syour\sthoughts|tell\sus|let\sus\sknow"
    r"|share\syour)\b.{0,80}\b(?:comments?|below)\b.{0,40}",
    r"have\syour\ssay\b.{0,60}|no\scomments(?:\syet)?",
    r"(?:you\s(?:must|need\sto|have\sto)|please)\b.{0,30}\b(?:log|logged|sign|signed"
    r"|register)\b.{0,40}\bcomment\w*\b.{0,40}",
    r"(?:die\s)?kommentar(?:funktion|bereich|spalte|e)\b.{0,30}\b(?:geschlossen"
    r"|deaktiviert)\b.{0,60}",
    r"um\s.{0,40}kommentar\w*\b.{0,80}\b(?:einloggen|anmelden|registrieren)",
    r"ihre\smeinung\sist\b.{0,60}",
    r"was\s(?:denken|meinen|halten)\ssie\b.{0,60}\b(?:kommentar\w*|schreiben"
    r"|diskutieren)\b.{0,60}",
    r"(?:\d{1,6}\s)?comments?(?:\s\(?\d{1,6}\)?)?|comments?\s(?:policy|rules|guidelines)",
    r"(?:leave|post|add|write|join|view|show|see|hide)\s(?:an?\s|the\s|all\s"
    r"|your\s)?(?:reply|comments?|discussion|conversation)\b.{0,60}",
    r"comments\sare\sclosed.{0,80}|(?:\d{1,6}\s)?kommentare?",
    r"(?:schreibe?n?|schreiben\ssie)\s(?:sie\s)?einen\skommentar.{0,20}",
    r"(?:\d{1,6}\s)?(?:commentaires?|comentarios?|commenti|комментарии|коментарі|коментари|komentarze"
    r"|komentáře|komentari|diskuse|diskusia|comentarii|hozzászólások|yorumlar|σχόλια|bình\sluận"
    r"|comentários)(?:\s\(?\d{1,6}\)?)?",
    r"laisser\sun\scommentaire.{0,20}|deja\s(?:un\scomentario|una\srespuesta).{0,20}",
    r"lascia(?:ci|te)?\sun\scommento.{0,20}|diskutieren\ssie.{0,80}",
)
_NOTE = whole_line(
    r"contribut(?:ing|ors?)\s?:.{0,120}",
    r"(?:image|media)\s(?:source|caption),\s.{2,200}",
    r"(?:mit|com|com\sas|con)\s(?:material|informações|informazioni)\s(?:von|de|da|do"
    r"|der)\s.{2,60}",
    r"(?:bildrechte|rubriklistenbild|credits?|pewarta|edição|fotó|ảnh|theo)\s?[:©].{2,80}",
    r"(?:publisert|oppdatert|publicerad|uppdaterad|julkaistu|päivitetty|opdateret|zaktualizowano"
    r"|opublikowano|gepubliceerd|laatst\sbijgewerkt|diterbitkan|yayınlanma|güncelleme|publikováno"
    rf"|aktualizováno)\b{_DAY}",
    r"(?:der|dieser)\s(?:artikel|text|beitrag)\serschien\b.{0,200}",
    r"seite\s\d+\s?(?:/|von)\s?\d+|\d+\s?/\s?\d+",
    r"with\s(?:(?:additional|some)\s)?(?:files|inputs?|reporting|agency\sinputs?)\s(?:from"
    r"|by)\b.{0,100}",
    r"(?:agency|agencies|pti|ani|ians|afp|reuters)\sinputs?|con\sinformación\sde\s.{2,60}",
    r"this\s(?:report|story)\swas\s(?:compiled|produced|prepared)\b.{0,120}",
    r"\(?this\s(?:story|article|report|copy)\shas\snot\sbeen\s(?:edited|created)\b.{0,260}",
    r"(?:first|originally)\spublished\b.{0,80}",
    r"(?:published|edited|compiled|translated)\sby\s?:?\s[^.!?]{2,60}",
    r"(?:sources?|quellen?|fuentes?|fonte|bron|källa|kilde|lähde|kaynak|źródło|zdroj|sursa"
    r"|forrás|sumber|nguồn)\s?:\s?[^.!?]{2,40}",
    r"(?:photographs?\s?(?::|by\b)|(?:fotoğraf|fotograf\w*|fot\.|zdjęci\w+|kuva|valokuva|snímek"
    r"|redaktion|archivado\sen|oprac\.)(?:\s?[:/]|\s(?=\S)(?!.{0,90}[.!?]$)))\s?[^.!?]{2,80}",
    r"transparenzhinweis.{0,340}|als\samazon-partner\b.{0,200}",
    r"mit\s.{0,20}gekennzeichnete\b.{0,200}",
    r"this\s(?:post|article|page|site)\s(?:may\s)?contains?\b.{0,30}\baffiliate\b.{0,200}",
    r"we\smay\s(?:earn|receive)\b.{0,60}\b(?:commission|affiliate)\b.{0,160}",
    r"tags?\s?:.{0,300}|(?<=\()theo\s[^().!?]{2,40}(?=\))",
    r"(?:filed\sunder|posted\sin|in\sthis\sarticle|abgelegt\sunter)\b.{0,300}",
    r"(?:themen|topics?|schlagw[öo]rter?|keywords?|stichw[öo]rter?|kategorien?|categor(?:y"
    r"|ies|ía|ias)|etiquetas|mots[- ]clés|temas|tópicos|labels?)(?:\s?:.{0,300})?",
    r"(?:©|\(c\)|copyright\b(?!\s(?:laws?|acts?|is|was|does|in|infringe|claim|holder|owner|on"
    r"|of)))\s?"
    r".{0,300}",
    r"(?:photos?|fotos?|bild|image|picture|video|grafik|illustration|bildquelle|titelbild"
    r"|symbolbild|beitragsbild|credit|crédito|crédit|imagen|imagem|file\sphoto"
    r"|bildnachweis)(?:\scredits?|\sby|\scourtesy)?\s?[:©/(|].{0,140}",
    r"(?:photos?|pictures?|images?|video|illustrations?|graphics?|words)(?:\sand\s\w+)?\sby\s"
    r"(?!.*[.!?]$)"
    r"[^.!?]{2,60}|(?:ap|afp|reuters|file|getty)\sphoto.{0,80}",
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b.{0,60}",
    r"(?:published|veröffentlicht|publié|publicado|updated|aktualisiert|stand|posted|last\supdated"
    r"|last\smodified|ultimo\saggiornamento|[uú]ltima\sa(?:c?tuali[sz]a[cç](?:ión|ão))"
    r"|dernière\smise\sà\sjour|letzte\saktualisierung|data\spublikacji|data\sdodania"
    r"|ostatnia\saktualizacja|naposledy\supraveno"
    rf"|actualizado|mis\sà\sjour|erstellt|pubblicato|aggiornato|zuletzt|обновлено)\b{_DAY}",
    r"(?:published|veröffentlicht|publié|publicado|pubblicato|publicat|publikováno|opublikowano"
    r"|yayınlanma|erstellt|posted)\b.{0,24}\d.{0,40}\b(?:updated|aktualisiert|mis(?:e)?\sà\sjour"
    r"|actualizado|atualizado|aggiornato|actualizat|aktualizováno|aktualizacja|güncelleme)\b"
    r".{0,24}\d.{0,80}",
    r"(?:additional\s)?(?:reporting|editing|writing)\sby\b.{0,300}|(?:责编|责任编辑|編集|编辑).{0,40}",
    r"(?:(?:getty\simages?|afp|ap|reuters|dpa|epa|imago|shutterstock|istock|keystone|apa"
    r"|ansa|efe|ritzau|ntb|stt|anp|belga|pap|čtk|tasr|mti|tanjug|hina|lusa|picture\salliance|alamy|associated\spress|adobe\sstock|via|and|und|images?"
    r"|foto)\W*){1,6}",
    r"(?:this|dieser)\s(?:article|story|post|artikel|beitrag|text)\s(?:was\s|wurde\s"
    r"|erschien\s)?(?:originally|first|zuerst|erstmals)\b.{0,300}",
    r"mit\s(?:informationen|material)\sde[rs]\s.{3,120}|mit\sdem\slade[n]\b.{0,340}",
)
_TECHNICAL = whole_line(
    r"an\serror\s(?:has\s)?occurred\b.{0,120}|if\splayback\sdoesn.t\b.{0,120}|please\senter\sa"
    r"\svalid\b.{0,60}",
    r"(?:this|dieses|diese|ce|este)\svid[eé]o\b.{0,60}\b(?:be\splayed|gezeigt|available"
    r"|verfügbar|disponib\w+)\b.{0,60}",
    r"to\s(?:view|play|see|watch)\sthis\b.{0,160}",
    r"(?:der|dieser)\sinhalt\b.{0,40}\bgeladen\b.{0,60}",
    r"(?:this|our)\s(?:web)?site\suses\scookies\b.{0,360}",
    r"(?:necessary|functional|performance|analytical|advertisement)\scookies\s(?:are"
    r"|help)\b.{0,340}",
    r"we\suse\scookies\b.{0,340}|(?:accept|allow|reject|manage)\s(?:all\s)?cookies\b.{0,60}",
    r"empfohlener\s\w+\sinhalt.{0,300}",
    r"wir\sbenötigen\sihre\s(?:zustimmung|einwilligung)\b.{0,300}",
    r"(?:an\sdieser\sstelle|externe[nr]?\sinhalte?|external\scontent)\b.{0,340}",
)
_FAMILIES = {
    "more": _MORE,
    "part": _PART,
    "offer": _OFFER,
    "button": _BUTTON,
    "counter": _COUNTER,
    "discussion": _DISCUSSION,
    "note": _NOTE,
    "technical": _TECHNICAL,
}
_STANDING = re.compile("|".join(f"(?P<{name}>{one})" for name, one in _FAMILIES.items()))
"""All of them, in this order, each a group that is called by its family."""
_TAIL = re.compile(f"{_PART}|{_DISCUSSION}")


def whole_family(low: str) -> str | None:
    """The family of phrases that the line, in lower case, is of; None where it is none."""
    found = _STANDING.fullmatch(low)
    return found.lastgroup if found is not None else None


def is_tail(low: str) -> bool:
    """Whether the line, in lower case, opens other articles or the readers' discussion."""
    return _TAIL.fullmatch(low) is not None
