/**
 * Finds spans by id. A `Map` would do, but costs more than all the rest of the assembly in a trace of 100,000 spans: it
 * grows by rehashing and follows two pointers to every key it looks at. Here each slot is a number and the strings are
 * looked at only where their hashes agree.
 */
export class SpanIndex {
  /** Position + 1 of an id; 0 where the slot is free. Collisions go to the next slot. */
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;
  /** Whether an id is there twice. `positionOf` then answers the first. */
  readonly hasSharedIds: boolean;

  constructor(private readonly spanIds: readonly string[]) {
    this.slots = new Int32Array(slotCount(spanIds.length));
    this.hashes = new Int32Array(spanIds.length);
    let hasSharedIds = false;
    for (let position = 0; position < spanIds.length; position++) {
      const spanId = spanIds[position];
      const hash = hashText(spanId);
      const slot = this.slotOf(spanId, hash);
      if (this.slots[slot] === 0) {
        this.slots[slot] = position + 1;
        this.hashes[position] = hash;
      } else {
        hasSharedIds = true;
      }
    }
    this.hasSharedIds = hasSharedIds;
  }

  /** −1 when there is none. */
  positionOf(spanId: string): number {
    return this.slots[this.slotOf(spanId, hashText(spanId))] - 1;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  private slotOf(spanId: string, hash: number): number {
    const { slots, hashes, spanIds } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let entry = slots[slot]; entry !== 0; entry = slots[slot]) {
      if (hashes[entry - 1] === hash && spanIds[entry - 1] === spanId) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}

/** A power of two, at least half of it free. */
function slotCount(size: number): number {
  return 2 ** Math.ceil(Math.log2(size * 2 + 1));
}

/** FNV-1a, with the upper bits mixed into the lower ones, which pick the slot. */
function hashText(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}
