import { nameOptions } from './nameOptions';

const values = (...args: Parameters<typeof nameOptions>) => nameOptions(...args).map((option) => option.value);

describe('nameOptions', () => {
  it('puts the chosen name first, then variables, then the catalogue, each once', () => {
    expect(values('web', ['$service'], ['cart', 'web'])).toEqual(['web', '$service', 'cart']);
  });

  it('offers a chosen name that the catalogue does not list', () => {
    expect(values('gone', [], ['cart'])).toEqual(['gone', 'cart']);
  });

  it('has no row for nothing chosen', () => {
    expect(values(undefined, [], ['__proto__', '/'])).toEqual(['__proto__', '/']);
    expect(values('', [], [])).toEqual([]);
  });
});
