"""Settings as the template gives them: modules of functions read theirs when they are imported."""

import os

REGION = "eu-central-1"
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "ACCOUNTS_TABLE": "accounts",
    "SESSIONS_TABLE": "sessions",
    "DESK_TABLE": "desk",
    "UPLOADS_BUCKET": "uploads",
    "FILES_BUCKET": "files",
    "QUEUE_SHARDS": "4",
    "CURSOR_KEY": "cursor-key-of-the-tests",
    "CURSOR_KEY_PREVIOUS": "",
    "CODE_PEPPER": "pepper-of-the-tests",
    "CODE_PEPPER_PREVIOUS": "",
    "TOTP_KEY": "totp-key-of-the-tests",
    "TOTP_KEY_PREVIOUS": "",
    "WEBHOOK_KEY": "webhook-key-of-the-tests",
    "WEBHOOK_KEY_PREVIOUS": "",
    "WEBHOOK_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/webhook",
    "PUBLIC_ORIGIN": "https://desk.example",
    "INTERNAL_ORIGIN": "https://desk.internal",
    "ORIGIN_VERIFY": "",
    "S3_PUBLIC_ENDPOINT": "",
    "SMS_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/sms",
    "EMAIL_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/email",
    "EVENTS_TOPIC_ARN": f"arn:aws:sns:{REGION}:123456789012:desk-events",
    "SMS_PROVIDER": "local",
    "SMS_HTTP_GATEWAY": "kavenegar",
    "SMS_HTTP_URL": "",
    "SMS_HTTP_SECRET_ARN": "",
    "SMS_SENDER_ID": "",
    "EMAIL_PROVIDER": "local",
    "EMAIL_SENDER": "",
    "LOCAL_OUTBOX": "",
    "MALWARE_PROTECTION": "none",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
    "POWERTOOLS_SERVICE_NAME": "tests",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "POWERTOOLS_METRICS_NAMESPACE": "Poshtiban",
}
for _name, _value in ENVIRONMENT.items():  # modules read their settings when they are imported
    os.environ.setdefault(_name, _value)
