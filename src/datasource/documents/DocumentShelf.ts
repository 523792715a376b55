/** How many characters of text are held at once; the oldest documents make room. */
const MAX_HELD = 400_000_000;

/**
 * Texts that are too long for a query, by a name made up for each. They belong to the page, not to a data source: its
 * object is shared by panels and made anew when its settings are saved. A text never changes under its name.
 */
export class DocumentShelf {
  private readonly texts = new Map<string, string>();

  hold(text: string): string {
    const name = randomName();
    this.texts.set(name, text);
    this.makeRoom();
    return name;
  }

  find(name: string): string | undefined {
    return this.texts.get(name);
  }

  private makeRoom(): void {
    let held = 0;
    // The newest first: a Map keeps the order of insertion. The last one stays, however long it is.
    for (const [name, text] of [...this.texts].reverse()) {
      held += text.length;
      if (held > MAX_HELD && held > text.length) {
        this.texts.delete(name);
      }
    }
  }
}

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
