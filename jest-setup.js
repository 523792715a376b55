// Jest setup provided by Grafana scaffolding
import './.config/jest-setup';

// What @grafana/ui asks of a browser and jsdom lacks.

// Combobox measures text with a 2D canvas.
HTMLCanvasElement.prototype.getContext = () => ({
  font: '',
  measureText: (text) => ({ width: String(text).length * 8 }),
  clearRect() {},
  fillRect() {},
  save() {},
  restore() {},
  beginPath() {},
  scale() {},
});

class NoopObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
global.IntersectionObserver ??= NoopObserver;
global.ResizeObserver ??= NoopObserver;

// Combobox virtualises its list: without a size no option is rendered.
Object.defineProperty(Element.prototype, 'getBoundingClientRect', {
  configurable: true,
  value: () => ({ width: 120, height: 120, top: 0, left: 0, bottom: 0, right: 0, x: 0, y: 0, toJSON: () => '' }),
});
for (const name of ['offsetWidth', 'offsetHeight', 'clientWidth', 'clientHeight']) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value: 120 });
}
Element.prototype.scrollTo ??= () => {};
