import { PAGE, type SilentServer } from '../../contract/silentServer';

export const RECOGNIZED: readonly SilentServer[] = [
  { name: 'any', routes: { '/api/echo': [200, 'echo'] } },
  { name: 'behind a proxy with a page for the rest', routes: { '/api/echo': [200, 'echo\n'] }, otherwise: PAGE },
];
