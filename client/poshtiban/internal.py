"""Shapes of one of the two APIs, written by `make client` from its OpenAPI document."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Acceptance(TypedDict):
    """
    Who accepts an invitation: the name that customers will see, and a password.
    """

    name: str
    password: str


class Enrolment(TypedDict):
    """
    The secret of the second factor, for an authenticator app: in base 32, and as an otpauth URI.
    """

    secret: str
    uri: str


class PasswordChange(TypedDict):
    """
    The present password and the new one.
    """

    current_password: str
    password: str


class PasswordChosen(TypedDict):
    """
    The new password of somebody who was given a reset.
    """

    password: str


class PasswordResetGiven(TypedDict):
    """
    A password reset that works once; the token is shown here and nowhere else.
    """

    token: str
    expires_at: str


class Recovery(TypedDict):
    """
    One of the recovery codes, by somebody whose second factor is lost.
    """

    challenge_id: str
    recovery_code: str


class RecoveryCodes(TypedDict):
    """
    Each works once, in place of a lost second factor.
    """

    recovery_codes: list[str]


class RecoveryCodesLeft(TypedDict):
    """
    How many recovery codes were not used yet.
    """

    left: int


class RecoveryCodesRenewal(TypedDict):
    """
    The password and a code of the second factor, as a proof.
    """

    password: str
    code: str


type Role = Literal["agent", "supervisor", "admin"]


class SessionView(TypedDict):
    """
    A browser or program that is signed in; when it was last seen is noted every few minutes.
    """

    id: str
    device: str
    created_at: str
    seen_at: str
    expires_at: str
    is_current: bool


class StaffAccount(TypedDict):
    """
    A member of staff, to itself.
    """

    id: str
    name: str
    email: str
    role: Role
    topics: list[Literal["credit", "documents", "cheque_return", "other"]]


class StaffChange(TypedDict):
    """
    What changes of a member of staff; what is left out stays. The member's sessions end.
    """

    name: NotRequired[str | None]
    role: NotRequired[Role | None]
    topics: NotRequired[list[Literal["credit", "documents", "cheque_return", "other"]] | None]
    enabled: NotRequired[bool | None]
    reset_second_factor: NotRequired[bool]


class StaffConfirmation(TypedDict):
    """
    The code that the authenticator app shows.
    """

    challenge_id: str
    code: str
    transport: NotRequired[Literal["cookie", "bearer"]]


class StaffEntry(TypedDict):
    """
    A member of staff, to administrators.
    """

    id: str
    name: str
    email: str
    role: Role
    topics: list[Literal["credit", "documents", "cheque_return", "other"]]
    enabled: bool
    created_at: str


class StaffList(TypedDict):
    """
    The whole directory, in the order of joining.
    """

    items: list[StaffEntry]


class StaffSessionOpened(TypedDict):
    """
    A new session and when it ends at the latest; the token only with the transport "bearer".

    `recovery_codes` stand there when a second factor was just enrolled, this once.
    """

    account: StaffAccount
    expires_at: str
    token: NotRequired[str | None]
    recovery_codes: NotRequired[list[str] | None]


class StaffSignIn(TypedDict):
    """
    E-mail address and password.
    """

    email: str
    password: str


type Act = Literal[
    "signed_in",
    "sign_in_refused",
    "second_factor_enrolled",
    "recovery_code_used",
    "recovery_codes_renewed",
    "proof_refused",
    "password_changed",
    "password_reset_given",
    "password_reset_used",
    "first_admin_invited",
    "staff_invited",
    "invitation_accepted",
    "staff_changed",
    "canned_reply_added",
    "canned_reply_changed",
    "canned_reply_removed",
    "webhook_added",
    "webhook_changed",
    "webhook_removed",
    "export_asked",
    "export_fetched",
    "customer_exported",
    "customer_erased",
]


class Assignment(TypedDict):
    """
    Who shall have the ticket.
    """

    agent_id: str


class AttachmentLink(TypedDict):
    """
    An attachment of a message; size in bytes.
    """

    id: str
    filename: str
    content_type: str
    size: int
    has_thumbnail: bool


type AttachmentState = Literal["awaiting_upload", "checking", "refused", "clean", "linked"]


class AuditActor(TypedDict):
    """
    Who did it, by the name that stood then.
    """

    id: str
    name: str


class AuditEntryView(TypedDict):
    """
    One act: `subject` is the id (or e-mail address) of what it was done to, `details` whatever else tells of it.
    """

    id: str
    at: str
    act: Act
    actor: AuditActor
    subject: str
    details: dict[str, str]


class AuditPage(TypedDict):
    """
    A page of the audit trail, newest first.
    """

    items: list[AuditEntryView]
    next_cursor: str | None


class Backlog(TypedDict):
    """
    How many tickets are not solved at this moment.
    """

    topic: Literal["credit", "documents", "cheque_return", "other"]
    priority: Literal["low", "normal", "high", "urgent"]
    unsolved: int


class CannedReplyChange(TypedDict):
    """
    What changes of a canned reply; what is left out stays, and a topic of null makes it serve every one.
    """

    title: NotRequired[str | None]
    body: NotRequired[str | None]
    topic: NotRequired[Literal["credit", "documents", "cheque_return", "other"] | None]


class CannedReplyView(TypedDict):
    """
    A text to answer with; without a topic it serves every one.

    The body has places for {customer_name}, {ticket_number} and {agent_name}.
    """

    id: str
    title: str
    body: str
    topic: Literal["credit", "documents", "cheque_return", "other"] | None


type EventType = Literal[
    "ticket_opened",
    "customer_replied",
    "ticket_answered",
    "note_added",
    "ticket_claimed",
    "ticket_released",
    "ticket_assigned",
    "ticket_changed",
    "ticket_resolved",
    "ticket_closed",
    "ticket_rated",
    "ticket_closing_soon",
    "response_breached",
    "resolution_breached",
    "attachment_refused",
    "webhook_paused",
    "password_changed",
    "phone_changed",
]


type ExportState = Literal["waiting", "done", "failed"]


class ExportView(TypedDict):
    """
    How far an export is.
    """

    id: str
    state: ExportState
    rows: int


class FailureView(TypedDict):
    """
    A call that did not arrive, and why as a short name.
    """

    at: str
    event_id: str
    reason: str


class FilledCannedReply(TypedDict):
    """
    A canned reply, and what it says for one ticket if one was named.
    """

    id: str
    title: str
    body: str
    topic: Literal["credit", "documents", "cheque_return", "other"] | None
    text: str | None


class FormLimits(TypedDict):
    """
    Sizes in characters, bytes and pieces; the content types that may be attached.
    """

    subject_length: int
    description_length: int
    message_length: int
    attachments_per_message: int
    attachment_bytes: int
    content_types: list[str]


class FormPriority(TypedDict):
    """
    A priority, and within how many business hours it is answered.
    """

    name: Literal["low", "normal", "high", "urgent"]
    label: dict[str, str]
    first_response_hours: int


class FormTopic(TypedDict):
    """
    A topic; labels and hints by language.
    """

    name: Literal["credit", "documents", "cheque_return", "other"]
    label: dict[str, str]
    hint: dict[str, str]


type Kind = Literal["customer", "agent", "system"]


class NewCannedReply(TypedDict):
    """
    A text to answer with; its places are {customer_name}, {ticket_number} and {agent_name}, and no others.
    """

    title: str
    body: str
    topic: NotRequired[Literal["credit", "documents", "cheque_return", "other"] | None]


NewExport = TypedDict(
    "NewExport",
    {
        "from": str,
        "to": str,
    },
)


class NewReply(TypedDict):
    """
    An answer or an internal note; `based_on` is the id of the newest message its writer had seen.
    """

    body: str
    visibility: NotRequired[Literal["public", "internal"]]
    based_on: NotRequired[str | None]
    attachments: NotRequired[list[str]]
    resolve: NotRequired[bool]


class NewUpload(TypedDict):
    """
    The file as its owner declares it; size in bytes.
    """

    filename: str
    content_type: str
    size: int


type EventType1 = str


class NewWebhook(TypedDict):
    """
    An https address, and the events it wants; none named is all.
    """

    url: str
    event_types: NotRequired[list[EventType1]]


type Tag = str


class Patch(TypedDict):
    """
    What changes on a ticket; what is left out stays.
    """

    priority: NotRequired[Literal["low", "normal", "high", "urgent"] | None]
    topic: NotRequired[Literal["credit", "documents", "cheque_return", "other"] | None]
    status: NotRequired[Literal["open", "pending", "resolved", "closed"] | None]
    tags: NotRequired[list[Tag] | None]


class Person(TypedDict):
    """
    Somebody by id and name.
    """

    id: str
    name: str


class PostForm(TypedDict):
    """
    A form to POST as multipart/form-data: all fields as given, then the file as `file`.
    """

    url: str
    fields: dict[str, str]


class Refusal(TypedDict):
    """
    Why a file was refused: a name for programs, and words for people.
    """

    code: str
    message: str


type Status = Literal["open", "pending", "resolved", "closed"]


class Times(TypedDict):
    """
    Seconds of business time for which tickets waited for us, right to a twentieth; null where none was counted.
    """

    median: int | None
    p90: int | None


class UploadView(TypedDict):
    """
    An attachment that waits for its upload; the form is good until `expires_at`.
    """

    id: str
    upload: PostForm
    expires_at: str


type Variant = Literal["original", "thumbnail"]


type Visibility = Literal["public", "internal"]


class WebhookChange(TypedDict):
    """
    What changes of a subscription; what is left out stays.
    """

    url: NotRequired[str | None]
    event_types: NotRequired[list[EventType1] | None]
    enabled: NotRequired[bool | None]


class WebhookTest(TypedDict):
    """
    Whether a test arrived; the status of the answer, or why not as a short name.
    """

    delivered: bool
    answer: str


class WebhookView(TypedDict):
    """
    A subscriber; never its secret.

    `event_types` is empty for all of them. `paused_at` is set when too many calls in a row (`failures`) did not arrive:
    from then on it is not called, until it is resumed. `previous_until` is set while the secret before the present one
    is valid too.
    """

    id: str
    url: str
    event_types: list[str]
    enabled: bool
    created_at: str
    failures: int
    paused_at: str | None
    last_failures: list[FailureView]
    previous_until: str | None


class WebhookWithSecret(TypedDict):
    """
    A subscriber with the secret that its calls are signed with: it is shown this once.
    """

    id: str
    url: str
    event_types: list[str]
    enabled: bool
    created_at: str
    failures: int
    paused_at: str | None
    last_failures: list[FailureView]
    previous_until: str | None
    secret: str


class FieldProblem(TypedDict):
    """
    What is wrong with one field; `field` is its name as sent, with dots inside lists and objects.
    """

    field: str
    message: str


class Accepted(TypedDict):
    """
    The new member of staff, who may sign in now.
    """

    account: StaffAccount


class CodeWanted(TypedDict):
    """
    The password was right; the code of the second factor is next. `enrolment` stands at the first sign-in.
    """

    challenge_id: str
    enrolment: NotRequired[Enrolment | None]


class InvitationMade(TypedDict):
    """
    An invitation that works once; the token is shown here and nowhere else.
    """

    email: str
    role: Role
    topics: list[Literal["credit", "documents", "cheque_return", "other"]]
    token: str
    expires_at: str


class NewInvitation(TypedDict):
    """
    Somebody who is to join the staff; the topics are those an agent sees.
    """

    email: str
    role: Role
    topics: NotRequired[list[Literal["credit", "documents", "cheque_return", "other"]]]


class SessionList(TypedDict):
    """
    All sessions of a person, newest first; at most 20.
    """

    items: list[SessionView]


class AttachmentView(TypedDict):
    """
    How far an attachment is.
    """

    id: str
    state: AttachmentState
    filename: str
    content_type: str
    size: int
    has_thumbnail: bool
    refusal: Refusal | None


class Author(TypedDict):
    """
    Who wrote a message: the customer, or an agent by name.
    """

    kind: Kind
    name: str


class CannedReplyList(TypedDict):
    """
    All that the caller may answer with, in the order of writing.
    """

    items: list[CannedReplyView]


class DeskMessage(TypedDict):
    """
    A message of the timeline, internal notes among them.
    """

    id: str
    author: Author
    body: str
    created_at: str
    attachments: list[AttachmentLink]
    visibility: Visibility


class DeskMessagePage(TypedDict):
    """
    A page of messages and notes, newest first.
    """

    items: list[DeskMessage]
    next_cursor: str | None


class DeskTicket(TypedDict):
    """
    A ticket in the queue; due times are null while a clock stands.
    """

    number: str
    topic: Literal["credit", "documents", "cheque_return", "other"]
    priority: Literal["low", "normal", "high", "urgent"]
    subject: str
    status: Status
    customer: Person
    assignee: Person | None
    tags: list[str]
    created_at: str
    last_activity_at: str
    last_message_id: str
    response_due_at: str | None
    resolution_due_at: str | None
    first_answered_at: str | None
    resolved_at: str | None
    close_at: str | None
    closed_at: str | None
    rating: int | None
    refers_to: str | None


class DeskTicketPage(TypedDict):
    """
    A page of the queue, most pressing first.
    """

    items: list[DeskTicket]
    next_cursor: str | None


class DeskTicketWithMessages(TypedDict):
    """
    A ticket with the newest page of its timeline, newest first.
    """

    number: str
    topic: Literal["credit", "documents", "cheque_return", "other"]
    priority: Literal["low", "normal", "high", "urgent"]
    subject: str
    status: Status
    customer: Person
    assignee: Person | None
    tags: list[str]
    created_at: str
    last_activity_at: str
    last_message_id: str
    response_due_at: str | None
    resolution_due_at: str | None
    first_answered_at: str | None
    resolved_at: str | None
    close_at: str | None
    closed_at: str | None
    rating: int | None
    refers_to: str | None
    messages: DeskMessagePage


class Figures(TypedDict):
    """
    What was counted; a ticket that was opened again is resolved again.

    `satisfaction` is the mean of the ratings (1 to 5), null where nobody rated.
    """

    opened: int
    answered: int
    resolved: int
    breached: int
    response_breached: int
    resolution_breached: int
    first_response: Times
    resolution: Times
    rated: int
    satisfaction: float | None


class FormStatus(TypedDict):
    """
    A status of a ticket, in words.
    """

    name: Status
    label: dict[str, str]


class HistoryEntry(TypedDict):
    """
    Something that happened to a ticket.
    """

    id: str
    type: EventType
    at: str
    actor: Author
    data: dict[str, str]


class HistoryPage(TypedDict):
    """
    A page of a ticket's history, newest first.
    """

    items: list[HistoryEntry]
    next_cursor: str | None


class People(TypedDict):
    """
    Members of staff, in the order of joining.
    """

    items: list[Person]


class PriorityFigures(TypedDict):
    """
    What concerned one priority.
    """

    name: Literal["low", "normal", "high", "urgent"]
    figures: Figures


class TopicFigures(TypedDict):
    """
    What concerned one topic.
    """

    name: Literal["credit", "documents", "cheque_return", "other"]
    figures: Figures


class WebhookList(TypedDict):
    """
    All subscribers in the order of making.
    """

    items: list[WebhookView]


class Problem(TypedDict):
    """
    RFC 9457 problem details; some problems have members of their own beside these.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldProblem] | None]


class AgentFigures(TypedDict):
    """
    What one member of staff did, or what happened to the tickets in those hands.
    """

    agent: Person
    figures: Figures


class CustomerCard(TypedDict):
    """
    A customer and the newest page of his tickets.
    """

    id: str
    name: str
    phone: str
    language: str
    created_at: str
    tickets: DeskTicketPage


class DayFigures(TypedDict):
    """
    One local day by both calendars, such as 2026-11-23 and 1405-09-02; `unsolved` is the backlog at its end.
    """

    day: str
    jalali: str
    unsolved: int
    figures: Figures


class Form(TypedDict):
    """
    Everything that a form needs to be drawn and checked before it is sent.
    """

    topics: list[FormTopic]
    priorities: list[FormPriority]
    statuses: list[FormStatus]
    limits: FormLimits


class SummaryView(TypedDict):
    """
    The figures of a period of local days, and the backlog of this moment.
    """

    whole: Figures
    days: list[DayFigures]
    topics: list[TopicFigures]
    priorities: list[PriorityFigures]
    agents: list[AgentFigures]
    backlog: list[Backlog]
