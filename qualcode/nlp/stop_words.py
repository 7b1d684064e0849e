"""Words that carry grammar and not meaning. Own lists: Finnish, Swedish and English."""

from __future__ import annotations

FINNISH = frozenset(
    """
    ei en et emme ette eivät eikä enkä etkä emmekä ettekä eivätkä älä älkää älköön
    on ovat oli olivat ole olla olen olet olemme olette olin olit olimme olitte ollut olleet
    olisi olisin olisit olisimme olisitte olisivat lienee oltiin ollaan ollessa olevan oleva
    ja tai vai sekä mutta vaan sillä siis joten jos kun kuin koska että jotta vaikka ettei jollei
    ellei ennenkuin niin näin noin myös myöskin myöskään edes vain vielä jo aina joskus usein
    nyt sitten silloin milloin kunnes siellä täällä tuolla tässä tuossa siinä sieltä tänne sinne
    hyvin kovin aika melko ihan aivan oikein todella kyllä ehkä jopa juuri taas lähes noin ainakin
    minä sinä hän me te he mä sä mie sie minun sinun hänen meidän teidän heidän mun sun
    minua sinua häntä meitä teitä heitä minulle sinulle hänelle meille teille heille mulle sulle
    minulla sinulla hänellä meillä teillä heillä mulla sulla minulta sinulta häneltä meiltä teiltä
    heiltä minut sinut hänet meidät teidät heidät minussa minusta minuun hänestä häneen meistä
    se ne sen niiden niitä sitä siitä siihen sille sillä siltä sinä niille niillä niistä niissä
    tämä nämä tämän näiden tätä näitä tästä tähän tälle tällä tältä näistä näissä näihin näille
    tuo nuo tuon noiden tuota noita tuosta tuohon tuolle
    joka jotka jonka joiden jota joita josta joista johon joihin jolle joille jolla joilla jolta
    jossa joissa mikä mitkä minkä mitä mistä mihin mille millä missä kuka ketkä kenen ketä keneltä
    kenelle kuinka miten miksi millainen mikään mitään missään mistään kukaan ketään kenkään
    jokin jotain jotakin jonkin jokainen jokaisen joku jonkun jotkut jotkin eräs muu muut muun
    muita muuta muiden muilta muille toinen toisen toista itse itsensä oma oman omaa omat omia omien
    omassa omasta omaan kaikki kaiken kaikkea kaikille kaikilla kaikista monta moni monen
    saa saan saada sai sain saatu voi voin voida voisi voitu pitää pitäisi piti täytyy tulee tuli
    tulla tullut tehdä tekee kanssa ilman mukaan kautta vasta läpi päin ohi yli alle ennen jälkeen
    varten vuoksi takia puolesta sisällä ulkona luona luo luota alla päällä vieressä välillä
    asti saakka kohti pitkin vastaan mukana enää paljon vähän liian enemmän vähemmän
    seurauksena johdosta ansiosta lisäksi sijaan sijasta suhteen osalta aikana myötä
    """.split()
)
SWEDISH = frozenset(
    """
    och eller men att som en ett den det de i på av för med till från om är var vara har hade ha
    jag du han hon vi ni dem mig dig sig min din sin vår er deras inte ingen inget inga kan kunde
    ska skulle vill man så när där här då nu hur vad vem vilken också bara mycket mer mest än
    under över efter före utan mot vid hos mellan eftersom detta denna dessa alla allt någon något
    """.split()
)
ENGLISH = frozenset(
    """
    a an the and or but nor so if then than that this these those there here it its is am are was
    were be been being do does did done have has had having i you he she we they me him her us
    them my your his our their mine yours ours theirs who whom whose which what when where why how
    not no none never all any some each every both few more most other such only own same too very
    can could will would shall should may might must of in on at by for with about against between
    into through during before after above below to from up down out off over under again once
    as because until while just also get gets got
    """.split()
)
BY_LANGUAGE = {"fi": FINNISH, "sv": SWEDISH, "en": ENGLISH}
