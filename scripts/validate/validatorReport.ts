interface Diagnostic {
  readonly Severity: string;
  readonly Title: string;
  readonly Detail?: string;
  readonly Name: string;
}

interface ValidatorOutput {
  readonly 'plugin-validator': Readonly<Record<string, readonly Diagnostic[]>>;
}

export interface ValidatorReport {
  /** What must be mended, one line each. */
  readonly problems: readonly string[];
  /** What the validator could not check on this machine, one line each. */
  readonly unchecked: readonly string[];
}

/** A development build has no signature; only the catalogue's owner can sign. */
const EXPECTED_ANALYZERS = ['signature', 'unsigned'];

/** Go's words for a machine without a network. A link is not broken because nobody could look. */
const OFFLINE = /dial tcp|no such host|network is unreachable|i\/o timeout/;

/** Reads the JSON that `plugincheck2 -jsonOutput` prints. Throws when the output holds none. */
export function readReport(output: string): ValidatorReport {
  const start = output.indexOf('{');
  if (start < 0) {
    throw new Error(`The validator printed no report: ${output.trim().slice(0, 300)}`);
  }
  const report = JSON.parse(output.slice(start, output.lastIndexOf('}') + 1)) as ValidatorOutput;
  const problems: string[] = [];
  const unchecked: string[] = [];
  for (const [analyzer, diagnostics] of Object.entries(report['plugin-validator'])) {
    for (const { Severity: severity, Title: title } of EXPECTED_ANALYZERS.includes(analyzer) ? [] : diagnostics) {
      if (severity !== 'error' && severity !== 'warning') {
        continue;
      }
      (OFFLINE.test(title) ? unchecked : problems).push(`${severity}: ${title} (${analyzer})`);
    }
  }
  return { problems, unchecked };
}
