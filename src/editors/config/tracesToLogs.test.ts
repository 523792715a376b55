import type { TraceJsonData } from '../../datasource/settings';

import { readTracesToLogs } from './tracesToLogs';

const shifts = { spanStartTimeShift: '-1h', spanEndTimeShift: '1h' };

describe('readTracesToLogs', () => {
  it.each<[string, TraceJsonData, ReturnType<typeof readTracesToLogs>]>([
    ['nothing stored', {}, undefined],
    [
      'the newer key wins',
      { tracesToLogsV2: { datasourceUid: 'new', customQuery: true }, tracesToLogs: { datasourceUid: 'old' } },
      { datasourceUid: 'new', customQuery: true },
    ],
    [
      'legacy tags keep their names',
      { tracesToLogs: { datasourceUid: 'old', tags: ['pod', 'job'], filterByTraceID: true, ...shifts } },
      {
        datasourceUid: 'old',
        tags: [{ key: 'pod' }, { key: 'job' }],
        filterByTraceID: true,
        filterBySpanID: undefined,
        customQuery: false,
        ...shifts,
      },
    ],
    [
      'legacy mapped tags count only when switched on',
      {
        tracesToLogs: {
          datasourceUid: 'old',
          tags: ['pod'],
          mappedTags: [{ key: 'service.name', value: 'app' }],
          mapTagNamesEnabled: true,
        },
      },
      {
        datasourceUid: 'old',
        tags: [{ key: 'service.name', value: 'app' }],
        spanStartTimeShift: undefined,
        spanEndTimeShift: undefined,
        filterByTraceID: undefined,
        filterBySpanID: undefined,
        customQuery: false,
      },
    ],
  ])('%s', (_, jsonData, expected) => {
    expect(readTracesToLogs(jsonData)).toEqual(expected);
  });
});
