import { digits } from "../../../shared/i18n/digits";
import { t } from "../texts";

const STATUS = /^(?:status_)?([0-9]{3})$/;

/** Why a call did not arrive, or what was answered, in words. */
export function reasonInWords(reason: string): string {
  const status = STATUS.exec(reason)?.[1];
  return status ? t().webhooks.answered(digits(status)) : (t().webhooks.reasons[reason] ?? reason);
}
