"""Which language a text is in."""

import pytest

from reportedly.reading.language import find_language

LONG = {
    "en": "The quarry hired forty masons in the spring and sent them north on a train, a clerk at the town hall said on Monday.",
    "fr": "La carrière a embauché quarante maçons au printemps et les a envoyés au nord en train, a déclaré un employé lundi.",
    "es": "La cantera contrató a cuarenta albañiles en la primavera y los envió al norte en tren, dijo un empleado el lunes.",
    "ru": "Каменоломня наняла сорок каменщиков весной и отправила их поездом на север, сообщил служащий в понедельник.",
    "ko": "채석장은 봄에 석공 사십 명을 고용해 기차로 북쪽에 보냈다고 시청 직원이 월요일에 말했다.",
    "zh": "采石场春天雇了四十名石匠,用火车把他们送到北方,市政厅的一名职员星期一说。",
}


@pytest.mark.parametrize("language", LONG)
def test_a_paragraph_is_known_by_its_language(language: str) -> None:
    assert find_language(LONG[language]) == language


@pytest.mark.parametrize("text", ["", "  ", "12 34", "— … !", "40_000", "🙂"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert find_language(text) is None


def test_a_few_latin_words_are_taken_for_english() -> None:
    assert find_language("Masons left.") == "en"


@pytest.mark.parametrize(("text", "language"), [("Они уехали вчера.", "ru"), ("그들은 어제 떠났다.", "ko")])
def test_a_few_words_in_another_script_are_not_taken_for_english(text: str, language: str) -> None:
    assert find_language(text) == language


def test_the_beginning_of_a_long_text_decides() -> None:
    assert find_language(LONG["en"] * 60 + LONG["ru"] * 60) == "en"


def test_a_short_german_sentence_is_not_english() -> None:
    assert find_language("Die Maurer haben am Montag den Steinbruch verlassen.") != "en"
