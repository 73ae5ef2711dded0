"""Shapes of one of the two APIs, written by `make client` from its OpenAPI document."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Account(TypedDict):
    """
    The customer who signed in.
    """

    id: str
    name: str
    phone: str
    language: str


class ChangeConfirmation(TypedDict):
    """
    The code that came to the new number or address.
    """

    code: str


class ChangeStarted(TypedDict):
    """
    The same whether or not somebody has the number or address; seconds until another code may be sent.
    """

    change_id: str
    resend_after: int


class EmailChange(TypedDict):
    """
    The e-mail address to write to.
    """

    email: str


class PasswordChange(TypedDict):
    """
    The present password and the new one.
    """

    current_password: str
    password: str


class PhoneChange(TypedDict):
    """
    Another phone number, and the password as a proof.
    """

    phone: str
    password: str


class Preferences(TypedDict):
    """
    How a customer wants to be told, besides the notifications in the panel; e-mail needs a confirmed address.
    """

    sms: bool
    email: bool


class PreferencesPatch(TypedDict):
    """
    Preferences to change; what is left out stays.
    """

    sms: NotRequired[bool | None]
    email: NotRequired[bool | None]


class Profile(TypedDict):
    """
    What we know of a customer; nothing is sent to an e-mail address that is not confirmed.
    """

    id: str
    name: str
    phone: str
    language: str
    email: str | None
    email_confirmed: bool
    preferences: Preferences


class ProfileChange(TypedDict):
    """
    What changes of the profile; what is left out stays.
    """

    name: NotRequired[str | None]
    language: NotRequired[Literal["fa", "en"] | None]
    preferences: NotRequired[PreferencesPatch | None]


class Registration(TypedDict):
    """
    Somebody who wants an account.
    """

    phone: str
    name: str
    password: str


class RegistrationConfirmation(TypedDict):
    """
    The code that came by SMS.
    """

    code: str
    transport: NotRequired[Literal["cookie", "bearer"]]


class RegistrationStarted(TypedDict):
    """
    The same whether or not the number is known; seconds until another code may be sent.
    """

    registration_id: str
    resend_after: int


class ResetConfirmation(TypedDict):
    """
    The code that came by SMS, and the new password.
    """

    code: str
    password: str


class ResetRequest(TypedDict):
    """
    Whose password is lost.
    """

    phone: str


class ResetStarted(TypedDict):
    """
    The same whether or not the number is known; seconds until another code may be sent.
    """

    reset_id: str
    resend_after: int


class SessionOpened(TypedDict):
    """
    A new session and when it ends at the latest; the token only with the transport "bearer".
    """

    account: Account
    expires_at: str
    token: NotRequired[str | None]


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


class SignIn(TypedDict):
    """
    Phone number and password.
    """

    phone: str
    password: str
    transport: NotRequired[Literal["cookie", "bearer"]]


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


class NewMessage(TypedDict):
    """
    A customer's further message.
    """

    body: str
    attachments: NotRequired[list[str]]


class NewTicket(TypedDict):
    """
    A new ticket; `attachments` are ids of clean attachments of the caller.
    """

    topic: Literal["credit", "documents", "cheque_return", "other"]
    priority: Literal["low", "normal", "high", "urgent"]
    subject: str
    description: str
    attachments: NotRequired[list[str]]
    refers_to: NotRequired[str | None]


class NewUpload(TypedDict):
    """
    The file as its owner declares it; size in bytes.
    """

    filename: str
    content_type: str
    size: int


class NotificationView(TypedDict):
    """
    That something happened; `type` is the kind of event, and the number is empty where it was to no ticket.
    """

    id: str
    type: EventType
    ticket_number: str
    subject: str
    created_at: str
    is_read: bool


class NotificationsRead(TypedDict):
    """
    The newest notification that was seen, or a ticket whose notifications were all seen with it.
    """

    up_to: NotRequired[str | None]
    ticket_number: NotRequired[str | None]


class PostForm(TypedDict):
    """
    A form to POST as multipart/form-data: all fields as given, then the file as `file`.
    """

    url: str
    fields: dict[str, str]


class Rating(TypedDict):
    """
    How it went, from 1 (badly) to 5 (well).
    """

    score: int
    comment: NotRequired[str]


class ReadMark(TypedDict):
    """
    The newest message that was seen.
    """

    up_to: str


class Refusal(TypedDict):
    """
    Why a file was refused: a name for programs, and words for people.
    """

    code: str
    message: str


type Status = Literal["open", "pending", "resolved", "closed"]


class TicketView(TypedDict):
    """
    A ticket in the customer's list; `rate_until` is null while it is not solved, and once it was rated.
    """

    number: str
    topic: Literal["credit", "documents", "cheque_return", "other"]
    priority: Literal["low", "normal", "high", "urgent"]
    subject: str
    status: Status
    created_at: str
    last_activity_at: str
    has_unread_answer: bool
    resolved_at: str | None
    close_at: str | None
    closed_at: str | None
    rating: int | None
    can_rate: bool
    rate_until: str | None
    refers_to: str | None


class Unread(TypedDict):
    """
    How many notifications are unread.
    """

    unread: int


class UploadView(TypedDict):
    """
    An attachment that waits for its upload; the form is good until `expires_at`.
    """

    id: str
    upload: PostForm
    expires_at: str


type Variant = Literal["original", "thumbnail"]


class FieldProblem(TypedDict):
    """
    What is wrong with one field; `field` is its name as sent, with dots inside lists and objects.
    """

    field: str
    message: str


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


class FormStatus(TypedDict):
    """
    A status of a ticket, in words.
    """

    name: Status
    label: dict[str, str]


class MessageView(TypedDict):
    """
    A message that its reader may see; ids sort by the order of writing.
    """

    id: str
    author: Author
    body: str
    created_at: str
    attachments: list[AttachmentLink]


class NotificationPage(TypedDict):
    """
    A page of notifications, newest first; `unread` stands on the first page and is null on further ones.
    """

    items: list[NotificationView]
    next_cursor: str | None
    unread: int | None


class TicketPage(TypedDict):
    """
    A page of the customer's tickets, last activity first.
    """

    items: list[TicketView]
    next_cursor: str | None


class Problem(TypedDict):
    """
    RFC 9457 problem details; some problems have members of their own beside these.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldProblem] | None]


class Form(TypedDict):
    """
    Everything that a form needs to be drawn and checked before it is sent.
    """

    topics: list[FormTopic]
    priorities: list[FormPriority]
    statuses: list[FormStatus]
    limits: FormLimits


class MessagePage(TypedDict):
    """
    A page of messages, newest first.
    """

    items: list[MessageView]
    next_cursor: str | None


class TicketWithMessages(TypedDict):
    """
    A ticket with the newest page of its messages, newest first.
    """

    number: str
    topic: Literal["credit", "documents", "cheque_return", "other"]
    priority: Literal["low", "normal", "high", "urgent"]
    subject: str
    status: Status
    created_at: str
    last_activity_at: str
    has_unread_answer: bool
    resolved_at: str | None
    close_at: str | None
    closed_at: str | None
    rating: int | None
    can_rate: bool
    rate_until: str | None
    refers_to: str | None
    messages: MessagePage
