"""Values as news gives them: times, quantities, money, places. Never narrower than the words.

Grammar only: text goes in, typed values with their places come out. No parser, clock, network or report enters here;
tense and speech choose a reading in `understanding`, publication dates in `reconciling.dating`.
"""

from reportedly.values.places import Place, PlaceMatch, find_place, find_places, find_state
from reportedly.values.quantities import Quantity, find_quantities
from reportedly.values.time_grammar import find_times
from reportedly.values.times import TimeExpression, When, parse_day, resolve_time

__all__ = ["Place", "PlaceMatch", "Quantity", "TimeExpression", "When", "find_place", "find_places", "find_quantities", "find_state", "find_times", "parse_day", "resolve_time"]
