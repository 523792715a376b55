import { nameOfOption, nameOptions } from './nameOptions';

describe('nameOptions', () => {
  it('lists variables, then the catalogue, each once', () => {
    expect(nameOptions(['$service'], ['cart', 'web', 'cart']).map((option) => option.label)).toEqual([
      '$service',
      'cart',
      'web',
    ]);
  });

  it.each(['cart', '/', '__proto__', ' spaced ', '\u2060'])('gives back %p, whatever the name is made of', (name) => {
    const [option] = nameOptions([], [name]);
    expect(option.value).not.toBe(name);
    expect(nameOfOption(option.value)).toBe(name);
  });
});

describe('nameOfOption', () => {
  it('takes a typed text without the space around it', () => {
    expect(nameOfOption('  cart ')).toBe('cart');
  });

  it('takes nothing for nothing', () => {
    expect(nameOfOption('  ')).toBeUndefined();
  });
});
