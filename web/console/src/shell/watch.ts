import { poll, type Pace } from "../../../shared/state/poll";
import { isAttended } from "./presence";

/** Ask again and again while the page is seen and somebody is there. */
export function watch(ask: () => Promise<boolean>, pace: Pace): () => void {
  return poll(() => (isAttended() ? ask() : Promise.resolve(false)), pace);
}
