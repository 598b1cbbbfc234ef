"""The journey: order, days, areas, legs, curves and silences."""

import math
from datetime import date
from itertools import pairwise

import pytest
from geopy.distance import great_circle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.dates import parse
from geo.journey.build import build_journey
from geo.journey.checks import check_routes
from geo.journey.curves import curve_through, smooth_curve
from geo.journey.model import Journey, Mention, as_date
from geo.place import AREA_KINDS, KINDS, POINT_KINDS, Reference, Waymark
from geo.routes.route import Route
from tests.builders import make_place

NAMED = (Reference("primer", 1),)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def days_of(journey: Journey) -> list[tuple[str, str]]:
    return [
        (as_date(node.start).isoformat(), as_date(node.end).isoformat()) for node in journey.nodes
    ]


def edtf_dates() -> st.SearchStrategy[str]:
    days = st.dates(date(1900, 1, 1), date(1903, 12, 31))
    forms = st.sampled_from(["{d}", "{d}~", "{m}", "{m}~", "{y}", "{y}?", "{y}-23", "190X"])
    return st.builds(lambda d, form: form.format(d=d, m=f"{d:%Y-%m}", y=d.year), days, forms)


def points() -> st.SearchStrategy[tuple[float, float]]:
    anywhere = st.tuples(
        st.floats(-90, 90).map(lambda x: round(x, 4)),
        st.floats(-180, 180).map(lambda x: round(x, 4)),
    )
    corners = [(90.0, 0.0), (-90.0, 120.0), (0.0, 180.0), (0.0, -180.0), (0.0, 0.0), (10.0, 179.9)]
    return anywhere | st.sampled_from(corners)


@st.composite
def tables(draw) -> list:
    """Rows as the reader lets them pass: never gone before they came."""
    rows = []
    for line in range(2, draw(st.integers(2, 7)) + 1):
        arrived, departed = draw(edtf_dates()), draw(st.just("") | edtf_dates())
        if departed and parse(departed).latest < parse(arrived).earliest:
            arrived, departed = departed, arrived
        role = draw(st.sampled_from(["stop", "stop", "stop", "expelled", "passed-through"]))
        kind = draw(st.sampled_from(["settlement", "settlement", "settlement", "country"]))
        texts = draw(st.sampled_from([(), NAMED]))
        rows.append(
            make_place(
                arrived, departed, line=line, role=role, kind=kind, at=draw(points()), texts=texts
            )
        )
    return rows


def any_table(test):
    """Try a test on many tables; their curves make it slow enough for fifty to do."""
    return settings(max_examples=50, deadline=None)(given(tables())(test))


# The order of the road and the days of the stays.


@any_table
def test_each_stay_begins_no_earlier_than_the_one_before_ends(rows):
    nodes = build_journey(rows).nodes
    assert all(node.start <= node.end for node in nodes)
    assert all(here.end <= there.start for here, there in pairwise(nodes))


@any_table
def test_an_arrival_lies_within_its_dates_whatever_the_others_say(rows):
    for node in build_journey(rows).nodes:
        arrived = node.place.arrived
        assert arrived.earliest.toordinal() <= node.start <= arrived.latest.toordinal()


@any_table
def test_a_departure_lies_within_its_dates_unless_he_was_elsewhere_by_then(rows):
    nodes = build_journey(rows).nodes
    for i, node in enumerate(nodes):
        if node.place.departed is None:
            continue
        departed = node.place.departed
        later = [stay.place.arrived.latest for stay in nodes[i + 1 :]]
        later += [stay.place.departed.latest for stay in nodes[i + 1 :] if stay.place.departed]
        assert node.end <= departed.latest.toordinal()
        if all(departed.earliest <= other for other in later):
            assert node.end >= departed.earliest.toordinal()


@any_table
def test_an_uncertain_day_lies_within_what_the_record_allows(rows):
    doubts = []
    for node in build_journey(rows).nodes:
        assert (node.came is None) == node.place.arrived.exact
        if node.came:
            assert node.came.first <= node.start <= node.came.last
        if node.place.departed:
            assert (node.left is None) == node.place.departed.exact
        doubts += [doubt for doubt in (node.came, node.left) if doubt]
    assert all(doubt.first <= doubt.last for doubt in doubts)
    for before, after in pairwise(doubts):
        assert before.first <= after.first
        assert before.last <= after.last


def test_where_nobody_tells_when_he_left_he_left_for_the_next():
    rows = [make_place("1886"), make_place("1888-23"), make_place("1890")]
    here, there, last = build_journey(rows).nodes
    assert here.left == there.came
    assert (last.left.when, last.left.last) == (parse("1890"), day("1890-12-31"))


@any_table
def test_every_row_of_the_route_is_a_node_or_an_area_once(rows):
    journey = build_journey(rows)
    told = [stay.place.id for stay in (*journey.nodes, *journey.areas)]
    assert sorted(told) == sorted(row.id for row in rows)


@any_table
def test_the_order_follows_the_dates_and_not_the_lines(rows):
    forwards, backwards = build_journey(rows), build_journey(reversed(rows))
    assert forwards.nodes == backwards.nodes
    assert forwards.legs == backwards.legs


@any_table
def test_numbers_count_the_stops_and_way_points_have_none(rows):
    journey = build_journey(rows)
    assert [stop.number for stop in journey.stops] == list(range(1, len(journey.stops) + 1))
    assert {n.place.role for n in journey.nodes if n.number is None} <= {"passed-through"}
    assert "passed-through" not in {stop.place.role for stop in journey.stops}


def test_exact_dates_are_kept_to_the_day():
    journey = build_journey(
        [make_place("1917-01-13", "1917-03-27"), make_place("1917-03-30", "1917-04-04")]
    )
    assert days_of(journey) == [("1917-01-13", "1917-03-27"), ("1917-03-30", "1917-04-04")]


def test_a_stay_that_contradicts_a_later_arrival_is_cut_short_by_it():
    journey = build_journey(
        [make_place("1900-01-01", "1910-01-01"), make_place("1905-01-01", "1906-01-01")]
    )
    assert days_of(journey) == [("1900-01-01", "1905-01-01"), ("1905-01-01", "1906-01-01")]


def test_a_stay_without_departure_lasts_until_the_next_place_is_due():
    here, there = make_place("1910-05-01"), make_place("1911-05-01", at=(50.0, 20.0))
    km = great_circle((50.0, 10.0), (50.0, 20.0)).km
    assert 0 < km < 800
    assert days_of(build_journey([here, there]))[0] == ("1910-05-01", "1911-04-30")


def test_the_last_stay_without_departure_lasts_its_day():
    assert days_of(build_journey([make_place("1910-05-01")])) == [("1910-05-01", "1910-05-01")]


def test_a_departure_known_to_the_year_waits_for_the_next_exact_arrival():
    rows = [make_place("1903-01-01", "1904"), make_place("1904-09-01", at=(50.0, 20.0))]
    assert days_of(build_journey(rows))[0] == ("1903-01-01", "1904-08-31")


def test_stays_in_one_vague_year_share_it_evenly():
    rows = [make_place("1901", "1901", line=line) for line in range(2, 5)]
    lengths = [node.end - node.start for node in build_journey(rows).nodes]
    assert min(lengths) > 40


def test_identical_dates_keep_the_order_of_the_lines():
    rows = [make_place("1905-05-01", "1905-05-01", line=line) for line in (5, 3, 4)]
    journey = build_journey(rows)
    assert [stop.place.line for stop in journey.stops] == [3, 4, 5]
    assert {(stop.start, stop.end) for stop in journey.stops} == {(day("1905-05-01"),) * 2}


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "0001"), ("2100", "2100-12-31")])
def test_the_ends_of_the_calendar_are_days_too(first, last):
    journey = build_journey([make_place(first, last)])
    low, high = journey.span
    assert as_date(low).year == as_date(high).year == int(first[:4])


# What is left out, named or held.


def test_nothing_makes_an_empty_journey():
    journey = build_journey([])
    assert journey == Journey((), (), (), (), (), ())
    assert (journey.span, journey.km, journey.stops) == (None, 0, ())


def test_one_row_is_a_journey_without_legs():
    journey = build_journey([make_place("1917-05", "1917-06")])
    assert len(journey.stops) == 1
    assert journey.legs == ()
    assert journey.km == 0


def test_rows_without_coordinates_or_without_arrival_are_left_out():
    rows = [make_place("1917", at=(None, None)), make_place(), make_place("1918", id="kept")]
    assert [node.place.id for node in build_journey(rows).nodes] == ["kept"]


@pytest.mark.parametrize("role", ["unreached", "acted-from-afar", "mentioned"])
def test_what_is_off_the_route_is_kept_apart(role):
    named = make_place("1917-05-01", role=role)
    journey = build_journey([make_place("1917"), named])
    assert journey.mentions == (Mention(named, (50.0, 10.0)),)
    assert len(journey.nodes) == 1


def test_area_kinds_and_point_kinds_share_the_kinds_between_them():
    assert sorted((*POINT_KINDS, *AREA_KINDS)) == sorted(KINDS)


@pytest.mark.parametrize("kind", sorted(AREA_KINDS))
def test_an_area_holds_the_stays_within_its_dates(kind):
    area = make_place("1929-02-12", "1933-07-17", kind=kind)
    inside = make_place("1929-03", "1931-03-01")
    journey = build_journey([area, inside])
    assert [stay.place for stay in journey.areas] == [area]
    assert [node.place for node in journey.nodes] == [inside]
    assert journey.areas[0].number is None
    assert (journey.areas[0].start, journey.areas[0].end) == (day("1929-02-12"), day("1933-07-17"))


def test_an_area_without_a_stay_inside_is_a_node_of_the_road():
    before, area, after = (
        make_place("1935-01-01", "1935-06-18"),
        make_place("1935-06-18", "1936-12-19", kind="country", at=(60, 10)),
        make_place("1936-12-19", "1937-12-19"),
    )
    journey = build_journey([before, area, after])
    assert journey.areas == ()
    assert [stop.place for stop in journey.stops] == [before, area, after]
    assert journey.stops[1].number == 2


def test_an_area_with_one_vague_date_is_shown_to_its_end():
    area = make_place("1920", kind="region")
    journey = build_journey([area, make_place("1920-11", "1920-12-01")])
    assert journey.areas[0].end == day("1920-12-31")


def test_phases_are_in_order_of_first_use_on_the_road():
    rows = [
        make_place("1903", phase="exile"),
        make_place("1901", phase="youth"),
        make_place("1902", phase="exile"),
        make_place("1900", phase="elsewhere", role="mentioned"),
    ]
    assert build_journey(rows).phases == ("youth", "exile")


@any_table
def test_every_stay_has_a_phase_of_the_journey(rows):
    journey = build_journey(rows)
    assert {stay.place.phase for stay in (*journey.nodes, *journey.areas)} == set(journey.phases)


# Silences of the texts.


def test_a_stay_that_no_text_names_is_a_silence():
    rows = [
        make_place("1900-01-01", "1901-01-01", texts=NAMED),
        make_place("1901-01-01", "1903-01-01"),
        make_place("1903-01-01", "1904-01-01", texts=NAMED),
        make_place("1904-01-01", "1905-01-01"),
    ]
    assert build_journey(rows).silences == (
        (day("1901-01-01"), day("1903-01-01")),
        (day("1904-01-01"), day("1905-01-01")),
    )


def test_a_journey_of_weeks_is_no_silence_and_a_named_area_breaks_one():
    rows = [
        make_place("1900-01-01", "1901-01-01", texts=NAMED),
        make_place("1901-02-15", "1902-01-01", texts=NAMED),
        make_place("1902-01-01", "1904-01-01"),
        make_place("1902-01-01", "1904-01-01", kind="country", texts=NAMED),
    ]
    assert build_journey(rows).silences == ()


def test_a_table_that_no_text_names_has_no_silences():
    assert build_journey([make_place("1900"), make_place("1910")]).silences == ()


@any_table
def test_silences_are_long_apart_and_within_the_journey(rows):
    journey = build_journey(rows)
    for start, end in journey.silences:
        assert journey.span[0] <= start < end <= journey.span[1]
        assert end - start > 60
    assert all(here[1] <= there[0] for here, there in pairwise(journey.silences))


# Legs and their curves.


@any_table
def test_legs_run_from_stop_to_stop_end_to_end(rows):
    journey = build_journey(rows)
    told = [node.place.id for node in journey.nodes]
    walked = [stay.place.id for leg in journey.legs for stay in (leg.origin, *leg.via)]
    if journey.legs:
        walked.append(journey.legs[-1].destination.place.id)
        assert walked == told
    assert all(here.destination == there.origin for here, there in pairwise(journey.legs))
    assert all(stay.number is None for leg in journey.legs for stay in leg.via)


@any_table
def test_a_leg_is_as_long_as_its_great_circles(rows):
    journey = build_journey(rows)
    for leg in journey.legs:
        stays = [leg.origin, *leg.via, leg.destination]
        circles = [great_circle(here.point, there.point).km for here, there in pairwise(stays)]
        assert leg.km == pytest.approx(sum(circles))
    assert journey.km == pytest.approx(sum(leg.km for leg in journey.legs))


@settings(deadline=None)
@given(st.lists(points(), min_size=2, max_size=4))
def test_a_curve_never_jumps(through):
    for here, there in pairwise(curve_through(through)):
        assert great_circle(here, there).km < 112
        # Straight across a pole the longitude turns by half the circle at once.
        assert abs(there[1] - here[1]) <= 180


@settings(deadline=None)
@given(st.lists(points(), min_size=2, max_size=4))
@example([(0.0, 0.0), (0.0, 180.0)])
@example([(90.0, 0.0), (-90.0, 0.0)])
@example([(50.0, 10.0), (-50.0, -170.0)])
@example([(59.9, 30.3), (59.9, 30.3)])
@example([(59.9, 30.3), (40.7, -74.0), (59.9, 30.3)])
def test_a_curve_is_sampled_closely_and_goes_through_every_point(through):
    parts = smooth_curve(through)
    assert len(parts) == len(through) - 1
    for (here, there), part in zip(pairwise(through), parts, strict=True):
        assert great_circle(part[0], here).km < 0.1
        assert great_circle(part[-1], there).km < 0.1
        assert len(part) >= 3
        for a, b in pairwise(part):
            assert great_circle(a, b).km < 112


@settings(max_examples=50, deadline=None)
@given(points(), points())
def test_between_two_points_a_curve_is_the_great_circle(here, there):
    direct = great_circle(here, there).km
    (part,) = smooth_curve([here, there])
    for point in part:
        detour = great_circle(here, point).km + great_circle(point, there).km - direct
        assert abs(detour) < 0.1


def test_a_leg_across_the_atlantic_bows_to_the_north():
    barcelona, new_york = (41.39, 2.17), (40.71, -74.01)
    (part,) = smooth_curve([barcelona, new_york])
    assert max(lat for lat, _ in part) > 47


def test_a_curve_over_the_antimeridian_runs_on_past_180():
    longitudes = [lon for _, lon in curve_through([(35.7, 139.7), (37.8, -122.4)])]
    assert longitudes == sorted(longitudes)
    assert longitudes[-1] == pytest.approx(237.6)


def test_a_way_point_bends_the_leg_and_keeps_its_own_days():
    rows = [
        make_place("1917-05-01", "1917-05-02", at=(59.9, 10.7)),
        make_place("1917-05-04", "1917-05-10", at=(65.8, 24.1), role="passed-through"),
        make_place("1917-05-17", at=(59.9, 30.3)),
    ]
    journey = build_journey(rows)
    (leg,) = journey.legs
    assert [stay.place for stay in leg.via] == [rows[1]]
    assert leg.points == ((59.9, 10.7), (65.8, 24.1), (59.9, 30.3))
    assert max(lat for lat, _ in curve_through(leg.points)) > 65
    assert [stop.number for stop in journey.stops] == [1, 2]


BREST, CADIZ = (48.4, -4.5), (36.5, -6.3)


def by_ship(**fields):
    return [
        make_place("1917-05-01", "1917-05-02", id="brest", at=BREST),
        make_place("1917-05-04", id="cadiz", at=CADIZ, by="ship", **fields),
    ]


def a_route(asked):
    return {"cadiz": Route(asked, ((43.5, -9.6), (37.0, -9.2)), 1500, "some", "none", "2026-11-25")}


def test_a_leg_leads_through_its_waymarks_and_is_as_long_as_they_make_it():
    (leg,) = build_journey(by_ship(via=(Waymark((40.0, -12.0)),))).legs
    assert leg.points == (BREST, (40.0, -12.0), CADIZ)
    assert leg.km == pytest.approx(
        great_circle(BREST, (40, -12)).km + great_circle((40, -12), CADIZ).km
    )


def test_a_ship_keeps_to_its_route():
    (leg,) = build_journey(by_ship(), a_route("48.4 -4.5; 36.5 -6.3")).legs
    assert leg.points == (BREST, (43.5, -9.6), (37.0, -9.2), CADIZ)
    assert leg.km > great_circle(BREST, CADIZ).km


def test_each_point_of_a_way_is_come_to_as_its_waymark_says_or_the_row():
    marks = (Waymark((47.2, -1.6), "Nantes", "rail"), Waymark((43.5, -9.6)))
    rows = by_ship(via=marks)
    assert build_journey(rows).nodes[1].bys == ("rail", "ship", "ship")
    asked = "48.4 -4.5; rail 47.2 -1.6; 43.5 -9.6; 36.5 -6.3"
    points = ((47.2, -1.6), (46.0, -6.0), (43.5, -9.6), (37.0, -9.2))
    route = Route(asked, points, 1500, "some", "none", "2026-11-25")
    assert build_journey(rows, {"cadiz": route}).nodes[1].bys == ("rail", *["ship"] * 4)


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (by_ship(), "48.4 -4.5; 36 -6"),
        (by_ship(via=(Waymark((40.0, -12.0)),)), "48.4 -4.5; 36.5 -6.3"),
    ],
)
def test_a_route_found_for_other_points_is_left_aside_and_told(rows, asked):
    journey = build_journey(rows, a_route(asked))
    assert journey == build_journey(rows)
    (problem,) = check_routes(journey, a_route(asked), "places.csv")
    assert (problem.severity, problem.line, problem.column) == ("warning", rows[1].line, "by")
    assert "was found for other points" in problem.message


def test_only_a_ship_lacks_a_route():
    assert len(list(check_routes(build_journey(by_ship()), {}, "places.csv"))) == 1
    rows = [make_place("1917-05-01"), make_place("1917-05-04", by="rail")]
    assert list(check_routes(build_journey(rows), {}, "places.csv")) == []


def test_a_way_point_at_either_end_of_the_journey_ends_a_leg():
    rows = [
        make_place("1901", role="passed-through", at=(50, 1)),
        make_place("1902", at=(50, 2)),
        make_place("1903", role="passed-through", at=(50, 3)),
    ]
    ends = [(leg.origin.place, leg.destination.place, leg.via) for leg in build_journey(rows).legs]
    assert ends == [(rows[0], rows[1], ()), (rows[1], rows[2], ())]


def test_a_bend_is_rounded_without_swinging_far_out():
    through = [(50.0, 0.0), (50.0, 20.0), (40.0, 20.0)]
    for here, there in pairwise(smooth_curve(through)):
        turn = (_heading(here[-2], here[-1]) - _heading(there[0], there[1]) + 180) % 360 - 180
        assert abs(turn) < 45, "the corner itself turns by a hundred"
    east = max(lon for part in smooth_curve(through) for _, lon in part)
    assert 20 < east < 22


def _heading(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Degrees from the north, on the plane: good enough for a step."""
    return math.degrees(
        math.atan2((there[1] - here[1]) * math.cos(math.radians(here[0])), there[0] - here[0])
    )


def test_a_thousand_rows_make_a_thousand_stops():
    rows = [
        make_place(
            f"{1800 + i // 10}-{i % 10 + 1:02}",
            line=i + 2,
            at=(i * 37 % 120 - 60, i * 73 % 360 - 180),
            kind="country" if i % 50 == 0 else "settlement",
        )
        for i in range(1000)
    ]
    journey = build_journey(rows)
    assert len(journey.stops) + len(journey.areas) == 1000
    assert len(journey.legs) == len(journey.stops) - 1
