from riwaya.extract import reasons
from riwaya.model import Annotations, Span, Step
from riwaya.show.formats import Look
from riwaya.show.steps import show_steps


def test_a_step_says_what_which_why_and_where(fire: Annotations) -> None:
    step = Step(Span(20, 24), "say past, source after", "claim", "its log-odds 1.2 exceed -0.3", ("أعلن", "أن"))
    assert show_steps(fire.article, [step], Look(columns=120)).splitlines() == [
        "claim [20:24]: أعلن",
        "    rule: say past, source after",
        "    why: its log-odds 1.2 exceed -0.3",
        "    words: أعلن · أن",
        "    text: حريق في سوق الزهراب أعلن محافظ الزهراب سالم القرواني، أمس، أن …",
        "",
    ]


def test_no_steps_are_nothing(fire: Annotations) -> None:
    assert show_steps(fire.article, [], Look()) == ""


def test_places_and_actors_say_why(raid: Annotations) -> None:
    steps = [*reasons.placed(raid.places), *reasons.acting(raid.actors)]
    assert [step.outcome for step in steps] == ["place"] * 4 + ["actor"] * 5
    shown = show_steps(raid.article, steps, Look(columns=140)).splitlines()
    assert shown[6:10] == [
        "place [45:61]: شمال قرية النبعة",
        "    rule: gazetteer",
        "    why: score 0.81, precision 2, radius 25000 m; direction; exact name; next: score 0.12, الخروبة (town, MR)",
        "    words: geonames:99999999991 · النبعة (village, MR)",
    ]
    assert "    why: unresolved; no bridge of this name; next: score 0.40, الخروبة (town, MR)" in shown
    brigade = shown.index("actor [24:38]: كتيبة السنديان")
    assert shown[brigade + 1 : brigade + 4] == [
        "    rule: table",
        "    why: a name of it",
        "    words: sindyan · كتيبة السنديان (body, REB)",
    ]
    assert "    why: nobody known: two that are named together fit" in shown
