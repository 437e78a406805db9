"""The parser in styles of writing other than the released captions': gold written by hand from the guide's labels."""

import pytest

from dfec_explore.language import extract_events
from dfec_explore.model import FacialEvent

CASES: list[tuple[str, str]] = [
    # terse fragments
    ("Brows up. Eyes wide. Mouth agape.", "brow_raise, eyes_widen ~strong, mouth_open"),
    ("Head down, eyes closed, lips pressed.", "head_down, eyes_close, lip_press"),
    ("Blink. Glance left. Slight smile.", "blink, gaze :left, lip_corner_pull ~slight"),
    ("Frown, jaw clenched, nostrils flaring.", "brow_lower, jaw_clench, nostril_flare"),
    ("Looks up, then down; swallows.", "gaze :up, gaze :down, swallow"),
    ("Eyes half shut, gaze down-left.", "eyes_close ~slight, gaze :down-left"),
    ("Corners of mouth down, chin trembling.", "lip_corner_depress, jaw_move"),
    ("Left eyebrow cocked, lips pursed.", "brow_raise /left, lip_pucker"),
    # chatty prose of language models
    (
        "The man starts off with a calm look, but before long a smile spreads across his face and he lets out a laugh.",
        "lip_corner_pull @begin, laugh @begin",
    ),
    (
        "You can see her eyes go wide with surprise as her jaw drops ever so slightly.",
        "eyes_widen ~strong, jaw_drop ~slight",
    ),
    (
        "She seems deep in thought: she bites her lower lip, glances off to the right and lets out a sigh.",
        "lip_suck, gaze :right, breathe",
    ),
    (
        "He shoots a quick glance to his left before his face breaks into a broad grin, showing off his teeth.",
        "gaze :left, lip_corner_pull ~strong, teeth_show",
    ),
    (
        "Her lips curl into a faint smirk while one eyebrow rises.",
        "lip_corner_pull, lip_corner_pull ~slight, brow_raise",
    ),
    ("He appears to be holding back tears; his chin quivers and a tear rolls down his cheek.", "jaw_move, cry"),
    ("Overall, the subject's expression does not change much, apart from a few blinks.", "no_change, blink"),
    # structured prose
    (
        "- Eyes: wide open, looking to the right\n- Mouth: slightly open",
        "eyes_widen ~strong, gaze :right, mouth_open ~slight",
    ),
    ("**Brows**: raised; **Head**: tilted to the left", "brow_raise, head_tilt :left"),
    (
        "Beginning: the lips are closed. Middle: the lips part and she speaks. End: she smiles.",
        "mouth_close @begin, mouth_open @middle, speak @middle, lip_corner_pull @end",
    ),
    ("1. The eyebrows furrow.\n2. The eyes narrow.\n3. The lips tighten.", "brow_lower, eyes_squint, lip_press"),
    # clinical wording
    ("AU12 and AU6 are activated.", "lip_corner_pull, cheek_raise"),
    ("Bilateral brow raise (AU1+2) with upper lid raise (AU5).", "brow_raise, lid_raise"),
    ("Onset of lip corner pull (AU12), moderate cheek raise (AU6).", "lip_corner_pull, cheek_raise"),
    ("Unilateral depression of the left lip corner is observed.", "lip_corner_depress /left"),
    ("The subject exhibits a tightening of the lips (AU23) and a brow lowerer action (AU4).", "lip_press, brow_lower"),
    ("Head pitch down (AU54), gaze averted to the right (AU62).", "head_down, gaze :right"),
    # progressive and passive voice
    ("She is raising her eyebrows and is slowly opening her mouth.", "brow_raise, mouth_open"),
    ("His eyebrows are being drawn together while his lips are being pressed.", "brow_lower, lip_press"),
    ("The head is turned to the left by the woman and then lowered.", "head_turn :left, head_down"),
    ("The teeth are bared and the nose is wrinkled.", "teeth_show, nose_wrinkle"),
    # nominalisations
    (
        "There is a slight widening of the eyes, followed by a brief closing of the mouth.",
        "eyes_widen ~slight, mouth_close",
    ),
    (
        "A subtle lift of the left eyebrow accompanies a downward shift of her gaze.",
        "brow_raise /left ~slight, gaze :down",
    ),
    ("A quick turn of the head to the right and a furrowing of the brow.", "head_turn :right, brow_lower"),
    ("With a slow nod and a deep breath, he begins to speak.", "head_nod, breathe ~strong, speak"),
    # negation
    ("She does not smile, and her mouth never opens.", ""),
    ("Without blinking, he stares straight ahead.", "gaze :forward"),
    ("He no longer frowns.", "brow_relax"),
    ("His lips stay closed; no teeth are visible.", "mouth_close"),
    ("Her eyes are not closed but slightly narrowed.", "eyes_squint ~slight"),
    # two people
    ("The woman on the left smiles while the man beside her shakes his head.", "lip_corner_pull, head_shake"),
    ("He lowers his gaze as she raises her chin.", "gaze :down, chin_raise"),
    # rare synonyms
    ("She scowls, then beams.", "brow_lower, lip_corner_pull"),
    ("He smirks and gapes.", "lip_corner_pull, mouth_open"),
    ("She grimaces and puffs out her cheeks.", "face_tense, cheek_puff"),
    ("He peers to the left and squints.", "gaze :left, eyes_squint"),
    # nouns and verbs that are spelled alike, and verbs that say how another goes on
    (
        "She speaks, eyebrows slightly raise, and then slightly lower at the ends, and her lips part.",
        "speak, brow_raise ~slight, brow_lower ~slight, mouth_open",
    ),
    ("His lips part, he speaks, and the talking ends.", "mouth_open, speak, speak_stop"),
    ("Her mouth slightly opens, resumes speaking, eyebrows lower.", "mouth_open ~slight, speak, brow_lower"),
    ("Her mouth opens wide, then returns to normal.", "mouth_open ~strong, mouth_relax"),
    ("Her eyelids lift, the extent of her eye opening increases.", "lid_raise, eyes_widen"),
    ("The opening of his eyes increases and he blinks.", "eyes_widen, blink"),
    # a part of the sentence before is not that of an action that needs none
    ("Tension across the entire face is visible. Then, squinting, she looks up.", "eyes_squint, gaze :up"),
    (
        "Her hair covers the right side of her forehead. At the beginning of the video, she frowns slightly.",
        "brow_lower ~slight @begin",
    ),
    # the phase stands at the end of the sentence
    ("She smiles at the beginning of the video. She frowns at the end.", "lip_corner_pull @begin, brow_lower @end"),
    # a list that comes back to a direction, and directions behind "of the head"
    ("She looks left, right, left.", "gaze :left, gaze :right, gaze :left"),
    ("Eyes R, up, R. Nose scrunch.", "gaze :right, gaze :up, gaze :right, nose_wrinkle"),
    ("R. eyebrow raised, eyes to the right, her right hand up.", "brow_raise /right, gaze :right"),
    ("Her eyeballs move up, down, left, and right.", "gaze :up-down-left-right"),
    ("A turn of the head up and to the right follows.", "head_turn :up-right"),
    # changes of degree
    ("The mouth opening reduces.", "mouth_close"),
    ("Her mouth opening becomes smaller.", "mouth_close"),
    ("The eye opening decreases.", "eyes_squint"),
    # what is denied is only the degree
    ("His lips, not quite closed, tremble.", "mouth_open ~slight, lip_tremble"),
    ("Neither eye is fully open.", "eyes_open ~slight"),
    ("His mouth does not close completely.", "mouth_close ~slight"),
    ("Without fully opening his eyes, he nods.", "head_nod"),
    # a person without a part
    ("She turns toward him, then turns to the left.", "head_turn, head_turn :left"),
    ("He turns to page three.", ""),
    ("His wife softens and he visibly relaxes.", "face_relax, face_relax"),
    ("She gradually relaxes her grip.", ""),
    # two people
    ("His eyes narrow while hers widen.", "eyes_squint, eyes_widen"),
    ("He nods and so does she.", "head_nod, head_nod"),
    ("Her smile widens and hers does as well.", "lip_corner_pull, lip_corner_pull"),
    # sides that stand behind their part, or for it
    ("Brow up (R). Smirk, left side.", "brow_raise /right, lip_corner_pull /left"),
    ("The right eye closes whereas the left remains partly open.", "eyes_close /right, eyes_open /left ~slight"),
    ("Gaze: L, R, L. Brows raised.", "gaze :left, gaze :right, gaze :left, brow_raise"),
    ("She winks with her right eye.", "wink /right"),
    # words that are an action in one clause and none in another
    ("He wears a faint smirk.", "lip_corner_pull ~slight"),
    ("A furrow forms between her brows and her brows furrow.", "glabella_wrinkle, brow_lower"),
    ("Her lips are drawn into a thin, uneasy line.", "lip_press"),
    ("At first glance she seems calm and ends up laughing.", "laugh"),
    ("He squints into the glare.", "eyes_squint"),
    ("She mouths an apology, their mouths close.", "speak, mouth_close"),
    ("On attempted eye closure his brows rise.", "brow_raise"),
    ("A smile is being fought back and the head is lowered.", "head_down"),
    ("The shouting is replaced by heavy breathing.", "speak_stop, breathe ~strong"),
    ("A squint narrows his eyes.", "eyes_squint, eyes_squint"),
    ("There is no movement in the lower face: the mouth stays shut.", "mouth_close"),
    ("He grins before his gaze drops.", "lip_corner_pull, gaze :down"),
    ("Her mouth is stretched wide in a wail, with small, rhythmic nods.", "lip_stretch ~strong, cry, head_nod ~slight"),
    ("He nods and turns toward her, then finally turns to her.", "head_nod, head_turn, head_turn @end"),
    ("The brow relaxes at first, then knits as the clip progresses.", "brow_relax @begin, brow_lower @progress"),
    ("Head back, lips vanish inward. Only the back of his head is seen.", "head_back, lip_suck"),
    # phases
    (
        "START mouth shut / MID yells / END lids droop",
        "mouth_close @begin, speak @middle, lid_droop @end",
    ),
    ("He blinks from the middle on.", "blink @middle"),
    ("Close-up. Lids half down. Eyes shut by the end.", "lid_droop ~slight, eyes_close @end"),
    ("Brows furrowed throughout, with the corners pulled up near the end.", "brow_lower @rest, lip_corner_pull @end"),
    ("Not until the end does she look away.", "gaze @end"),
    ("Her head is turned to the left throughout; he blinks.", "head_turn :left @rest, blink @rest"),
    # what is asked for, what has been and is no more, nouns and verbs that say one thing
    ("She was asked to raise the eyebrows, close the eyes and smile. She nods.", "head_nod"),
    ("When asked to smile, she nods.", "head_nod"),
    ("He isn't smiling any more, and he does not speak any longer.", "mouth_relax, speak_stop"),
    ("A man who looks to be sixty lowers his eyes to the left.", "gaze :down-left"),
    ("A curl of the lip, a show of teeth, brows halfway up his forehead.", "upper_lip_raise, teeth_show, brow_raise"),
    ("His eyes rest on the frame. Then they move up.", "gaze, gaze :up"),
    ("He doesn't so much as blink.", ""),
    ("A snort of laughter, a vigorous shaking of the head.", "laugh, head_shake ~strong"),
    ("Mentalis activity wrinkles the chin, then corrugator activity.", "chin_raise, brow_lower"),
    ("Her head lowers. She turns round.", "head_down"),
    ("Her lips a thin line, he draws his lips in.", "lip_press, lip_suck"),
    ("A smile tugs at the left corner of her mouth.", "lip_corner_pull /left"),
    ("Initially he looks down; by the end he is laughing.", "gaze :down @begin, laugh @end"),
]
SIGNS = {"direction": ":", "side": "/", "intensity": "~", "phase": "@"}


def spell(event: FacialEvent) -> str:
    """Write an event as the cases do."""
    said = [f"{sign}{getattr(event, name)}" for name, sign in SIGNS.items() if getattr(event, name)]
    return " ".join([event.action, *said])


@pytest.mark.parametrize(("caption", "expected"), CASES)
def test_other_styles_are_read_as_a_person_reads_them(caption: str, expected: str) -> None:
    (events,) = extract_events([caption])
    assert ", ".join(map(spell, events)) == expected
