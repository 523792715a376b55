import { Random } from './random';

export interface PlannedItem {
  readonly sku: string;
  readonly quantity: number;
  /** Milliseconds the stock lookup takes. */
  readonly lookupMs: number;
  readonly inStock: boolean;
}

export type ChargeOutcome = 'approved' | 'declined' | 'unavailable';

export interface PlannedCharge {
  readonly ms: number;
  readonly outcome: ChargeOutcome;
}

/** Everything that will happen in one visit of the shop, decided before it begins. Times in milliseconds. */
export interface VisitPlan {
  readonly number: number;
  readonly kind: 'browse' | 'checkout';
  readonly customer: string;
  readonly items: readonly PlannedItem[];
  readonly renderMs: number;
  readonly cartMs: number;
  /** One per attempt: an unavailable bank is asked again, up to three times. */
  readonly charges: readonly PlannedCharge[];
  readonly emailMs: number;
  readonly emailBounces: boolean;
  readonly packMs: number;
}

const SKUS = ['tea-pot', 'cup-blue', 'cup-red', 'kettle', 'strainer', 'honey-250', 'green-tea-100', 'black-tea-100'];
const CUSTOMERS = ['ada', 'grace', 'alan', 'edsger', 'barbara', 'donald', 'radia', 'leslie'];
const MAX_CHARGES = 3;

/** The same seed and number always give the same visit, whoever asks and in whatever order. */
export function planVisit(seed: number, number: number): VisitPlan {
  const random = Random.about(seed, 'visit', number);
  const kind = random.chance(0.55) ? 'checkout' : 'browse';
  return {
    number,
    kind,
    customer: random.pick(CUSTOMERS),
    items: Array.from({ length: random.between(1, kind === 'browse' ? 6 : 4) }, () => planItem(random)),
    renderMs: random.between(2, 15),
    cartMs: random.between(3, 20),
    charges: planCharges(random),
    emailMs: random.chance(0.05) ? random.between(300, 700) : random.between(8, 40),
    emailBounces: random.chance(0.06),
    packMs: random.between(10, 60),
  };
}

function planItem(random: Random): PlannedItem {
  return {
    sku: random.pick(SKUS),
    quantity: random.between(1, 3),
    // Now and then the lookup misses its cache.
    lookupMs: random.chance(0.08) ? random.between(120, 300) : random.between(2, 18),
    inStock: random.chance(0.95),
  };
}

function planCharges(random: Random): PlannedCharge[] {
  const charges: PlannedCharge[] = [];
  while (charges.length < MAX_CHARGES) {
    const isUnavailable = random.chance(0.15);
    const isDeclined = !isUnavailable && random.chance(0.08);
    charges.push({
      ms: random.between(20, isUnavailable ? 250 : 90),
      outcome: isUnavailable ? 'unavailable' : isDeclined ? 'declined' : 'approved',
    });
    if (!isUnavailable) {
      break;
    }
  }
  return charges;
}
