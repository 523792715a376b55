/** Numbers that look random and repeat for the same seed (mulberry32, public domain). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A generator of its own for one subject: what it gives does not depend on who was asked before. */
  static about(seed: number, ...subject: Array<string | number>): Random {
    // FNV-1a over the subject's text.
    let hash = 0x811c9dc5 ^ seed;
    for (const char of subject.join('/')) {
      hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
    }
    return new Random(hash);
  }

  /** From 0 up to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True so often. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  /** Lower-case hex digits, never all zero. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) {
      text += this.between(0, 0xffff).toString(16).padStart(4, '0');
    }
    text = text.slice(0, digits);
    return /^0+$/.test(text) ? this.hex(digits) : text;
  }
}
