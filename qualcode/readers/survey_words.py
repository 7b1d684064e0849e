"""The words by which survey tools and people name their columns, in Finnish, Swedish and English.

Microsoft Forms, Google Forms, LimeSurvey, Qualtrics and Webropol name their own columns in the
language of the person who made the form; Excel sheets typed by hand use everyday words.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split("|"))


# Whole headers, compared in lower case without punctuation.
ID = _words(
    """
    id|nro|numero|no|nr|tunnus|tunniste|vastaajan tunnus|vastaajatunnus|vastaajan tunniste|
    vastaaja id|vastaajanumero|vastaajan numero|vastaaja nro|vastaajan id|vastaus id|vastauksen id|
    vastaustunnus|lomake|lomakenumero|lomake nro|vastaaja|case|caseid|respondent|respondent id|
    respondentid|respondent number|response id|responseid|participant|participant id|code|
    response number|svars id|svarsid|svarande|respondentnummer|deltagare|löpnummer|fsd id|rivi|#
    """
)
ACTOR_GROUP = _words(
    """
    toimijaryhmä|toimija|vastaajaryhmä|vastaajan ryhmä|vastaajan rooli|ryhmä|rooli|actor|
    actor group|actor_group|respondent group|informant group|group|role|aktör|aktörsgrupp|
    respondentgrupp|svarsgrupp|grupp|roll|kohderyhmä|informanttiryhmä|olen|vastaan kyselyyn
    """
)
# What an earlier analysis says of the answer beside it.
STANCE = _words(
    """
    suhtautuminen|suhtautumistapa|stanssi|sävy|onnistuminen vai vaikeus|stance|attitude|tone|
    hållning|inställning
    """
)
SPOKEN_OF = _words(
    """
    kenestä puhutaan|kenestä|kenestä puhuu|puheen kohde|puhutaan ryhmästä|spoken of|about whom|
    speaks of|talked about|om vem|vem talas det om
    """
)
WHO_SPEAKS = _words("kuka puhuu|ilmauksen puhuja|who speaks|vem talar")
# Technical columns of the tools: when, how far, in which language, from where.
TECHNICAL = _words(
    """
    start time|completion time|last modified time|last modified|timestamp|aikaleima|
    aloitusaika|alkamisaika|aloitettu|valmistumisaika|päättymisaika|lopetusaika|lähetetty|
    viimeksi muokattu|viimeisin muokkausaika|tidsstämpel|starttid|sluttid|slutförandetid|
    senast ändrad|vastausaika|vastaamisaika|vastauspäivä|vastauspvm|tallennusaika|
    svarstid|submitdate|lastpage|startlanguage|seed|startdate|datestamp|interviewtime|
    date submitted|last page|start language|date started|date last action|total time|
    lähetyspäivä|viimeinen sivu|aloituskieli|aloituspäivä|viimeisin toiminto|
    inskickat datum|senaste sidan|startspråk|startdatum|
    enddate|status|progress|duration|duration in seconds|finished|recordeddate|recorded date|
    distributionchannel|distribution channel|userlanguage|user language|start date|end date|
    response type|kesto|tila|vastauksen tila|total points|quiz feedback|score|points|pisteet|
    poäng|total score|palaute|kieli vastauksessa|client type|laite|selain|browser|device
    """
)
# Whole headers that name or reach a person.
IDENTIFYING = _words(
    """
    name|nimi|nimesi|vastaajan nimi|koko nimi|etunimi|etunimet|sukunimi|etu ja sukunimi|
    namn|förnamn|efternamn|first name|last name|surname|full name|your name|firstname|lastname|
    username|user name|käyttäjänimi|käyttäjätunnus|användarnamn|email|e mail|email address|
    e mail address|sähköposti|sähköpostiosoite|sähköpostiosoitteesi|epost|e post|e postadress|
    epostadress|puhelin|puhelinnumero|puhelinnumerosi|puh|gsm|matkapuhelin|phone|phone number|
    telefon|telefonnummer|mobile|henkilötunnus|hetu|sotu|henkilötunnuksesi|personnummer|
    personbeteckning|social security number|personal identity code|osoite|katuosoite|
    lähiosoite|kotiosoite|postiosoite|address|street address|adress|gatuadress|hemadress|
    syntymäaika|syntymäpäivä|date of birth|birth date|birthday|födelsedatum|födelsedag|
    ip|ipaddress|ip address|ipaddr|ip osoite|ip adress|refurl|referrer url|viittaava osoite|
    token|tokens|vastaustunniste|access code|locationlatitude|locationlongitude|
    location latitude|location longitude|latitude|longitude|sijainti|recipientlastname|
    recipientfirstname|recipientemail|recipient last name|recipient first name|
    recipient email|externalreference|externaldatareference|external data reference|
    asiakasnumero|asiakkaan numero|asiakasnro|client number|customer number|klientnummer|
    kundnummer|author|tekijä|kirjoittaja|författare|created by|user|käyttäjä
    """
)
# Beginnings of words that tell of a background variable when the header is short.
BACKGROUND = re.compile(
    r"\b(?:ikä|ikäryhmä|ikäluokka|ikäsi|sukupuol|siviilisää|koulutus|ammat|ammattinim|kunta|kotikun|"
    r"asuinkun|asuinpaik|asuinalue|maakun|alue|paikkakun|perhemuo|perhesuh|työsuh|työkokem|"
    r"kokemus alal|"
    r"työvuo|työtehtäv|tehtävänim|työpaik|organisaat|toimipaik|yksikkö|osasto|pilot|hanke\b|"
    r"äidinkiel|kieli\b|kansalais|postinum|syntymävuo|elämäntil|taustaorg|"
    r"age\b|age group|gender|sex\b|education|occupation|profession|region|municipality|"
    r"residence|city|county|country|marital|language|postcode|postal code|zip code|organi[sz]ation|"
    r"employer|year of birth|unit\b|site\b|pair\b|pari\b|"
    r"ålder|åldersgrupp|kön\b|utbildning|yrke|kommun|hemort|bostadsort|landskap|civilstånd|"
    r"modersmål|språk\b|postnummer|födelseår|enhet|arbetserfarenhet)",
    re.IGNORECASE,
)
# Questions answered with a number that is no step of a scale.
AMOUNT = re.compile(
    r"\b(?:kuinka mon|montako|monesko|lukumäär|määrä\b|vuosina|vuotta\b|ikä\b|ikäsi|vuosi\b|"
    r"how many|how old|number of|amount|count\b|years?\b|age\b|weight\b|paino\b|painokerroin|"
    r"euro|€|tunti|tuntia|kertaa|hur många|hur mycket|antal|ålder|vikt\b|page\b|sivu\b)",
    re.IGNORECASE,
)
SCALE_HINT = re.compile(
    r"asteikol|arvioi\b|\b1 ?[-–=]|\b0 ?[-–] ?10\b|scale|rate\b|skala|betygsätt|"
    r"väittäm|påståend|statement",
    re.IGNORECASE,
)
COMPLETION_HINT = re.compile(
    r"(?:\.\.\.|…|_{2,})\s*$|täydennä|jatka (?:lause|virke)|lauseen ?täyden|"
    r"complete the sentence|finish the sentence|fortsätt meningen|komplettera meningen",
    re.IGNORECASE,
)
OTHER_TEXT = re.compile(
    r"_TEXT\b|\[other\]|\[muu\]|\[annat\]|\[annan\]|comment\]|kommentti\]", re.IGNORECASE
)
# Actors of studies of services, as people write them in a group column.
ACTORS = re.compile(
    r"^(?:hb[- ]?)?(?:asiak|työntek|ammattil|verrok|esimie|esihenkil|johtaj|avusta|lähei|omai|"
    r"palveluntuot|tuottaj|ohjaa|viranhalt|lapsi|lapse|vanhemp|vanhempi|huoltaja|perhe|opettaj|"
    r"opiskelij|päättäj|vapaaeht|kokemusasian|client|customer|worker|employee|staff|"
    r"professional|manager|supervisor|assistant|relative|carer|caregiver|provider|child|parent|"
    r"teacher|student|control|klient|kund|arbetstag|anställd|chef|assistent|anhörig|närstående|"
    r"producent|barn|förälder|lärare|studerande)",
    re.IGNORECASE,
)

# Scales in their order, weakest first, each row the same steps in one language. Used to know a
# scale when one is seen and to put its steps in order.
SCALES: tuple[tuple[str, ...], ...] = (
    (
        "täysin eri mieltä",
        "eri mieltä",
        "jokseenkin eri mieltä",
        "osittain eri mieltä",
        "melko eri mieltä",
        "hieman eri mieltä",
        "ei samaa eikä eri mieltä",
        "ei eri eikä samaa mieltä",
        "neutraali",
        "hieman samaa mieltä",
        "melko samaa mieltä",
        "osittain samaa mieltä",
        "jokseenkin samaa mieltä",
        "samaa mieltä",
        "täysin samaa mieltä",
    ),
    (
        "helt av annan åsikt",
        "av annan åsikt",
        "delvis av annan åsikt",
        "varken av samma eller annan åsikt",
        "delvis av samma åsikt",
        "av samma åsikt",
        "helt av samma åsikt",
    ),
    (
        "instämmer inte alls",
        "instämmer inte",
        "instämmer delvis inte",
        "varken eller",
        "instämmer delvis",
        "instämmer",
        "instämmer helt",
    ),
    (
        "strongly disagree",
        "disagree",
        "somewhat disagree",
        "slightly disagree",
        "neither agree nor disagree",
        "neutral",
        "slightly agree",
        "somewhat agree",
        "agree",
        "strongly agree",
    ),
    (
        "erittäin tyytymätön",
        "tyytymätön",
        "melko tyytymätön",
        "en tyytyväinen enkä tyytymätön",
        "melko tyytyväinen",
        "tyytyväinen",
        "erittäin tyytyväinen",
    ),
    (
        "very dissatisfied",
        "dissatisfied",
        "somewhat dissatisfied",
        "neither satisfied nor dissatisfied",
        "somewhat satisfied",
        "satisfied",
        "very satisfied",
    ),
    ("mycket missnöjd", "missnöjd", "varken nöjd eller missnöjd", "nöjd", "mycket nöjd"),
    (
        "erittäin huonosti",
        "huonosti",
        "melko huonosti",
        "kohtalaisesti",
        "melko hyvin",
        "hyvin",
        "erittäin hyvin",
    ),
    (
        "erittäin huono",
        "huono",
        "melko huono",
        "kohtalainen",
        "melko hyvä",
        "hyvä",
        "erittäin hyvä",
    ),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("mycket dålig", "dålig", "varken bra eller dålig", "bra", "mycket bra"),
    (
        "ei lainkaan",
        "ei yhtään",
        "vähän",
        "jonkin verran",
        "melko paljon",
        "paljon",
        "erittäin paljon",
    ),
    ("not at all", "a little", "somewhat", "quite a lot", "a lot", "very much"),
    ("inte alls", "lite", "i någon mån", "ganska mycket", "mycket", "väldigt mycket"),
    ("ei koskaan", "en koskaan", "harvoin", "joskus", "silloin tällöin", "usein", "aina"),
    ("never", "rarely", "seldom", "sometimes", "often", "usually", "always"),
    ("aldrig", "sällan", "ibland", "ofta", "alltid"),
)
# Cells of a column that stands for one option: chosen and not chosen.
CHOSEN = _words("1|y|yes|kyllä|k|x|true|tosi|ja|j|✓|✔|valittu|selected|checked|vald")
NOT_CHOSEN = _words("0|n|no|ei|e|false|epätosi|nej|ei valittu|not selected|unchecked|inte vald")


def plain(header: str) -> str:
    """A header as it is compared: lower case, one space, no punctuation or number in front.

    >>> plain("2. Vastaajan  ID:")
    'vastaajan id'
    """
    words = re.sub(r"[^\w#]+|_", " ", header.casefold())
    words = " ".join(words.split())
    return re.sub(r"^(?:\d+ )+", "", words)
