import type { Routes, ServiceName } from '../task';
import { checkoutRoutes } from './checkout';
import { emailRoutes } from './email';
import { frontendRoutes } from './frontend';
import { inventoryRoutes } from './inventory';
import { paymentRoutes } from './payment';

/** Who answers what; shipping only works off its queue. */
export const ROUTES: Readonly<Record<ServiceName, Routes>> = {
  frontend: frontendRoutes,
  checkout: checkoutRoutes,
  inventory: inventoryRoutes,
  payment: paymentRoutes,
  email: emailRoutes,
  shipping: new Map(),
};
