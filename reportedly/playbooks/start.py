"""A new playbook to start from: small, whole, and already proved by its cases."""

from pathlib import Path

from reportedly.errors import BadSetting
from reportedly.playbooks.load import SHIPPED

_FILES = {
    "playbook.yaml": """\
name: {name}
title: {title}            # what a reader of the case sees
version: "1"              # raise it when the words change
follows: "Write here whose definition this playbook follows."
brief: [strike]           # frames in the order of a brief
lists:                    # words that roles may ask for; "person" is every word for people
  people: [person, staff, crew]
places: []                # - {{name: Khasan, also: [Hasan], country: RU, kind: crossing}}
actors: []                # - {{name: Dockers' Union, also: [DU]}}
""",
    "frames/strike.yaml": """\
frame: strike
means: people stop work in protest, or threaten to
heading: Strikes
verbs:
  - words: [strike, walk out, down tools]    # base forms; the first word is the head
    roles: {{people: subject, place: [in, at], over: [over, against]}}
    needs: {{people: [people]}}
nouns:
  - words: [strike, walkout]                 # of a noun the last word is the head
    roles: {{people: [of, by], place: [in, at], over: [over, against]}}
leave_out:
  - words: [strike deal, strike balance]
    because: nobody stops work
roles:
  people: {{type: quantity, unit: person, later_report_may_revise: true}}
  place: {{type: place}}
  over: {{type: text}}
  time: {{type: time}}
""",
    "cases.yaml": """\
- name: a strike has people, place and reason
  text: Some 300 dockers walked out in Odessa on Monday over unpaid wages.
  published: 2031-06-11
  expect: [{{frame: strike, trigger: walked, status: occurred, people: 300, place: Odessa, over: unpaid wages}}]
- name: a deal is no strike
  text: The two firms struck a deal.
  leaves_out: strike deal
  expect: []
""",
}


def start_playbook(folder: Path) -> list[Path]:
    """Write the files of a new playbook into a folder that is new or empty, named after it. Raises BadSetting."""
    name = folder.name.replace("-", "_").lower()
    if not name.replace("_", "a").isalnum() or not name[:1].isalpha():
        raise BadSetting(f"{folder.name}: a playbook is named by letters, digits and _, a letter first")
    if name in SHIPPED:
        raise BadSetting(f"{name}: a playbook of that name comes with reportedly; name yours otherwise")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadSetting(f"{folder}: is there already and not empty; name a new folder")
    written = []
    for path, text in _FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(name=name, title=name.replace("_", " ").capitalize()), encoding="utf-8")
        written.append(file)
    return written
