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
    audit: str
    refused_sign_in: str
    show_all: str
    show: str
    from_day: str
    more: str
    wrong_date: str
    webhooks: str
    add_webhook: str
    wrong_url: str
    some_events: str
    rated: str
    create: str
    signing_secret: str
    secret_kept: str
    send_test: str
    not_arrived: str
    rotate: str
    paused: str
    resume: str
    enabled: str
    switch_off: str
    off: str
    delete: str
    new_password_for: str
    make_link: str
    password_link: str
    new_password: str
    set_password: str
    to_sign_in: str
    account: str
    present_password: str
    wrong_password: str
    change_password: str
    password_changed: str
    new_codes: str
    wrong_proof: str
    ten_left: str
    others_out: str
    signed_out: str
    unsolved: str
    file_failed: str
    claim: str


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
        audit="فعالیت‌های کارکنان",
        refused_sign_in="ورود ناموفق",
        show_all="نمایش همه",
        show="نمایش",
        from_day="از تاریخ",
        more="نمایش بیشتر",
        wrong_date="تاریخ را مانند",
        webhooks="وب‌هوک‌ها",
        add_webhook="وب‌هوک تازه",
        wrong_url="نشانی را با https بنویسید.",
        some_events="فقط این رویدادها",
        rated="مشتری امتیاز داد",
        create="ساختن",
        signing_secret="کلید امضا",
        secret_kept="نگه داشتم",
        send_test="فرستادن آزمایشی",
        not_arrived="نرسید:",
        rotate="تعویض کلید",
        paused="متوقف شده",
        resume="از سر گرفتن",
        enabled="فعال",
        switch_off="خاموش کردن",
        off="خاموش",
        delete="حذف",
        new_password_for="رمز عبور تازه برای",
        make_link="ساختن لینک",
        password_link="لینک رمز عبور تازه",
        new_password="رمز عبور جدید",
        set_password="ثبت رمز عبور",
        to_sign_in="رفتن به صفحهٔ ورود",
        account="حساب من",
        present_password="رمز عبور فعلی",
        wrong_password="رمز عبور درست نیست.",
        change_password="تغییر رمز عبور",
        password_changed="رمز عبور تغییر کرد",
        new_codes="ساختن کدهای تازه",
        wrong_proof="رمز عبور یا کد درست نیست",
        ten_left="۱۰ کد به‌کارنرفته دارید.",
        others_out="خروج از همهٔ دستگاه‌های دیگر",
        signed_out="از دستگاه‌های دیگر خارج شدید.",
        unsolved="حل‌نشده در پایان روز",
        file_failed="فایل ساخته نشد",
        claim="برداشتن درخواست",
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
        audit="Audit trail",
        refused_sign_in="Sign-in refused",
        show_all="Show all",
        show="Show",
        from_day="From",
        more="Show more",
        wrong_date="Give a date such as",
        webhooks="Webhooks",
        add_webhook="New webhook",
        wrong_url="Give an address that begins with https.",
        some_events="Only these events",
        rated="Rated by the customer",
        create="Create",
        signing_secret="Signing secret",
        secret_kept="I have kept it",
        send_test="Send a test",
        not_arrived="It did not arrive:",
        rotate="Replace the secret",
        paused="Paused",
        resume="Resume",
        enabled="Enabled",
        switch_off="Switch off",
        off="Off",
        delete="Delete",
        new_password_for="New password for",
        make_link="Make the link",
        password_link="Link to a new password",
        new_password="New password",
        set_password="Set the password",
        to_sign_in="To the sign-in page",
        account="My account",
        present_password="Present password",
        wrong_password="The password is not right.",
        change_password="Change password",
        password_changed="The password was changed",
        new_codes="Make new codes",
        wrong_proof="The password or the code is wrong",
        ten_left="You have 10 unused codes.",
        others_out="Sign out everywhere else",
        signed_out="You are signed out everywhere else.",
        unsolved="Unsolved at day's end",
        file_failed="The file could not be made",
        claim="Claim the ticket",
    ),
)
