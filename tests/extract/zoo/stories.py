"""The articles and threads of the zoo, in own words and many languages."""

# ruff: noqa: E501, RUF001 - long lines are markup, letters of other alphabets are meant

from datetime import datetime, timedelta

from tests.extract.zoo.kit import Post, Story, Thread

_START = datetime(2019, 3, 4, 9, 5, 20)  # noqa: DTZ001 - a wall clock, as pages print it


def _thread(*rows: tuple[str, int | None, str], first: int = 48210) -> Thread:
    """Rows of author, index of the answered row and text, paragraphs parted by a blank line."""
    return tuple(
        Post(
            number=first + 37 * index,
            author=author.partition("|")[0],
            badge=author.partition("|")[2] or None,
            at=_START + timedelta(hours=5 * index, minutes=13 * index, days=index // 4),
            text=tuple(text.split("\n\n")),
            parent=None if answered is None else first + 37 * answered,
            likes=(index * 7) % 5,
        )
        for index, (author, answered, text) in enumerate(rows)
    )


_ENGLISH = (
    ("Martha Quill", None, "I climbed those steps as a girl and I still count them in my sleep.\n\nThe view was worth every one of them."),
    ("tomtom42", 0, "Two hundred and four, if you count the one at the door."),
    ("Editorial Desk|Staff", 1, "Thank you, we have corrected the number of steps in the second paragraph."),
    ("Anonymous", None, "Who pays for the lamp?\nNobody has answered that so far."),
    ("J. Okafor", 3, "> Who pays for the lamp?\n\nThe [budget](https://council.example/budget) says this:\n\n* a third from the county|the rest from visitors"),
    ("tomtom42", 4, "Then I will bring my whole family, twice."),
    ("Søren Lykke", None, "This comment was removed by a moderator because it broke the house rules."),
    ("Priya R.", None, "Our school went there in autumn. The keeper told stories for an hour and nobody looked at a telephone."),
)  # fmt: skip
_FLAT = tuple((author, None, text) for author, _, text in (*_ENGLISH[:2], _ENGLISH[3], _ENGLISH[5], _ENGLISH[7]))


def _other(first: int, *rows: tuple[str, int | None, str]) -> tuple[tuple[str, Thread], ...]:
    single = (rows[0][0], None, rows[0][2])
    return (("nested", _thread(*rows, first=first)), ("single", _thread(single, first=first)))


STORIES = {
    story.lang: story
    for story in (
        Story(
            lang="en", site="Harbour Post", title="Lighthouse stays open", author="Ellen Marsh", day="March 3, 2019",
            paragraphs=(
                "The town council voted on Tuesday to keep the old lighthouse open for visitors, after a long evening of speeches.",
                "The keeper, who has climbed its two hundred steps every day for thirty years, will now look for someone younger.",
                "Repairs to the lamp room begin in spring, and the council hopes that visitors will pay for them within a year.",
            ),
            others=("Ferry fares to rise in June", "Fish market moves to the old dock", "Storm takes the pier roof"),
            newest="Recent comments",
            threads=(("nested", _thread(*_ENGLISH)), ("flat", _thread(*_FLAT)), ("single", _thread(_ENGLISH[0]))),
        ),
        Story(
            lang="de", site="Hafenbote", title="Leuchtturm bleibt offen", author="Ute Brandt", day="3. März 2019",
            paragraphs=(
                "Der Stadtrat hat am Dienstag nach einem langen Abend voller Reden beschlossen, den alten Leuchtturm offen zu halten.",
                "Der Wärter, der seit dreißig Jahren jeden Tag zweihundert Stufen steigt, sucht nun jemanden, der jünger ist als er.",
                "Die Arbeiten an der Lampe beginnen im Frühling, und der Rat hofft, dass Besucher sie binnen eines Jahres bezahlen.",
            ),
            others=("Fähre wird im Juni teurer", "Fischmarkt zieht um", "Sturm deckt die Mole ab"),
            newest="Neueste Kommentare",
            threads=_other(
                730115,
                ("Klaus W.", None, "Endlich einmal eine gute Nachricht aus dem Rathaus.\n\nIch war als Kind oft dort oben."),
                ("Möwe77", 0, "Als Kind waren es gefühlt tausend Stufen, heute sind es noch mehr."),
                ("Redaktion|Redaktion", 1, "Wir haben nachgezählt: Es sind zweihundertvier."),
                ("Gast", None, "Und wer bezahlt das alles?\nWieder einmal der Steuerzahler."),
                ("Anna-Lena Groß", 3, "> Und wer bezahlt das alles?\n\nSteht doch im Artikel: die Besucher, siehe [Haushalt](https://rat.example/haushalt)."),
                ("Dr. Hinnerk Petersen", None, "Mit meiner Klasse fahren wir im Herbst wieder hin."),
            ),
        ),
        Story(
            lang="fr", site="Le Quai", title="Le phare reste ouvert", author="Élise Morvan", day="3 mars 2019",
            paragraphs=(
                "Le conseil municipal a voté mardi le maintien du vieux phare ouvert aux visiteurs, après une longue soirée de discours.",
                "Le gardien, qui monte ses deux cents marches chaque jour depuis trente ans, va chercher quelqu'un de plus jeune que lui.",
                "Les travaux de la lanterne commencent au printemps, et le conseil espère que les visiteurs les paieront en un an.",
            ),
            others=("Le bac sera plus cher en juin", "Le marché aux poissons déménage", "La tempête emporte un toit"),
            newest="Derniers commentaires",
            threads=_other(
                9021,
                ("Yann du Port", None, "Enfin une bonne nouvelle pour la commune.\n\nMon grand-père y travaillait autrefois."),
                ("marie_29", 0, "Le mien aussi, ils se connaissaient sûrement tous les deux."),
                ("La rédaction|Rédaction", 1, "Merci pour ce témoignage, nous aimerions vous rencontrer."),
                ("Anonyme", None, "Et qui va payer la lampe ?\nPersonne ne le dit jamais."),
                ("Gaël K.", 3, "> Et qui va payer la lampe ?\n\nTout est dans le [budget](https://mairie.example/budget), il suffit de lire."),
                ("Solène", None, "Nous y retournerons avec les enfants cet automne."),
            ),
        ),
        Story(
            lang="es", site="Diario del Puerto", title="El faro sigue abierto", author="Lucía Vidal", day="3 de marzo de 2019",
            paragraphs=(
                "El ayuntamiento votó el martes mantener abierto el viejo faro para los visitantes, tras una larga noche de discursos.",
                "El farero, que sube sus doscientos escalones cada día desde hace treinta años, buscará ahora a alguien más joven.",
                "Las obras de la linterna empiezan en primavera, y el consejo espera que los visitantes las paguen en un solo año.",
            ),
            others=("El ferry sube en junio", "La lonja se muda al muelle", "El temporal se lleva un tejado"),
            newest="Últimos comentarios",
            threads=_other(
                55120,
                ("Paco Rial", None, "Por fin una buena noticia para el pueblo.\n\nMi abuela vendía pan justo al lado."),
                ("gaviota_88", 0, "Yo recuerdo aquel pan, era el mejor de toda la costa."),
                ("Redacción|Redacción", 1, "Nos encantaría publicar una foto de la panadería si la tienen."),
                ("Anónimo", None, "¿Y quién paga la lámpara?\nComo siempre, nadie lo explica."),
                ("Nuria C.", 3, "> ¿Y quién paga la lámpara?\n\nEstá en el [presupuesto](https://ayto.example/cuentas), un tercio la provincia."),
                ("Marinero viejo", None, "Volveremos con los nietos en otoño, si el tiempo lo permite."),
            ),
        ),
        Story(
            lang="ru", site="Портовый вестник", title="Маяк остаётся открытым", author="Ольга Белова", day="3 марта 2019",
            paragraphs=(
                "Городской совет во вторник после долгого вечера речей проголосовал за то, чтобы старый маяк остался открытым для гостей.",
                "Смотритель, который тридцать лет каждый день поднимается на двести ступеней, теперь ищет себе смену помоложе.",
                "Ремонт фонаря начнётся весной, и совет надеется, что посетители окупят его в течение одного года.",
            ),
            others=("Паром подорожает в июне", "Рыбный рынок переезжает", "Шторм сорвал крышу с пирса"),
            newest="Последние комментарии",
            threads=_other(
                310442,
                ("Сергей Н.", None, "Наконец хорошая новость для нашего города.\n\nВ детстве мы лазили туда каждое лето."),
                ("morskoy_volk", 0, "И каждый раз сбивались со счёта где-то на сотой ступени."),
                ("Редакция|Редакция", 1, "Мы пересчитали: их ровно двести четыре."),
                ("Гость", None, "А кто заплатит за лампу?\nОб этом опять ни слова."),
                ("Анна К.", 3, "> А кто заплатит за лампу?\n\nВсё есть в [бюджете](https://sovet.example/budget), треть даёт область."),
                ("Пётр", None, "Осенью поедем туда всем классом, дети уже ждут."),
            ),
        ),
        Story(
            lang="pl", site="Gazeta Portowa", title="Latarnia zostaje otwarta", author="Ewa Lis", day="3 marca 2019",
            paragraphs=(
                "Rada miasta zagłosowała we wtorek za tym, by po długim wieczorze przemówień stara latarnia została otwarta dla gości.",
                "Latarnik, który od trzydziestu lat codziennie wchodzi po dwustu stopniach, szuka teraz kogoś młodszego od siebie.",
                "Remont lampy rusza wiosną, a rada ma nadzieję, że zwiedzający zapłacą za niego w ciągu jednego roku.",
            ),
            others=("Prom podrożeje w czerwcu", "Targ rybny się przenosi", "Sztorm zerwał dach mola"),
            newest="Ostatnie komentarze",
            threads=_other(
                66100,
                ("Bogdan", None, "Nareszcie dobra wiadomość dla naszego miasta.\n\nDziadek pracował tam przez dwadzieścia lat."),
                ("mewa_sopot", 0, "Mój też, pewnie pili razem herbatę na górze."),
                ("Redakcja|Redakcja", 1, "Chętnie opublikujemy stare zdjęcia, prosimy o kontakt."),
                ("Gość", None, "A kto zapłaci za lampę?\nO tym jak zwykle ani słowa."),
                ("Kasia M.", 3, "> A kto zapłaci za lampę?\n\nWszystko jest w [budżecie](https://rada.example/budzet), wystarczy przeczytać."),
                ("stary marynarz", None, "Jesienią pojedziemy tam z wnukami."),
            ),
        ),
        Story(
            lang="ja", site="港新聞", title="灯台は開いたまま", author="森田恵", day="2019年3月3日",
            paragraphs=(
                "町議会は火曜日、長い討論の末に、古い灯台をこれからも訪問者に公開し続けることを決めた。議場には多くの町民が集まった。",
                "三十年間毎日二百段の階段を上ってきた灯台守は、これから自分より若い後継者を探すことになる。応募はまだ一件もない。",
                "灯室の修理は春に始まり、議会は一年以内に入場料で費用を賄えると期待している。団体客の予約もすでに入り始めた。",
            ),
            others=("六月から渡し船が値上げ", "魚市場が旧埠頭へ移転", "嵐で桟橋の屋根が飛ぶ"),
            newest="最近のコメント",
            threads=_other(
                12044,
                ("たなか", None, "やっと良い知らせが届きました。\n\n子供のころ毎年夏に登った場所です。"),
                ("カモメ太郎", 0, "百段目あたりでいつも数が分からなくなりましたね。"),
                ("編集部|編集部", 1, "数え直したところ、二百四段でした。"),
                ("名無し", None, "電球の費用は誰が払うのですか。\n説明がありません。"),
                ("yuki_m", 3, "予算書に書いてあります。三分の一は県の負担です。"),
                ("山本", None, "秋に学校のみんなで見学に行く予定です。"),
            ),
        ),
        Story(
            lang="it", site="Il Molo", title="Il faro resta aperto", author="Carla Neri", day="3 marzo 2019",
            paragraphs=(
                "Il consiglio comunale ha votato martedì per tenere aperto ai visitatori il vecchio faro, dopo una lunga serata di discorsi.",
                "Il guardiano, che da trent'anni sale ogni giorno i suoi duecento gradini, cercherà adesso qualcuno più giovane di lui.",
                "I lavori alla lanterna cominciano in primavera, e il consiglio spera che i visitatori li paghino entro un anno.",
            ),
            others=("Il traghetto aumenta a giugno", "Il mercato del pesce trasloca", "La tempesta scoperchia il molo"),
            newest="Ultimi commenti",
            threads=_other(
                4410,
                ("Gino P.", None, "Finalmente una buona notizia per il paese.\n\nMio nonno ci lavorava da ragazzo."),
                ("gabbiano", 0, "Anche il mio, di sicuro si conoscevano."),
                ("Redazione|Redazione", 1, "Ci piacerebbe pubblicare qualche vecchia foto."),
                ("Anonimo", None, "E la lampada chi la paga?\nCome al solito nessuno lo dice."),
                ("Silvia T.", 3, "> E la lampada chi la paga?\n\nSta tutto nel [bilancio](https://comune.example/bilancio), basta leggere."),
                ("Vecchio lupo", None, "In autunno ci torniamo con i nipoti."),
            ),
        ),
        Story(
            lang="nl", site="Havenkrant", title="Vuurtoren blijft open", author="Mieke Bos", day="3 maart 2019",
            paragraphs=(
                "De gemeenteraad stemde dinsdag na een lange avond vol toespraken voor het openhouden van de oude vuurtoren.",
                "De wachter, die al dertig jaar elke dag tweehonderd treden beklimt, gaat nu op zoek naar een jongere opvolger.",
                "Het werk aan de lampkamer begint in het voorjaar, en de raad hoopt dat bezoekers het binnen een jaar betalen.",
            ),
            others=("Veerpont duurder in juni", "Vismarkt verhuist naar dok", "Storm pakt dak van pier"),
            newest="Recente reacties",
            threads=_other(
                8120,
                ("Henk", None, "Eindelijk goed nieuws uit het stadhuis.\n\nVroeger gingen wij er elke zomer heen."),
                ("zeemeeuw", 0, "En altijd de tel kwijtraken halverwege de trap."),
                ("Anoniem", None, "Wie betaalt de lamp?\nDat lees ik nergens."),
                ("Sanne de W.", 2, "> Wie betaalt de lamp?\n\nHet staat in de [begroting](https://raad.example/begroting)."),
                ("Opa Kees", None, "In de herfst gaan we er weer heen met de kleinkinderen."),
            ),
        ),
        Story(
            lang="sv", site="Hamnbladet", title="Fyren förblir öppen", author="Karin Ek", day="3 mars 2019",
            paragraphs=(
                "Kommunfullmäktige röstade i tisdags för att hålla den gamla fyren öppen för besökare efter en lång kväll av tal.",
                "Fyrvaktaren, som i trettio år har gått tvåhundra trappsteg varje dag, letar nu efter någon som är yngre än han.",
                "Arbetet med lampan börjar i vår, och kommunen hoppas att besökarna har betalat det inom ett enda år.",
            ),
            others=("Färjan blir dyrare i juni", "Fiskmarknaden flyttar", "Stormen tog pirens tak"),
            newest="Senaste kommentarerna",
            threads=_other(
                3310,
                ("Göran", None, "Äntligen goda nyheter från stadshuset.\n\nVi var där varje sommar när jag var liten."),
                ("fiskmåsen", 0, "Och alltid tappade man räkningen halvvägs upp."),
                ("Anonym", None, "Vem betalar lampan?\nDet står ingenstans."),
                ("Åsa L.", 2, "Det står i [budgeten](https://kommun.example/budget), en tredjedel kommer från länet."),
                ("Gammal sjöman", None, "I höst åker vi dit med barnbarnen igen."),
            ),
        ),
        Story(
            lang="pt", site="Jornal do Cais", title="Farol continua aberto", author="Inês Prado", day="3 de março de 2019",
            paragraphs=(
                "A câmara votou na terça-feira manter o velho farol aberto aos visitantes, depois de uma longa noite de discursos.",
                "O faroleiro, que sobe os seus duzentos degraus todos os dias há trinta anos, procura agora alguém mais jovem.",
                "As obras da lanterna começam na primavera, e a câmara espera que os visitantes as paguem dentro de um ano.",
            ),
            others=("Barco fica mais caro em junho", "Lota muda para a doca velha", "Temporal leva o telhado"),
            newest="Últimos comentários",
            threads=_other(
                20551,
                ("Zé Maria", None, "Até que enfim uma boa notícia para a terra.\n\nO meu avô trabalhou lá muitos anos."),
                ("gaivota", 0, "O meu também, de certeza que se conheciam."),
                ("Anônimo", None, "E quem paga a lâmpada?\nIsso ninguém explica."),
                ("Rita S.", 2, "> E quem paga a lâmpada?\n\nEstá no [orçamento](https://camara.example/contas), basta ler."),
                ("Velho do mar", None, "No outono voltamos com os netos."),
            ),
        ),
    )
}  # fmt: skip
