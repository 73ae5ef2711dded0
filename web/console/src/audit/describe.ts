import { digits } from "../../../shared/i18n/digits";
import type { AuditEntry, Role } from "../api";
import { catalogue } from "../catalogue.svelte";
import { t } from "../texts";
import { BEFORE_AND_AFTER } from "../ticket/changes";

/** What people call somebody or something, by id. */
export type Names = ReadonlyMap<string, string>;

/** One thing that is known of an act besides. */
export interface Detail {
  readonly label: string;
  readonly from: string | null;
  readonly to: string;
}

/** What tells of the thing that it was done to, where its id says nothing to people. */
const NAMING = ["title", "url"];
const LONGEST = 80;

/** The names of people, and of things as far as the entries tell them: the one that added a webhook says its address. */
export function namesWith(people: Names, entries: readonly AuditEntry[]): Names {
  const things = entries.flatMap((entry): [string, string][] => {
    const name = nameIn(entry);
    return name ? [[entry.subject, name]] : [];
  });
  return new Map([...things, ...people]);
}

function nameIn({ details }: AuditEntry): string | undefined {
  return NAMING.map((name) => details[name]).find((value) => value && !value.includes(BEFORE_AND_AFTER));
}

export function actorOf({ actor }: AuditEntry): string {
  return actor.id === "operator" ? t().audit.operator : actor.name;
}

/** To whom or what it was done, in a few words; null where it is the actor's own doing. */
export function subjectOf({ actor, subject }: AuditEntry, names: Names): string | null {
  return subject === actor.id ? null : (names.get(subject) ?? subject);
}

/** The rest, in words; what names the subject is not said twice. */
export function detailsOf(entry: AuditEntry, names: Names): Detail[] {
  const subject = subjectOf(entry, names);
  return Object.entries(entry.details).flatMap(([field, value]) => {
    if (value === subject) return [];
    const [before, after] = value.includes(BEFORE_AND_AFTER) ? value.split(BEFORE_AND_AFTER, 2) : [null, value];
    const from = before === null || before === undefined ? null : inWords(field, before);
    return [{ label: t().audit.fields[field] ?? field, from, to: inWords(field, after ?? "") }];
  });
}

function inWords(field: string, value: string): string {
  if (!value || value === "None") return t().audit.nothing;
  const words = t().audit.values[value];
  if (field === "role") return t().roles[value as Role] ?? value;
  if (field === "topic" || field === "topics") return value.split(", ").map((name) => catalogue.topic(name)).join(t().comma);
  if (field === "event_types") return value.split(", ").map((name) => eventName(name)).join(t().comma);
  if (words) return words;
  if (field === "left") return digits(value);
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

function eventName(name: string): string {
  return (t().history.types as Record<string, string>)[name] ?? name;
}
