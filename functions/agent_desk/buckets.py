"""The buckets, for the few routes that reach them: signing takes a client of its own, made with the first of them."""

from helpdesk.aws import clients
from helpdesk.aws.uploads import FileStore, Quarantine
from helpdesk.edge.settings import optional_setting, setting

_signing = clients.s3(optional_setting("S3_PUBLIC_ENDPOINT"))
quarantine = Quarantine(_signing, setting("UPLOADS_BUCKET"))
files = FileStore(_signing, setting("FILES_BUCKET"))
