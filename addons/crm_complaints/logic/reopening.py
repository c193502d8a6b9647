"""What a customer's message on an ended case means: more of the same, a new case, or nothing.

A word of thanks or the answer of a machine reopens nothing. In doubt a message is an objection: a
case reopened for nothing costs a minute, an objection nobody reads costs a customer.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

IGNORE = "ignore"
REOPEN = "reopen"
FOLLOW_UP = "follow_up"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


#: Words that make a message one of thanks.
THANKS = _words(
    "thank thanks thx cheers grateful appreciated appreciate"
    " спасибо благодарю благодарим благодарен благодарна признателен признательна"
    " danke dank dankeschön merci gracias grazie obrigado obrigada"
)
#: Words that may stand beside them and object to nothing.
POLITE = _words(
    "you a an lot so much very many again for your the all and it is was has been me us i we"
    " am are that this to of help helping support answer reply response time quick fast kind"
    " good great perfect excellent nice fine ok okay everything well now works solved"
    " hello hi hey dear team sir madam best kind warm regards wishes sincerely yours day week"
    " have in advance really greatly"
    " вам вас вы тебе большое огромное очень за ваш вашу ваше помощь ответ быстрый быстро"
    " оперативность оперативный содействие поддержку внимание понимание всё все хорошо отлично"
    " прекрасно понятно принято ок окей решено работает теперь и здравствуйте добрый день вечер"
    " утро уважением с наилучшими пожеланиями хорошего дня я мы это ещё еще раз вам"
    " sehr vielen schön herzlichen für ihre ihr die das hilfe antwort schnelle alles gut ist jetzt"
    " hallo guten tag mit freundlichen grüßen viele grüße"
    " beaucoup pour votre réponse aide bonjour cordialement mille muchas por su respuesta"
)
_WORD = re.compile(r"[^\W\d_]+")
#: Where the text of others begins in a reply.
_QUOTE = re.compile(
    r"^\s*(>|-{2,}\s*$|_{5,}|-{3,}.*(original|исходн)"
    r"|on .{5,200} wrote:|.{5,200} (пишет|писал.?):)",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|autoreply"
    r"|автоответ|автоматический ответ|abwesenheitsnotiz|automatische antwort"
    r"|réponse automatique|respuesta automática)",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """Return what the writer of a reply says himself: the lines before the quoted text."""
    lines = []
    for line in text.splitlines():
        if _QUOTE.match(line):
            break
        lines.append(line)
    return "\n".join(lines).strip()


def is_thanks(text: str, names: Collection[str] = ()) -> bool:
    """Whether a text says thanks and nothing else; ``names`` may sign it."""
    words = [word.casefold() for word in _WORD.findall(own_words(text))]
    signers = {word.casefold() for name in names for word in _WORD.findall(name)}
    rest = [word for word in words if word not in THANKS | POLITE | signers]
    return "?" not in own_words(text) and bool(THANKS & set(words)) and not rest


def is_by_machine(subject: str) -> bool:
    """Whether a subject is one that machines write when somebody is away."""
    return bool(_MACHINE.match(subject))


def judge(closed: datetime, now: datetime, days: int, *, says_nothing: bool) -> str:
    """Return what a message means that comes at ``now`` on a case that ended at ``closed``.

    :param days: within how many days the same case goes on; 0: never
    :param says_nothing: thanks only, or written by a machine
    """
    if says_nothing:
        return IGNORE
    return REOPEN if now < closed + timedelta(days=days) else FOLLOW_UP
