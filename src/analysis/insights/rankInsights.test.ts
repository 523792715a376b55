import type { Insight, InsightKind } from './insight';
import { MAX_TOLD, rankInsights } from './rankInsights';

const insight = (kind: InsightKind, text: string, severity: Insight['severity'] = 'info'): Insight => ({
  kind,
  text,
  spanIds: ['1'],
  severity,
});

const told = (insights: readonly Insight[]) => rankInsights(insights).told.map(({ text }) => text);

it('one kind does not push out the others', () => {
  const loops = ['first', 'second', 'third'].map((text) => insight('n-plus-one', text));
  expect(told([...loops, insight('longest-gap', 'gap')])).toEqual(['first', 'gap', 'second', 'third']);
});

it('what failed or misleads comes first, then the order of the kinds', () => {
  expect(
    told([
      insight('waiting-on-one-child', 'waiting'),
      insight('n-plus-one', 'loop'),
      insight('orphans', 'orphans', 'warning'),
      insight('error-origin', 'origin', 'warning'),
    ])
  ).toEqual(['origin', 'orphans', 'loop', 'waiting']);
});

it('counts those that are not told', () => {
  const insights = Array.from({ length: MAX_TOLD + 2 }, (_, index) => insight('sequential', `${index}`));
  expect(rankInsights(insights)).toEqual({ told: insights.slice(0, MAX_TOLD), more: 2 });
  expect(rankInsights(insights.slice(0, MAX_TOLD)).more).toBe(0);
});

it('tells those of which no span is shown, whatever their weight', () => {
  const insights = Array.from({ length: MAX_TOLD + 2 }, (_, index) => ({
    ...insight('sequential', `${index}`),
    spanIds: [`${index}`, '9'],
  }));
  const isShown = (spanId: string) => Number(spanId) < MAX_TOLD;
  expect(rankInsights(insights, isShown).more).toBe(0);
  expect(rankInsights(insights, (spanId) => spanId === '9' || isShown(spanId)).more).toBe(2);
});
