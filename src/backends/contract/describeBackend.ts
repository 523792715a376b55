import type { BackendCapabilities } from '../../query/capabilities';
import type { BackendDefinition, TraceBackend } from '../backend';
import { BackendError } from '../errors';
import { describeBadDays, type EmptyAnswers } from './badDays';
import { backendDefinitions } from '../index';
import { recognizeStore } from '../recognizeStore';
import { withFrozenJson } from './frozenJson';
import { shows, type Loss } from './losses';
import { OPTIONAL_METHODS, type OptionalMethod } from './optionalMethods';
import { askAsProduct } from './askAsProduct';
import { questionsFor, type Question } from './questions';
import type { WatchedHttp, World } from './world';

export interface ContractOptions {
  /** Who answers: `jaeger v2.20.0`. */
  readonly server: string;
  readonly world: World;
  /** As saved in the data source; by default nothing is set. */
  readonly jsonData?: unknown;
  /** What this server, asked in this way, cannot carry. */
  readonly losses?: readonly Loss[];
  /** The stores that it must not be taken for; by default all that there are. */
  readonly among?: readonly BackendDefinition[];
  /** What is expected of its capabilities beyond the definition's. */
  readonly capabilities?: Partial<BackendCapabilities>;
  /** As "Save & test" names it. */
  readonly generation?: string;
  readonly empty?: EmptyAnswers;
  /** What only this store is asked, beside the questions that every store is asked. */
  readonly further?: readonly Question[];
  /** Questions to which this server's own answer is wrong, each with the reason. Fails once the answer is right. */
  readonly knownWrong?: Readonly<Record<string, string>>;
}

const SWITCHES = [
  'durationRange',
  'repeatedKeys',
  'statusFilter',
  'remoteServices',
  'spanNames',
  'attributeCatalogue',
  'dependencies',
  'timeSeries',
  'rawTraces',
  'traceWindow',
] as const satisfies ReadonlyArray<keyof BackendCapabilities>;

/**
 * What every backend must do, driven by its capabilities: the same clauses on recorded answers and on a server that
 * runs. Requests are pinned, and bad days made, on recordings only.
 */
export function describeBackend<T>(definition: BackendDefinition<T>, options: ContractOptions): void {
  const { server, world, losses = [], further = [], knownWrong = {}, among = backendDefinitions } = options;
  const settings = definition.readSettings(options.jsonData ?? {});
  const context = { signal: new AbortController().signal };
  const pinned = world.pinned?.bind(world);

  const open = (question: string) => {
    const http = world.open(question);
    return { http, backend: definition.create(settings, http) };
  };
  const capabilitiesOf = async (question: string) => {
    const { backend } = open(question);
    return (await backend.capabilities?.(context)) ?? definition.capabilities;
  };

  describe(`${definition.id}: ${server}`, () => {
    describe.each(['traces', 'search', 'lists'] as const)('%s', (group) => {
      for (const question of [...questionsFor(definition.capabilities), ...further].filter(
        (asked) => asked.group === group
      )) {
        const reason = knownWrong[question.name];
        if (reason === undefined) {
          it(question.name, () => expectSound(question));
        } else {
          it.failing(`${question.name} (${reason})`, () => expectSound(question));
        }
      }
    });

    async function expectSound(question: Question): Promise<void> {
      const capabilities = await capabilitiesOf(question.name);
      if (question.isHint || (question.isPossible?.(capabilities) ?? true)) {
        await expectAnswer(question);
      } else {
        await expectRefusal(question);
      }
    }

    async function expectAnswer(question: Question): Promise<void> {
      const { http, backend } = open(question.name);
      const ask = () => withFrozenJson(() => askAsProduct(question, backend, context));
      if (question.fails) {
        await expect(ask()).rejects.toMatchObject({ kind: question.fails, backend: definition.id });
      } else {
        question.check(await ask(), losses);
      }
      if (pinned) {
        expect([...http.requests].sort()).toEqual([...pinned(question.name)].sort());
      }
      if (!question.fails) {
        // The second answer comes from a backend that knows the server by now.
        question.check(await ask(), losses);
      }
    }

    /** Refused in words, and the server never heard of it. */
    async function expectRefusal(question: Question): Promise<void> {
      const { http, backend } = open(question.name);
      await backend.capabilities?.(context);
      const before = http.requests.length;
      const refusal = question.ask(backend, context);
      await expect(refusal).rejects.toBeInstanceOf(BackendError);
      await expect(refusal).rejects.toMatchObject({ kind: 'unsupported' });
      expect(http.requests.slice(before)).toEqual([]);
    }

    /** No method, or a refusal in words; and the server never heard of it. */
    async function expectNotAsked(question: OptionalMethod, backend: TraceBackend, http: WatchedHttp): Promise<void> {
      const before = http.requests.length;
      const refusal = question.ask(backend, context);
      if (refusal) {
        await expect(refusal).rejects.toBeInstanceOf(BackendError);
        await expect(refusal).rejects.toMatchObject({ kind: 'unsupported' });
      }
      expect(http.requests.slice(before)).toEqual([]);
    }

    describe('capabilities', () => {
      it('are those of this server, and no more than the definition promises', async () => {
        const capabilities = await capabilitiesOf('services');
        expect(capabilities).toMatchObject(options.capabilities ?? {});
        const promised = definition.capabilities;
        for (const key of SWITCHES) {
          expect([key, capabilities[key] === true && promised[key] !== true]).toEqual([key, false]);
        }
        expect(promised.attributeOperators).toEqual(expect.arrayContaining([...capabilities.attributeOperators]));
      });

      it.each(OPTIONAL_METHODS.map((method) => [method.name, method] as const))(
        '%s: there where it is promised, else refused',
        async (_, method) => {
          const { backend, http } = open('services');
          const capabilities = (await backend.capabilities?.(context)) ?? definition.capabilities;
          if (method.isPromised(capabilities)) {
            expect(backend).toHaveProperty(method.name, expect.any(Function));
          } else {
            await expectNotAsked(method, backend, http);
          }
        }
      );

      if (!pinned) {
        it('are not taken for those of another store behind the same URL', async () => {
          const found = await recognizeStore(among, world.open('services'), context);
          expect(found.id).toBe(definition.id);
        });
      }

      it('agree with what "Save & test" reports', async () => {
        const { backend } = open('probe');
        const report = await backend.probe(context);
        const { timeSeries, ...capabilities } = await capabilitiesOf('services');
        expect(report.capabilities).toMatchObject(capabilities);
        // Whether metrics are configured may be found out by the report alone.
        expect(report.capabilities.timeSeries && !timeSeries).toBe(false);
        if (options.generation !== undefined) {
          expect(report.generation).toBe(options.generation);
        }
      });
    });

    if (losses.length > 0) {
      describe('losses', () => {
        // One that no story shows would be named for nothing.
        it.each(losses)('%s', (loss) => expect(shows(loss)).toBe(true));
      });
    }

    if (pinned) {
      describeBadDays(definition, settings, world, options.empty ?? {});
    }
  });
}
