/** The values of Playwright's `--project`, which takes one after `=` or any number after spaces. */
export function namedProjects(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, at) => {
    const [, joined] = /^--project=(.*)$/.exec(arg) ?? [];
    if (joined !== undefined) {
      return [joined];
    }
    const following = args.slice(at + 1);
    const end = following.findIndex((next) => next.startsWith('-'));
    return arg === '--project' ? following.slice(0, end < 0 ? undefined : end) : [];
  });
}
