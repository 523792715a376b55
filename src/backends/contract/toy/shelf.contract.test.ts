import { backendDefinitions } from '../../index';
import { describeBackend } from '../describeBackend';
import { shelf } from './definition';
import { ShelfServer } from './ShelfServer';

describeBackend(shelf, {
  server: 'in memory',
  world: { open: () => new ShelfServer() },
  among: [...backendDefinitions, shelf],
});
