"""What people read on the screens, in both languages, as far as the tests look for it."""

from dataclasses import dataclass

PERSIAN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def ascii_digits(text: str) -> str:
    """The same with ASCII digits."""
    return text.translate(PERSIAN_DIGITS)


@dataclass(frozen=True)
class PanelWords:
    """The customer's panel."""

    switch: str
    menu: str
    sign_out: str
    register: str
    name: str
    phone: str
    password: str
    send_code: str
    code: str
    sign_in: str
    sign_in_title: str
    greeting: str
    new_ticket: str
    documents: str
    documents_hint: str
    high: str
    subject: str
    description: str
    add_files: str
    ready: str
    submit: str
    submitted: str
    open_ticket: str
    tickets: str
    waiting_for_us: str
    answered: str
    reply: str
    send: str
    ended: str
    refused: str
    close: str
    choose_topic: str
    waits_for_network: str
    offline: str
    opens: str
    not_found: str
    remove: str
    remove_refused: str
    no_tickets: str
    no_notifications: str
    sessions: str
    this_device: str
    email: str
    new_phone: str
    change_phone: str
    add_email: str
    new_email: str
    email_confirmed: str
    by_email: str
    remove_email: str
    saved: str
    forgotten: str
    new_password: str
    set_password: str
    resolve: str
    resolve_yes: str
    rate: str
    thanks: str
    discard: str
    open_new: str
    told: str


@dataclass(frozen=True)
class ConsoleWords:
    """The agents' console."""

    switch: str
    email: str
    password: str
    next: str
    code: str
    secret: str
    sign_in: str
    sign_in_title: str
    queue: str
    mine: str
    claimed: str
    has_it: str
    reply: str
    send: str
    sent: str
    note: str
    noted: str
    staff: str
    canned: str
    ended: str
    seen: str
    assign: str
    assign_to: str
    invite: str
    canned_find: str
    reports: str
    glance: str
    make_file: str
    file_ready: str
    edit: str
    add_canned: str
    download: str
    assigned: str
    sign_out: str
    recovery_codes: str
    copy_all: str
    download_file: str
    kept: str
    lost_app: str
    recovery_code: str
    wrong_recovery: str


@dataclass(frozen=True)
class Words:
    """A language of the screens."""

    language: str
    direction: str
    conversation: str
    panel: PanelWords
    console: ConsoleWords


FA = Words(
    "fa",
    "rtl",
    "گفت‌وگو",
    PanelWords(
        switch="فارسی",
        menu="فهرست",
        sign_out="خروج",
        register="ثبت‌نام",
        name="نام و نام خانوادگی",
        phone="شمارهٔ همراه",
        password="رمز عبور",
        send_code="ارسال کد",
        code="کد ۶ رقمی",
        sign_in="ورود",
        sign_in_title="ورود به پشتیبان",
        greeting="سلام",
        new_ticket="ایجاد درخواست جدید",
        documents="نقص مدارک",
        documents_hint="شناسنامه",
        high="زیاد",
        subject="عنوان",
        description="شرح درخواست",
        add_files="افزودن فایل",
        ready="آماده",
        submit="ایجاد درخواست جدید",
        submitted="درخواست ثبت شد",
        open_ticket="دیدن درخواست",
        tickets="فهرست درخواست‌ها",
        waiting_for_us="در انتظار پاسخ ما",
        answered="پاسخ داده شد",
        reply="پیام شما",
        send="ارسال پیام",
        ended="دوباره وارد شوید",
        refused="نوع فایل پذیرفته نیست",
        close="بستن",
        choose_topic="موضوع درخواست را انتخاب کنید.",
        waits_for_network="اتصال برقرار نیست. به محض وصل شدن، درخواست فقط یک بار ثبت می‌شود",
        offline="اتصال اینترنت برقرار نیست",
        opens="باز کردن",
        not_found="صفحه پیدا نشد",
        remove="حذف",
        remove_refused="پیوستی که پذیرفته نشده است را حذف کنید یا دوباره بفرستید.",
        no_tickets="هنوز درخواستی ندارید",
        no_notifications="اعلانی ندارید",
        sessions="نشست‌های فعال",
        this_device="همین دستگاه",
        email="نشانی ایمیل",
        new_phone="شمارهٔ همراه جدید",
        change_phone="تغییر شماره",
        add_email="افزودن نشانی ایمیل",
        new_email="نشانی ایمیل شما",
        email_confirmed="نشانی ایمیل تأیید شد.",
        by_email="ایمیل برای پاسخ‌ها",
        remove_email="حذف نشانی",
        saved="ذخیره شد.",
        forgotten="رمز عبور را فراموش کرده‌ام",
        new_password="رمز عبور جدید",
        set_password="ثبت رمز عبور جدید",
        resolve="مشکلم حل شد",
        resolve_yes="بله، حل شد",
        rate="ثبت امتیاز",
        thanks="امتیاز شما ثبت شد",
        discard="پاک کردن پیش‌نویس",
        open_new="درخواست جدید در ادامهٔ این",
        told="به درخواست شما پاسخ داده شد",
    ),
    ConsoleWords(
        switch="فارسی",
        email="نشانی ایمیل",
        password="رمز عبور",
        next="ادامه",
        code="کد ۶ رقمی برنامهٔ رمزساز",
        secret="کلید برای ورود دستی",
        sign_in="ورود",
        sign_in_title="ورود کارکنان",
        queue="صف درخواست‌ها",
        mine="من",
        claimed="را برداشتید",
        has_it="در دست شما",
        reply="متن پاسخ",
        send="ارسال پاسخ",
        sent="پاسخ فرستاده شد.",
        note="متن یادداشت داخلی",
        noted="یادداشت ثبت شد.",
        staff="کارکنان",
        canned="پاسخ‌های آماده",
        ended="دوباره وارد شوید",
        seen="دیدم؛ ادامه می‌دهم",
        assign="واگذاری",
        assign_to="همکار",
        invite="دعوت همکار",
        canned_find="جست‌وجو در عنوان و متن",
        reports="گزارش‌ها",
        glance="در یک نگاه",
        make_file="ساختن فایل",
        file_ready="فایل آماده است.",
        edit="ویرایش",
        add_canned="پاسخ آمادهٔ تازه",
        download="دریافت فایل CSV",
        assigned="واگذار شد",
        sign_out="خروج",
        recovery_codes="کدهای بازیابی",
        copy_all="کپی همه",
        download_file="دریافت فایل",
        kept="نگه داشتم",
        lost_app="برنامهٔ رمزساز را ندارم",
        recovery_code="کد بازیابی",
        wrong_recovery="این کد درست نیست",
    ),
)

EN = Words(
    "en",
    "ltr",
    "Conversation",
    PanelWords(
        switch="English",
        menu="Menu",
        sign_out="Sign out",
        register="Register",
        name="First and last name",
        phone="Mobile number",
        password="Password",
        send_code="Send the code",
        code="Code of 6 digits",
        sign_in="Sign in",
        sign_in_title="Sign in to Poshtiban",
        greeting="Hello",
        new_ticket="New request",
        documents="Incomplete documents",
        documents_hint="birth certificate",
        high="High",
        subject="Subject",
        description="Description",
        add_files="Add files",
        ready="Ready",
        submit="Send the request",
        submitted="Request received",
        open_ticket="See the request",
        tickets="All requests",
        waiting_for_us="Waiting for us",
        answered="Answered",
        reply="Your message",
        send="Send message",
        ended="Sign in again",
        refused="This type of file is not accepted",
        close="Close",
        choose_topic="Choose what the request is about.",
        waits_for_network="There is no connection. As soon as it is back your request is sent, once only",
        offline="no internet connection",
        opens="Open",
        not_found="Page not found",
        remove="Remove",
        remove_refused="Remove the attachment that was not accepted, or send it again.",
        no_tickets="You have no requests yet",
        no_notifications="You have no notifications",
        sessions="Sessions",
        this_device="This device",
        email="E-mail address",
        new_phone="New mobile number",
        change_phone="Change number",
        add_email="Add an e-mail address",
        new_email="Your e-mail address",
        email_confirmed="The e-mail address is confirmed.",
        by_email="E-mail when we answer",
        remove_email="Remove the address",
        saved="Saved.",
        forgotten="I forgot my password",
        new_password="New password",
        set_password="Set the new password",
        resolve="My problem is solved",
        resolve_yes="Yes, it is solved",
        rate="Send the score",
        thanks="Thank you, your score was saved",
        discard="Discard the draft",
        open_new="New request that continues this one",
        told="Your request was answered",
    ),
    ConsoleWords(
        switch="English",
        email="E-mail address",
        password="Password",
        next="Continue",
        code="6-digit code of the authenticator app",
        secret="Key to type in",
        sign_in="Sign in",
        sign_in_title="Staff sign-in",
        queue="Queue",
        mine="Me",
        claimed="You have ticket",
        has_it="You have it",
        reply="Reply",
        send="Send the reply",
        sent="The reply was sent.",
        note="Internal note",
        noted="The note was saved.",
        staff="Staff",
        canned="Canned replies",
        ended="Sign in again",
        seen="I have read them; go on",
        assign="Assign",
        assign_to="Colleague",
        invite="Invite a colleague",
        canned_find="Search in title and text",
        reports="Reports",
        glance="At a glance",
        make_file="Make the file",
        file_ready="The file is ready.",
        edit="Edit",
        add_canned="New canned reply",
        download="Download the CSV file",
        assigned="was assigned to",
        sign_out="Sign out",
        recovery_codes="Recovery codes",
        copy_all="Copy all",
        download_file="Download the file",
        kept="I have kept them",
        lost_app="I do not have the authenticator app",
        recovery_code="Recovery code",
        wrong_recovery="This code is wrong",
    ),
)
