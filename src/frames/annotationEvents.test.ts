import { nanoseconds } from '../model/time';
import { buildAnnotationEvents } from './annotationEvents';
import { buildSearchFrame } from './searchFrame';

const summary = (traceId: string, rootServiceName: string, errorCount: number) => ({
  traceId: traceId.padStart(32, '0'),
  startUnixNano: 1_700_000_000_123_456_789n,
  duration: nanoseconds(1_500_000_000),
  rootServiceName,
  rootSpanName: 'GET /',
  spanCount: 3,
  errorCount,
  services: [],
});
const frame = buildSearchFrame([summary('ab', 'web', 2), summary('cd', '<img src=x>', 0)], {
  refId: 'A',
  datasource: { uid: 'u', name: 'n' },
  isLimited: false,
  limit: 20,
});
const hrefOf = (traceId: string) => `/explore?x="${traceId}"&y`;

it('draws traces as points with a link', () => {
  expect(buildAnnotationEvents([frame], { shape: 'points', hrefOf })[0]).toEqual({
    id: '00000000000000ab',
    time: 1_700_000_000_123,
    title: 'web: GET /',
    text: '1.5 s, 2 errors · <a href="/explore?x=&quot;00000000000000ab&quot;&amp;y">Open trace</a>',
    tags: ['web', 'error'],
  });
});

it('draws traces as regions from start to end', () => {
  const [event] = buildAnnotationEvents([frame], { shape: 'regions', hrefOf });
  expect(event).toMatchObject({ time: 1_700_000_000_123, timeEnd: 1_700_000_001_623, isRegion: true });
});

it('takes nothing of a span for HTML', () => {
  const [, event] = buildAnnotationEvents([frame], { shape: 'points', hrefOf });
  expect([event.title, event.tags]).toEqual(['&lt;img src=x&gt;: GET /', ['<img src=x>']]);
});

it('makes nothing of what is no search table', () => {
  expect(buildAnnotationEvents([{ length: 0, fields: [] }], { shape: 'points', hrefOf })).toEqual([]);
});
