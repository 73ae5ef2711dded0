"""What a malware scanner's word means for a file: only "no threats found" lets it go on.

The words are those of Amazon GuardDuty Malware Protection for S3, which tags each version that it has looked at:
https://docs.aws.amazon.com/guardduty/latest/ug/monitoring-malware-protection-s3-scans-gdu.html
"""

from helpdesk.model.attachment import Refusal

SCAN_TAG = "GuardDutyMalwareScanStatus"
CLEAN = "NO_THREATS_FOUND"

# Sending the same file again does not help: it is bad, or locked so that nobody can look into it.
_DANGEROUS = frozenset({"THREATS_FOUND", "UNSUPPORTED"})


def refusal_by(result: str) -> Refusal | None:
    """Why a file with this result of its scan is not taken; None if it may be looked at further."""
    if result == CLEAN:
        return None
    return Refusal.DANGEROUS if result in _DANGEROUS else Refusal.CHECK_TIMEOUT
