"""A generated crawl: web archives of news pages of every kind, one in a hundred on a subject; the same seed writes the same bytes.

    python -m benchmarks.crawl FOLDER [--pages 10000] [--shards 4] [--seed 7] [--texts FILE …] [--share 0.01] [--padding BYTES]

The other pages are news as sites carry it (sport, markets, weather, courts, film, councils, science, food, traffic, politics and more), from sentences with slots,
in pages with menus, scripts, captions and lists of other stories; many use a playbook's words in other senses. The pages on the subject are made of texts
that are given: JSON lines with `text` (and `title`, `url`, `published`) or `reports` of such, or text files; else of the reports in examples/timber.
"""

import argparse
import gzip
import html
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples" / "timber"
_FIRST = datetime(2024, 5, 1, tzinfo=UTC)
_DAYS = 10
_SITES = 60
_NAMES = "Adams Brennan Castell Dorn Ekholm Farrow Galt Hobbs Ilves Jansen Keller Lund Marsh Novak Orr Pryce Quist Roper Sable Thorne Ulrich Vance Weir Yates Zell".split()
_FIRSTS = "Anna Ben Clara David Elise Frank Grace Hugo Irene Jack Karin Leo Mona Nils Olive Paul Rosa Sam Tara Victor".split()
_TOWNS = "Ashby Brenton Carlow Dunmore Elford Fairhaven Greyton Harwick Inverly Kelso Lindale Marston Norbury Oakham Pelham Ripley Selby Thornbury Upton Wexley".split()
_CLUBS = "Rovers United Athletic Wanderers City Albion Rangers Town".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_TOPICS = {
    "sport": """{club} beat {club2} {n}-{m} at home on {day} to move up to {n}th place in the table.|The coach said he had selected a young team and was pleased with how they worked.|{name} scored twice in the second half before he was taken off with a sore ankle.|The visitors sent on two forwards but never got a shot on target.|Tickets for the return match will be on sale from {day}, the club said.|It was the third win in a row for the hosts, who have not lost since March.|{name} has signed a new contract that keeps him at the club for {n} more years.|The referee showed four yellow cards in a tense final quarter.|"We were second best for an hour," {name} admitted.|The crowd of {big} was the largest of the season.|The club's physio expects the captain to return to training next week.|Both sides meet again in the cup on {day}.""",
    "markets": """Shares of the retailer fell {n} percent on {day} after it reported lower sales.|The index closed at {big}, its highest level since the spring.|Analysts at the bank expect the central bank to keep interest rates where they are.|The company said revenue rose to ${n} million in the quarter.|Oil prices slipped as traders weighed new figures on supply.|The firm plans to open {n} stores in the north of the country.|Profit before tax came in at ${m} million, a little below what had been forecast.|"Demand for our services stays strong," chief executive {name} said.|The group will pay a dividend of {n} cents a share in July.|Bonds were little changed, and the pound gained a quarter of a cent.|Investors are waiting for figures on jobs that are due on {day}.""",
    "weather": """Showers will move in from the west on {day}, forecasters said, with winds of up to {n} miles an hour.|It will be dry and bright in {town} by the afternoon.|Temperatures should reach {n} degrees by the weekend.|A warning of fog is in force until noon.|River levels near {town} are high but falling.|The coming week looks settled, with some frost on high ground.|Drivers were asked to take care on the hill roads round {town}.|Snow is not expected before the end of the month.|Gardeners should water early in the morning while it stays so dry.|The harbour at {town} recorded its wettest May for {n} years.""",
    "council": """Councillors in {town} have agreed to spend ${n},000 on a new roof for the library.|The plan for {m} homes off Mill Lane was put off to the next meeting.|Residents complained about parking near the school.|{name}, who chairs the committee, said the work would start in autumn.|A petition with {big} signatures was handed in on {day}.|The swimming pool will stay open on Sundays until September.|Bins in the old town will be emptied twice a week during the fair.|The mayor thanked the volunteers who planted {m} trees along the canal.|Officers will report back before the budget is set.|The bus company wants to change the route through {town}.""",
    "courts": """A {n}-year-old man from {town} has been fined ${m}00 for driving without insurance.|{name} denied a charge of theft when he appeared before magistrates on {day}.|The judge put the case off until next month for reports.|The court heard that a bicycle and some tools had gone missing from a shed.|A jury is expected to be sworn in on {day}.|The shop's owner told the court that the till was short by ${n}0.|The appeal was dismissed, and costs of ${m},000 were awarded.|Planning officers took the builder to court over a wall that was too high.|{name} was given a community order and must do {m} hours of unpaid work.""",
    "film": """The film, shot over {n} weeks in {town}, tells of two sisters who run a hotel.|{name} plays a retired detective.|The costumes are a joy.|Rehearsals lasted all winter.|A choir of {m} sings in the closing scene.|The poet reads from her new book on {day}.|Her brushes lie in a case of glass.|The orchestra opens its season with a waltz.|Tickets cost ${n}.|Her second album went to number {n} in the charts.|The festival will show {m} films from {n} countries.|Fans queued overnight for a chance to meet the band.|The museum has borrowed {m} paintings for its summer show.|"I wanted a story that feels true," the director said.|The novel, which came out in {day} bookshops, has sold {big} copies.|The series returns for a third season in the new year.|Critics were divided, but audiences have loved it.""",
    "science": """Researchers at the university have found a way to store heat in salt.|The team counted {big} birds on the marshes near {town}.|The study, which followed {big} adults for {n} years, was published on {day}.|A diet rich in fibre was linked to better sleep.|The telescope will be sent into orbit next spring if the tests go well.|{name}, who led the work, called the result a surprise.|Bees visited the wild strips twice as often as the mown ones.|The new battery lasts {n} percent longer in the cold.|The probe is due to reach the comet in {m} months.|Doctors advised people to check their moles once a month.""",
    "food": """Put the onions in a wide pan and cook them slowly for {n} minutes.|The bakery in {town} sells {m} loaves a day.|{name} left a job in a bank to open the café.|Serve with a green salad and plenty of bread.|Prices start at ${n} for a main course.|The chef works with farms within {m} miles.|Leave the dough to rise in a warm place.|Add the stock, bring it to the boil and season well.|The market will be held every {day} in the square.|Strawberries are early this year, growers say.""",
    "traffic": """The road through {town} is closed until {day} for resurfacing.|Trains between {town} and the coast run every hour this weekend.|A lorry shed its load of gravel on the bypass, and traffic was held up for {n} miles.|No one was hurt.|The airport expects {big} passengers over the holiday.|A new crossing is to be built near the school gates.|The ferry company has cancelled two sailings because of a fault.|Drivers face a diversion of {n} miles while the bridge is painted.|Cyclists asked for a wider lane.|The operator said it was sorry for the delay.""",
    "politics": """The minister told parliament on {day} that the bill would be changed before its third reading.|{name} said her party would vote against it.|Turnout in {town} was {n} percent, a little lower than four years ago.|The government wants to cut the time that patients wait.|A spokesman for the opposition called the plan a gimmick.|Talks with the unions will resume next week, both sides said.|The president is to travel to a summit of leaders in the autumn.|Pollsters put the two parties level at {n} percent.|The committee asked for the papers to be published.|"People want to see their doctor," {name} said.|The law on pensions takes effect in January.|A new ambassador has presented his papers.""",
    "technology": """The phone has a brighter screen and a battery that lasts {n} hours.|The update fixes {m} bugs, the maker said.|{name}, who founded the company, showed the headset in {town}.|Prices start at ${m}9.|Users will be able to sync notes across devices.|The service had {big} subscribers at the end of the quarter.|The browser now blocks trackers unless you switch that off.|A chip of that size would have filled a room {n} years ago.|The app is free for students.|Engineers are still working on the camera software.|Reviews have been mixed so far.""",
    "travel": """The hotel has {m} rooms, most with a view of the lake.|From {town} it is a walk of {n} miles to the ruins.|{name} has guided visitors along the gorge for {n} years.|Book early, as the best cabins go by March.|The night train leaves at ten and has a dining car.|A week for two costs about ${m}0 with breakfast.|The old quarter is best seen on foot.|Boats run to the island twice a day in summer.|Take a jumper, for evenings are cool.|The market sells cheese, honey and rugs.|Travellers need a visa.|The path is steep but dry.|There are {n} bridges on the way.|Lunch is soup with rye bread.|The abbey shuts at five.|Bring coins for the toll road.""",
    "gardening": """Prune roses before the buds break.|{name} grows {m} kinds of apple on a plot near {town}.|Slugs are a nuisance after such a mild winter.|Sow lettuce every two weeks until August.|The show gardens took {n} days to plant.|Mulch keeps the moisture in the soil.|Her sweet peas won first prize on {day}.|Cuttings root best in sharp sand.|The allotment society has a waiting list of {n}.|A hedge of hornbeam gives shelter to wrens.""",
    "property": """The cottage near {town} is on the market for ${m}0,000.|It has three bedrooms and a south facing garden.|House prices in the area rose {n} percent in a year.|Estate agents say buyers want a study.|The mill was turned into {m} flats.|{name} spent two winters restoring the staircase.|Rents are highest close to the station.|Viewings are by appointment from {day}.|The kitchen was made by a joiner in the village.|Builders found a well under the floor.""",
    "schools": """Pupils in {town} raised ${n}00 with a sponsored walk.|The school has a new science block with {n} rooms.|Head teacher {name} said she was proud of the results.|Exams begin on {day} and last for {n} days.|The choir sang for parents in the hall.|Applications for places are up by {n} percent.|Children planted beans and kept a diary of how they grew.|The college will offer courses in welding and design.|Lunch menus were tasted by a panel of {m} pupils.|The nursery moves to a new building in the spring.""",
    "health": """Walking for {n} minutes a day helps the heart, a charity said.|The clinic in {town} offers flu jabs on {day}.|Doctors see {m} patients with hay fever a week.|{name}, a dietitian, suggests oats for breakfast.|The new scanner gives results within the hour.|People over {m} are asked to book a check.|Sleep is better in a cool, dark room.|The trial will run for {n} months.|Nurses hope that the ward will be ready by winter.|Drink plenty of water in hot weather.""",
    "obituary": """{name}, who taught music in {town} for {m} years, was known for her patience.|He was born above his father's shop and left school at fifteen.|She leaves two sons and a sister.|He wrote {n} books on the history of clocks.|After the war he studied law at night.|Friends remember her laugh.|He kept bees until he was {m}.|The service is on {day} at the parish church.|She was the first woman to lead the orchestra.|He never learned to drive.""",
    "television": """The quiz returns on {day} with {name} in the chair.|Eight bakers are left in the tent.|The drama follows a vet in {town} between the wars.|{big} people watched the final.|The presenter will leave after {n} years on the sofa.|Tonight's episode answers an old question about the lighthouse.|The remake keeps the songs and little else.|A documentary looks at how glass is made.|The cartoon is {m} this year.|Viewers can vote until midnight.""",
    "motoring": """The estate does {m} miles to the gallon on the motorway.|It costs from ${m},000 and comes in {n} colours.|The steering is light and the ride is firm.|{name} drove it from {town} to the coast and back.|Charging takes {n} minutes at a fast post.|The boot holds two suitcases and a pushchair.|There is a knob where there used to be a screen.|The maker has recalled {big} cars to check a seal.|Insurance is cheap for its class.|A sports version follows in the autumn.""",
    "animals": """A pair of otters has been seen near {town}.|The zoo's new giraffe weighs {m} kilos.|{name} found the kitten in a drainpipe on {day}.|Volunteers ring {big} birds each spring.|The dog walked {n} miles home.|Seals have pupped on the sands for {n} years.|Vets advise owners to brush the teeth of older cats.|The donkey sanctuary is full.|Swifts came back a week early.|The hedgehog was weighed, fed and let go.""",
}  # fmt: skip
_KINDS = sorted(_TOPICS)
_MENU = "Home News Sport Business Weather Travel Culture Jobs Property Cars Video Podcasts Newsletters Subscribe Sign in".split()
_SCRIPT = "window.site=window.site||{};site.push=function(a){this.q=(this.q||[]).concat(a)};site.push({page:%d,slot:'top',workers:navigator.serviceWorker?1:0,kind:'article'});"


@dataclass(frozen=True, slots=True)
class Text:
    """A text on the subject, as it is given."""

    title: str
    text: str


def read_texts(paths: list[Path]) -> list[Text]:
    """The texts of some files, in their order; without a file those of the example."""
    found: list[Text] = []
    for path in paths or sorted(one for one in EXAMPLES.iterdir() if one.suffix in (".md", ".txt")):
        if path.suffix != ".jsonl":
            body = path.read_text(encoding="utf-8").split("---\n")[-1].strip()
            found.append(Text(body.splitlines()[0].lstrip("# "), body.partition("\n")[2].strip() or body))
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found += [Text(one.get("title") or "", one["text"]) for one in row.get("reports", [row])]
    return found


class Crawl:
    """Pages by number: any of them can be made without the others."""

    def __init__(self, seed: int, texts: list[Text], share: float, padding: int = 0) -> None:
        """`padding` is how many bytes of scripts and markup each page has besides, as the pages of large sites do."""
        self._seed, self._texts, self._share, self._padding = seed, texts, share, padding

    def page(self, number: int) -> tuple[str, datetime, bytes, bool]:
        """A page's address, the time of its capture, its bytes, and whether it is on the subject."""
        draw = random.Random(f"{self._seed}/{number}")
        step = round(1 / self._share) if self._share else 0
        wanted = bool(step) and number % step == step // 2
        turn = number // step if wanted else 0
        text = self._texts[turn % len(self._texts)] if wanted else make_story(draw)
        if wanted and turn >= len(self._texts):  # a text that was used is told again, as another outlet's
            text = Text(text.title, f"{text.text}\n\nThe report bears the number {number}.")
        site, captured = draw.randrange(_SITES), _FIRST + timedelta(minutes=draw.randrange(_DAYS * 24 * 60))
        return f"https://post{site}.example/{captured:%Y/%m/%d}/{number}", captured, _wrap(draw, number, site, captured, text).encode() + _pad(draw, self._padding), wanted


def make_story(draw: random.Random) -> Text:
    """A story of one kind, with a few sentences of another; no sentence twice."""
    own, other = (_TOPICS[topic].split("|") for topic in draw.sample(_KINDS, 2))
    chosen = [*draw.sample(own, draw.randint(6, len(own))), *draw.sample(other, draw.randint(0, 6))]
    sentences = [_fill(draw, one) for one in chosen]
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    return Text(_as_title(sentences[0]), "\n\n".join(paragraphs))


def _headline(draw: random.Random) -> str:
    """The title of another story."""
    return _as_title(_fill(draw, draw.choice(_TOPICS[draw.choice(_KINDS)].split("|"))))


def _as_title(sentence: str) -> str:
    return sentence.split(",", maxsplit=1)[0].rstrip(".")


def _fill(draw: random.Random, sentence: str) -> str:
    return sentence.format(
        club=f"{draw.choice(_TOWNS)} {draw.choice(_CLUBS)}", club2=f"{draw.choice(_TOWNS)} {draw.choice(_CLUBS)}", name=f"{draw.choice(_FIRSTS)} {draw.choice(_NAMES)}",
        town=draw.choice(_TOWNS), day=draw.choice(_WEEKDAYS), n=draw.randint(2, 40), m=draw.randint(3, 90), big=f"{draw.randint(1, 90)},{draw.randint(100, 999)}",
    )  # fmt: skip


def _wrap(draw: random.Random, number: int, site: int, captured: datetime, text: Text) -> str:
    """A page as sites make them."""
    title, day = html.escape(text.title), (captured - timedelta(hours=draw.randint(0, 20))).date().isoformat()
    body = "".join(f"<p>{html.escape(one.strip())}</p>\n" for one in text.text.split("\n\n") if one.strip())
    others = "".join(f'<li><a href="/{draw.randint(1, 10**6)}">{html.escape(_headline(draw))}</a></li>' for _ in range(draw.randint(4, 10)))
    menu = "".join(f'<li class="nav-item"><a href="/{one.lower()}" data-track="menu-{one.lower()}">{one}</a></li>' for one in _MENU)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} | Post {site}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:site_name" content="Post {site}"><meta property="article:published_time" content="{day}T06:00:00Z">'
        f'<link rel="stylesheet" href="/s.css"><script>{_SCRIPT % number}</script></head>\n<body><nav><ul>{menu}</ul></nav>\n<main><article><h1>{title}</h1>\n'
        f'<p class="byline">By {draw.choice(_FIRSTS)} {draw.choice(_NAMES)}</p>\n{body}</article></main>\n<aside><h2>More stories</h2><ul>{others}</ul></aside>\n'
        f"<footer><p>Copyright Post {site}. All rights reserved.</p></footer><script>{_SCRIPT % (number + 1) * 3}</script></body></html>\n"
    )


def _pad(draw: random.Random, size: int) -> bytes:
    """What large sites send besides: half of it scripts, half markup."""
    if not size:
        return b""
    state = b"".join(
        b'{"id":%d,"kind":"teaser","score":0.%d,"url":"/a/%x"},' % (draw.randrange(10**9), draw.randrange(10**6), draw.randrange(16**9)) for _ in range(size // 2 // 66)
    )
    cards = b"".join(
        b'<div class="card c%d" data-track="x%x"><img src="/i/%x.jpg" alt=""></div>' % (draw.randrange(99), draw.randrange(16**6), draw.randrange(16**9))
        for _ in range(size // 2 // 72)
    )
    return b"<script>window.state=[" + state + b"]</script>" + cards


def write_shard(path: Path, crawl: Crawl, numbers: range) -> int:
    """An archive of some pages, each record packed by itself; how many bytes the pages have."""
    size = 0
    with path.open("wb") as out:
        for number in numbers:
            address, captured, body, _ = crawl.page(number)
            payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {captured:%Y-%m-%dT%H:%M:%SZ}\r\n"
            head += f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
            out.write(gzip.compress(head.encode() + payload + b"\r\n\r\n", 4, mtime=0))
            size += len(body)
    return size


def split(pages: int, shards: int) -> Iterator[range]:
    """The numbers of the pages of each shard."""
    for shard in range(shards):
        yield range(pages * shard // shards, pages * (shard + 1) // shards)


def write_crawl(folder: Path, pages: int, shards: int, seed: int = 7, texts: list[Path] | None = None, share: float = 0.01, padding: int = 0) -> int:
    """A crawl into a folder; how many bytes its pages have."""
    folder.mkdir(parents=True, exist_ok=True)
    crawl = Crawl(seed, read_texts(texts or []), share, padding)
    return sum(write_shard(folder / f"news-{number:05}.warc.gz", crawl, numbers) for number, numbers in enumerate(split(pages, shards)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--texts", type=Path, nargs="*")
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--padding", type=int, default=0, metavar="BYTES")
    options = parser.parse_args()
    size = write_crawl(options.folder, options.pages, options.shards, options.seed, options.texts, options.share, options.padding)
    print(f"{options.pages:,} pages, {size / 1e6:,.0f} MB, in {options.shards} shards")


if __name__ == "__main__":
    main()
