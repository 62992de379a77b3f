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
