/**
 * `data-testid` values, shared with the browser tests. A test that can find its control by label or role should: these
 * are for what a reader of the page finds by place rather than by name.
 */
export const testIds = {
  queryEditor: {
    root: 'tracebridge-query-editor',
    kind: 'tracebridge-query-kind',
    traceId: 'tracebridge-trace-id',
    traceWindow: 'tracebridge-trace-window',
    rootSpan: 'tracebridge-root-span',
    rawTraces: 'tracebridge-raw-traces',
    clockSkew: 'tracebridge-clock-skew',
    showAll: 'tracebridge-show-all',
    service: 'tracebridge-service',
    operation: 'tracebridge-operation',
    tags: 'tracebridge-tags',
    minDuration: 'tracebridge-min-duration',
    maxDuration: 'tracebridge-max-duration',
    limit: 'tracebridge-limit',
    /** One side of a comparison. */
    side: (side: string) => `tracebridge-side-${side}`,
    earlierBy: 'tracebridge-earlier-by',
    view: 'tracebridge-view',
    groupBy: 'tracebridge-group-by',
    columns: 'tracebridge-columns',
    metric: 'tracebridge-metric',
    services: 'tracebridge-services',
    quantiles: 'tracebridge-quantiles',
    spanKinds: 'tracebridge-span-kinds',
    step: 'tracebridge-step',
    source: 'tracebridge-source',
    hops: 'tracebridge-hops',
    run: 'tracebridge-run',
    problem: 'tracebridge-problem',
  },
  variableEditor: {
    root: 'tracebridge-variable-editor',
    kind: 'tracebridge-variable-kind',
    service: 'tracebridge-variable-service',
    key: 'tracebridge-variable-key',
  },
  configEditor: {
    root: 'tracebridge-config-editor',
    backend: 'tracebridge-backend',
    /** One settings field of the chosen backend, by its key in jsonData. */
    settingsField: (key: string) => `tracebridge-setting-${key}`,
    traceToLogs: 'tracebridge-trace-to-logs',
    traceToMetrics: 'tracebridge-trace-to-metrics',
    traceToProfiles: 'tracebridge-trace-to-profiles',
    serviceGraph: 'tracebridge-service-graph',
    traceView: 'tracebridge-trace-view',
    analysis: 'tracebridge-analysis',
  },
  cheatSheet: {
    root: 'tracebridge-cheat-sheet',
    example: (index: number) => `tracebridge-example-${index}`,
  },
} as const;
