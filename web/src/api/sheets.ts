// Answers about sheets as the API writes them, made into what pages show. Texts arrive in the asked language; the files of
// the command line hold both, so either is taken.
import { type Claim, type Counts, type Flip, goodOf, type MarkKind, type RowState, type SheetArea, type SheetItem } from '../model.ts';
import type { Day } from '../time/day.ts';
import type { Language } from '../words/formats.ts';

export type ApiText = string | { ja: string; en: string };

export interface ApiFlip {
  day: Day;
  verdict: MarkKind;
  counts: Counts;
}

export interface ApiRow {
  subject: string;
  label: string;
  state: RowState;
  reason: string;
  todo?: string | null;
  owner?: { id: number; title: string } | string | null;
  valid_until?: Day | null;
  register?: string | null;
}

export interface ApiCheck {
  check: string;
  title?: ApiText;
  why?: ApiText;
  level: 'asked' | 'claimed' | 'extra';
  any_of?: string | null;
  state: CheckState;
  counts: Counts;
  offender_count: number;
  offenders: ApiRow[];
  rows?: ApiRow[];
}

export type CheckState = 'satisfied' | 'broken' | 'not_applicable' | 'no_occasion' | 'unknown' | 'error';

export interface ApiItem {
  number: number | string;
  code: string;
  area: ApiText;
  question: ApiText;
  verdict: MarkKind;
  remark: 'earned' | 'not_earned' | 'nothing_claimed';
  counts: Counts;
  next_flip: ApiFlip | null;
  next_change?: ApiFlip | null;
  claim: { mark: MarkKind | null; remark: string; stands: boolean; planned: string | null; planned_on: Day | null } | null;
  checks?: ApiCheck[];
}

export interface ApiReport {
  sheet: string;
  label: ApiText;
  organisation: string;
  day: Day;
  entries: number;
  root: string;
  definitions: string;
  today?: Day;
  items: ApiItem[];
}

export function textIn(text: ApiText, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

const flipOf = (flip: ApiFlip | null): Flip | null => (flip ? { day: flip.day, verdict: flip.verdict, counts: flip.counts } : null);

function claimOf(claim: ApiItem['claim']): Claim | null {
  return claim && { mark: claim.mark, remark: claim.remark, stands: claim.stands, planned: claim.planned, plannedOn: claim.planned_on };
}

export function itemOf(item: ApiItem, language: Language): SheetItem {
  return {
    number: String(item.number),
    code: item.code,
    question: textIn(item.question, language),
    verdict: item.verdict,
    counts: item.counts,
    next: flipOf(item.next_flip),
    claim: claimOf(item.claim),
  };
}

// "④アクセス制御及び認証" and "④ Access control": the number is drawn in its own column.
export function splitArea(label: string, at: number): { number: string; name: string } {
  const circled = label.codePointAt(0) ?? 0;
  if (circled >= 0x2460 && circled <= 0x2473) return { number: String(circled - 0x245f), name: [...label].slice(1).join('').trim() };
  return { number: String(at + 1), name: label };
}

export function areasOf(report: ApiReport, language: Language): SheetArea[] {
  const areas: SheetArea[] = [];
  let label = '';
  for (const item of report.items) {
    const next = textIn(item.area, language);
    if (areas.length === 0 || next !== label) areas.push({ ...splitArea(next, areas.length), items: [] });
    label = next;
    areas.at(-1)?.items.push(itemOf(item, language));
  }
  return areas;
}

export interface Tally {
  good: number; // items that are ○
  judged: number; // without －
  gaps: number;
}

// The one place that counts: headline, navigation, ring and list all take it from here.
export function tallyOf(items: SheetItem[]): Tally {
  return {
    good: items.filter((item) => item.verdict === 'full').length,
    judged: items.filter((item) => item.verdict !== 'not_applicable').length,
    gaps: items.filter((item) => item.claim !== null && !item.claim.stands).length,
  };
}

export const goodRows = (item: SheetItem) => goodOf(item.counts);
