/** A question that was not asked, or whose answer is known to be nothing. The message is the sentence for the user. */
export class QueryRefused extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'QueryRefused';
  }
}
